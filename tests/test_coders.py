"""Two coders side by side: what is compared, what is counted, and what both read."""

import json

import pandas as pd
import pytest

from analysis import read_codebook
from analysis.__main__ import main
from analysis.coders import agreement, read_coder
from analysis.files import read_table, write_table

CODEBOOK = read_codebook()
TARGETS = list(CODEBOOK.targets["target"])
SENTIMENTS = ["negative", "neutral", "positive"] * 4


def sheet(path, sentiments, **columns):
    """Write the sheet of a coder who coded statements ten characters long, one after another; "" is left blank."""
    rows = [
        {
            "id": f"a:{20 * n}",
            "article": "a",
            "speaker": "Police",
            "group": "police",
            "context": "",
            "text": f"word {n}",
        }
        | {f"stance_{target}": "" for target in TARGETS}
        | {"sentiment": sentiment, "themes": "", "note": "", "coder": "Eva", "content": f"[[{20 * n}, {20 * n + 10}]]"}
        | {name: values[n] for name, values in columns.items()}
        for n, sentiment in enumerate(sentiments)
    ]
    write_table(path, pd.DataFrame(rows))
    return path


def hand(folder, *statements):
    folder.mkdir()
    fields = {"article": "a", "type": "direct", "cue": None, "speaker_mention": None, "speaker": "Police"}
    fields |= {"group": "police", "sentiment": "neutral", "stance": {}, "themes": []}
    rows = [fields | {"content": [list(span)], "text": f"word {span[0]}"} | labels for span, labels in statements]
    (folder / "statements.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "grievances.jsonl").write_text("", encoding="utf-8")
    return folder


def between(first, second):
    return agreement(read_coder(first, CODEBOOK), read_coder(second, CODEBOOK))


def test_two_sheets_alike_agree_fully_on_what_was_to_be_coded(tmp_path):
    stance = ["favour", "against", "", "none"] * 3
    paths = [sheet(tmp_path / name, SENTIMENTS, stance_police=stance) for name in ("a.csv", "b.csv")]
    found = between(*paths)
    table = found.variables.set_index("variable")
    assert not {"type", "speaker", "group"} & set(table.index) and found.disagreements.empty
    assert (table["percent_agreement"] == 100).all()
    assert table.loc["sentiment", ["level", "n", "alpha"]].tolist() == ["ordinal", 12, 1.0]
    assert table.loc["stance: police", ["level", "n", "alpha"]].tolist() == ["nominal", 12, 1.0]
    assert table.loc["stance: police, position", ["level", "n", "alpha"]].tolist() == ["ordinal", 6, 1.0]
    assert "stance: protest, position" not in table.index


def test_each_difference_is_listed_and_lowers_alpha(tmp_path):
    other = ["positive", *SENTIMENTS[1:]]
    paths = sheet(tmp_path / "a.csv", SENTIMENTS), sheet(tmp_path / "b.csv", other, themes=["policing"] + [""] * 11)
    found = between(*paths)
    table = found.variables.set_index("variable").loc["sentiment"]
    assert table["alpha_low"] < table["alpha"] < 1 and table["percent_agreement"] == pytest.approx(100 * 11 / 12)
    assert found.disagreements[["offset", "variable", "A", "B"]].values.tolist() == [
        [0, "sentiment", "negative", "positive"],
        [0, "themes", "", "policing"],
    ]


def test_rows_that_one_coder_left_blank_are_no_disagreement(tmp_path):
    paths = sheet(tmp_path / "a.csv", SENTIMENTS), sheet(tmp_path / "b.csv", SENTIMENTS[:5] + [""] * 7)
    found = between(*paths)
    assert found.units.to_dict() == {"both": 5, "A": 7, "B": 0} and found.disagreements.empty


def test_folders_are_paired_by_the_characters_they_share_and_units_found_by_one_are_listed(tmp_path):
    first = hand(tmp_path / "one", ((0, 10), {}), ((20, 30), {"group": "council"}), ((40, 50), {}))
    second = hand(tmp_path / "two", ((0, 10), {}), ((21, 30), {}), ((60, 70), {}))
    found = between(first, second)
    assert found.units.to_dict() == {"both": 2, "A": 1, "B": 1}
    listed = found.disagreements.set_index(["offset", "variable"])
    assert listed.loc[(20, "group"), ["A", "B"]].tolist() == ["council", "police"]
    assert listed.loc[(40, "only in A"), ["A", "B"]].tolist() == ["Police, direct", ""]
    assert listed.loc[(60, "only in B"), ["A", "B"]].tolist() == ["", "Police, direct"]
    assert {"type", "speaker", "group"} <= set(found.variables["variable"])


def test_a_sheet_is_compared_with_a_folder(tmp_path):
    folder = hand(tmp_path / "one", ((0, 10), {"sentiment": "positive"}), ((20, 30), {}), ((60, 70), {}))
    found = between(sheet(tmp_path / "a.csv", SENTIMENTS[:3]), folder)
    assert found.units.to_dict() == {"both": 2, "A": 1, "B": 1}
    assert found.disagreements[["offset", "variable", "A", "B"]].values.tolist() == [
        [0, "sentiment", "negative", "positive"]
    ]


def test_command_prints_the_table_and_writes_the_disagreements(tmp_path, capsys):
    paths = [
        str(sheet(tmp_path / name, values)) for name, values in (("a.csv", SENTIMENTS), ("b.csv", SENTIMENTS[::-1]))
    ]
    assert main(["agreement", *paths, "--out", str(tmp_path / "differences.csv")]) == 0
    output = capsys.readouterr().out
    assert "12 statements and mentions in both, 0 only in A, 0 only in B" in output
    assert "8 disagreements" in output
    written = read_table(
        tmp_path / "differences.csv", ["article", "offset", "unit", "text", "variable", "A", "B"], ["A"]
    )
    assert len(written) == 8 and written["text"].iloc[0] == "word 0"


def test_a_file_that_cannot_be_written_is_named(tmp_path, capsys):
    path = str(sheet(tmp_path / "a.csv", SENTIMENTS))
    assert main(["agreement", path, path, "--out", str(tmp_path / "none" / "d.csv")]) == 1
    assert "d.csv: cannot be written" in (error := capsys.readouterr().err) and error.count("\n") == 1


def test_signs_that_steer_a_terminal_are_not_printed(tmp_path, capsys):
    labels = [((0, 10), {"text": "red \x1b[31m\x9b2J", "sentiment": name}) for name in ("positive", "negative")]
    paths = [str(hand(tmp_path / str(n), label)) for n, label in enumerate(labels)]
    assert main(["agreement", *paths]) == 0
    output = capsys.readouterr().out
    assert "red" in output and "\x1b" not in output and "\x9b" not in output


@pytest.mark.parametrize("path, sentence", [("none.csv", "no such file or folder"), (".", "statements.jsonl")])
def test_a_coding_that_is_not_there_is_named(tmp_path, capsys, path, sentence):
    first = sheet(tmp_path / "a.csv", SENTIMENTS)
    assert main(["agreement", str(first), str(tmp_path / path)]) == 1
    assert sentence in (error := capsys.readouterr().err) and error.count("\n") == 1


def test_codings_of_other_articles_cannot_be_compared(tmp_path, capsys):
    first, second = hand(tmp_path / "one", ((0, 10), {})), hand(tmp_path / "two", ((0, 10), {"article": "b"}))
    assert main(["agreement", str(first), str(second)]) == 1
    assert "hold no statement in common" in capsys.readouterr().err
