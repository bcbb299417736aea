import pytest

from analysis.codebook import read_codebook
from analysis.evaluation import read_evaluation
from analysis.reference import Said
from analysis.sentiment import tone, tone_analyser
from analysis.text import Span


@pytest.fixture(scope="module")
def analyser():
    codebook = read_codebook()
    return tone_analyser(codebook.sentiment), read_evaluation(codebook.evaluation)


def judge(analyser, text, direct=False):
    return tone(text, Said([Span(0, len(text))], "other", direct), *analyser)


@pytest.mark.parametrize(
    "text, label",
    [
        ("They have shown themselves to be gutless and incapable", "negative"),
        ("Most people here are lovely and reasonable", "positive"),
        ("The fence will be looked at on Monday", "neutral"),
        ("This is not acceptable", "negative"),
        ("Nobody was hurt and nothing was damaged", "neutral"),
        ("We cannot sleep at night", "negative"),
        ("The officers should leave the square by noon", "neutral"),
        ("We are grateful to these brave people", "positive"),
        ("", "neutral"),
    ],
)
def test_tone_of_plain_cases(analyser, text, label):
    assert judge(analyser, text).label == label


@pytest.mark.parametrize("word", ["protest", "protesters", "freedom", "Party", "police", "arrested", "united"])
def test_words_that_only_name_things_do_not_decide(analyser, word):
    judgement = judge(analyser, f"The {word} of the day before")
    assert judgement.label == "neutral" and judgement.evidence == []


def test_evidence_is_the_words_with_a_valence(analyser):
    text = "A puerile, gutless answer"
    judgement = judge(analyser, text)
    assert [text[s.start : s.end] for s in judgement.evidence] == ["puerile", "gutless"]
    assert 0.5 < judgement.probability <= 1


@pytest.mark.parametrize("text, label", [("accused the minister of it", "negative"), ("urged them to talk", "neutral")])
def test_the_reporting_verb_counts(analyser, text, label):
    cue, content = Span(0, text.index(" ")), Span(text.index(" ") + 1, len(text))
    assert tone(text, Said([content], "other", cue=cue), *analyser).label == label


def test_what_is_denied_weighs_more_in_a_quote(analyser):
    text = "The door was not open and nobody knew why"
    told, quoted = judge(analyser, text), judge(analyser, text, direct=True)
    assert quoted.label == "negative"
    assert told.label != "negative" or told.probability < quoted.probability
