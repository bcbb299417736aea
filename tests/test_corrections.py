"""Labels corrected by hand: put in place, kept apart from the machine's, and every wrong row named."""

import json
import re

import pandas as pd
import pytest

from analysis import InputError, code_folder, listing, read_codebook, read_coding, write_coding
from analysis.__main__ import main
from analysis.agreement import compare
from analysis.corrections import correct, machine_labels
from analysis.reliability import label_agreement

CODEBOOK = read_codebook()
TEXT = (
    "Police said protesters blocked the streets.\n"
    "The mayor told reporters: “Thank the police for their good work.”\n"
    "“End the mandates,” a protester yelled.\n"
)
HEADER = "id,field,value,coder,note\n"
JUDGED = {
    "type": "direct",
    "speaker": "Police",
    "group": "police",
    "sentiment": "neutral",
    "stance": {"protest": "against", "police": "neutral"},
    "themes": ["violence"],
    "probability": {"sentiment": 0.6, "stance": {"protest": 0.7, "police": 0.6}, "themes": {"violence": 0.7}},
    "evidence": {"sentiment": [[2, 4]], "stance": {"protest": [[2, 4]], "police": [[5, 6]]}, "themes": {}},
    "corrected": {},
}
MENTION = {"side": "about_protest", "theme": "violence", "voice": "reporter"}
MENTION |= {"probability": {"theme": 0.6}, "evidence": {"theme": [[31, 33]]}, "corrected": {}}
STATEMENTS = pd.DataFrame([{"id": f"a:{start}"} | JUDGED for start in (10, 20)])
GRIEVANCES = pd.DataFrame([{"id": "a:31"} | MENTION])


def write(folder, *rows):
    (folder / "corrections.csv").write_text(HEADER + "".join(row + "\n" for row in rows), encoding="utf-8")


def corrected(folder, *rows):
    write(folder, *rows)
    return correct(STATEMENTS, GRIEVANCES, folder, CODEBOOK)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_every_label_can_be_corrected_and_nothing_else_changes(tmp_path):
    statements, grievances = corrected(
        tmp_path,
        "a:20,sentiment,positive,Eva,irony",
        "a:20,stance.government,favour,Eva,",
        "a:20,stance.protest,none,Eva,",
        "a:20,themes,policing; violence,Eva,",
        "a:20,group,council,Eva,",
        "a:20,speaker,The Mayor,Eva,",
        "a:20,type,mixed,Eva,",
        "a:31,theme,mandates,Tom,",
        "a:31,side,of_protest,Tom,",
        "a:31,voice,Eva Bell,Tom,",
    )
    assert statements.iloc[0].to_dict() == STATEMENTS.iloc[0].to_dict()
    row, mention = statements.iloc[1], grievances.iloc[0]
    assert tuple(row[["type", "speaker", "group", "sentiment"]]) == ("mixed", "The Mayor", "council", "positive")
    assert row["stance"] == {"police": "neutral", "government": "favour"} and row["themes"] == ["policing", "violence"]
    assert tuple(mention[["side", "theme", "voice"]]) == ("of_protest", "mandates", "Eva Bell")
    assert STATEMENTS.iloc[1].to_dict() == {"id": "a:20"} | JUDGED


def test_a_corrected_label_is_certain_keeps_its_evidence_and_remembers_the_machine(tmp_path):
    row = corrected(
        tmp_path, "a:20,sentiment,positive,Eva,irony", "a:20,stance.mandates,favour,Eva,", "a:20,themes,,Eva,"
    )[0].iloc[1]
    assert row["probability"]["sentiment"] == 1.0 and row["evidence"]["sentiment"] == [[2, 4]]
    assert row["probability"]["stance"] == {"protest": 0.7, "police": 0.6, "mandates": 1.0}
    assert row["evidence"]["stance"] == {"protest": [[2, 4]], "police": [[5, 6]], "mandates": []}
    assert row["themes"] == [] and row["probability"]["themes"] == row["evidence"]["themes"] == {}
    assert row["corrected"]["sentiment"] == {
        "machine": "neutral",
        "probability": 0.6,
        "coder": "Eva",
        "note": "irony",
    }
    assert row["corrected"]["stance.mandates"]["machine"] == "none"


def test_the_machines_labels_can_be_had_back(tmp_path):
    rows = "stance.police,none", "stance.mandates,favour", "themes,policing", "sentiment,negative"
    after = machine_labels(corrected(tmp_path, *[f"a:10,{row},Eva," for row in rows])[0])
    for field in ("stance", "themes", "sentiment", "probability"):
        assert list(after[field]) == list(STATEMENTS[field])


