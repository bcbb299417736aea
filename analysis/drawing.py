"""The house style of the charts, and the parts they are made of."""

import functools

import matplotlib
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.phrases import count, label

WIDTH = 6.3  # inches: 16 cm, the text width of an A4 page
ROW = 0.225  # inches that a row of text needs
ORANGE, BLUE, LIGHT_BLUE, PALE, GREY, DARK = "#d97706", "#1f5f9e", "#9ec5e8", "#d9d9d9", "#6b6b6b", "#222222"
# kind: its label, colour, hatch and marker
LOOKS = {
    "direct": ("Direct", "#0173b2", "", "o"),
    "mixed": ("Mixed", "#de8f05", "////", "D"),
    "indirect": ("Indirect", "#8c8c8c", "", "|"),
    "negative": ("Negative", ORANGE, "////", "v"),
    "against": ("Against", ORANGE, "////", "v"),
    "neutral": ("Neutral", PALE, "", "o"),
    "positive": ("Positive", BLUE, "", "^"),
    "favour": ("In favour", BLUE, "", "^"),
    "unsure": ("Unsure", "#ffffff", "....", "x"),
    "as_usual": ("As the group's other statements", BLUE, "", "o"),
    "unusual": ("Other than they", ORANGE, "////", "v"),
    "no_baseline": ("No other to compare with", PALE, "", "|"),
    "doubting": ("Doubting", ORANGE, "////", "v"),
    "conceding": ("Conceding", "#cc78bc", "\\\\\\\\", "s"),
    "asserting": ("Asserting", BLUE, "", "^"),
    "attacking": ("Attacking", "#222222", "xxxx", "D"),
    "not_classed": ("Verb not in the codebook", "#ffffff", "....", "x"),
    "no_cue": ("No reporting verb", "#ffffff", "", "|"),
    "disparaging": ("Disparaging", ORANGE, "////", "v"),
    "distancing": ("Distancing", PALE, "", "o"),
    "approving": ("Approving", BLUE, "", "^"),
    "in_scare_quotes": ("In scare quotes", "#222222", "xxxx", "D"),
    "of_protest": ("Of the protesters", BLUE, "", "o"),
    "about_protest": ("About the protest", ORANGE, "////", "s"),
    "quoted": ("Quoted or paraphrased", BLUE, "////", ""),
    "own": ("All else", PALE, "", ""),
    "overlap": ("Found, with words in common", BLUE, "", "o"),
    "exact": ("Found word for word", "#029e73", "", "D"),
    "e2e": ("Found, and with the right speaker", ORANGE, "", "^"),
}
PILL = {"facecolor": "#ffffff", "alpha": 0.85, "linewidth": 0, "pad": 0.6}
SIGNS = {"against": "−", "neutral": "0", "favour": "+"}
ARTICLE_MARKERS = [("o", DARK), ("D", ORANGE), ("^", "#029e73"), ("s", "#cc78bc")]
STYLE = {
    **sns.axes_style("ticks"),
    "axes.edgecolor": GREY,
    "axes.labelsize": 8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": 8.5,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.w_pad": 0.08,
    "font.family": ["DejaVu Sans"],
    "font.size": 8,
    "hatch.linewidth": 0.8,
    "legend.fontsize": 8,
    "lines.markersize": 5.5,
    "legend.frameon": False,
    "text.color": DARK,
    "text.parse_math": False,  # a "$" in a name is a dollar sign
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "ytick.left": False,
}


def chart(nothing: str):
    """Draw in the house style, whatever the user's own matplotlib settings; draw an empty table as words."""

    def decorate(draw):
        @functools.wraps(draw)
        def drawn(table: pd.DataFrame) -> Figure:
            with matplotlib.style.context(STYLE, after_reset=True):
                if len(table):
                    return draw(table)
                figure = Figure(figsize=(WIDTH, 1))
                figure.text(0.5, 0.5, nothing, ha="center", va="center", fontsize=10)
                return figure

        return drawn

    return decorate


def short(name: str, length: int = 32) -> str:
    """Cut a long name before its last letters: they tell articles by their date, or speakers by their name."""
    return name if len(name) <= length else f"{name[: length - 12].rstrip()}…{name[-11:].lstrip()}"


def look(kind: str) -> tuple[str, str, str, str]:
    """Give label, colour, hatch and marker of a kind; one that is not listed is white with dots."""
    return LOOKS.get(kind, (label(kind), "#ffffff", "....", "x"))


def fill(kind: str) -> dict:
    """Give the look of a bar of a kind."""
    text, colour, hatch, _ = look(kind)
    edge = "#ffffff" if colour != "#ffffff" else GREY
    return {"label": text, "facecolor": colour, "edgecolor": edge, "hatch": hatch, "linewidth": 0.6}


