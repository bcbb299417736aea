"""A chart to files and to the page of a notebook, with its alt text.

Notebooks ``show`` a chart, notebook 99 writes all of ``analysis.catalogue`` with ``export``, and both render the same
bytes.
"""

import base64
import io
import os
from collections.abc import Callable
from pathlib import Path

import matplotlib
import pandas as pd
from IPython.display import display
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from PIL import Image

from analysis import drawing
from analysis.agreement import Comparison
from analysis.articles import InputError
from analysis.catalogue import OF_CODING, OF_COMPARISON, Plot
from analysis.pipeline import Coding

DPI = 300
WIDTH_ON_SCREEN = 756  # CSS pixels: what is 8 points in print is 13 pixels there
# Without these, files differ by date, by run or by the machine's zlib.
REPRODUCIBLE = {"svg.hashsalt": "protest coverage", "pdf.compression": 0, "pdf.fonttype": 42}
METADATA = {"png": {}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}


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
        _settle(figure)
        figure.savefig(file, format=kind, dpi=DPI, metadata={"Title": alt} | METADATA[kind])
    return _with_palette(file) if kind == "png" else file.getvalue()


def _settle(figure: Figure) -> None:
    """Round what the layout engine works out: its last digits, and with them names in an SVG, differ between runs."""
    figure.set_dpi(DPI)
    figure.draw_without_rendering()
    places = [ax.get_position().get_points().round(5) for ax in figure.axes]
    figure.set_layout_engine("none")
    for ax, corners in zip(figure.axes, places, strict=True):
        ax.set_position(Bbox(corners))


def _with_palette(picture: io.BytesIO) -> bytes:
    """Reduce a PNG to 128 colours: a third of the size in the repository, and no difference to the eye."""
    file = io.BytesIO()
    Image.open(picture).convert("RGB").quantize(128).save(file, "png", dpi=(DPI, DPI), optimize=True)
    return file.getvalue()