@pytest.mark.parametrize(
    "row, sentence",
    [
        ("a:12,sentiment,positive,Eva,", "line 2, column id: no statement 'a:12'; the nearest is 'a:10'"),
        ("b:12,sentiment,positive,Eva,", "line 2, column id: no statement 'b:12'; an id is the article and"),
        ("a,sentiment,positive,Eva,", "line 2, column id: no statement 'a'; an id is the article and"),
        ("a:10,side,of_protest,Eva,", "line 2, column id: no grievance mention 'a:10'; the nearest is 'a:31'"),
        ("a:10,tone,positive,Eva,", "line 2, column field: 'tone' is not one of type, speaker, group"),
        ("a:10,stance.taxes,against,Eva,", "line 2, column field: 'stance.taxes' is not one of"),
        ("a:10,sentiment,angry,Eva,", "line 2, column value: 'angry' is not one of negative, neutral, positive"),
        ("a:10,group,polic,Eva,", "line 2, column value: 'polic' is not one of "),
        ("a:10,themes,violence; parking,Eva,", "line 2, column value: 'parking' is not one of mandates"),
        ("a:10,speaker,,Eva,", "line 2, column value: is empty; give the speaker"),
        ("a:10,sentiment,positive,,", "line 2, column coder: is empty"),
        ("a:10,sentiment,positive,Eva,one, two", "line 2: has more cells than the header"),
        ("a:10,type,direct,Eva,\n\na:10,type,direct,Tom,", "line 4: type of a:10 stands twice"),
        ("a:31,theme,mandates,Eva,", "'a:31' has side about_protest and theme mandates, which is of_protest"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, row, sentence):
    with pytest.raises(InputError, match=re.escape(sentence)) as error:
        corrected(tmp_path, row)
    assert str(error.value).startswith(str(tmp_path / "corrections.csv"))


def test_a_file_that_is_no_table_is_named(tmp_path):
    for content in (b"\xff\xfe\x00", b'id,field,value,coder\n"a:1,sentiment'):
        (tmp_path / "corrections.csv").write_bytes(content)
        with pytest.raises(InputError, match=re.escape("corrections.csv: cannot be read as a UTF-8 CSV table")):
            correct(STATEMENTS, GRIEVANCES, tmp_path, CODEBOOK)


def test_a_table_from_a_spreadsheet_is_read(tmp_path):
    cells = [["id", "field", "value", "coder"], ["a:10", "themes", "violence; policing", "Éva"], ["", "", "", ""]]
    content = "\ufeff" + "".join(";".join(f'"{cell}"' for cell in row) + "\r\n" for row in cells)
    (tmp_path / "corrections.csv").write_text(content, encoding="utf-8", newline="")
    row = correct(STATEMENTS, GRIEVANCES, tmp_path, CODEBOOK)[0].iloc[0]
    assert row["themes"] == ["violence", "policing"] and row["corrected"]["themes"]["coder"] == "Éva"


def test_a_second_run_gives_the_same_and_says_how_many_by_whom(folder, tmp_path, capsys):
    first = code_folder(folder).statements.iloc[0]
    other = {"negative": "positive"}.get(first["sentiment"], "negative")
    write(folder, f"{first['id']},sentiment,{other},Eva,", f"{first['id']},type,{first['type']},Tom,")
    for out in ("one", "two"):
        assert main(["code", str(folder), "--out", str(tmp_path / out)]) == 0
        assert "2 labels coded by hand (Eva 1, Tom 1), 1 of them as the machine had them" in capsys.readouterr().out
    written = [(tmp_path / out / "statements.jsonl").read_bytes() for out in ("one", "two")]
    assert written[0] == written[1] and json.loads(written[0].splitlines()[0])["sentiment"] == other


def test_a_row_that_matches_nothing_stops_the_run_and_nothing_is_written(folder, tmp_path, capsys):
    write(folder, "a:999,sentiment,positive,Eva,")
    assert main(["code", str(folder), "--out", str(tmp_path / "out")]) == 1
    assert "line 2, column id: no statement 'a:999'" in (error := capsys.readouterr().err) and error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_without_corrections_nothing_is_said_and_no_row_is_marked(folder, tmp_path, capsys):
    assert main(["code", str(folder), "--out", str(tmp_path / "out")]) == 0
    assert "by hand" not in capsys.readouterr().out
    write(folder)
    assert not any(code_folder(folder).statements["corrected"])


def test_the_tables_of_the_notebooks_say_which_labels_are_by_hand(folder):
    coded = code_folder(folder)
    (one, two), mention = coded.statements["id"][:2], coded.grievances["id"].iloc[0]
    write(folder, f"{one},stance.mandates,favour,Eva,", f"{two},group,council,Tom,", f"{mention},theme,policing,Eva,")
    with open(folder / "corrections.csv", "a", encoding="utf-8") as file:
        file.write(f"{mention},side,of_protest,Eva,\n")
    coded = code_folder(folder)
    shown = listing.stances(coded.statements, coded.articles).reset_index()
    assert set(shown["rests on"][shown["target"] == "mandates"]) >= {"coded by hand (Eva)"}
    grounds = list(listing.statements(coded.statements, coded.articles, "group", "sentiment")["group rests on"])
    assert grounds[1] == "coded by hand (Tom)" and "by hand" not in grounds[0]
    assert listing.grievances(coded.grievances, coded.articles)["rests on"].iloc[0] == "coded by hand (Eva)"


def test_corrected_labels_do_not_count_as_the_machines(folder, tmp_path):
    """Who corrects what the machine got wrong must not make the machine look better."""
    before = code_folder(folder)
    hand = before.statements.assign(sentiment="positive"), before.grievances
    machine = label_agreement(compare(hand, (before.statements, before.grievances), before.articles).labels)
    write(folder, *[f"{name},sentiment,positive,Eva," for name in before.statements["id"]])
    after = code_folder(folder)
    assert set(after.statements["sentiment"]) == {"positive"} != set(before.statements["sentiment"])
    write_coding(after, tmp_path / "out")
    for coding in (after[1:3], read_coding(tmp_path / "out", CODEBOOK)):
        again = label_agreement(compare(hand, coding, after.articles).labels)
        pd.testing.assert_frame_equal(again, machine)
    labels = [compare(hand, coding[1:3], coding.articles).labels for coding in (before, after)]
    pd.testing.assert_frame_equal(*labels)