def wide(table: pd.DataFrame, rows: str, columns: str, values: str) -> pd.DataFrame:
    """Turn tidy counts to one row a bar and one column a segment, in the table's order."""
    wide = table.pivot(index=rows, columns=columns, values=values)
    return wide.reindex(index=table[rows].unique(), columns=table[columns].unique())


def layout(title, subtitle, rows, columns=1, blocks=1, heights=None):
    """Lay out axes in a figure whose height gives every row its room."""
    height = 1.2 + ROW * rows
    figure = Figure(figsize=(WIDTH, height))
    figure.get_layout_engine().set(rect=(0, 0, 1, 1 - 0.46 / height))
    figure.text(0.012, 1 - 0.06 / height, title, va="top", fontsize=10, weight="bold")
    figure.text(0.012, 1 - 0.27 / height, subtitle, va="top", color=GREY)
    axes = figure.subplots(blocks, columns, sharey=heights is None, squeeze=False, height_ratios=heights)
    return figure, axes.ravel()


def rows(ax, names, ends=()):
    """Name the rows at the left, from the top down, and write their numbers at the right."""
    names = [short(name) for name in names]
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    for row, end in enumerate(ends):
        ax.annotate(end, (1, row), (5, 0), ("axes fraction", "data"), "offset points", va="center_baseline")


def lengths(table: pd.DataFrame) -> list[str]:
    """Write the words and statements of each row."""
    return [f"{count(row.words, 'word')}, {count(row.statements, 'statement')}" for row in table.itertuples()]


def bars(ax, counts: pd.DataFrame, ends=None):
    """Stack bars, one row each; counts are written on the segments that have the room, the sum at the end."""
    whole = counts.sum(axis=1)
    start = 0 * whole
    for kind in counts:
        edges = [0.6 * (n > 0) for n in counts[kind]]  # a bar of no length has no edge either
        ax.barh(range(len(counts)), counts[kind], left=start, height=0.76, **fill(kind) | {"linewidth": edges})
        for row, n in enumerate(counts[kind]):
            if n > 0.035 * len(f"{n:,}") * max(whole) and n < whole.iloc[row]:
                centre = start.iloc[row] + n / 2
                ax.text(centre, row, f"{n:,}", ha="center", va="center_baseline", bbox=PILL)
        start = start + counts[kind]
    rows(ax, counts.index)
    for row, end in enumerate(ends or [f"{n:,}" for n in whole]):
        ax.annotate(end, (whole.iloc[row], row), (3, 0), textcoords="offset points", va="center_baseline")
    ax.xaxis.set_major_locator(MaxNLocator("auto", integer=True))


def tiles(ax, x, counts, most, kind):
    """Write a column of counts, each on a tile that is the darker the higher the count."""
    text, colour, _, _ = look(kind)
    colour = GREY if colour == "#ffffff" else colour
    shades = sns.light_palette(colour, as_cmap=True)
    ax.barh(range(len(counts)), 0.94, left=x - 0.47, height=0.9, color=[shades(n / most) for n in counts])
    ax.barh(0, 0, color=colour, linewidth=0, label=f"{SIGNS.get(kind, '?')} {text}")
    for row, n in enumerate(counts):
        if n:
            shade = "#ffffff" if n > 0.6 * most and colour in (BLUE, GREY) else DARK
            ax.text(x, row, f"{n:,}", ha="center", va="center_baseline", color=shade)


def intervals(ax, y, shares: pd.DataFrame, kind: str):
    """Draw marks with the line of their interval; ``shares`` holds value, low and high."""
    value, low, high = (shares[column].astype(float) for column in shares)
    text, colour, _, marker = look(kind)
    reach = [(value - low).clip(lower=0), (high - value).clip(lower=0)]
    ax.errorbar(
        value, list(y), xerr=reach, fmt=marker, color=colour, ms=5, lw=1.3, capsize=2, label=text, clip_on=False
    )
    ax.grid(axis="x", color=PALE, lw=0.6)


def percent(ax, text, most):
    """Make the horizontal axis one of per cent, from 0 to a little over ``most``."""
    ax.set_xlim(0, min(100, 1.05 * most) + 1)
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter("{x:.0f} %")
    ax.set_xlabel(text)


def legend(figure, ax):
    """Put one legend under the figure, bars before marks."""
    shown = sorted(zip(*ax.get_legend_handles_labels(), strict=True), key=lambda pair: isinstance(pair[0], Line2D))
    handles, labels = zip(*shown, strict=True)
    columns = max(1, min(len(labels), 90 // (6 + max(map(len, labels)))))
    figure.legend(handles, labels, loc="outside lower center", ncols=columns)
