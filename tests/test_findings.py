"""Findings: right in grammar and number for none, one and many; nothing in them acts as Markdown or HTML."""

import html
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from codings import CODINGS, SEVERAL, article, coding, mention, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.filters.markdown import markdown2html

from analysis import findings, summaries

OF_CODING = ["articles", "words_by_group", "positions", "reporting_verbs", "speakers", "statement_types"]
OF_CODING += ["sentiment", "stance", "grievance_themes", "grievance_voices"]


def told(name, coded):
    return getattr(findings, name)(getattr(summaries, name)(coded))


@pytest.mark.parametrize("name", OF_CODING)
@pytest.mark.parametrize("case", CODINGS)
def test_findings_are_one_to_three_sentences_of_plain_text(name, case):
    text = told(name, CODINGS[case])
    assert re.fullmatch(r"[A-Z\d].*\.", text)
    assert len(re.findall(r"\.(?= [A-Z\d]|$)", text)) <= 3
    assert not re.search(r"\bnan\b|None|  |\(\)|, \.", text)
    assert not re.search(
        r"(?<![\d.,])1 (statements|words|groups|articles|speakers|mentions|positions|variables)\b", text
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("articles", "1 article with 80 words holds 0 statements; 0 of the words (0 %) are quoted or paraphrased."),
        ("stance", "No statement takes a position."),
        ("grievance_themes", "No grievances were found."),
        ("grievance_voices", "No grievances with a voice were found."),
        *[(name, "No statements were found.") for name in ["words_by_group", "positions", "speakers", "sentiment"]],
    ],
)
def test_none(name, text):
    assert told(name, CODINGS["no_statement"]) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("articles", "1 article with 80 words holds 1 statement; 3 of the words (4 %) are quoted or paraphrased."),
        ("words_by_group", "In only 1 statement, 3 words quoted or paraphrased go to 1 group, police."),
        ("reporting_verbs", "Of only 1 statement, 1 (100 %) has a reporting verb: 1 verb, “said”."),
        ("speakers", "Only 1 statement comes from 1 speaker, Mana Tau."),
        ("statement_types", "Of only 1 statement, 1 (100 %) is direct."),
        ("stance", "Of only 1 position, 1 (100 %) is against. Most often against: police on wages (1)."),
        ("grievance_voices", "Only 1 mention has 1 voice, the article's own words."),
    ],
)
def test_one(name, text):
    assert told(name, CODINGS["one"]) == text


def test_words_are_stated_with_shares_and_the_range_of_articles():
    words = {"a": {"police": 312, "public": 88}, "b": {"police": 100, "public": 500, "council": 140}}
    statements = [
        statement(group, where, "word " * n) for where, groups in words.items() for group, n in groups.items()
    ]
    coded = coding(statements, articles=[article("a"), article("b")])
    assert told("words_by_group", coded) == (
        "In only 5 statements, 1,140 words quoted or paraphrased go to 3 groups, led by public (588, 52 %), police "
        "(412, 36 %) and council (140, 12 %). In single articles, the share of public is 22 to 68 %."
    )


@pytest.mark.parametrize(
    ("sizes", "text"),
    [
        ([4, 3, 2, 1], "4 speakers, led by A (4, 40 %), B (3, 30 %) and C (2, 20 %)."),
        ([3, 2, 2, 2, 1], "5 speakers, led by A (3, 30 %), B (2, 20 %), C (2, 20 %) and D (2, 20 %)."),
        ([4, 1, 1, 1, 1, 1, 1], "7 speakers, led by A (4, 40 %)."),
        ([1] * 10, "10 speakers, none far ahead (1 at most)."),
        ([5, 5], "2 speakers, led by A (5, 50 %) and B (5, 50 %)."),
    ],
)
def test_ties_stand_together_or_not_at_all(sizes, text):
    coded = coding([statement(speaker="ABCDEFGHIJ"[n]) for n, size in enumerate(sizes) for _ in range(size)])
    assert told("speakers", coded) == f"Only 10 statements come from {text}"


