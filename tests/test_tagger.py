"""The tagger: what a reader would notice in its spans, and that no input breaks it."""

import string
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import tagger

WEIGHTS = Path(tagger.__file__).parent / "weights" / "tagger.npz"

QUOTED = [
    '"The grounds are closed and people must leave now," Superintendent Anna Bell said.',
    "“The grounds are closed and people must leave now,” Superintendent Anna Bell said.",
    "‘The grounds are closed and people must leave now,’ Superintendent Anna Bell said.",
    "«The grounds are closed and people must leave now,» Superintendent Anna Bell said.",
]


def words(text, spans):
    return " … ".join(text[start:end] for start, end in spans)


def only(text):
    found = tagger.attributions(text)
    assert len(found) == 1, found
    return found[0]


def test_weights_are_small_and_load_without_pickle():
    assert WEIGHTS.stat().st_size <= 4_000_000
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert {stored[name].dtype.kind for name in stored.files} <= set("iuf")


@pytest.mark.parametrize("text", QUOTED)
def test_quotation_marks_of_every_style(text):
    found = only(text)
    assert words(text, found.cue) == "said"
    assert words(text, found.source) == "Superintendent Anna Bell"
    assert "The grounds are closed and people must leave now" in words(text, found.content)


def test_the_style_of_the_marks_changes_nothing_but_offsets():
    shifted = [[a - (text[0] != "") for a in np.ravel(only(text).content)] for text in QUOTED]
    assert all(spans == shifted[0] for spans in shifted)


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("“We will not leave until we are heard,” said Bell.", "Bell", "said"),
        ("Bell told RNZ that the streets would be cleared by Friday.", "Bell", "told"),
        ("Three people were arrested on Monday, according to the police.", "the police", "according to"),
        ("“We came in peace,” said Bell. “We will leave in peace.”", "Bell", "said"),
    ],
)
def test_where_the_cue_stands(text, source, cue):
    found = tagger.attributions(text)
    assert any(words(text, a.source) == source and cue in words(text, a.cue) for a in found)


def test_a_cue_without_a_source_borrows_the_one_before():
    text = "Bell said the camp was illegal and added that the streets must be cleared."
    found = tagger.attributions(text)
    assert [words(text, a.source) for a in found] == ["Bell", "Bell"]


NO_ATTRIBUTION = ["", " ", "\n\n", "The bus leaves at noon.\n\nIt rained on Tuesday.", "…", "\x00\ud800"]


@pytest.mark.parametrize("text", NO_ATTRIBUTION)
def test_nothing_attributed(text):
    assert tagger.attributions(text) == []


def test_one_line_break_reads_as_two():
    paragraphs = ["It rained on Tuesday.", QUOTED[0], "Mayor Tom Hill said the city would act.", "The bus left."]
    one, two = "\n".join(paragraphs), "\n\n".join(paragraphs)
    read = [[words(text, a.content) for a in tagger.attributions(text)] for text in (one, two)]
    assert read[0] == read[1]
    assert len(read[0]) == 2


def test_capitals_are_read():
    text = 'THE ROAD IS CLOSED, POLICE SAID. "WE ARE SORRY," SAID BELL.'
    found = tagger.attributions(text)
    assert [(words(text, a.source), words(text, a.cue)) for a in found] == [("POLICE", "SAID"), ("BELL", "SAID")]


def test_articles_do_not_depend_on_their_length():
    text = "\n\n".join(QUOTED[:2] * 60)
    found = tagger.attributions(text)
    assert len(found) == 120
    assert {words(text, a.cue) for a in found} == {"said"}


def check_spans(text):
    found = tagger.attributions(text)
    firsts = []
    for a in found:
        assert a.content and 0 <= a.probability <= 1
        for spans in a[:3]:
            assert spans == sorted(spans)
            assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in spans)
        firsts.append(min(start for spans in a[:3] for start, _ in spans))
    assert firsts == sorted(firsts)


PIECES = 'said told Bell police " “ ” ‘ ’ « » \n , . that people were closed SAID 12 — : ?'.split(" ")
NEWS = st.lists(st.sampled_from(PIECES))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=400), NEWS.map(" ".join), NEWS.map("".join), st.text(string.punctuation + "aA1 \n")))
def test_spans_are_spans_of_the_text(text):
    check_spans(text)


LONG = ['"' * 5000, "said " * 5000, "\n" * 5000, "“a” said b. " * 1000, "x" * 50_000, "\r\n" * 999]


@pytest.mark.parametrize("text", LONG)
def test_long_and_odd(text):
    check_spans(text)
