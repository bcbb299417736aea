"""A summary table to a matplotlib Figure, 16 cm wide and readable in print; nothing else.

Every chart takes the table of the same name from ``analysis.summaries`` and returns a ``Figure`` that no window or
notebook holds; an empty table gives a figure that says so. Colour is never the only cue: hatches, markers or labels
say the same. Colours: seaborn's colour-blind safe set; orange, grey and blue where there are two ends.
"""

import math
import textwrap

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure

from analysis import drawing
from analysis.clauses import REPORTER
from analysis.drawing import ARTICLE_MARKERS, BLUE, DARK, GREY, LIGHT_BLUE, LOOKS, PALE, SIGNS
from analysis.phrases import count, label
from analysis.summaries import ALL_ARTICLES


@drawing.chart("No articles were read.")
def articles(table: pd.DataFrame) -> Figure:
    """Words of each article, quoted or paraphrased and not (stacked bars)."""
    subtitle = f"{count(len(table), 'article')}, {count(table['statements'].sum(), 'statement')}"
    figure, (ax,) = drawing.layout("Length of the articles", subtitle, len(table))
    words = pd.DataFrame({"quoted": table["quoted_words"], "own": table["words"] - table["quoted_words"]})
    drawing.bars(ax, words.set_axis(table["label"]), drawing.lengths(table))
    ax.set_xlabel("Words")
    drawing.legend(figure, ax)
    return figure


@drawing.chart("No statements were found.")
def words_by_group(table: pd.DataFrame) -> Figure:
    """Share of the quoted words that each group is given: a bar for all articles, a mark for each article."""
    pooled, single = table[table["article"] == ALL_ARTICLES], table[table["article"] != ALL_ARTICLES]
    names = list(single["label"].unique())
    subtitle = f"{count(pooled['words'].sum(), 'word')} quoted or paraphrased, in "
    subtitle += f"{count(pooled['statements'].sum(), 'statement')} and {count(len(names), 'article')}"
    figure, (ax,) = drawing.layout("Words given to each speaker group", subtitle, len(pooled))
    y = {group: row for row, group in enumerate(pooled["group"])}
    ax.barh(range(len(y)), 100 * pooled["share"], height=0.66, color=LIGHT_BLUE, label="All articles")
    if 1 < len(names) <= len(ARTICLE_MARKERS):
        for name, (marker, colour) in zip(names, ARTICLE_MARKERS, strict=False):
            part = single[single["label"] == name]
            words = f"{drawing.short(label(name), 40)}: {count(part['n'].iloc[0], 'word')}"
            ax.plot(100 * part["share"], part["group"].map(y), marker, mfc="none", mec=colour, mew=1.2, label=words)
    elif len(names) > 1:
        ax.plot(100 * single["share"], single["group"].map(y), "|", color=DARK, label="A single article")
    drawing.rows(ax, map(label, pooled["group"]), drawing.lengths(pooled))
    drawing.percent(ax, "Share of all words quoted or paraphrased", 100 * table["share"].max())
    drawing.legend(figure, ax)
    return figure


