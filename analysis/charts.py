"""A summary table to a matplotlib Figure, 16 cm wide and readable in print; nothing else.

Every chart takes the table of the same name from ``analysis.summaries`` and returns a ``Figure`` that no window or
notebook holds; an empty table gives a figure that says so. Colour is never the only cue: hatches, markers or labels
say the same. Colours: seaborn's colour-blind safe set; orange, grey and blue where there are two ends.
"""

import functools
import math
import textwrap

import matplotlib
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from analysis.summaries import ALL_ARTICLES
from analysis.findings import count, label

WIDTH = 6.3  # inches: 16 cm, the text width of an A4 page
ROW = 0.225  # inches that a row of text needs
ORANGE, BLUE, LIGHT_BLUE, PALE, GREY, DARK = "#d97706", "#1f5f9e", "#9ec5e8", "#d9d9d9", "#6b6b6b", "#222222"
# name: label, colour, hatch, marker
LOOKS = {
    "direct": ("Direct", "#0173b2", "", "o"),
    "mixed": ("Mixed", "#de8f05", "////", "D"),
    "indirect": ("Indirect", "#8c8c8c", "", "|"),
    "negative": ("Negative", ORANGE, "////", "v"),
    "against": ("Against", ORANGE, "////", "v"),
    "neutral": ("Neutral", PALE, "", "o"),
    "positive": ("Positive", BLUE, "", "^"),
    "favour": ("In favour", BLUE, "", "^"),
    "of_protest": ("Of the protesters", BLUE, "", "o"),
    "about_protest": ("About the protest", ORANGE, "////", "s"),
    "quoted": ("Quoted or paraphrased", BLUE, "////", ""),
    "own": ("All else", PALE, "", ""),
    "overlap": ("Found: at least half the words shared", BLUE, "", "o"),
    "exact": ("Found word for word", "#029e73", "", "D"),
    "e2e": ("Found, and with the right speaker", ORANGE, "", "^"),
}
PILL = {"facecolor": "#ffffff", "alpha": 0.85, "linewidth": 0, "pad": 0.8}
STANCE_SIGNS = {"against": "−", "neutral": "0", "favour": "+"}
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
    "legend.frameon": False,
    "text.color": DARK,
    "text.parse_math": False,  # a "$" in a name is a dollar sign
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "ytick.left": False,
}


def _chart(nothing: str):
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


@_chart("No articles were read.")
def articles(table: pd.DataFrame) -> Figure:
    """Words of each article, quoted or paraphrased and not (stacked bars)."""
    subtitle = f"{count(len(table), 'article')}, {count(table['statements'].sum(), 'statement')}"
    figure, (ax,) = _figure("Length of the articles", subtitle, len(table))
    words = pd.DataFrame({"quoted": table["quoted_words"], "own": table["words"] - table["quoted_words"]})
    _bars(ax, words.set_axis(table["label"]), _ends(table))
    ax.set_xlabel("Words")
    _legend(figure, ax)
    return figure


@_chart("No statements were found.")
def words_by_group(table: pd.DataFrame) -> Figure:
    """Share of the quoted words that each group is given: a bar for all articles, a mark for each article."""
    pooled, single = table[table["article"] == ALL_ARTICLES], table[table["article"] != ALL_ARTICLES]
    names = list(single["label"].unique())
    subtitle = f"{count(pooled['words'].sum(), 'word')} quoted or paraphrased, in "
    subtitle += f"{count(pooled['statements'].sum(), 'statement')} and {count(len(names), 'article')}"
    figure, (ax,) = _figure("Words given to each speaker group", subtitle, len(pooled))
    y = {group: row for row, group in enumerate(pooled["group"])}
    ax.barh(range(len(y)), 100 * pooled["share"], height=0.66, color=LIGHT_BLUE, label="All articles")
    few = len(names) <= len(ARTICLE_MARKERS)
    for place, name in enumerate(names if len(names) > 1 else []):
        part = single[single["label"] == name]
        marker, colour = ARTICLE_MARKERS[place] if few else ("|", DARK)
        legend = f"{_short(name, 40)}: {count(part['n'].iloc[0], 'word')}" if few else "" if place else "A single article"
        ax.plot(100 * part["share"], part["group"].map(y), marker, mfc="none", mec=colour, ms=5.5, mew=1.2, label=legend)
    _rows(ax, map(label, pooled["group"]), _ends(pooled))
    _percent(ax, "Share of all words quoted or paraphrased", 100 * table["share"].max())
    _legend(figure, ax)
    return figure


