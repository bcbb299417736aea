import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import InputError, code_articles, code_folder, read_codebook, read_coding, write_coding
from analysis.__main__ import main

CODEBOOK = read_codebook()
TEXT = st.lists(
    st.sampled_from(
        [
            "“Go home,”",
            '"Go',
            "said",
            "Bell",
            "police",
            " ",
            "\n",
            ". ",
            ",",
            "The mayor",
            "he",
            "protesters",
            "mandates",
            "'no'",
            "é",
        ]
    ),
    max_size=60,
).map(" ".join) | st.text(max_size=200)


@pytest.fixture(scope="module")
def seeds():
    return code_folder("seeds", "codebook")


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_every_span_is_the_text_it_claims(text):
    coding = code_articles(pd.DataFrame({"article": ["a"], "text": [text]}), CODEBOOK)
    for row in coding.statements.to_dict("records"):
        assert row["text"] == " … ".join(text[s:e] for s, e in row["content"])
        assert row["id"] == f"a:{row['content'][0][0]}"
        spans = [
            row["cue"],
            row["speaker_mention"],
            *row["content"],
            *row["evidence"]["group"],
            *row["evidence"]["sentiment"],
        ]
        spans += [span for found in row["evidence"]["stance"].values() for span in found]
        assert all(0 <= start < end <= len(text) for start, end in filter(None, spans))
    for row in coding.grievances.to_dict("records"):
        assert row["text"] == text[row["span"][0] : row["span"][1]]
    assert coding.statements["id"].is_unique and coding.grievances["id"].is_unique


def test_labels_of_the_seeds_come_with_probability_and_evidence(seeds):
    assert len(seeds.statements) > 60
    for row in seeds.statements.to_dict("records"):
        assert row["stance"].keys() == row["probability"]["stance"].keys() == row["evidence"]["stance"].keys()
        assert set(row["themes"]) == row["evidence"]["themes"].keys()
        assert all(row["evidence"]["stance"].values()) and all(row["evidence"]["themes"].values())
        assert 0 <= row["probability"]["sentiment"] <= 1


def test_coding_written_twice_is_the_same_to_the_byte(seeds, tmp_path):
    for name in ("one", "two"):
        write_coding(code_folder("seeds", "codebook"), tmp_path / name)
    for file in ("statements.jsonl", "grievances.jsonl", "problems.csv"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert [path.suffix for path in (tmp_path / "one").iterdir() if path.suffix == ".part"] == []


def test_coding_without_statements_or_articles_is_empty_tables():
    coding = code_articles(pd.DataFrame({"article": ["a"], "text": ["Snow fell."]}), CODEBOOK)
    assert coding.statements.empty and coding.grievances.empty and "speaker" in coding.statements
    assert code_articles(pd.DataFrame({"article": [], "text": []}), CODEBOOK).statements.empty


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"themes": ["parking"]}, "theme: 'parking' is not one of mandates"),
        ({"stance": {"taxes": "against"}}, "target: 'taxes' is not one of protest"),
        ({"sentiment": "angry"}, "sentiment: 'angry' is not one of negative, neutral, positive"),
        ({"type": None}, "type: None is not one of direct"),
        ({"corrected": {"sentiment": "neutral"}}, "corrected: is not a dict of field to machine, coder and note"),
    ],
)
def test_hand_coding_with_an_unknown_code_is_named(tmp_path, change, sentence):
    with open("coding/statements.jsonl", encoding="utf-8") as file:
        lines = file.read().splitlines()[:2]
    lines[1] = json.dumps(json.loads(lines[1]) | change)
    (tmp_path / "statements.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "grievances.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(InputError, match="line 2, " + sentence):
        read_coding(tmp_path, CODEBOOK)


def test_no_hand_coding_is_empty_tables():
    statements, grievances = read_coding("", CODEBOOK)
    assert statements.empty and grievances.empty and "theme" in grievances


def test_command_codes_the_good_articles_and_lists_the_bad(tmp_path, capsys):
    (tmp_path / "good.txt").write_text("Police said protesters blocked streets.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    assert main(["code", str(tmp_path), "--out", str(tmp_path / "out")]) == 0
    output = capsys.readouterr()
    assert "bad.txt: is empty" in output.err and "1 problem" in output.out
    rows = [
        json.loads(line) for line in (tmp_path / "out" / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [row["speaker"] for row in rows] == ["Police"]
    assert "bad.txt" in (tmp_path / "out" / "problems.csv").read_text(encoding="utf-8")


def test_report_never_writes_over_the_articles_and_their_hand_coding(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Police said it was over.", encoding="utf-8")
    assert main(["report", str(tmp_path), "--out", str(tmp_path)]) == 1
    assert "give another folder" in capsys.readouterr().err


@pytest.mark.parametrize("files, sentence", [({}, "no .txt file"), ({"a.txt": b""}, "nothing is coded")])
def test_command_fails_only_when_nothing_can_be_coded(tmp_path, capsys, files, sentence):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert main(["code", str(tmp_path), "--out", str(tmp_path / "out")]) == 1
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_coding_with_odd_line_separators_is_read_back(tmp_path):
    text = "Police said it was\u2028over\u0085now."
    coding = code_articles(pd.DataFrame({"article": ["a"], "text": [text]}), CODEBOOK)
    write_coding(coding, tmp_path)
    assert list(read_coding(tmp_path, CODEBOOK)[0]["text"]) == list(coding.statements["text"])
