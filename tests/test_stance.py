import pytest

from analysis.codebook import read_codebook
from analysis.stance import read_targets, stances
from analysis.text import Span


@pytest.fixture(scope="module")
def targets():
    return read_targets(read_codebook().targets)


def code(targets, text, group="public"):
    return {name: judgement.label for name, judgement in stances(text, [Span(0, len(text))], group, targets).items()}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("End the mandates", {"mandates": "against"}),
        ("We do not want to end mandates", {"mandates": "neutral"}),
        ("It may be time to move on from vaccine mandates", {"mandates": "against"}),
        ("Go home. You've had your say", {"protest": "against"}),
        ("I stand with the protesters", {"protest": "favour"}),
        ("The Government needs to do something", {"government": "against"}),
        ("The weather was fine", {}),
    ],
)
def test_positions_follow_the_words(targets, text, expected):
    assert code(targets, text) == expected


def test_first_person_speaks_for_the_target_only_from_its_own_group(targets):
    text = "We will not leave"
    assert code(targets, text, "protesters") == {"protest": "favour"}
    assert "protest" not in code(targets, text, "council")


def test_the_group_alone_decides_nothing(targets):
    text = "The mandates are under review"
    assert {group: code(targets, text, group)["mandates"] for group in ("protesters", "government", "police")} == (
        {"protesters": "neutral", "government": "neutral", "police": "neutral"}
    )


def test_every_label_has_its_words(targets):
    text = "They must lift the mandates"
    judgement = stances(text, [Span(0, len(text))], "protesters", targets)["mandates"]
    assert [text[s.start : s.end] for s in judgement.evidence] == ["lift the mandates"]