@_chart("No statements were found.")
def positions(table: pd.DataFrame) -> Figure:
    """Where each group's statements start in their article: one mark a statement, its type as the marker."""
    parts = [(part["label"].iloc[0], part) for _, part in table.groupby("article")]
    if len(parts) > 3:
        parts = [("", table)]
    groups, types = list(table["group"].unique()), list(table["type"].unique())
    types.sort(key=[*LOOKS, *types].index)
    subtitle = f"{count(len(table), 'statement')}, {count(table['article'].nunique(), 'article')}"
    subtitle += "; 0 % is the top of the article, 100 % its end"
    title = "Where in the article each group speaks"
    figure, axes = _figure(title, subtitle, 1.5 * len(groups) + 1, columns=len(parts))
    for ax, (name, part) in zip(axes, parts, strict=True):
        ax.hlines([row - 0.5 for row in range(1, len(groups))], 0, 100, color=PALE, lw=0.6)
        for lane, kind in enumerate(types):
            marks = part[part["type"] == kind]
            y = marks["group"].map(groups.index) + 0.26 * (lane - (len(types) - 1) / 2)
            text, colour, _, marker = _look(kind)
            ax.plot(marks["position"], y, marker, color=colour, ms=4.5, mew=1.2, alpha=0.8, label=text)
        _rows(ax, map(label, groups))
        ax.set_title(_short(name, 80 // len(parts)))
        _percent(ax, "Start in the article", 100)
        ax.set_xlim(0, 100)
    _legend(figure, axes[0])
    return figure


@_chart("No statements were found.")
def reporting_verbs(table: pd.DataFrame) -> Figure:
    """How often each group is quoted with which reporting verb (counts, shaded)."""
    counts = _wide(table, "verb", "group", "statements")
    subtitle = f"{count(counts.to_numpy().sum(), 'statement')}; in brackets the sum of the row or column"
    figure, (ax,) = _figure("Reporting verbs by speaker group", subtitle, len(counts) + 2)
    shades = sns.light_palette(BLUE, as_cmap=True)
    sns.heatmap(counts, mask=counts == 0, annot=True, fmt="d", cmap=shades, vmin=0, cbar=False, linewidths=1, ax=ax)
    verbs = [f"{verb} ({n:,})" for verb, n in counts.sum(axis=1).items()]
    groups = [f"{_short(label(group), 24)} ({n:,})" for group, n in counts.sum().items()]
    ax.tick_params(top=False, bottom=False, left=False, labeltop=True, labelbottom=False)
    ax.set_yticks([y + 0.5 for y in range(len(verbs))], verbs, rotation=0)
    ax.set_xticks([x + 0.5 for x in range(len(groups))], groups, rotation=35, ha="left", rotation_mode="anchor")
    ax.set(xlabel="", ylabel="")
    return figure


@_chart("No statements were found.")
def speakers(table: pd.DataFrame) -> Figure:
    """Statements of each speaker by type (stacked bars)."""
    each = table.groupby("speaker", sort=False)[["group", "speakers"]].first()
    subtitle = f"{count(table['statements'].sum(), 'statement')} of {count(each['speakers'].sum(), 'speaker')}"
    figure, (ax,) = _figure("Who speaks", subtitle, len(each))
    counts = _wide(table, "speaker", "type", "statements")
    groups = [f", {_short(label(group), 24).lower()}" if group else "" for group in each["group"]]
    ends = [f"{n:,}{group}" for n, group in zip(counts.sum(axis=1), groups, strict=True)]
    _bars(ax, counts, ends)
    ax.set_xlabel("Statements")
    _legend(figure, ax)
    return figure


@_chart("No statements were found.")
def statement_types(table: pd.DataFrame) -> Figure:
    """Statements of each article by type (stacked bars)."""
    counts = _wide(table, "article", "type", "statements")
    subtitle = f"{count(counts.to_numpy().sum(), 'statement')}, {count(len(counts), 'article')}"
    figure, (ax,) = _figure("Direct, mixed and indirect statements", subtitle, len(counts))
    _bars(ax, counts.set_axis(table.groupby("article", sort=False)["label"].first()))
    ax.set_xlabel("Statements")
    _legend(figure, ax)
    return figure


@_chart("No statements were found.")
def sentiment(table: pd.DataFrame) -> Figure:
    """Statements of each group by sentiment: counts (stacked bars), and shares with 95 % Wilson intervals."""
    counts = _wide(table, "group", "sentiment", "statements")
    subtitle = f"{count(counts.to_numpy().sum(), 'statement')}; the lines are 95 % Wilson intervals"
    figure, (left, right) = _figure("Sentiment of the statements by speaker group", subtitle, 1.4 * len(counts), columns=2)
    _bars(left, counts.rename(label))
    left.set_xlabel("Statements")
    for kind, shift in (("negative", -0.18), ("positive", 0.18)):
        part = table[table["sentiment"] == kind]
        _intervals(right, [y + shift for y in range(len(part))], 100 * part[["share", "low", "high"]], kind)
    _percent(right, "Share of the group's statements", 100)
    _legend(figure, left)
    return figure


@_chart("No statement takes a position.")
def stance(table: pd.DataFrame) -> Figure:
    """Statements of each group against, neutral to and in favour of each target (counts, shaded; one panel a target)."""
    targets, groups = list(table["target"].unique()), list(table["group"].unique())
    columns = min(len(targets), 5)
    blocks = math.ceil(len(targets) / columns)
    subtitle = f"{count(table['statements'].sum(), 'position')}; a statement counts once for each target it takes up"
    rows = blocks * (1.1 * len(groups) + 3)
    figure, axes = _figure("Stance of each speaker group toward each target", subtitle, rows, columns, blocks)
    most = max(table["statements"])
    for ax, target in zip(axes, targets, strict=False):
        counts = _wide(table[table["target"] == target], "group", "position", "statements")
        for x, position in enumerate(counts):
            _tiles(ax, x, counts[position], most, position)
        heading = [*textwrap.wrap(label(target), 14), f"({counts.to_numpy().sum():,})"]
        ax.set_title("\n".join(heading), loc="center")
        _rows(ax, map(label, groups))
        ax.set_xticks(range(counts.shape[1]), [STANCE_SIGNS.get(position, "?") for position in counts])
        ax.tick_params(top=False, bottom=False, labeltop=True, labelbottom=False)
        ax.spines[["bottom", "left"]].set_visible(False)
    for ax in axes[len(targets) :]:
        ax.set_visible(False)
    _legend(figure, axes[0])
    return figure


@_chart("No grievances were found.")
def grievance_themes(table: pd.DataFrame) -> Figure:
    """Share of each theme in the grievances of a side, with 95 % Wilson intervals (one panel a side)."""
    sides = dict(list(table.groupby("side", sort=False)))
    heights = [len(part) + 0.5 for part in sides.values()]
    subtitle = f"{count(table['mentions'].sum(), 'mention')}; the lines are 95 % Wilson intervals"
    figure, axes = _figure("Grievance themes by side", subtitle, sum(heights) + 3, 1, len(sides), heights)
    for ax, (side, part) in zip(axes, sides.items(), strict=True):
        _intervals(ax, range(len(part)), 100 * part[["share", "low", "high"]], side)
        _rows(ax, map(label, part["theme"]), [f"{row.mentions:,} of {row.n:,}" for row in part.itertuples()])
        ax.set_title(_look(side)[0])
        _percent(ax, "Share of the side's mentions", 100 * table["high"].max())
    for ax in axes[:-1]:
        ax.set_xlabel("")
    return figure


@_chart("No grievances with a voice were found.")
def grievance_voices(table: pd.DataFrame) -> Figure:
    """Grievance mentions of each voice by side (stacked bars)."""
    counts = _wide(table, "voice", "side", "mentions")
    figure, (ax,) = _figure("Who voices the grievances", count(counts.to_numpy().sum(), "mention"), len(counts))
    _bars(ax, counts.rename({"reporter": "Reporter"}))
    ax.set_xlabel("Mentions")
    _legend(figure, ax)
    return figure


@_chart("No hand coding to compare with.")
def extraction(table: pd.DataFrame) -> Figure:
    """F1 of finding the hand-coded units, by three measures, with 95 % bootstrap intervals."""
    units = table.groupby("unit", sort=False)[["gold", "pred"]].first()
    subtitle = "The lines are 95 % bootstrap intervals"
    figure, (ax,) = _figure("How well the machine finds what was coded by hand", subtitle, 2.2 * len(units))
    for measure, shift in (("overlap", -0.25), ("exact", 0), ("e2e", 0.25)):
        part = table[table["measure"] == measure]
        y = part["unit"].map(units.index.get_loc) + shift
        _intervals(ax, y, part[["f1", "f1_low", "f1_high"]], measure)
    _rows(ax, map(label, units.index), [f"{row.gold:,} by hand,\n{row.pred:,} by machine" for row in units.itertuples()])
    _percent(ax, "F1", 100)
    _legend(figure, ax)
    return figure


@_chart("No hand coding to compare with.")
def agreement(table: pd.DataFrame) -> Figure:
    """Krippendorff's alpha of machine and hand coding for each variable, with 95 % bootstrap intervals."""
    subtitle = "The lines are 95 % bootstrap intervals; at the right, labels compared and share of equal labels"
    figure, (ax,) = _figure("Agreement of the machine with the hand coding", subtitle, len(table) + 1)
    for level, dash in ((0.667, "--"), (0.8, "-")):
        ax.axvline(level, color=GREY, ls=dash, lw=0.9, zorder=0)
        ax.annotate(f"{level:.3f}"[1:], (level, 1), (0, 2), ("data", "axes fraction"), "offset points", ha="center")
    _intervals(ax, range(len(table)), table[["alpha", "alpha_low", "alpha_high"]], "overlap")
    _rows(ax, map(label, table["variable"]), [f"{row.n:,}, {row.percent_agreement:.0f} %" for row in table.itertuples()])
    ax.set_xlim(min(0, table["alpha_low"].min()), 1.02)
    ax.set_xlabel("Krippendorff's alpha: 0 is chance, 1 perfect; from .667 tentative, from .800 firm conclusions")
    return figure


def _short(name: str, length: int = 32) -> str:
    """Cut a long name before its last letters: they tell articles by their date, or speakers by their name."""
    return name if len(name) <= length else f"{name[: length - 12].rstrip()}…{name[-11:].lstrip()}"


def _look(kind: str) -> tuple[str, str, str, str]:
    return LOOKS.get(kind, (label(kind), "#ffffff", "....", "x"))


def _fill(kind: str) -> dict:
    text, colour, hatch, _ = _look(kind)
    edge = "#ffffff" if colour != "#ffffff" else GREY
    return {"label": text, "facecolor": colour, "edgecolor": edge, "hatch": hatch, "linewidth": 0.6}


def _wide(table: pd.DataFrame, rows: str, columns: str, values: str) -> pd.DataFrame:
    """Counts with one row a bar and one column a segment, in the table's order."""
    wide = table.pivot(index=rows, columns=columns, values=values)
    return wide.reindex(index=table[rows].unique(), columns=table[columns].unique())


def _figure(title, subtitle, rows, columns=1, blocks=1, heights=None):
    """Lay out axes in a figure whose height gives every row its room."""
    height = 1.15 + ROW * rows
    figure = Figure(figsize=(WIDTH, height))
    figure.get_layout_engine().set(rect=(0, 0, 1, 1 - 0.46 / height))
    figure.text(0.012, 1 - 0.06 / height, title, va="top", fontsize=10, weight="bold")
    figure.text(0.012, 1 - 0.27 / height, subtitle, va="top", color=GREY)
    axes = figure.subplots(blocks, columns, sharey=heights is None, squeeze=False, height_ratios=heights)
    return figure, axes.ravel()


def _rows(ax, names, ends=()):
    """Name the rows at the left, from the top down, and write their numbers at the right."""
    names = [_short(name) for name in names]
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    for row, end in enumerate(ends):
        ax.annotate(end, (1, row), (5, 0), ("axes fraction", "data"), "offset points", va="center", color=DARK)


def _ends(table):
    return [f"{count(row.words, 'word')}, {count(row.statements, 'statement')}" for row in table.itertuples()]


def _bars(ax, counts: pd.DataFrame, ends=None):
    """Stacked bars, one row each; counts are written on the segments that have the room, the sum at the end."""
    whole = counts.sum(axis=1)
    start = 0 * whole
    for kind in counts:
        ax.barh(range(len(counts)), counts[kind], left=start, height=0.76, **_fill(kind))
        for row, n in enumerate(counts[kind]):
            if n > 0.06 * max(whole) and n < whole.iloc[row]:
                centre = start.iloc[row] + n / 2
                ax.text(centre, row, f"{n:,}", ha="center", va="center", fontsize=7.5, bbox=PILL)
        start = start + counts[kind]
    _rows(ax, counts.index)
    for row, end in enumerate(ends or [f"{n:,}" for n in whole]):
        ax.annotate(end, (whole.iloc[row], row), (3, 0), textcoords="offset points", va="center")
    ax.xaxis.set_major_locator(MaxNLocator("auto", integer=True))


def _tiles(ax, x, counts, most, kind):
    """A column of counts, each on a tile that is the darker the higher the count."""
    text, colour, _, _ = _look(kind)
    shades = sns.light_palette(colour, as_cmap=True)
    ax.barh(range(len(counts)), 0.94, left=x - 0.47, height=0.9, color=[shades(n / most) for n in counts])
    ax.barh(0, 0, color=colour, linewidth=0, label=f"{STANCE_SIGNS.get(kind, '?')} {text}")
    for row, n in enumerate(counts):
        if n:
            shade = "#ffffff" if n > 0.6 * most and colour == BLUE else DARK
            ax.text(x, row, f"{n:,}", ha="center", va="center_baseline", color=shade)


def _intervals(ax, y, shares: pd.DataFrame, kind: str):
    """Marks with the line of their interval; ``shares`` holds value, low, high."""
    value, low, high = (shares[column].astype(float) for column in shares)
    text, colour, _, marker = _look(kind)
    reach = [(value - low).clip(lower=0), (high - value).clip(lower=0)]
    ax.errorbar(value, list(y), xerr=reach, fmt=marker, color=colour, ms=5, lw=1.3, capsize=2, label=text, clip_on=False)
    ax.grid(axis="x", color=PALE, lw=0.6)


def _percent(ax, text, most):
    ax.set_xlim(0, min(100, 1.05 * most) + 1)
    ax.xaxis.set_major_formatter("{x:.0f} %")
    ax.set_xlabel(text)


def _legend(figure, ax):
    """One legend under the figure for all its axes, bars before marks."""
    shown = sorted(zip(*ax.get_legend_handles_labels(), strict=True), key=lambda pair: isinstance(pair[0], Line2D))
    handles, labels = zip(*shown, strict=True)
    columns = max(1, min(len(labels), 90 // (6 + max(map(len, labels)))))
    figure.legend(handles, labels, loc="outside lower center", ncols=columns)
