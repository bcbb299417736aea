"""A chart to files and to the page of a notebook, with its alt text.

``OF_CODING`` and ``OF_COMPARISON`` list every figure once: how its table is made, how it is drawn, how it is told.
Notebooks ``show`` a chart, notebook 99 writes them all with ``export``, and both render the same bytes.
"""

import base64
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import matplotlib
import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from PIL import Image

from analysis import (
    charts,
    confidence,
    drawing,
    findings,
    network,
    network_charts,
    network_findings,
    summaries,
    validation_findings,
)
from analysis.agreement import Comparison
from analysis.articles import InputError
from analysis.pipeline import Coding

DPI = 300
WIDTH_ON_SCREEN = 756  # CSS pixels: what is 8 points in print is 13 pixels there
# Without these, files differ by date, by run or by the machine's zlib.
REPRODUCIBLE = {"svg.hashsalt": "protest coverage", "pdf.compression": 0, "pdf.fonttype": 42}
METADATA = {"png": {}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}


class Plot(NamedTuple):
    """One figure: its file name (the number is that of the notebook that tells of it) and what makes it."""

    name: str
    summarise: Callable[..., pd.DataFrame]
    chart: Callable[[pd.DataFrame], Figure]
    finding: Callable[[pd.DataFrame], str]
    kind: str


OF_CODING = (
    Plot(
        "01-articles",
        summaries.articles,
        charts.articles,
        findings.articles,
        "Stacked bars of the words in each article, those quoted or paraphrased and all others.",
    ),
    Plot(
        "02-words-by-group",
        summaries.words_by_group,
        charts.words_by_group,
        findings.words_by_group,
        "Bars of the share of all quoted or paraphrased words by speaker group, with a mark for each article.",
    ),
    Plot(
        "02-speakers",
        summaries.speakers,
        charts.speakers,
        findings.speakers,
        "Stacked bars of the statements by speaker, split into direct, mixed and indirect.",
    ),
    Plot(
        "02-statement-types",
        summaries.statement_types,
        charts.statement_types,
        findings.statement_types,
        "Stacked bars of the statements in each article, split into direct, mixed and indirect.",
    ),
    Plot(
        "02-positions",
        summaries.positions,
        charts.positions,
        findings.positions,
        "One mark a statement, by speaker group (rows) and place in the article (from top to end, in per cent).",
    ),
    Plot(
        "02-reporting-verbs",
        summaries.reporting_verbs,
        charts.reporting_verbs,
        findings.reporting_verbs,
        "A table of shaded counts of statements, by reporting verb (rows) and speaker group (columns).",
    ),
    Plot(
        "03-sentiment",
        summaries.sentiment,
        charts.sentiment,
        findings.sentiment,
        "By speaker group, stacked bars of negative, neutral and positive statements beside shares with intervals.",
    ),
    Plot(
        "04-stance",
        summaries.stance,
        charts.stance,
        findings.stance,
        "Shaded counts of statements against, neutral to and in favour of each target (columns), by group (rows).",
    ),
    Plot(
        "05-grievance-themes",
        summaries.grievance_themes,
        charts.grievance_themes,
        findings.grievance_themes,
        "Dots with intervals: share of each theme in the grievance mentions of a side, one panel a side.",
    ),
    Plot(
        "05-grievance-voices",
        summaries.grievance_voices,
        charts.grievance_voices,
        findings.grievance_voices,
        "Stacked bars of the grievance mentions by who voices them, split by side.",
    ),
    Plot(
        "06-affiliations",
        network.affiliations,
        network_charts.affiliations,
        network_findings.affiliations,
        "Two columns joined by lines, speakers and targets: the line's style tells the position, its width how often.",
    ),
    Plot(
        "06-agreements",
        network.agreements,
        network_charts.agreements,
        network_findings.agreements,
        "Speaker groups in two columns joined by lines, solid for agreement and dashed for conflict, wide for strong.",
    ),
)
OF_COMPARISON = (
    Plot(
        "08-extraction",
        summaries.extraction,
        charts.extraction,
        validation_findings.extraction,
        "Dots with intervals: F1 of finding hand-coded statements and grievances, by kind and by three measures.",
    ),
    Plot(
        "08-agreement",
        summaries.agreement,
        charts.agreement,
        validation_findings.agreement,
        "Dots with intervals: Krippendorff's alpha of machine and hand coding by variable; lines at .667 and .800.",
    ),
    Plot(
        "08-coverage",
        confidence.coverage,
        charts.coverage,
        validation_findings.coverage,
        "Dots with intervals: share of right labels among the surest ones, one panel a variable.",
    ),
)


