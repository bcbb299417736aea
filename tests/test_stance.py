import pytest

from analysis.codebook import read_codebook
from analysis.evaluation import read_evaluation
from analysis.judgement import Judgement
from analysis.reference import Said, read_targets
from analysis.stance import stances
from analysis.text import Span


@pytest.fixture(scope="module")
def judge():
    codebook = read_codebook()
    targets, readings = read_targets(codebook.targets), read_evaluation(codebook.evaluation)

    def judged(text, group="public", people=None, cue="", before="", tone=None):
        """Judge the words after ``before`` and the cue."""
        article = before + cue + text
        start = len(before) + len(cue)
        said = Said([Span(start, len(article))], group, cue == "", Span(len(before), start) if cue else None)
        return article, stances(article, said, targets, readings, people, tone)

    return judged


@pytest.fixture(scope="module")
def code(judge):
    def coded(text, group="public", **more):
        return {name: judgement.label for name, judgement in judge(text, group, **more)[1].items()}

    return coded


@pytest.mark.parametrize(
    "text, expected",
    [
        ("End the mandates", {"mandates": "against"}),
        ("We do not want to end mandates", {"mandates": "neutral"}),
        ("It may be time to move on from vaccine mandates", {"mandates": "against"}),
        ("Vaccination is still the best way to stay well, but nobody should be forced", {"vaccination": "favour"}),
        ("Go home. You've had your say", {"protest": "against"}),
        ("I stand with the protesters", {"protest": "favour"}),
        ("The demonstrators were peaceful", {"protest": "favour"}),
        ("The strike is illegal and reckless", {"protest": "against"}),
        ("The marchers are not criminals", {"protest": "favour"}),
        ("I cannot support the blockade", {"protest": "against"}),
        ("The march is a fair idea, but the campers are thugs", {"protest": "against"}),
        ("The Government needs to do something", {"government": "against"}),
        ("The minister has ignored every letter", {"government": "against"}),
        ("Thank you, officers", {"police": "favour"}),
        ("Police attacked the crowd", {"police": "against", "protest": "neutral"}),
        ("The officers were attacked by demonstrators", {"protest": "against"}),
        ("The march begins at noon", {"protest": "neutral"}),
        ("The weather was fine", {}),
    ],
)
def test_positions_follow_the_words(code, text, expected):
    assert code(text) == expected


@pytest.mark.parametrize(
    "text, group, expected",
    [
        ("We will not leave", "protesters", {"protest": "favour"}),
        ("They have lied to our children", "protesters", {"government": "against"}),
        ("I was beaten and dragged along the road", "protesters", {"police": "against"}),
        ("They are thugs", "council", {"protest": "against"}),
        ("My children cannot sleep", "public", {"protest": "against"}),
        ("Only the force necessary was used", "police", {"police": "favour"}),
        ("Two men were arrested", "police", {"police": "neutral"}),
    ],
)
def test_the_group_tells_who_we_they_and_an_unnamed_culprit_are(code, text, group, expected):
    found = code(text, group)
    assert {name: found.get(name) for name in expected} == expected


def test_first_person_speaks_for_the_target_only_from_its_own_group(code):
    assert "protest" not in code("We will not leave", "council")


@pytest.mark.parametrize("text", ["The mandates are under review", "The march begins at noon", "It is a Tuesday"])
def test_the_group_alone_decides_nothing(code, text):
    found = [code(text, group) for group in ("protesters", "government", "police", "public")]
    assert all(positions == found[0] for positions in found)


def test_they_are_those_named_last(code):
    assert code("Ministers came on Monday. They ignored us", "public") == {"government": "against"}


def test_a_minister_named_stands_for_the_government(code):
    text = "Blum has lied to this town"
    assert "government" not in code(text)
    assert code(text, people={"Ada Blum": "government"}) == {"government": "against"}


def test_an_authority_named_shortly_before_is_whom_protesters_mean(code):
    before = "The minister arrived at nine. "
    assert code("I lost my job over this", "protesters", before=before)["government"] == "against"
    assert "government" not in code("I lost my job over this", "protesters")


def test_the_reporting_verb_counts_too(code):
    assert code("the organisers of the march", cue="condemned ") == {"protest": "against"}
    assert code("the organisers of the march", cue="met ") == {"protest": "neutral"}


def test_every_label_has_its_words(judge):
    text, found = judge("They must lift the mandates", "protesters")
    assert [text[s.start : s.end] for s in found["mandates"].evidence] == ["lift the mandates"]
    text, found = judge("My children cannot sleep")
    assert [text[s.start : s.end] for s in found["protest"].evidence] == ["cannot sleep"]


def test_what_is_only_inferred_is_less_probable_and_what_conflicts_is_unsure(judge):
    named = judge("The strikers are thugs")[1]["protest"]
    inferred = judge("My children cannot sleep")[1]["protest"]
    mixed = judge("The strikers are peaceful. The strikers are patriots. The strikers are reckless")[1]["protest"]
    assert named.probability > inferred.probability > mixed.probability
    assert named.sure and inferred.sure and not mixed.sure


@pytest.mark.parametrize("probability, expected", [(0.8, "against"), (0.55, "neutral")])
def test_a_plainly_negative_tone_is_against_the_target_named_if_no_word_votes(code, probability, expected):
    tone = Judgement("negative", probability, [])
    assert code("The Premier came at noon", "public", tone=tone) == {"government": expected}
    assert code("The Premier came at noon", "government", tone=tone) == {"government": "neutral"}
    assert code("It was noon", "public", tone=tone) == {}
