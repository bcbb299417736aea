"""The tables of the discourse network to figures.

``affiliations`` and ``agreements`` take the tables of the same names from ``analysis.network``; ``network_findings``
has their sentences. Places are computed from the table alone, without a random start.
The sign of a tie is told by colour and line style, its weight by the line's width.
"""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from analysis import drawing
from analysis.counting import TOP, by_size
from analysis.drawing import BLUE, DARK, GREY, ORANGE
from analysis.network_findings import NO_PAIR, NOTHING, behind
from analysis.phrases import count, label

MOST_ACTORS, TIES_EACH = 24, 3  # names, and ties a name, that a reader of a printed page follows
# position: its label in the legend, colour and line style
POSITIONS = {
    "favour": ("In favour", BLUE, "-"),
    "against": ("Against", ORANGE, (0, (4, 1.5))),
    "both": ("Both, in different statements", DARK, (0, (6, 1.5, 1, 1.5))),
    "neutral": ("Neutral only", GREY, (0, (1, 2))),
    "unsigned": ("Position not known", GREY, (0, (1, 5))),
}
AGREE, CONFLICT = ("Agree more than they conflict", BLUE, "-"), ("Conflict more", ORANGE, (0, (4, 1.5)))


@drawing.chart(NOTHING)
def affiliations(table: pd.DataFrame) -> Figure:
    """Actors at the left, targets at the right, a line for the positions that tie them."""
    actors, targets = (table.groupby(column)["statements"].sum() for column in ("actor", "target"))
    kept = table["actor"].isin(by_size(actors)[:MOST_ACTORS]) & table["target"].isin(by_size(targets)[:TOP])
    drawn = _strongest(table.assign(size=behind(table))[kept], "size")
    names = [sorted(set(drawn[column])) for column in ("actor", "target")]
    rows = max(len(names[0]), 2 * len(names[1]))
    left, right = (_spread(column, rows) for column in _untangled(drawn, *names))
    subtitle = f"{count(len(table), 'tie')} of {count(len(actors), table['unit'].iloc[0])} to "
    subtitle += f"{count(len(targets), 'target')}: {count(table['statements'].sum(), 'statement')}, "
    subtitle += count(table["articles"].iloc[0], "article") + _left_out(table, drawn)
    figure, (ax,) = drawing.layout("Who takes which position on what", subtitle, rows)
    most = drawn["size"].max()
    for row in drawn.itertuples():
        ends = (0, left[row.actor]), (1, right[row.target])
        _line(ax, ends, 0, POSITIONS[row.position][1:], _width(row.size, most))
    groups = table.groupby("actor")["group"].first()
    texts = {name: f"{_named(name, groups[name], ', ')} ({actors[name]:,})" for name in left}
    _nodes(ax, 0, table["unit"].iloc[0], left, texts, "o")
    texts = {name: f"{drawing.short(label(name), 24)} ({targets[name]:,})" for name in right}
    _nodes(ax, 1, "target", right, texts, "s")
    looks = [(text, *look) for name, (text, *look) in POSITIONS.items() if name in set(drawn["position"])]
    ends = sorted({drawn["size"].min(), most})
    _finish(figure, ax, rows, looks, [(count(n, "statement"), _width(n, most)) for n in ends])
    return figure


@drawing.chart(NO_PAIR)
def agreements(table: pd.DataFrame) -> Figure:
    """Actors in two columns, so that those who agree stand in one and those who conflict face each other."""
    actors = _actors(table)
    kept = by_size(actors["statements"])[:MOST_ACTORS]
    tied = table[table["one"].isin(kept) & table["other"].isin(kept) & (table["value"] != 0)]
    drawn = _strongest(tied.assign(size=tied["value"].abs()), "size")
    names = [name for name in kept if name in {*drawn["one"], *drawn["other"]}] or kept
    columns = _sides(names, table)
    rows = 1.7 * max(map(len, columns))
    places = [_spread(column, rows) for column in columns]
    at = {name: (x, y) for x, column in enumerate(places) for name, y in column.items()}
    subtitle = f"{count(len(table), 'pair')} of {count(len(actors), table['unit'].iloc[0])} "
    subtitle += f"with a position on the same target, {count(table['articles'].iloc[0], 'article')}"
    title = "Who agrees and who conflicts with whom"
    figure, (ax,) = drawing.layout(title, subtitle + _left_out(table[table["value"] != 0], drawn), rows + 1)
    most = tied["value"].abs().max()
    for row in drawn.itertuples():
        look = AGREE if row.value > 0 else CONFLICT
        _line(ax, (at[row.one], at[row.other]), 0.9 / rows, look[1:], _width(row.size, most))
    texts = {row.Index: f"{_named(row.Index, row.group, chr(10))} ({row.statements:,})" for row in actors.itertuples()}
    for x, column in enumerate(places):
        if column:
            _nodes(ax, x, table["unit"].iloc[0], column, texts, "o")
    looks = [look for look, some in ((AGREE, drawn["value"] > 0), (CONFLICT, drawn["value"] < 0)) if some.any()]
    ends = sorted({round(drawn["size"].min(), 2), round(drawn["size"].max(), 2)}) if len(drawn) else []
    _finish(figure, ax, rows, looks, [(f"Strength {size:.2f}", _width(size, most)) for size in ends])
    return figure


