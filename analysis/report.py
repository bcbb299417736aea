"""The notebooks executed, and the pages made from them: no request to another host, no script."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, DeadKernelError
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from tqdm import tqdm
from traitlets.config import Config

from analysis.articles import InputError
from analysis.files import write_whole
from analysis.markup import clean_html

ROOT = Path(__file__).parents[1]
TEMPLATES = Path(__file__).parent / "templates"
PARAMETERS = ("ARTICLES", "CODEBOOK", "CODING", "FIGURES", "NETWORKS")
VERSIONS = "nbval-ignore-output"  # tag of the cell that prints versions: its output may differ from machine to machine
FIGURE_FORMATS = ("png", "svg", "pdf", "csv")
CELL_SECONDS = 300
KERNELS = 4  # at once, where there are as many cores


class Page(NamedTuple):
    """A notebook as the site shows it: address, title, the question it answers (HTML)."""

    address: str
    title: str
    question: str


class Figure(NamedTuple):
    """An exported figure: its name, its alt text, and the files it comes in."""

    name: str
    alt: str
    files: list[str]


def run_notebooks(source: str | Path, target: str | Path, environment: dict[str, str]) -> list[Path]:
    """Execute every notebook of a folder, each in a kernel of its own, and write them executed to another.

    A notebook is written only where its content changed: the same inputs leave the same bytes and the same file
    time, whatever the machine and the Python version. Output of the cell tagged ``nbval-ignore-output`` (the
    versions) is no change.

    Parameters
    ----------
    source : str or Path
        Folder of the notebooks; also the working folder of the kernels, so paths relative to it hold.
    target : str or Path
        Folder of the executed notebooks; may be the same.
    environment : dict of str
        The notebooks' parameters, by the names in ``PARAMETERS``. One left out takes the notebook's own default;
        what the caller's environment says of it is not passed on.

    Returns
    -------
    list of Path
        The executed notebooks, by name.

    Raises
    ------
    InputError
        If the folder has no notebook, or a cell fails; the message names notebook, cell and error.
    """
    target = Path(target)
    target.mkdir(parents=True, exist_ok=True)
    inherited = {name: value for name, value in os.environ.items() if name not in PARAMETERS}

    def run(path: Path) -> Path:
        notebook = _execute(path, inherited | environment)
        _write_if_changed(notebook, target / path.name)
        return target / path.name

    paths = _notebooks(source)
    with ThreadPoolExecutor(min(KERNELS, os.cpu_count() or 1)) as pool:
        return list(tqdm(pool.map(run, paths), total=len(paths), desc="notebooks", unit="notebook", disable=None))


def build_site(notebooks: str | Path, figures: str | Path, target: str | Path) -> Path:
    """Make a page of each executed notebook, and an index of them and of the figures.

    The pages need no server, run no script and ask no other host for anything. HTML that notebooks show is cut to
    text, tables and pictures, since it may carry words of an article. Links lead to other pages, figures and the
    web; a link to anything else of the repository becomes plain text.

    Parameters
    ----------
    notebooks : str or Path
        Folder of executed notebooks. A notebook starts with its title and, as first paragraph, its question.
    figures : str or Path
        Folder of exported figures: ``NAME.png``, ``.svg``, ``.pdf``, ``.csv`` and ``.txt`` (alt text). May be empty.
    target : str or Path
        Folder of the site.

    Returns
    -------
    Path
        The index page.

    Raises
    ------
    InputError
        If the folder has no notebook.
    """
    target = Path(target)
    (target / "figures").mkdir(parents=True, exist_ok=True)
    shown = [(path, nbformat.read(path, as_version=4)) for path in _notebooks(notebooks)]
    pages = [_page(path, notebook) for path, notebook in shown]
    gallery = _copy_figures(Path(figures), target / "figures")
    exporter = HTMLExporter(
        template_name="site",
        template_file="notebook.html.j2",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_anchor_links=True,
        filters={"clean": clean_html},
    )
    for number, (page, (_, notebook)) in enumerate(zip(pages, shown, strict=True)):
        around = {
            "page": page,
            "pages": pages,
            "previous": pages[number - 1] if number else None,
            "next": pages[number + 1] if number + 1 < len(pages) else None,
        }
        html, _ = exporter.from_notebook_node(notebook, resources=around)
        write_whole(target / page.address, html)
    contents = exporter.environment.get_template("contents.html.j2")
    write_whole(target / "index.html", contents.render(resources={"pages": pages}, figures=gallery))
    return target / "index.html"


def write_report(articles: str | Path, codebook: str | Path, coding: str | Path | None, out: str | Path) -> Path:
    """Run the whole series on a folder of articles: notebooks, figures and site, all under one folder.

    Parameters
    ----------
    articles, codebook : str or Path
        Folders of the articles and of the codebook.
    coding : str or Path or None
        Folder of the hand coding, or None where there is none.
    out : str or Path
        Gets ``notebooks/``, ``figures/`` and ``site/``.

    Returns
    -------
    Path
        The index page of the site.

    Raises
    ------
    InputError
        If a notebook fails.
    """
    out = Path(out).resolve()
    environment = {
        "ARTICLES": str(Path(articles).resolve()),
        "CODEBOOK": str(Path(codebook).resolve()),
        "CODING": str(Path(coding).resolve()) if coding else "",
        "FIGURES": str(out / "figures"),
        "NETWORKS": str(out / "networks"),
    }
    run_notebooks(ROOT / "notebooks", out / "notebooks", environment)
    return build_site(out / "notebooks", out / "figures", out / "site")


def _notebooks(folder: str | Path) -> list[Path]:
    paths = sorted(Path(folder).glob("*.ipynb"))
    if not paths:
        raise InputError(f"{folder}: no notebook in this folder")
    return paths


def _execute(path: Path, environment: dict[str, str]) -> NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=CELL_SECONDS,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(path.parent)}},
        # Without this, ipykernel warns of unencrypted ports wherever encryption is possible.
        config=Config(KernelManager={"transport_encryption": "auto"}),
    )
    try:
        client.execute(env=environment)
    except (CellControlSignal, DeadKernelError) as problem:
        raise InputError(f"{path}, {_failure(notebook, problem)}") from None
    return _normalised(notebook)


def _failure(notebook: NotebookNode, problem: Exception) -> str:
    """Say which cell failed, by the number JupyterLab shows beside it, and how."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    for number, cell in enumerate(cells, 1):
        for output in cell.outputs:
            if output.output_type == "error":
                return f"cell [{number}]: {output.ename}: {output.evalue}".rstrip(": ")
    if isinstance(problem, DeadKernelError):
        return "the kernel died"
    return f"a cell took more than {CELL_SECONDS} seconds"


