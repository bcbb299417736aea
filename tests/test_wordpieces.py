"""Word pieces: known words whole, others cut, nothing lost, whatever the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.encoder import load
from analysis.wordpieces import UNKNOWN, pieces

SMALL = {word: row for row, word in enumerate([UNKNOWN, "un", "##law", "##ful", "march", "the", "'", "s", '"', "."])}
ROWS = load().rows


@pytest.mark.parametrize(
    "text, expected",
    [
        ("the march", ["the", "march"]),
        ("Unlawful", ["un", "##law", "##ful"]),
        ("THE MÄRCH’S", ["the", "march", "'", "s"]),  # capitals, accents and the shape of marks do not count
        ("“The”", ['"', "the", '"']),
        ("marching", [UNKNOWN]),  # "ing" is not known inside a word
        ("the" * 20, [UNKNOWN]),
        ("", []),
    ],
)
def test_words_are_cut_into_the_longest_known_pieces(text, expected):
    names = list(SMALL)
    assert [names[row] for row in pieces(text, SMALL)] == expected


@given(st.text(max_size=80))
def test_any_text_has_pieces(text):
    assert all(0 <= row < len(ROWS) for row in pieces(text, ROWS))


@given(st.lists(st.sampled_from(["mandates", "must", "go", "hypocrisy", "Wellington", "tangata"]), max_size=6))
def test_the_pieces_of_a_word_spell_it(words):
    names = list(ROWS)
    spelt = "".join(names[row].removeprefix("##") for row in pieces(" ".join(words), ROWS))
    assert spelt == "".join(words).lower()
