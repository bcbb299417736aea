"""Figures: five files each, the same bytes every time, and what notebooks show is what the folder holds."""

import base64
import csv
import html
import re
import shutil
from pathlib import Path

import matplotlib
import nbformat
import pytest
from codings import CODINGS, SEVERAL, compared
from PIL import Image

from analysis import InputError, charts, code_folder, figures, read_codebook, read_coding, summaries
from analysis.agreement import compare
from analysis.catalogue import OF_CODING, OF_COMPARISON

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "figures"
NAMES = [plot.name for plot in OF_CODING + OF_COMPARISON]
KINDS = ["png", "svg", "pdf", "csv", "txt"]
each_name = pytest.mark.parametrize("name", NAMES)


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "README.md"}


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Export again what the repository's figures are made from."""
    coding = code_folder(ROOT / "seeds", ROOT / "codebook")
    hand = read_coding(ROOT / "coding", read_codebook(ROOT / "codebook"))
    comparison = compare(hand, (coding.statements, coding.grievances), coding.articles)
    folder = tmp_path_factory.mktemp("figures")
    return folder, figures.export(coding, comparison, folder)


def test_folder_holds_five_files_a_figure_and_nothing_else():
    expected = {f"{name}.{kind}" for name in NAMES for kind in KINDS} | {"README.md"}
    assert {path.name for path in FOLDER.iterdir()} == expected


@each_name
def test_committed_figure_is_what_the_code_draws(name, exported):
    for kind in KINDS:
        committed, made = (folder / f"{name}.{kind}" for folder in (FOLDER, exported[0]))
        assert committed.read_bytes() == made.read_bytes(), f"{committed.name} is not what the code makes: run make"


@each_name
def test_picture_is_fit_for_print(name):
    with Image.open(FOLDER / f"{name}.png") as picture:
        assert picture.width == pytest.approx(16 / 2.54 * 300, abs=1)
        assert min(picture.info["dpi"]) == pytest.approx(300, abs=0.01)
        assert len(picture.convert("L").getcolors(256)) > 2


@each_name
def test_alt_text_tells_kind_and_numbers(name):
    alt = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    assert re.search(r"\b(bars|dots|mark|counts|lines)\b", alt.split(".")[0], re.I)
    assert len(re.findall(r"\d+", alt)) >= 3
    assert 80 < len(alt) < 800 and alt.endswith(".\n") and "\n" not in alt[:-1]


@each_name
def test_table_has_rows_under_named_columns(name):
    with open(FOLDER / f"{name}.csv", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    assert rows and all(len(row) == len(header) for row in rows)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", column) for column in header)


@each_name
def test_vector_files_carry_the_alt_text_and_no_date(name):
    alt = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip()
    svg = (FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    assert html.unescape(re.search(r"<title>(.*?)</title>", svg)[1]) == alt
    assert "<dc:date>" not in svg and b"CreationDate" not in (FOLDER / f"{name}.pdf").read_bytes()


def test_notebooks_show_the_pictures_of_the_folder():
    shown = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                if "image/png" in output.get("data", {}):
                    alt = output.metadata["image/png"]["alt"]
                    shown[alt] = base64.b64decode(output.data["image/png"])
    committed = {
        (FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip(): (FOLDER / f"{name}.png").read_bytes()
        for name in NAMES
    }
    assert shown
    assert {alt for alt, picture in shown.items() if committed.get(alt) != picture} == set()


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    folder = tmp_path_factory.mktemp("several")
    return folder, figures.export(SEVERAL, compared(SEVERAL), folder)


@pytest.mark.parametrize("case", ["no_article", "no_statement"])
def test_every_coding_gives_every_figure(case, tmp_path):
    made = figures.export(CODINGS[case], compared(CODINGS[case]), tmp_path)
    assert made["figure"].tolist() == NAMES
    assert set(contents(tmp_path)) == {f"{name}.{kind}" for name in NAMES for kind in KINDS}
    assert all(contents(tmp_path).values())
    assert made["alt"].str.contains(r"\.$").all()


def test_same_coding_gives_the_same_bytes_whatever_the_settings(several, tmp_path):
    with matplotlib.rc_context({"font.size": 20, "figure.facecolor": "red", "svg.hashsalt": "x", "savefig.dpi": 30}):
        figures.export(SEVERAL, compared(SEVERAL), tmp_path)
        assert matplotlib.rcParams["font.size"] == 20
    assert contents(tmp_path) == contents(several[0])


def test_what_was_written_is_told(several):
    folder, made = several
    for row in made.itertuples():
        with open(folder / f"{row.figure}.csv", encoding="utf-8", newline="") as file:
            assert len(list(csv.reader(file))) == row.rows + 1
        assert (folder / f"{row.figure}.txt").read_text(encoding="utf-8") == f"{row.alt}\n"


def test_table_is_written_as_plotted(several):
    table = summaries.words_by_group(SEVERAL)
    assert (several[0] / "02-words-by-group.csv").read_text(encoding="utf-8") == table.to_csv(index=False)


def test_show_gives_the_exported_picture_with_its_alt_text(several, monkeypatch):
    shown = []
    monkeypatch.setattr(figures, "display", lambda data, metadata, raw: shown.append((data, metadata, raw)))
    figures.show(charts.stance, summaries.stance(SEVERAL))
    ((data, metadata, raw),) = shown
    alt = (several[0] / "04-stance.txt").read_text(encoding="utf-8").strip()
    assert raw and base64.b64decode(data["image/png"]) == (several[0] / "04-stance.png").read_bytes()
    assert metadata["image/png"]["alt"] == data["text/plain"] == alt


def test_every_chart_is_exported_under_the_name_of_its_functions():
    for plot in OF_CODING + OF_COMPARISON:
        assert plot.summarise.__name__ == plot.chart.__name__ == plot.finding.__name__
        assert re.fullmatch(r"\d\d-" + plot.chart.__name__.replace("_", "-"), plot.name)


def test_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"file: cannot be written to \(.+\); give a folder of your own$"):
        figures.export(SEVERAL, compared(SEVERAL), tmp_path / "file")


def test_figure_that_cannot_be_finished_leaves_the_old_one(several, tmp_path, monkeypatch):
    shutil.copytree(several[0], tmp_path / "figures")

    def full(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left on device"):
        figures.export(CODINGS["one"], compared(CODINGS["one"]), tmp_path / "figures")
    assert contents(tmp_path / "figures") == contents(several[0])