def alt_text(plot: Plot, table: pd.DataFrame) -> str:
    """Say in words what a figure shows: its kind and axes, then what is found."""
    return f"{plot.kind} {plot.finding(table)}"


def show(chart: Callable[[pd.DataFrame], Figure], table: pd.DataFrame) -> None:
    """Show a chart under a notebook cell, with its alt text: the same picture as the exported one.

    Parameters
    ----------
    chart : function
        One of ``analysis.charts`` that a ``Plot`` names.
    table : DataFrame
        Its table, from the function of the same name in ``analysis.summaries``.
    """
    alt = alt_text(next(plot for plot in OF_CODING + OF_COMPARISON if plot.chart == chart), table)
    picture = base64.b64encode(_render(chart(table), "png", alt)).decode("ascii")
    metadata = {"image/png": {"alt": alt, "width": WIDTH_ON_SCREEN}}
    display({"image/png": picture, "text/plain": alt}, metadata=metadata, raw=True)


def export(coding: Coding, comparison: Comparison, folder: str | Path) -> pd.DataFrame:
    """Write every figure to a folder.

    Parameters
    ----------
    coding : Coding
        What the figures of the coverage are drawn from.
    comparison : Comparison
        Of the hand coding with ``coding``, from :func:`analysis.agreement.compare`; without rows if there is none.
    folder : str or Path
        Made if it is not there. Gets ``NAME.png`` (300 dpi), ``.svg``, ``.pdf``, ``.csv`` (the numbers plotted) and
        ``.txt`` (alt text) of each figure, the same bytes for the same coding.

    Returns
    -------
    DataFrame
        One row a figure: ``figure`` (its name), ``rows`` (of its CSV), ``alt``.

    Raises
    ------
    InputError
        If the folder cannot be written to.
    """
    written = []
    for plots, source in ((OF_CODING, coding), (OF_COMPARISON, comparison)):
        for plot in plots:
            table = plot.summarise(source)
            alt = alt_text(plot, table)
            save(plot.chart(table), table, alt, plot.name, folder)
            written.append([plot.name, len(table), alt])
    return pd.DataFrame(written, columns=["figure", "rows", "alt"])


def save(figure: Figure, table: pd.DataFrame, alt: str, name: str, folder: str | Path) -> None:
    """Write a figure as PNG, SVG and PDF, its table as CSV and its alt text, each under its name only once complete.

    Raises
    ------
    InputError
        If the folder cannot be written to.
    """
    files = {kind: _render(figure, kind, alt) for kind in METADATA}
    files["csv"] = table.to_csv(index=False, lineterminator="\n").encode()
    files["txt"] = f"{alt}\n".encode()
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind, content in files.items():
            part = folder / f"{name}.{kind}.part"
            part.write_bytes(content)
            os.replace(part, folder / f"{name}.{kind}")
    except OSError as error:
        raise InputError(f"{folder}: cannot be written to ({error.strerror}); give a folder of your own") from error


def _render(figure: Figure, kind: str, alt: str) -> bytes:
    file = io.BytesIO()
    with matplotlib.style.context([drawing.STYLE, REPRODUCIBLE], after_reset=True):
        figure.savefig(file, format=kind, dpi=DPI, metadata={"Title": alt} | METADATA[kind])
    return _with_palette(file) if kind == "png" else file.getvalue()


def _with_palette(picture: io.BytesIO) -> bytes:
    """Reduce a PNG to 128 colours: a third of the size in the repository, and no difference to the eye."""
    file = io.BytesIO()
    Image.open(picture).convert("RGB").quantize(128).save(file, "png", dpi=(DPI, DPI), optimize=True)
    return file.getvalue()
