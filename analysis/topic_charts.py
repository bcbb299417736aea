"""Tables of ``analysis.topics`` to figures in the house style: the map of the mentions and the dendrogram."""

import pandas as pd
from matplotlib.figure import Figure
from scipy.cluster.hierarchy import dendrogram as drawn_tree

from analysis import drawing
from analysis.counting import most_frequent, pooled
from analysis.drawing import DARK, GREY
from analysis.phrases import count, label
from analysis.themes import UNSURE

MARKERS = "osD^vPX*<>hdp8H"
# Of the colour-blind safe set, those dark enough for small marks; neighbours in the list differ in lightness too.
COLOURS = ["#0173b2", "#de8f05", "#029e73", "#d55e00", "#cc78bc", "#56b4e9", "#222222", "#8c564b"]
LABEL = 58  # letters of a leaf that fit beside the joins


@drawing.chart("No two mentions share a telling word.")
def mention_map(table: pd.DataFrame) -> Figure:
    """Mentions in the plane, near one another where they share telling words; themes by colour and marker."""
    named = table["theme"].where(table["theme"] != UNSURE)
    names = most_frequent(named.dropna(), "themes")
    themes = pooled(named, "themes").fillna(UNSURE) if names else table["theme"]
    subtitle = f"{count(len(table), 'mention')}; near one another where they share words, the axes have no unit"
    lines = -(-(len(names) + 1) // 3)
    figure, (ax,) = drawing.layout("Map of the mentions by theme", subtitle, 18 + lines)
    looks = {name: (MARKERS[n % len(MARKERS)], COLOURS[n % len(COLOURS)]) for n, name in enumerate(names)}
    for name, (marker, colour) in {UNSURE: ("x", GREY), **looks}.items():
        part = table[themes == name]
        if len(part):
            edge = {"linewidths": 1.0} if marker == "x" else {"edgecolors": "#ffffff", "linewidths": 0.4}
            text = f"{drawing.short(label(name), 26)} ({len(part):,})"
            ax.scatter(
                part["x"],
                part["y"],
                s=60 if marker == "*" else 34,
                marker=marker,
                color=[colour],
                label=text,
                clip_on=False,
                **edge,
            )
    ax.set(xticks=[], yticks=[], xlim=(-1.03, 1.03), ylim=(-1.03, 1.03))
    ax.spines[["left", "bottom"]].set_visible(False)
    figure.legend(*ax.get_legend_handles_labels(), loc="outside lower center", ncols=3, handletextpad=0.3)
    return figure


@drawing.chart("No two mentions share a telling word.")
def dendrogram(table: pd.DataFrame) -> Figure:
    """Mentions joined by likeness (a tree from left to right): the further right they join, the less they share."""
    leaves = table[table["left"] < 0]
    joins = table[table["left"] >= 0][["left", "right", "height", "mentions"]]
    joins = joins.assign(mentions=2 + joins.reset_index(drop=True).index).astype(float).to_numpy()
    tree = drawn_tree(joins, no_plot=True, count_sort="ascending")
    subtitle = f"{count(int(leaves['mentions'].sum()), 'mention')}; the further right two branches join, the less they "
    subtitle += "share; in brackets: mentions in a branch"
    figure, (ax,) = drawing.layout("Which mentions are alike", subtitle, len(leaves) + 1)
    for places, heights in zip(tree["icoord"], tree["dcoord"], strict=True):
        ax.plot(heights, [(place - 5) / 10 for place in places], color=DARK, lw=1.1, solid_joinstyle="miter")
    ordered = leaves.iloc[tree["leaves"]]
    drawing.rows(ax, [])
    ax.set_yticks(range(len(ordered)), [_leaf(row.label, row.mentions) for row in ordered.itertuples()])
    ax.set_ylim(len(ordered) - 0.4, -0.6)
    ax.set_xlim(left=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("Distance at which they join (Ward)")
    return figure


def _leaf(text: str, mentions: int) -> str:
    text = " ".join(text.split())
    text = text if len(text) <= LABEL else f"{text[: LABEL - 1].rstrip()}…"
    return f"{text} ({mentions})" if mentions > 1 else text
