"""The rules that every notebook keeps; nbval reruns them and compares their outputs."""

import ast
import re
import shutil
import tomllib
from pathlib import Path

import nbformat
import pytest

from analysis.report import FIGURE_FORMATS, run_notebooks

ROOT = Path(__file__).parents[1]
PATHS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NOTEBOOKS = {path.stem: nbformat.read(path, as_version=4) for path in PATHS}
each_notebook = pytest.mark.parametrize("notebook", NOTEBOOKS.values(), ids=NOTEBOOKS)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def prose(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def tagged(notebook, tag):
    return [cell for cell in code_cells(notebook) if tag in cell.metadata.get("tags", [])]


def test_series_is_complete():
    topics = (
        "start-here loading quotes-and-speakers sentiment stance grievances networks sensitivity validation figures"
    )
    assert set(topics.split()) <= {name[3:] for name in NOTEBOOKS}
    assert all(re.fullmatch(r"\d\d-[a-z-]+", name) for name in NOTEBOOKS)


def test_nbval_runs_strictly():
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    assert options["addopts"].split() == ["--nbval", "--nbval-cell-timeout", "300", "--nbval-current-env"]
    assert "notebooks" in options["testpaths"]


@each_notebook
def test_only_the_last_cell_with_the_versions_is_free_to_differ(notebook):
    assert tagged(notebook, "nbval-ignore-output") == code_cells(notebook)[-1:]
    assert "version" in code_cells(notebook)[-1].source
    assert {tag for cell in notebook.cells for tag in cell.metadata.get("tags", [])} <= {
        "parameters",
        "nbval-ignore-output",
    }
    assert not re.search(r"nbval|pytest_validate", "".join(cell.source for cell in notebook.cells), re.I)


@each_notebook
def test_committed_as_executed_from_top_to_bottom(notebook):
    cells = code_cells(notebook)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        for output in cell.outputs:
            assert output.output_type != "error", cell.source
            assert output.get("name") != "stderr", cell.source


@each_notebook
def test_carries_nothing_of_the_machine_that_ran_it(notebook):
    assert notebook.metadata.language_info == {"name": "python"}
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert all(set(cell.metadata) <= {"tags"} for cell in notebook.cells)
    shown = [str(output) for cell in code_cells(notebook) for output in cell.outputs]
    assert not [text for text in shown if re.search(r"/home/|/root/|/tmp/|/Users/| at 0x[0-9a-f]{6}", text)]


@each_notebook
def test_starts_with_title_question_and_plan(notebook):
    title, question, *_ = notebook.cells[0].source.strip().split("\n\n")
    assert re.fullmatch(r"# .+", title)
    assert len(question) > 20
    assert "In this notebook we will" in prose(notebook)


@each_notebook
def test_parameters_stand_in_one_cell(notebook):
    cells = tagged(notebook, "parameters")
    assert len(cells) == 1
    others = [cell.source for cell in code_cells(notebook) if cell is not cells[0]]
    assert "os.environ" in cells[0].source
    assert not [source for source in others if "os.environ" in source or '"../' in source]


@each_notebook
def test_cells_are_short_and_define_nothing(notebook):
    for cell in code_cells(notebook):
        assert len(cell.source.splitlines()) <= 7, cell.source
        kinds = {type(node) for node in ast.walk(ast.parse(cell.source))}
        assert not kinds & {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef}, cell.source


@each_notebook
def test_every_picture_has_alt_text(notebook):
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                alt = output.metadata.get("image/png", {}).get("alt", "")
                assert len(alt) > 40, cell.source


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_links_lead_to_files_of_the_repository(path):
    for address in re.findall(r"\]\(([^)\s]+)\)", prose(NOTEBOOKS[path.stem])):
        if not re.match(r"https?://|#", address):
            assert (path.parent / address.partition("#")[0]).exists(), address


def test_every_notebook_but_the_last_leads_to_the_next():
    for path, following in zip(PATHS, PATHS[1:], strict=False):
        assert f"({following.name})" in prose(NOTEBOOKS[path.stem]), path.name


def test_a_run_gives_what_is_committed_to_the_letter(tmp_path):
    """Pictures, alt texts and exported figures too, which nbval does not compare."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    exports = {"FIGURES": str(tmp_path / "figures"), "NETWORKS": str(tmp_path / "networks")}
    run_notebooks(ROOT / "notebooks", tmp_path / "notebooks", exports)
    for pattern in ("notebooks/*.ipynb", *(f"figures/*.{kind}" for kind in (*FIGURE_FORMATS, "txt"))):
        committed = {path.name: path.read_bytes() for path in ROOT.glob(pattern)}
        made = {path.name: path.read_bytes() for path in tmp_path.glob(pattern)}
        assert sorted(made) == sorted(committed)
        assert not [name for name in made if made[name] != committed[name]]
