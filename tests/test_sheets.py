"""A coding sheet goes out blank, opens harmlessly in a spreadsheet, and comes back with every wrong cell named."""

import csv
import io
import json
import re

import pandas as pd
import pytest

from analysis import InputError, code_folder, read_codebook, write_coding
from analysis.__main__ import main
from analysis.sheets import read_sheet, write_sheet

CODEBOOK = read_codebook()
TEXT = (
    "Rain fell in the morning. " * 40
    + "Police said protesters blocked the streets. The mayor told reporters: “=SUM(1) is no way to run a city.”\n"
    + "A protester yelled that the mandates must end.\n"
)


@pytest.fixture
def out(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "=a.txt").write_text(TEXT, encoding="utf-8")
    write_coding(code_folder(tmp_path / "articles"), tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def sheet(out):
    return write_sheet(out, "Eva", CODEBOOK)


def cells(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def fill(path, *changes):
    """Fill in rows of a sheet, one dict a row, by the names before the brackets."""
    rows = [{name.partition(" (")[0]: cell for name, cell in row.items()} for row in cells(path)]
    rows = [row | change for row, change in zip(rows, changes, strict=False)] + rows[len(changes) :]
    pd.DataFrame(rows).to_csv(path, index=False, encoding="utf-8-sig")
    return path


def test_a_blank_sheet_shows_each_statement_in_context_and_what_is_allowed(out, sheet):
    rows, coded = (
        cells(sheet),
        [json.loads(line) for line in (out / "statements.jsonl").read_text("utf-8").splitlines()],
    )
    assert sheet == out / "sheet-Eva.csv" and sheet.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row["id"].removeprefix("'") for row in rows] == [row["id"] for row in coded]
    for row, statement in zip(rows, coded, strict=True):
        assert row["text"].removeprefix("'") == statement["text"] and statement["text"] in row["context"]
        assert row["speaker"] == statement["speaker"] and row["coder"] == "Eva"
        assert "Rain fell" in row["context"] and len(row["context"]) < len(statement["text"]) + 610
    assert "sentiment (negative | neutral | positive)" in rows[0]
    assert "stance_police (favour | against | neutral | none)" in rows[0]
    to_code = [name for name in rows[0] if re.match("sentiment|stance|themes|note", name)]
    assert len(to_code) == 3 + len(CODEBOOK.targets) and not any(row[name] for row in rows for name in to_code)


def test_the_statement_itself_cannot_run_as_a_formula(sheet):
    assert any(row["text"].startswith("'=SUM") for row in cells(sheet))
    assert all(row[name][0] != "=" for row in cells(sheet) for name in ("id", "article", "text"))


def test_a_filled_sheet_is_read_in_any_order_and_blank_rows_are_left_out(sheet):
    labels = {"sentiment": "Negative", "stance_police": "against", "stance_protest": "none"}
    fill(sheet, {}, labels | {"themes": "policing; Violence"})
    pd.read_csv(sheet, dtype=str).iloc[::-1].to_csv(sheet, index=False, sep=";")
    (row,) = read_sheet(sheet, CODEBOOK).to_dict("records")
    assert (row["article"], row["sentiment"]) == ("=a", "negative")
    assert row["stance"] == {"police": "against"} and row["themes"] == ["policing", "violence"]


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"sentiment": "angry"}, "line 2, column sentiment: 'angry' is not one of negative, neutral, positive"),
        ({"sentiment": "neutral", "stance_police": "pro"}, "line 2, column stance_police: 'pro' is not one of favour"),
        ({"sentiment": "neutral", "themes": "taxes"}, "line 2, column themes: 'taxes' is not one of mandates"),
        ({"stance_police": "favour"}, "line 2, column sentiment: is empty though the row is coded"),
        ({"sentiment": "neutral", "content": "768"}, "line 2, column content: '768' is not the list of offsets"),
        ({"sentiment": "neutral", "content": "[[5, 2]]"}, "line 2, column content: '[[5, 2]]' is not the list"),
        ({"sentiment": "neutral", "article": ""}, "line 2, column article: is empty"),
        ({}, "no row is coded"),
    ],
)
def test_a_wrong_cell_is_named(sheet, change, sentence):
    with pytest.raises(InputError, match=re.escape(sentence)) as error:
        read_sheet(fill(sheet, change), CODEBOOK)
    assert str(error.value).startswith(str(sheet))


def test_a_column_lost_or_a_row_doubled_is_named(sheet):
    table = pd.read_csv(fill(sheet, {"sentiment": "neutral"}), dtype=str)
    table.drop(columns="stance_police").to_csv(sheet, index=False)
    with pytest.raises(InputError, match="no column 'stance_police'"):
        read_sheet(sheet, CODEBOOK)
    pd.concat([table, table[:1]]).to_csv(sheet, index=False)
    with pytest.raises(InputError, match=rf"line {len(table) + 2}, column id: '=a:\d+' stands twice"):
        read_sheet(sheet, CODEBOOK)


def test_a_filled_sheet_is_never_written_over(out, sheet, capsys):
    before = sheet.read_bytes()
    assert main(["coding-sheet", str(out), "--coder", "Eva"]) == 1
    assert "is there already and may be filled in" in capsys.readouterr().err
    assert sheet.read_bytes() == before
    assert main(["coding-sheet", str(out), "--coder", "Tom"]) == 0
    assert "sheet-Tom.csv" in capsys.readouterr().out
    assert not list(out.glob("*.part"))


@pytest.mark.parametrize("coder", ["../Eva", "", "a/b", "=Eva", "-Eva"])
def test_a_coders_name_is_a_file_name(out, coder, capsys):
    assert main(["coding-sheet", str(out), f"--coder={coder}"]) == 1
    assert "give a name of letters, digits" in capsys.readouterr().err


def test_the_results_of_a_report_hold_their_coding_one_folder_down(tmp_path, out):
    (tmp_path / "report").mkdir()
    out.rename(tmp_path / "report" / "coding")
    assert write_sheet(tmp_path / "report", "Eva", CODEBOOK) == tmp_path / "report" / "sheet-Eva.csv"


def test_a_folder_without_a_coding_or_without_statements_is_named(tmp_path, capsys):
    assert main(["coding-sheet", str(tmp_path), "--coder", "Eva"]) == 1
    assert "statements.jsonl" in capsys.readouterr().err
    (tmp_path / "a.txt").write_text("Snow fell.", encoding="utf-8")
    write_coding(code_folder(tmp_path), tmp_path / "out")
    assert main(["coding-sheet", str(tmp_path / "out"), "--coder", "Eva"]) == 1
    assert "holds no statement to code" in capsys.readouterr().err