def test_rare_speakers_that_stand_together_do_not_lead():
    coded = coding([statement(speaker=f"S{n % 40:02d}") for n in range(83)])
    assert told("speakers", coded) == (
        "83 statements come from 40 speakers, led by S00 (3, 4 %), S01 (3, 4 %) and S02 (3, 4 %)."
    )


def test_small_groups_are_not_compared():
    few = [statement("council", sentiment="negative") for _ in range(4)]
    many = [statement("police", sentiment="neutral") for _ in range(40)]
    other = [statement("public", sentiment="negative") for _ in range(20)]
    assert told("sentiment", coding(few + many)).endswith(
        "There are not two groups with 5 statements or more to compare."
    )
    text = told("sentiment", coding(few + many + other))
    assert "council" not in text
    assert "highest for public (20 of 20, 100 %, 95 % interval 84 to 100 %) and lowest for police (0 of 40" in text
    assert text.endswith("the intervals do not overlap.")


def test_overlapping_intervals_are_said_to_overlap():
    groups = {"police": "negative", "public": "neutral"}
    coded = coding(
        [statement(group, sentiment=tone) for group, tone in groups.items() for _ in range(3)]
        + [statement(group, sentiment="positive") for group in groups for _ in range(3)]
    )
    assert told("sentiment", coded).endswith("the intervals overlap.")


def test_total_is_called_small_below_30_only():
    assert told("speakers", coding([statement() for _ in range(29)])).startswith("Only 29 statements")
    assert told("speakers", coding([statement() for _ in range(30)])).startswith("30 statements")


def test_each_side_has_its_sentence():
    assert told("grievance_themes", SEVERAL) == (
        "Complaints and demands of the protesters: only 2 mentions of 2 themes, led by rent (1 of 2, 50 %, 95 % "
        "interval 9 to 91 %) and wages (1 of 2, 50 %, 9 to 91 %). Complaints about the protest: only 2 mentions of "
        "1 theme, led by noise (2 of 2, 100 %, 95 % interval 34 to 100 %)."
    )
    assert "no_dialogue" not in told("grievance_themes", coding(grievances=[mention("no_dialogue")]))


@pytest.mark.parametrize(("n", "verb"), [(1, "1 {} was"), (2, "2 {}s were")])
def test_problems_and_figures_are_counted(n, verb):
    table = pd.DataFrame({"file": ["x"] * n})
    assert findings.problems(table).startswith(verb.format("problem"))
    assert findings.figures(table).startswith(verb.format("figure"))
    assert findings.problems(table.iloc[:0]) == "Every article and every row of articles.csv could be read."


HOSTILE = ["<script>alert(1)</script>", "*Mana*", "_Mana_", "[x](http://example.org)", "![x](y)", "`x`", "# x", "$x$"]
HOSTILE += [
    "https://example.org",
    "www.example.org",
    "a@example.org",
    "| a | b |",
    "~~x~~",
    "&lt;",
    r"\(x\) \\(x\\)",
    "1\n\n- x",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("more", [[], ["A second finding."]], ids=["paragraph", "list"])
def test_nothing_in_a_name_acts(name, more):
    text = told("speakers", coding([statement(speaker=name)]))
    shown = BeautifulSoup(markdown2html(findings.as_markdown(text, *more).data), "html.parser")
    assert {tag.name for tag in shown.find_all()} == ({"ul", "li"} if more else {"p"})
    assert " ".join(text.split()) in " ".join(shown.get_text().split())


@given(st.text() | st.sampled_from(["/", ".", "README.md", "http", "https://example.org"]))
@settings(deadline=None)
def test_markdown_gives_the_words_back_and_opens_nothing(text):
    assert html.unescape(findings.as_markdown(text).data) == " ".join(text.split())
