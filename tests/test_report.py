"""Notebooks run to the same bytes; pages keep the words and drop what could harm."""

import os

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.articles import InputError
from analysis.report import build_site, run_notebooks

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
HOSTILE = """<script>alert(1)</script><img src="https://example.org/spy.png" onerror="alert(2)">
<a href="javascript:alert(3)">link</a><iframe src="https://example.org"></iframe>"""


def save(path, *cells):
    notebook = new_notebook(cells=list(cells))
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    nbformat.write(notebook, path)


def displaying(bundle, metadata=None):
    return new_code_cell(f"from IPython.display import display\ndisplay({bundle!r}, raw=True, metadata={metadata!r})")


@pytest.fixture(scope="module")
def series(tmp_path_factory):
    """Give a folder of two executed notebooks that show all that notebooks show."""
    folder = tmp_path_factory.mktemp("notebooks")
    save(
        folder / "01-first.ipynb",
        new_markdown_cell("# First & foremost\n\nWho *speaks*?\n\nSee [next](02-second.ipynb#more), [code](../x.py)."),
        new_code_cell("import os, sys\nprint(os.environ.get('ARTICLES', 'seeds'), os.getcwd())"),
        displaying({"text/html": "<style>p {}</style><table><tr><td>12.5</td><td>a<b</td></tr></table>" + HOSTILE}),
        displaying({"text/markdown": "**bold** " + HOSTILE}),
        displaying({"image/png": DOT}, {"image/png": {"alt": 'A "dot"'}}),
        new_code_cell("print('<b>plain</b>')", metadata={"collapsed": True, "scrolled": True}),
        new_code_cell("import os; print(os.getpid())", metadata={"tags": ["nbval-ignore-output"]}),
    )
    save(folder / "02-second.ipynb", new_markdown_cell("# Second"), new_markdown_cell("What then?"))
    os.environ["ARTICLES"] = "/not/passed/on"
    run_notebooks(folder, folder, {})
    del os.environ["ARTICLES"]
    return folder


@pytest.fixture(scope="module")
def site(series, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    figures = tmp_path_factory.mktemp("figures")
    for kind in ("png", "svg", "csv"):
        (figures / f"01-dot.{kind}").write_text(kind)
    (figures / "01-dot.txt").write_text('A "dot".\n')
    build_site(series, figures, folder)
    return folder


def page(site, name):
    return BeautifulSoup((site / name).read_text(encoding="utf-8"), "html.parser")


def test_second_run_changes_neither_bytes_nor_time(series):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in series.iterdir()}
    assert run_notebooks(series, series, {}) == sorted(before)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in series.iterdir()} == before


def test_parameters_come_from_the_argument_alone(series, tmp_path):
    assert nbformat.read(series / "01-first.ipynb", 4).cells[1].outputs[0].text == f"seeds {series}\n"
    (executed, _) = run_notebooks(series, tmp_path / "out", {"ARTICLES": "mine"})
    assert nbformat.read(executed, 4).cells[1].outputs[0].text == f"mine {series}\n"
    assert "seeds" in nbformat.read(series / "01-first.ipynb", 4).cells[1].outputs[0].text


def test_executed_notebooks_carry_no_version_and_no_view_settings(series):
    notebook = nbformat.read(series / "01-first.ipynb", 4)
    assert notebook.metadata.language_info == {"name": "python"}
    assert [cell.metadata for cell in notebook.cells if cell.metadata] == [{"tags": ["nbval-ignore-output"]}]


def test_failing_cell_is_named_and_the_notebook_left_alone(tmp_path):
    path = tmp_path / "01-broken.ipynb"
    save(path, new_markdown_cell("# Broken"), new_code_cell("1"), new_code_cell("{}['group']"))
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"01-broken\.ipynb, cell \[2\]: KeyError: 'group'$"):
        run_notebooks(tmp_path, tmp_path, {})
    assert path.read_bytes() == before


def test_folder_without_notebooks_is_an_error(tmp_path):
    with pytest.raises(InputError, match="no notebook"):
        run_notebooks(tmp_path / "none", tmp_path / "out", {})
    with pytest.raises(InputError, match="no notebook"):
        build_site(tmp_path, tmp_path, tmp_path / "site")


def test_page_leads_with_title_and_index_with_the_question(site):
    assert page(site, "01-first.html").title.string == "First & foremost – Who gets to speak"
    entries = page(site, "index.html").select("ol.contents > li")
    assert [entry.h3.get_text() for entry in entries] == ["First & foremost", "Second"]
    assert [entry.p.decode_contents() for entry in entries] == ["Who <em>speaks</em>?", "What then?"]


def test_pages_lead_to_the_ones_beside_them(site):
    assert page(site, "01-first.html").find("a", rel="next")["href"] == "02-second.html"
    assert page(site, "02-second.html").find("a", rel="prev")["href"] == "01-first.html"
    assert not page(site, "01-first.html").find("a", rel="prev")


def test_links_to_notebooks_become_pages_and_others_plain_text(site):
    first = page(site, "01-first.html")
    assert first.find("a", string="next")["href"] == "02-second.html#more"
    assert "See next, code." in first.get_text()
    assert not first.find("a", string="code")


def test_html_of_notebooks_is_cut_to_harmless_tags(site):
    first = page(site, "01-first.html")
    assert not first(["script", "iframe"])
    assert all(picture["src"].startswith("data:") for picture in first("img"))
    assert not [element for element in first(True) if {"onerror", "srcdoc"} & set(element.attrs)]
    assert not [link for link in first("a", href=True) if "javascript" in link["href"]]
    assert first.find("strong", string="bold")


def test_index_names_stand_in_the_row_of_the_column_names(tmp_path):
    frame = pd.DataFrame({"group": ["police"], "words": [12]}).set_index("group")
    save(tmp_path / "01-table.ipynb", new_markdown_cell("# Table"), displaying({"text/html": frame.to_html()}))
    run_notebooks(tmp_path, tmp_path, {})
    table = page(build_site(tmp_path, tmp_path, tmp_path / "site").parent, "01-table.html").table
    assert [[head.get_text() for head in row("th")] for row in table.thead("tr")] == [["group", "words"]]
    assert table.thead("th")[1]["class"] == ["number"]


def test_tables_scroll_and_numbers_align(site):
    table = page(site, "01-first.html").table
    assert table.parent["class"] == ["scroller"] and table.parent["tabindex"] == "0"
    assert [cell.get("class") for cell in table("td")] == [["number"], None]


def test_alt_text_and_printed_text_are_kept_as_written(site):
    first = page(site, "01-first.html")
    assert [picture["alt"] for picture in first("img")] == ['A "dot"']
    assert "<b>plain</b>\n" in [printed.get_text() for printed in first("pre", class_="printed")]


def test_figures_come_with_the_files_there_are(site):
    gallery = page(site, "index.html").find("ul", class_="gallery")
    assert gallery.img["alt"] == 'A "dot".'
    assert [link["href"] for link in gallery("a")] == ["figures/01-dot.png", "figures/01-dot.svg", "figures/01-dot.csv"]
    assert (site / "figures" / "01-dot.csv").read_text() == "csv"


def test_site_without_figures_has_no_gallery(series, tmp_path):
    assert (
        "gallery"
        not in page(build_site(series, tmp_path / "none", tmp_path / "site").parent, "index.html").main.decode()
    )