def _normalised(notebook: NotebookNode) -> NotebookNode:
    """Take out what differs between machines and runs: Python version, timings, an editor's view settings."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in notebook.cells:
        cell.metadata = {"tags": cell.metadata.tags} if cell.metadata.get("tags") else {}
    return nbformat.from_dict(notebook)


def _write_if_changed(notebook: NotebookNode, path: Path) -> None:
    if path.exists() and _comparable(nbformat.read(path, as_version=4)) == _comparable(notebook):
        return
    write_whole(path, nbformat.writes(notebook) + "\n")


def _comparable(notebook: NotebookNode) -> str:
    """Give the notebook's text without the outputs that are free to differ."""
    copy = nbformat.from_dict(notebook)
    for cell in copy.cells:
        if VERSIONS in cell.metadata.get("tags", []):
            cell.outputs = []
    return nbformat.writes(copy)


def _page(path: Path, notebook: NotebookNode) -> Page:
    paragraphs = []
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            break
        paragraphs += cell.source.strip().split("\n\n")
    title, *rest = "\n\n".join(paragraphs).partition("\n")
    question = "".join(rest).strip().split("\n\n")[0]
    return Page(f"{path.stem}.html", title.lstrip("# ").strip() or path.stem, question)


def _copy_figures(source: Path, target: Path) -> list[Figure]:
    figures = []
    for picture in sorted(source.glob("*.png")):
        files = [picture.with_suffix(f".{kind}") for kind in FIGURE_FORMATS]
        files = [file for file in files if file.exists()]
        for file in files:
            shutil.copyfile(file, target / file.name)
        description = picture.with_suffix(".txt")
        alt = description.read_text(encoding="utf-8").strip() if description.exists() else ""
        figures.append(Figure(picture.stem, alt, [file.name for file in files]))
    return figures
