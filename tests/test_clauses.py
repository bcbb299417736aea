import pytest

from analysis.clauses import Voiced, clauses, party
from analysis.text import Span, quotations


def voiced(text, words, cue=None):
    span = Span(text.index(words), text.index(words) + len(words))
    return Voiced(span, "Bo", "others", 0.8, "direct", cue and Span(text.index(cue), text.index(cue) + len(cue)))


def cut(text, *said):
    return [(text[c.span.start : c.span.end], c.said is not None) for c in clauses(text, list(said), quotations(text))]


def test_an_article_is_cut_where_clauses_meet():
    text = "Marchers threw bottles, and the shops that day stayed open; nobody came to help."
    assert [words for words, _ in cut(text)] == [
        "Marchers threw bottles",
        "the shops that day stayed open",
        "nobody came to help",
    ]


def test_a_list_and_a_short_quotation_are_not_cut():
    assert cut("They brought flags, drums and whistles.") == [("They brought flags, drums and whistles", False)]
    text = "She saw it on the sign that read “No water, no road, no peace” at noon."
    assert [words for words, _ in cut(text)] == [text.rstrip(".")]


def test_what_is_said_stands_apart_and_a_cue_in_no_clause():
    text = "“We lost our jobs,” Bo said, and the crowd around him cheered loudly."
    assert cut(text, voiced(text, "We lost our jobs,", "said")) == [
        ("We lost our jobs", True),
        ("the crowd around him cheered loudly", False),
    ]


def test_clauses_come_in_order_within_their_sentences_and_never_overlap():
    text = "Rain fell. “The pay is low. The rent is high, which nobody told us before,” Bo said.\n\nIt was late."
    found = clauses(
        text, [voiced(text, "The pay is low. The rent is high, which nobody told us before,")], quotations(text)
    )
    spans = [clause.span for clause in found]
    assert all(before.end <= after.start for before, after in zip(spans, spans[1:], strict=False))
    assert all(c.sentence.start <= c.span.start < c.span.end <= c.sentence.end for c in found)
    assert clauses("", [], []) == []


@pytest.mark.parametrize(
    "group, expected",
    [("protesters", "protesters"), ("police", "officials"), ("public", "public"), ("media", "others"), ("", "others")],
)
def test_groups_have_parties(group, expected):
    assert party(group, {"protesters"}) == expected
