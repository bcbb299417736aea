"""The table of ``analysis.sensitivity`` to a figure."""

import textwrap

import pandas as pd
from matplotlib.figure import Figure

from analysis import drawing
from analysis.drawing import DARK, LIGHT_BLUE, ORANGE, PALE
from analysis.phrases import count
from analysis.sensitivity_findings import DECISIONS, NO_FINDING

WIDE = 38  # letters of a finding on one line
LOOKS = {
    "holds": {"facecolor": LIGHT_BLUE, "edgecolor": "#ffffff", "label": "✓ holds"},
    "fails": {"facecolor": ORANGE, "edgecolor": "#ffffff", "hatch": "////", "label": "✗ does not, or not in every run"},
    "few": {"facecolor": PALE, "edgecolor": "#ffffff", "label": "too few cases"},
    "other": {"facecolor": "#ffffff", "edgecolor": PALE, "label": "not touched by it"},
}


@drawing.chart(NO_FINDING)
def robustness(table: pd.DataFrame) -> Figure:
    """Tell for each finding (rows) whether it holds under each decision (columns), and the share it is about."""
    findings, decisions = list(table["finding"].unique()), [d for d in DECISIONS if d in set(table["decision"])]
    subtitle = f"{count(len(findings), 'finding')}, {count(len(decisions) - 1, 'other decision')}; the share that "
    subtitle += "the finding is about, or the runs in which it holds"
    n = table[table["decision"] == "as_coded"].set_index("finding")["n"]
    names = [textwrap.wrap(f"{drawing.short(name, 2 * WIDE - 20)} (n\xa0=\xa0{n[name]:,})", WIDE) for name in findings]
    figure, (ax,) = drawing.layout("Which findings hold under other decisions", subtitle, 1.5 * len(names) + 3)
    cells = {(row.finding, row.decision): row for row in table.itertuples()}
    for y, finding in enumerate(findings):
        for x, decision in enumerate(decisions):
            _cell(ax, x, y, cells.get((finding, decision)))
    ax.set_yticks(range(len(names)), ["\n".join(lines) for lines in names])
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlim(-0.5, len(decisions) - 0.5)
    ax.set_xticks(range(len(decisions)), ["\n".join(textwrap.wrap(DECISIONS[d][0], 10)) for d in decisions])
    ax.tick_params(top=False, bottom=False, labeltop=True, labelbottom=False)
    ax.spines[["bottom", "left"]].set_visible(False)
    for look in LOOKS.values():
        ax.barh(0, 0, left=-1, **look)  # for the legend, beyond the axis
    drawing.legend(figure, ax)
    return figure


def _cell(ax, x: int, y: int, row) -> None:
    kind = "other" if row is None else "few" if not row.runs else "holds" if row.holds == row.runs else "fails"
    look = LOOKS[kind] | {"label": None}
    ax.barh(y, 0.94, left=x - 0.47, height=0.9, linewidth=0.6, **look)
    if kind in ("holds", "fails"):
        sign = "✓" if kind == "holds" else "✗"
        share = f"{row.holds:,} of {row.runs:,}" if row.decision == "one_article_left_out" else f"{100 * row.low:.0f} %"
        box = drawing.PILL if kind == "fails" else None
        ax.text(x, y, f"{sign} {share}", ha="center", va="center_baseline", color=DARK, bbox=box)