@drawing.chart("No statements were found.")
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
    figure, axes = drawing.layout(title, subtitle, 1.5 * len(groups) + 1, columns=len(parts))
    for ax, (name, part) in zip(axes, parts, strict=True):
        ax.hlines([row - 0.5 for row in range(1, len(groups))], 0, 100, color=PALE, lw=0.6)
        for lane, kind in enumerate(types):
            marks = part[part["type"] == kind]
            y = marks["group"].map(groups.index) + 0.26 * (lane - (len(types) - 1) / 2)
            text, colour, _, marker = drawing.look(kind)
            ax.plot(marks["position"], y, marker, color=colour, ms=4.5, mew=1.2, alpha=0.8, label=text)
        drawing.rows(ax, map(label, groups))
        ax.set_title(drawing.short(name, 80 // len(parts)))
        drawing.percent(ax, "Start in the article", 100)
        ax.set_xlim(0, 100)
    drawing.legend(figure, axes[0])
    return figure


@drawing.chart("No statements were found.")
def reporting_verbs(table: pd.DataFrame) -> Figure:
    """How often each group is quoted with which reporting verb (counts, shaded)."""
    counts = drawing.wide(table, "verb", "group", "statements")
    subtitle = f"{count(counts.to_numpy().sum(), 'statement')}; in brackets the sum of the row or column"
    figure, (ax,) = drawing.layout("Reporting verbs by speaker group", subtitle, len(counts) + 2)
    shades = sns.light_palette(BLUE, as_cmap=True)
    sns.heatmap(counts, mask=counts == 0, annot=True, fmt="d", cmap=shades, vmin=0, cbar=False, linewidths=1, ax=ax)
    verbs = [f"{drawing.short(verb)} ({n:,})" for verb, n in counts.sum(axis=1).items()]
    groups = [f"{drawing.short(label(group), 24)} ({n:,})" for group, n in counts.sum().items()]
    ax.tick_params(top=False, bottom=False, left=False, labeltop=True, labelbottom=False)
    ax.set_yticks([y + 0.5 for y in range(len(verbs))], verbs, rotation=0)
    ax.set_xticks([x + 0.5 for x in range(len(groups))], groups, rotation=35, ha="left", rotation_mode="anchor")
    ax.set(xlabel="", ylabel="")
    return figure


@drawing.chart("No statements were found.")
def speakers(table: pd.DataFrame) -> Figure:
    """Statements of each speaker by type (stacked bars)."""
    each = table.groupby("speaker", sort=False)[["group", "speakers"]].first()
    subtitle = f"{count(table['statements'].sum(), 'statement')} of {count(each['speakers'].sum(), 'speaker')}"
    figure, (ax,) = drawing.layout("Who speaks", subtitle, len(each))
    counts = drawing.wide(table, "speaker", "type", "statements")
    groups = [f", {drawing.short(label(group), 24).lower()}" if group else "" for group in each["group"]]
    ends = [f"{n:,}{group}" for n, group in zip(counts.sum(axis=1), groups, strict=True)]
    drawing.bars(ax, counts, ends)
    ax.set_xlabel("Statements")
    drawing.legend(figure, ax)
    return figure


@drawing.chart("No statements were found.")
def statement_types(table: pd.DataFrame) -> Figure:
    """Statements of each article by type (stacked bars)."""
    counts = drawing.wide(table, "article", "type", "statements")
    subtitle = f"{count(counts.to_numpy().sum(), 'statement')}, {count(len(counts), 'article')}"
    figure, (ax,) = drawing.layout("Direct, mixed and indirect statements", subtitle, len(counts))
    drawing.bars(ax, counts.set_axis(table.groupby("article", sort=False)["label"].first()))
    ax.set_xlabel("Statements")
    drawing.legend(figure, ax)
    return figure


@drawing.chart("No statements were found.")
def sentiment(table: pd.DataFrame) -> Figure:
    """Statements of each group by sentiment: counts (stacked bars), and shares with 95 % Wilson intervals."""
    counts = drawing.wide(table, "group", "sentiment", "statements")
    subtitle = f"{count(counts.to_numpy().sum(), 'statement')}; the lines are 95 % Wilson intervals"
    figure, (left, right) = drawing.layout(
        "Sentiment of the statements by speaker group", subtitle, 1.4 * len(counts), columns=2
    )
    drawing.bars(left, counts.rename(label))
    left.set_xlabel("Statements")
    for kind, shift in (("negative", -0.18), ("positive", 0.18)):
        part = table[table["sentiment"] == kind]
        drawing.intervals(right, [y + shift for y in range(len(part))], 100 * part[["share", "low", "high"]], kind)
    drawing.percent(right, "Share of the group's statements", 100)
    drawing.legend(figure, left)
    return figure


@drawing.chart("No statement takes a position.")
def stance(table: pd.DataFrame) -> Figure:
    """Statements of each group against, neutral to and in favour of each target (shaded counts)."""
    targets, groups = list(table["target"].unique()), list(table["group"].unique())
    columns = min(len(targets), 5)
    blocks = math.ceil(len(targets) / columns)
    subtitle = f"{count(table['statements'].sum(), 'position')}; a statement counts once for each target it takes up"
    rows = blocks * (1.1 * len(groups) + 3)
    figure, axes = drawing.layout("Stance of each speaker group toward each target", subtitle, rows, columns, blocks)
    most = max(table["statements"])
    for ax, target in zip(axes, targets, strict=False):
        counts = drawing.wide(table[table["target"] == target], "group", "position", "statements")
        for x, position in enumerate(counts):
            drawing.tiles(ax, x, counts[position], most, position)
        heading = [*textwrap.wrap(label(target), 14), f"({counts.to_numpy().sum():,})"]
        ax.set_title("\n".join(heading), loc="center")
        drawing.rows(ax, map(label, groups))
        ax.set_xticks(range(counts.shape[1]), [SIGNS.get(position, "?") for position in counts])
        ax.tick_params(top=False, bottom=False, labeltop=True, labelbottom=False)
        ax.spines[["bottom", "left"]].set_visible(False)
    for ax in axes[len(targets) :]:
        ax.set_visible(False)
    drawing.legend(figure, axes[0])
    return figure


@drawing.chart("No grievances were found.")
def grievance_themes(table: pd.DataFrame) -> Figure:
    """Share of each theme in the grievances of a side, with 95 % Wilson intervals (one panel a side)."""
    sides = dict(list(table.groupby("side", sort=False)))
    heights = [len(part) + 0.5 for part in sides.values()]
    subtitle = f"{count(table['mentions'].sum(), 'mention')}; the lines are 95 % Wilson intervals"
    figure, axes = drawing.layout("Grievance themes by side", subtitle, sum(heights) + 3, 1, len(sides), heights)
    for ax, (side, part) in zip(axes, sides.items(), strict=True):
        drawing.intervals(ax, range(len(part)), 100 * part[["share", "low", "high"]], side)
        drawing.rows(ax, map(label, part["theme"]), [f"{row.mentions:,} of {row.n:,}" for row in part.itertuples()])
        ax.set_title(drawing.look(side)[0])
        drawing.percent(ax, "Share of the side's mentions", 100 * table["high"].max())
    for ax in axes[:-1]:
        ax.set_xlabel("")
    return figure


@drawing.chart("No grievances with a voice were found.")
def grievance_voices(table: pd.DataFrame) -> Figure:
    """Grievance mentions of each voice by side (stacked bars)."""
    counts = drawing.wide(table, "voice", "side", "mentions")
    figure, (ax,) = drawing.layout("Who voices the grievances", count(counts.to_numpy().sum(), "mention"), len(counts))
    drawing.bars(ax, counts.rename({REPORTER: "The article's own words"}))
    ax.set_xlabel("Mentions")
    drawing.legend(figure, ax)
    return figure


@drawing.chart("No hand coding to compare with.")
def extraction(table: pd.DataFrame) -> Figure:
    """F1 of finding the hand-coded units, by three measures, with 95 % bootstrap intervals."""
    units = table.groupby("unit", sort=False)[["gold", "pred"]].first()
    subtitle = "The lines are 95 % bootstrap intervals"
    figure, (ax,) = drawing.layout("How well the machine finds what was coded by hand", subtitle, 2.2 * len(units))
    for measure, shift in (("overlap", -0.25), ("exact", 0), ("e2e", 0.25)):
        part = table[table["measure"] == measure]
        y = part["unit"].map(units.index.get_loc) + shift
        drawing.intervals(ax, y, part[["f1", "f1_low", "f1_high"]], measure)
    drawing.rows(
        ax, map(label, units.index), [f"{row.gold:,} by hand,\n{row.pred:,} by machine" for row in units.itertuples()]
    )
    drawing.percent(ax, "F1", 100)
    drawing.legend(figure, ax)
    return figure


@drawing.chart("No hand coding to compare with.")
def agreement(table: pd.DataFrame) -> Figure:
    """Krippendorff's alpha of machine and hand coding for each variable, with 95 % bootstrap intervals."""
    subtitle = "The lines are 95 % bootstrap intervals; at the right, labels compared and share of equal labels"
    figure, (ax,) = drawing.layout("Agreement of the machine with the hand coding", subtitle, len(table) + 1)
    for level, dash in ((0.667, "--"), (0.8, "-")):
        ax.axvline(level, color=GREY, ls=dash, lw=0.9, zorder=0)
        ax.annotate(f"{level:.3f}"[1:], (level, 1), (0, 2), ("data", "axes fraction"), "offset points", ha="center")
    drawing.intervals(ax, range(len(table)), table[["alpha", "alpha_low", "alpha_high"]], "overlap")
    drawing.rows(
        ax, map(label, table["variable"]), [f"{row.n:,}, {row.percent_agreement:.0f} %" for row in table.itertuples()]
    )
    for y in [row for row, alpha in enumerate(table["alpha"]) if pd.isna(alpha)]:
        ax.text(0.02, y, "undefined: the labels do not vary", va="center_baseline")
    ax.set_xlim(min(0, table["alpha_low"].min()), 1.02)
    ax.set_xlabel("Krippendorff's alpha: 0 is chance, 1 perfect; from .667 tentative, from .800 firm conclusions")
    return figure


@drawing.chart("No hand coding to compare with.")
def coverage(table: pd.DataFrame) -> Figure:
    """Share of right labels among those the machine is surest of, with 95 % Wilson intervals (one panel a variable)."""
    parts = dict(list(table.groupby("variable", sort=False)))
    heights = [len(part) + 0.5 for part in parts.values()]
    subtitle = "The lines are 95 % Wilson intervals; at the right, labels kept"
    title = "Are the labels right that the machine is surest of?"
    figure, axes = drawing.layout(title, subtitle, sum(heights) + 1.6 * len(parts) + 1, 1, len(parts), heights)
    for ax, (variable, part) in zip(axes, parts.items(), strict=True):
        drawing.intervals(ax, range(len(part)), part[["percent_right", "low", "high"]], "overlap")
        names = [f"Surest {row.coverage:.0f} %" if row.coverage < 100 else "All" for row in part.itertuples()]
        drawing.rows(ax, names, [f"{row.n:,}" for row in part.itertuples()])
        ax.set_title(label(variable))
        drawing.percent(ax, "Right, by the hand coding", 100)
    for ax in axes[:-1]:
        ax.set_xlabel("")
    return figure
