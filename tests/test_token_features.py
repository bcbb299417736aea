"""Features of tokens: one row each, in windows that lose none."""

from analysis import token_features
from analysis.tagger import load
from analysis.text import tokens

WINDOW = 90  # tokens
QUOTED = "\n\n".join(["“The grounds are closed,” Superintendent Anna Bell said.", "It rained, she said.", "“No.”"])


def encoded(text):
    return token_features.encode(text, load().lookup)


def test_windows_cover_every_token_once():
    _, features = encoded((QUOTED + "\n") * 40 + "word " * 1000)
    cuts = token_features.windows(features[:, 0] == token_features.LINE_BREAK, WINDOW)
    assert [a for a, _ in cuts] == [0, *(b for _, b in cuts[:-1])]
    assert cuts[-1][1] == len(features)
    assert max(b - a for a, b in cuts) <= 2 * WINDOW


def test_every_token_has_one_row_of_features():
    found, features = encoded(QUOTED)
    assert len(found) == len(features) == len(tokens(QUOTED))


def test_the_style_of_quotation_marks_is_not_read():
    straight = encoded(QUOTED.replace("“", '"').replace("”", '"'))[1]
    assert (straight == encoded(QUOTED)[1]).all()
