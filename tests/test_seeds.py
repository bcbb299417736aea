"""The worked example is what it says it is: bytes, dates, reasons, and a hand coding that points into the texts."""

import csv
import datetime
import hashlib
import json
import re
from pathlib import Path

import pytest

from analysis.articles import read_articles
from analysis.codebook import read_codebook
from analysis.coding import read_coding

ROOT = Path(__file__).parent.parent
SEEDS, CODING = ROOT / "seeds", ROOT / "coding"


def text_of(article):
    return (SEEDS / f"{article}.txt").read_bytes().decode("utf-8")


def article_rows():
    with open(SEEDS / "articles.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def coded(name):
    with open(CODING / f"{name}.jsonl", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def codebook_themes():
    """{theme: side} of the table in coding/README.md."""
    rows = re.findall(r"^\| (\w+) \| `(\w+)` \|", (CODING / "README.md").read_text(encoding="utf-8"), re.M)
    return {theme: side for side, theme in rows}


def test_articles_are_the_bytes_that_the_readme_states():
    stated = dict(re.findall(r"\| `(\S+\.txt)` \| `([0-9a-f]{64})` \|", (SEEDS / "README.md").read_text("utf-8")))
    assert stated == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")}


def test_every_article_has_one_row_and_is_read_with_it():
    table, problems = read_articles(SEEDS)
    assert problems.empty
    assert [row["id"] for row in article_rows()] == list(table["article"])
    assert table["known_from"].ne("").all()


@pytest.mark.parametrize("row", article_rows(), ids=lambda row: row["id"][:3])
def test_what_known_from_quotes_stands_in_the_article(row):
    quoted = re.findall(r'"([^"]+)"', row["known_from"])
    assert quoted
    assert [words for words in quoted if words not in text_of(row["id"])] == []


def test_dates_fall_on_the_days_that_the_texts_name():
    first, second = (datetime.date.fromisoformat(row["date"]) for row in article_rows())
    arrival = datetime.date(2022, 2, 8)
    assert (arrival.strftime("%A"), first.strftime("%A"), second.strftime("%A")) == ("Tuesday", "Thursday", "Monday")
    assert (second - arrival).days + 1 == 14


@pytest.mark.parametrize("row", coded("statements"), ids=lambda row: f"{row['article'][:3]}:{row['content'][0][0]}")
def test_statement_spans_give_back_their_words(row):
    text = text_of(row["article"])
    assert " … ".join(text[start:end] for start, end in row["content"]) == row["text"]
    for field in ("cue", "speaker_mention"):
        start, end = row[field] or (0, 0)
        assert text[start:end] == row[f"{field}_text"]


@pytest.mark.parametrize("row", coded("grievances"), ids=lambda row: f"{row['article'][:3]}:{row['span'][0]}")
def test_grievance_spans_give_back_their_words(row):
    start, end = row["span"]
    assert text_of(row["article"])[start:end] == row["text"]


def test_hand_coding_keeps_to_the_codebook():
    themes = codebook_themes()
    assert set(themes.values()) == {"of_protest", "about_protest"}
    for row in coded("statements"):
        assert row["type"] in {"direct", "indirect", "mixed"}
        assert row["sentiment"] in {"negative", "neutral", "positive"}
        assert set(row["stance"]) <= {"protest", "mandates", "vaccination", "government", "police"}
        assert set(row["stance"].values()) <= {"favour", "against", "neutral"}
        assert set(row["themes"]) <= set(themes)
    assert all(row["side"] == themes[row["theme"]] for row in coded("grievances"))


def test_hand_coding_and_shipped_codebook_speak_of_the_same_themes_and_targets():
    codebook = read_codebook(ROOT / "codebook")
    assert dict(zip(codebook.themes["theme"], codebook.themes["side"], strict=True)) == codebook_themes()
    statements, grievances = read_coding(CODING, codebook)
    assert (len(statements), len(grievances)) == (len(coded("statements")), len(coded("grievances")))
    assert {target for stance in statements["stance"] for target in stance} == set(codebook.targets["target"])


def test_readme_counts_the_hand_coding_right():
    readme = (CODING / "README.md").read_text(encoding="utf-8")
    types = [row["type"] for row in coded("statements")]
    counts = ", ".join(f"{types.count(name)} {name}" for name in ("direct", "indirect", "mixed"))
    assert f"{len(types)} statements ({counts})" in readme
    assert f"{len(coded('grievances'))} grievance mentions" in readme
