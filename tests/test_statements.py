import pytest

from analysis.statements import find_statements
from analysis.tagger import Attribution
from analysis.text import Span, quotations

VERBS = {"said": "say", "told": "tell", "added": "add", "asked for": "ask for", "yelled": "yell", "say": "say"}


def span(text, words, start=0):
    at = text.index(words, start)
    return Span(at, at + len(words))


def statements(text, *attributions):
    raw = [
        Attribution(
            [span(text, source)] if source else [], [span(text, cue)] if cue else [], [span(text, content)], 0.9
        )
        for source, cue, content in attributions
    ]
    found = find_statements(text, raw, quotations(text), VERBS)
    return [(s.type, [text[p.start : p.end] for p in s.content], s.cue and text[slice(*s.cue)]) for s in found]


def test_direct_quotation_is_cut_at_its_marks():
    text = 'Bell said: "Go home, please." Then he left.'
    assert statements(text, ("Bell", "said", '"Go home, please."')) == [("direct", ["Go home, please."], "said")]


def test_paraphrase_with_a_quoted_part_is_mixed_and_keeps_its_marks():
    text = 'Bell said that they were "in no hurry".'
    assert statements(text, ("Bell", "said", 'that they were "in no hurry')) == (
        [("mixed", ['they were "in no hurry"'], "said")]
    )


def test_paraphrase_loses_that_but_and_the_full_stop():
    text = "But it was over, Bell said."
    assert statements(text, ("Bell", "said", "But it was over,")) == [("indirect", ["it was over"], "said")]


def test_colon_before_a_quotation_makes_it_the_statement():
    text = 'Bell said he wanted to tell them: "Go home."'
    assert statements(text, ("Bell", "said", 'he wanted to tell them: "Go home."')) == [
        ("direct", ["Go home."], "said")
    ]


def test_split_quotation_is_one_statement():
    text = '"We stay," Bell said, "and we win."'
    assert statements(text, ("Bell", "said", "We stay,")) == [("direct", ["We stay,", "and we win."], "said")]


def test_two_quotations_joined_by_and_are_two_statements():
    text = 'Marchers said "hold on" and "keep calm".'
    assert statements(text, ("Marchers", "said", 'hold on" and "keep calm')) == (
        [("direct", ["hold on"], "said"), ("direct", ["keep calm"], "said")]
    )


def test_quotation_over_paragraphs_is_one_statement_a_paragraph():
    text = '"We stay.\n"We win," Bell said.'
    assert statements(text, ("Bell", "said", text[: text.index('" Bell')])) == (
        [("direct", ["We stay."], None), ("direct", ["We win,"], "said")]
    )


def test_quotation_that_stands_alone_needs_no_cue():
    assert statements('Bell left.\n"We stay here."') == [("direct", ["We stay here."], None)]


@pytest.mark.parametrize(
    "text",
    [
        "They sat in an “admin tent” near the lawn.",
        'The so-called "freedom camp" grew.',
        'He read "War and Peace" in his tent.',
        "Nobody spoke to the reporters.",
        "",
    ],
)
def test_labels_and_titles_are_no_statements(text):
    assert statements(text) == []


def test_beliefs_are_no_speech():
    assert statements("Bell believed it was over.", ("Bell", "believed", "it was over")) == []


def test_cues_of_two_words_count():
    text = "Bell asked for a new fence."
    assert statements(text, ("Bell", "asked for", "a new fence")) == [("indirect", ["a new fence"], "asked for")]


@pytest.mark.parametrize(
    "text, cue, content",
    [
        ("Bell did not say it was over.", "did not say", "it was over"),
        ("Marchers yelled at the nurse.", "yelled", "at the nurse"),
    ],
)
def test_what_nobody_said_is_no_statement(text, cue, content):
    assert statements(text, (None, cue, content)) == []


def test_a_cue_reaches_only_quotations_of_other_paragraphs():
    text = "Snow fell on the lawn.\nBell said it was over."
    assert statements(text, ("Bell", "said", "Snow fell on the lawn")) == []
