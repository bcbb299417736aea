"""Stance by what is learnt beside the listed patterns: which of the two counts, and on which words it rests."""

import numpy as np
import pytest

from analysis import inference, read_codebook
from analysis.judgement import Judgement
from analysis.reference import Said, read_targets, refer
from analysis.regression import Feature, Table, weigh
from analysis.text import Span

TARGETS = read_targets(read_codebook().targets)
TONE = Judgement("neutral", 1.0, [])


@pytest.mark.parametrize(
    "pattern, shares, expected",
    [
        (("against", 0.9), (0.05, 0.9, 0.03, 0.02), ("against", 0.9)),  # the pattern stands
        (("against", 0.9), (0.01, 0.97, 0.01, 0.01), ("favour", 0.97)),  # unless another label is plain
        (("against", 0.9), (0.01, 0.01, 0.01, 0.97), None),
        (("against", 0.7), (0.2, 0.65, 0.1, 0.05), ("against", 0.7)),  # less so where no target is named
        (("against", 0.7), (0.1, 0.8, 0.05, 0.05), ("favour", 0.8)),
        (("neutral", 0.45), (0.78, 0.05, 0.05, 0.12), ("neutral", 0.45)),
        (("neutral", 0.45), (0.85, 0.05, 0.05, 0.05), ("against", 0.85)),
        (("neutral", 0.45), (0.1, 0.1, 0.7, 0.1), ("neutral", 0.7)),  # the surer of both
        (("neutral", 0.45), (0.96, 0.01, 0.01, 0.02), ("against", 0.96)),
        (("neutral", 0.45), (0.01, 0.01, 0.02, 0.96), None),
        (None, (0.52, 0.02, 0.03, 0.43), ("against", 0.52)),  # where there is none, a label has to be likelier than not
        (None, (0.45, 0.15, 0.1, 0.3), None),
    ],
)
def test_what_is_learnt_overrules_a_pattern_only_where_it_is_plain(monkeypatch, pattern, shares, expected):
    table = Table(["against", "favour", "neutral", "none"], {}, np.zeros((0, 4)), np.log(shares))
    monkeypatch.setattr(inference, "read_table", lambda name: table)
    monkeypatch.setattr(inference, "positions", lambda *said: {})
    text = "The march was long"
    said = Said([Span(0, len(text))], "public")
    found = {"protest": Judgement(*pattern, [Span(4, 9)])} if pattern else {}
    judged = inference.with_inferred(found, text, said, TARGETS, {}, {}, TONE).get("protest")
    assert (judged and (judged.label, judged.probability)) == expected


def test_words_and_encoder_are_averaged(monkeypatch):
    words = {"against": 0.55, "favour": 0.35, "neutral": 0.05, "none": 0.05}
    table = Table(list(words), {}, np.zeros((0, 4)), np.log(list(words.values())))
    monkeypatch.setattr(inference, "read_table", lambda name: table)
    text = "The march was long"
    said = Said([Span(0, len(text))], "public")
    for read in ("against", "favour"):
        shares = dict.fromkeys(words, 0.1) | {read: 0.7}
        monkeypatch.setattr(inference, "positions", lambda *said, shares=shares: {"protest": shares})
        judged = inference.with_inferred({}, text, said, TARGETS, {}, {}, TONE)
        assert judged["protest"].label == read  # a target that the encoder does not know is left to the words
        assert {label.label for name, label in judged.items() if name != "protest"} == {"against"}


def test_evidence_is_words_none_across_another():
    features = [
        Feature("pair end it", 1.0, Span(0, 6)),
        Feature("word end", 1.0, Span(0, 3)),
        Feature("word now", 1.0, Span(7, 10)),
    ]
    names = {feature.name: row for row, feature in enumerate(features)}
    table = Table(["a", "b"], names, np.array([[3.0, 0.0], [2.0, 0.0], [1.0, 0.0]]), np.zeros(2))
    assert weigh(table, features).evidence("a") == [Span(0, 6), Span(7, 10)]


def test_words_on_either_side_of_the_cue_are_no_pair():
    text = "“We march,” she said, “on Sunday.”"
    said = Said([Span(1, 9), Span(23, 32)], "protesters", True, Span(12, 20))
    assert [text[span.start : span.end] for span in said.content] == ["We march", "on Sunday"]
    seen = inference.features(text, said, TARGETS, {}, refer(text, said, TARGETS, {}), TONE, {})["protest"]
    names = {feature.name for feature in seen if " pair " in feature.name}
    assert names == {"protest pair we march", "protest pair on sunday"}