def _actors(table: pd.DataFrame) -> pd.DataFrame:
    """Give the group and number of statements of each actor of the pairs."""
    names = ["actor", "group", "statements"]
    ends = [table[[end, f"{end}_group", f"{end}_statements"]].set_axis(names, axis=1) for end in ("one", "other")]
    return pd.concat(ends).drop_duplicates("actor").set_index("actor").sort_index()


def _left_out(ties: pd.DataFrame, drawn: pd.DataFrame) -> str:
    return f"; drawn: the strongest {len(drawn):,}" if len(drawn) < len(ties) else ""


def _named(name: str, group: str, between: str) -> str:
    """Name a speaker with the group, unless they are the same."""
    if name == group:
        return drawing.short(label(name), 26)
    group = drawing.short(label(group), 16).lower()
    return drawing.short(name, 26) + (f"{between}{group}" if group != name.lower() else "")


def _width(weight: float, most: float) -> float:
    return 0.7 + 2.1 * weight / most


def _line(ax, ends, bend, look, width):
    """Draw a tie: straight between columns, within one as an arc that is the deeper the farther the two are apart."""
    (x, y), (other_x, other_y) = ends
    colour, style = look
    inwards = (bend * abs(y - other_y) + 0.08) * (1 - 2 * x) if x == other_x else 0
    path = Path([(x, y), ((x + other_x) / 2 + inwards, (y + other_y) / 2), (other_x, other_y)], [1, 3, 3])
    above = 2 if style != "-" else 3
    ax.add_patch(PathPatch(path, fill=False, ec=colour, ls=style, lw=width, zorder=above, alpha=0.9, capstyle="butt"))


def _nodes(ax, x, heading, places, texts, marker):
    """Mark the names of a column and write them, under a heading, outside of it."""
    ax.plot([x] * len(places), list(places.values()), marker, color=DARK, ms=4.5, zorder=5, clip_on=False)
    where = dict(xytext=(7 if x else -7, 0), textcoords="offset points", ha="left" if x else "right", va="center")
    ax.annotate(f"{heading.capitalize()}s (statements)", (x, -1.1), color=GREY, **where)
    for name, y in places.items():
        ax.annotate(texts[name], (x, y), **where)


def _finish(figure, ax, rows, looks, widths):
    for text, colour, style in looks:
        ax.plot([], [], color=colour, ls=style, lw=1.8, label=text)
    for text, width in widths if len(widths) > 1 else ():
        ax.plot([], [], color=DARK, lw=width, label=text)
    ax.set(xlim=(-0.01, 1.01), ylim=(rows - 0.4, -1.6), xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    if looks:
        drawing.legend(figure, ax)


def _spread(names: list[str], rows: float) -> dict[str, float]:
    """Place names evenly over the rows, from the top down."""
    step = rows / max(len(names), 1)
    return {name: step * (place + 0.5) - 0.5 for place, name in enumerate(names)}


def _strongest(ties: pd.DataFrame, size: str) -> pd.DataFrame:
    """Keep the strongest ties, those of equal strength together, up to ``TIES_EACH`` for each of the most names."""
    ranks = ties[size].rank(method="max", ascending=False)
    return ties[(ranks <= TIES_EACH * MOST_ACTORS) | (ties[size] == ties[size].max())]


def _untangled(ties: pd.DataFrame, left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Order two columns so that few lines cross: each name at the mean place of those it is tied to, in turns.

    The barycentre heuristic of K. Sugiyama, S. Tagawa and M. Toda (1981), IEEE Trans. SMC 11, 109-125.
    """
    orders = []
    for _ in range(12):
        right = _by_mean_place(ties, "target", "actor", left)
        left = _by_mean_place(ties, "actor", "target", right)
        orders.append((_crossings(ties, left, right), left, right))
    return min(orders)[1:]


def _by_mean_place(ties: pd.DataFrame, column: str, other: str, others: list[str]) -> list[str]:
    places = ties[other].map({name: place for place, name in enumerate(others)})
    means = places.groupby(ties[column]).mean()
    return sorted(means.index, key=lambda name: (means[name], name))


def _crossings(ties: pd.DataFrame, left: list[str], right: list[str]) -> int:
    at_left, at_right = ties["actor"].map(left.index).to_numpy(), ties["target"].map(right.index).to_numpy()
    return int(((at_left[:, None] < at_left) & (at_right[:, None] > at_right)).sum())


def _sides(names: list[str], ties: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Divide names in two so that agreement falls within and conflict between, as far as moving single names goes."""
    values = {(row.one, row.other): row.value for row in ties.itertuples()}
    values |= {(other, one): value for (one, other), value in values.items()}
    side: dict[str, int] = {}
    for _ in range(10):
        for name in names:
            pull = round(sum(values.get((name, other), 0) * place for other, place in side.items() if other != name), 6)
            here = -1 if sum(side.values()) > 0 else 1
            side[name] = (1 if pull > 0 else -1) if pull else side.get(name, here)
    return [name for name in names if side[name] > 0], [name for name in names if side[name] < 0]
