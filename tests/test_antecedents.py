"""Whom "he", "she" and "it" mean: a person of that sex, named or called by a noun near before."""

import pandas as pd
import pytest

from analysis import code_articles, read_codebook

CODEBOOK = read_codebook()
HEADLINE = "March over rents\n"


def last(text):
    articles = pd.DataFrame({"article": ["a"], "text": [HEADLINE + text]})
    return code_articles(articles, CODEBOOK).statements["speaker"].iloc[-1]


@pytest.mark.parametrize(
    "text, speaker",
    [
        ("Ivan Petrov, 40, stood in Harbour Street. “It was loud,” he said.", "Ivan Petrov"),
        ("Mary Hill met the crowd outside Orchard House.\n“It was loud,” she said.", "Mary Hill"),
        ("Mr Ivan Petrov met Ms Ada Blum. She said the road was shut.", "Ada Blum"),
        ("Ivan Petrov waited with his sister, Ada Blum, a nurse. “Go,” he said.", "Ivan Petrov"),
        ("Ada Blum said it was late.\nA passing cyclist slowed to look. “Go home,” he shouted.", "Cyclist"),
        ("“No,” said Ada Blum, 30.\nThe Harbour Union wanted more. She said it would wait.", "Ada Blum"),
        ("Ivan Petrov said a driver had hit the fence. He said the road was shut.", "Ivan Petrov"),
        ("One of the nurses, who gave her name as Odile, waited. “They never called,” she said.", "Odile"),
    ],
)
def test_he_and_she_mean_a_person(text, speaker):
    assert last(text) == speaker


def test_a_place_says_nothing():
    text = "Ada Blum spoke first.\nThe march ended at Orchard Park. “We are tired,” she said."
    assert last(text) == "Ada Blum"


def test_what_is_said_of_somebody_makes_nobody_the_speaker():
    text = "Ivan Petrov, 40, told the court that a clerk had lost the letter.\n“It was late,” he said."
    assert last(text) == "Ivan Petrov"


def test_nobody_before_leaves_the_speaker_unknown():
    assert last("“It was loud,” he said.") == "Unknown"


def test_the_committee_is_the_one_named_last():
    text = "Ada Blum speaks for the Committee of Dock Workers. The committee said it would wait."
    assert last(text) == "Committee of Dock Workers"


def test_questions_are_answered_by_whom_the_interview_introduces():
    text = "We put them to Ada Blum, who leads the clinic.\nQ: Should I ring?\nA: “Yes, if you think it is urgent.”"
    assert last(text) == "Ada Blum"
