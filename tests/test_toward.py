"""Sentiment toward a marked target: directions, offsets, what must not count, odd text."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import is_word, tokens
from analysis.toward import LABELS, SILENT, WEIGHTS, context, features, shipped_weights, stem, toward, toward_many


def judge(text, target):
    start = text.index(target)
    return toward(text, (start, start + len(target)))


@st.composite
def marked_texts(draw):
    before, target, after = (draw(st.text(max_size=60)) for _ in range(3))
    target = target or "x"
    return before + target + after, (len(before), len(before) + len(target))


@pytest.mark.parametrize(
    ("text", "target", "label"),
    [
        ("The minister has been widely praised for her courage and honesty.", "The minister", "positive"),
        ("Residents thanked the volunteers for their brilliant, generous work.", "the volunteers", "positive"),
        ("“We have strong support for the nurses,” she said.", "the nurses", "positive"),
        ("The mayor lied to the council and was accused of corruption.", "The mayor", "negative"),
        ("Critics condemned the organisers as reckless and dishonest.", "the organisers", "negative"),
        ("‘They have shown themselves to be gutless, incompetent and a disgrace,’ he said.", "They", "negative"),
        ("The councillor told reporters on Tuesday.", "The councillor", "neutral"),
        ("She spoke with the inspector by telephone, a spokesperson said.", "the inspector", "neutral"),
    ],
)
def test_plain_cases_in_all_three_directions(text, target, label):
    judgement = judge(text, target)
    assert judgement.label == label
    assert 1 / 3 <= judgement.probability <= 1


def test_two_targets_of_one_sentence_may_differ():
    text = "The company was convicted of fraud, and a judge praised the nurse for her courage."
    assert judge(text, "The company").label == "negative"
    assert judge(text, "the nurse").label == "positive"


@pytest.mark.parametrize(
    "other", ["he", "The Hateful Liars", "Mr. Smith Jr.", "wonderful winners", "U.S.", "O’Neil?", "«"]
)
def test_the_targets_own_words_never_count(other):
    before, after = "Last week voters called ", " a hero of the poor. Nobody else was named."
    first = toward(before + "the senator" + after, (len(before), len(before) + len("the senator")))
    second = toward(before + other + after, (len(before), len(before) + len(other)))
    assert first[:2] == second[:2] and first.sure == second.sure
    shift = len(other) - len("the senator")
    moved = [(s + shift * (s > len(before)), e + shift * (s > len(before))) for s, e in first.evidence]
    assert moved == [tuple(span) for span in second.evidence]


@given(marked_texts(), st.text(min_size=1, max_size=20))
def test_no_text_at_all_in_the_targets_place_changes_the_judgement(marked, other):
    text, (start, end) = marked
    swapped = toward(text[:start] + other + text[end:], (start, start + len(other)))
    assert toward(text, (start, end))[:2] == swapped[:2]


def test_evidence_is_words_of_the_sentence_in_order_and_says_why():
    text = "Nothing happened on Monday.\nThe minister was praised for her courage.\nOthers were awful."
    evidence = judge(text, "The minister").evidence
    assert evidence == sorted(evidence)
    words = [text[start:end] for start, end in evidence]
    assert {"praised", "courage"} <= set(words)
    assert not {"awful", "Nothing", "minister"} & set(words)


@given(marked_texts())
def test_evidence_of_any_text_is_whole_words_outside_the_target(marked):
    text, (start, end) = marked
    judgement = toward(text, (start, end))
    assert judgement.label in LABELS and 0 < judgement.probability <= 1
    for first, last in judgement.evidence:
        assert 0 <= first < last <= len(text) and (last <= start or first >= end)
        assert any(character.isalnum() for character in text[first:last])


@pytest.mark.parametrize("name", ["protest", "protesters", "freedom", "Party", "police", "arrested", "united"])
def test_words_that_name_people_and_events_have_no_weight(name):
    assert stem(name.lower()) == SILENT
    text = f"On Monday the group saw {name.lower()} in town."
    here = context(text, (10, 19))
    assert not [f for f, *_ in features(here) if stem(name.lower()) in f.split()]
    known = shipped_weights().rows
    assert not [f for f in known if re.search(r"\b(protest|freedom|parti|polic|arrest|unit)\b", f)]


@pytest.mark.parametrize("name", ["trump", "clinton", "republican", "muslim", "london"])
def test_who_is_named_beside_the_target_has_no_weight(name):
    assert not [feature for feature in shipped_weights().rows if stem(name) in feature.split(" ")]


def test_british_and_american_spelling_read_alike():
    british = judge("Labour members criticised the mayor for his dishonourable behaviour.", "the mayor")
    american = judge("Labor members criticized the mayor for his dishonorable behavior.", "the mayor")
    assert british.label == american.label == "negative"
    for one, other in (("criticised", "criticized"), ("behaviour", "behavior"), ("honourable", "honorable")):
        assert stem(one) == stem(other)


def test_sure_is_a_threshold_on_the_probability():
    texts = ["The mayor lied, cheated and was convicted of fraud.", "The mayor smiled and then shut the bad door."]
    clear, unclear = toward_many(texts, [(0, 9), (0, 9)])
    limit = shipped_weights().sure_from
    assert clear.sure and clear.probability >= limit
    assert not unclear.sure and unclear.probability < limit


@pytest.mark.parametrize("span", [(-1, 3), (3, 3), (5, 2), (0, 99), (40, 41)])
def test_a_span_outside_the_text_is_a_clear_error(span):
    with pytest.raises(ValueError, match=re.escape(f"span ({span[0]}, {span[1]}) is not in the text")):
        toward("The mayor spoke.", span)


def test_as_many_spans_as_texts():
    with pytest.raises(ValueError, match="2 texts and 1 spans"):
        toward_many(["One.", "Two."], [(0, 3)])


def test_many_and_none():
    assert toward_many([], []) == []
    text = "The nurse was praised. The clerk was blamed.\n\nThe cook left early."
    spans = [(0, 9), (23, 32), (46, 54), (0, 9)]
    assert toward_many([text] * 4, spans) == [toward(text, span) for span in spans]


@given(st.lists(marked_texts(), max_size=5))
def test_one_by_one_and_many_at_once_agree_exactly(marked):
    texts, spans = [text for text, _ in marked], [span for _, span in marked]
    assert toward_many(texts, spans) == [toward(text, span) for text, span in marked]


@given(marked_texts())
def test_the_context_is_one_line_and_its_tokens_stand_in_the_text(marked):
    text, span = marked
    here = context(text, span)
    for i, token in enumerate(here.tokens):
        if i != here.target:
            assert text[token.start : token.end] == token.text or token.text in text
    assert not any("\n" in token.text for token in here.tokens)


def test_a_long_line_without_a_full_stop_is_read_around_the_target_only():
    near = " and the senator was praised for his courage"
    start = 50_000 * len("lies ") + len(" and ")
    judgements = [toward(word * 50_000 + near, (start, start + 11)) for word in ("lies ", "very ")]
    assert judgements[0] != judgements[1]
    far = toward("very " * 49_000 + "lies " * 1_000 + near, (start, start + 11))
    assert far == judgements[0]


def test_weights_are_arrays_of_numbers_within_two_megabytes():
    assert WEIGHTS.stat().st_size <= 2_000_000
    with np.load(WEIGHTS, allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} <= {"f", "u"}
        assert arrays["coefficients"].shape[1] == len(LABELS)
        assert np.isfinite(arrays["coefficients"]).all()


def test_tokens_after_the_target_keep_their_offsets():
    text = "Yesterday Prime Minister Ann Other was praised by the nurses."
    start = text.index("Prime")
    here = context(text, (start, text.index(" was")))
    after = [(token.start, token.end) for token in here.tokens[here.target + 1 :]]
    assert after == [(t.start, t.end) for t in tokens(text) if t.start > text.index("Other")]
    assert all(is_word(t) for t in here.tokens[:1])
