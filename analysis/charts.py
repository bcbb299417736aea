"""A summary table to a matplotlib Figure, 16 cm wide, readable in print; nothing else.

Every chart takes the table of the same name from ``summaries`` (``extraction`` and ``agreement``: from
``analysis.agreement``), takes nothing else, and returns a ``Figure`` that no window or notebook holds. An empty
table gives a figure that says so. Colour is never the only cue: hatches, markers or labels say the same.
Colours are the colour-blind safe set of seaborn and, where there are two ends, the orange and blue of ColorBrewer's
PuOr and RdBu with grey between.
"""

import functools
import math
import textwrap

import matplotlib
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from analysis.summaries import ALL_ARTICLES

WIDTH = 6.3  # inches: 16 cm, the text width of an A4 page
ROW = 0.235  # inches a row of text needs
GREY, PALE, DARK = "#6b6b6b", "#d9d9d9", "#222222"
ORANGE, BLUE = "#d97706", "#1f5f9e"
# kind: colour, hatch, marker; a kind that is not listed is drawn in white with dots
LOOKS = {
    "direct": ("#0173b2", "", "o"),
    "mixed": ("#de8f05", "////", "D"),
    "indirect": ("#b8b8b8", "", "|"),
    "negative": (ORANGE, "////", "v"),
    "against": (ORANGE, "////", "v"),
    "neutral": (PALE, "", "o"),
    "positive": (BLUE, "", "^"),
    "favour": (BLUE, "", "^"),
    "of_protest": (BLUE, "", "o"),
    "about_protest": (ORANGE, "////", "s"),
}
OTHER_LOOK = ("#ffffff", "....", "x")
STYLE = {
    **sns.axes_style("ticks"),
    "axes.edgecolor": GREY,
    "axes.grid.axis": "x",
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.use": True,
    "font.family": ["DejaVu Sans"],
    "font.size": 8,
    "axes.titlesize": 8.5,
    "axes.titlelocation": "left",
    "axes.labelsize": 8,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "hatch.linewidth": 0.8,
    "text.color": DARK,
    "text.parse_math": False,  # a "$" in a name is a dollar sign
    "ytick.left": False,
}


def label(name: str) -> str:
    """Write a snake_case name as words, with a capital."""
    words = " ".join(str(name).replace("_", " ").split())
    return words[:1].upper() + words[1:]


def _short(name: str, length: int = 30) -> str:
    """Cut long names in the middle: their ends tell articles and speakers apart."""
    words = label(name)
    return words if len(words) <= length else f"{words[: length * 2 // 3].rstrip()}…{words[-(length // 3 - 1) :].lstrip()}"


def _chart(nothing: str):
    """Draw in the house style whatever the user's own matplotlib settings; an empty table as words."""

    def decorate(draw):
        @functools.wraps(draw)
        def drawn(table: pd.DataFrame) -> Figure:
            with matplotlib.style.context(STYLE, after_reset=True):
                if len(table):
                    return draw(table)
                figure = Figure(figsize=(WIDTH, 1))
                figure.text(0.5, 0.5, nothing, ha="center", va="center", fontsize=9.5)
                return figure

        return drawn

    return decorate
