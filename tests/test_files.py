"""Tables go to a spreadsheet and come back; nothing in them runs, and what is wrong is named by its line."""

import csv
import io
import re

import pandas as pd
import pytest

from analysis import InputError
from analysis.files import read_table, write_table

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "＝1", ' =HYPERLINK("http://example.org","x")']
HARMLESS = ["'tis", "a=b", "5 - 3", "", '"quoted; twice"', "Ōtautahi — “no”"]


def test_no_cell_runs_as_a_formula_and_each_comes_back_as_it_was(tmp_path):
    path, texts = tmp_path / "table.csv", FORMULAS + HARMLESS
    write_table(path, pd.DataFrame({"id": range(len(texts)), "text": texts}))
    shown = [row["text"] for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig")))]
    assert not [cell for cell in shown if re.match(r"\s*[=+\-@＝]|[\t\r]", cell)]
    assert shown[len(FORMULAS) :] == HARMLESS
    assert list(read_table(path, ["id", "text"], ["id"])["text"]) == [text.strip() for text in texts]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") and [file.name for file in tmp_path.iterdir()] == ["table.csv"]


@pytest.mark.parametrize("separator", [",", ";"])
def test_lines_are_counted_as_an_editor_does(tmp_path, separator):
    rows = [["id", "note (at will)", ""], ["a", '"two\nlines"', ""], ["", "", ""], ["b"], [" c ", "", ""]]
    (tmp_path / "t.csv").write_text("\n".join(separator.join(row) for row in rows), encoding="utf-8")
    table = read_table(tmp_path / "t.csv", ["id", "note", "extra"], ["id"])
    assert dict(table["id"]) == {3: "a", 5: "b", 6: "c"}
    assert list(table["note"]) == ["two\nlines", "", ""] and list(table["extra"]) == ["", "", ""]


@pytest.mark.parametrize(
    "content, sentence",
    [
        ("", "no column 'id'; needed are id, note"),
        ("id", "no column 'note'; needed are id, note"),
        ("id,note,id", "column 'id' stands twice"),
        ("id,note,more", "unknown column 'more'; allowed are id, note"),
        ("id,note\n,x", "line 2, column id: is empty"),
        ("id,note\na,x,\nb,x,y", "line 3: has more cells than the header"),
        ('id,note\na,"x', "cannot be read as a UTF-8 CSV table"),
    ],
)
def test_what_is_wrong_with_a_table_is_named(tmp_path, content, sentence):
    (tmp_path / "t.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(sentence)):
        read_table(tmp_path / "t.csv", ["id", "note"], ["id"], ("note",))


def test_a_header_alone_is_an_empty_table(tmp_path):
    (tmp_path / "t.csv").write_text("id,note\n", encoding="utf-8")
    assert read_table(tmp_path / "t.csv", ["id", "note"], ["id"]).empty
