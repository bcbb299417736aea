"""The encoder: probabilities of every position, from the statement where it stands."""

import numpy as np
import pytest

from analysis.encoder import LABELS, LENGTH, TARGETS, inputs, load, positions
from analysis.reference import Said
from analysis.text import Span

TEXT = "Farmers block the bridge\n\nThe minister said: “Nobody has the right to hold a city hostage.”\n\nIt rained.\n"
SAID = Said([Span(TEXT.index("Nobody"), TEXT.index("”"))], "government")


def test_every_target_has_a_probability_for_every_position():
    found = positions(TEXT, SAID, frozenset())
    assert tuple(found) == TARGETS and all(tuple(shares) == LABELS for shares in found.values())
    assert all(abs(sum(shares.values()) - 1) < 0.003 for shares in found.values())


@pytest.mark.parametrize(
    "said, position",
    [
        ("These thugs have terrorised the town and must be cleared out at once.", "against"),
        ("We are so proud of everyone who marched with us today.", "favour"),
    ],
)
def test_words_that_no_list_holds_are_understood(said, position):
    text = f"Thousands join march in capital\n\n“{said}” she said.\n"
    start = text.index(said)
    found = positions(text, Said([Span(start, start + len(said))], "protesters"), frozenset())["protest"]
    assert max(found, key=found.get) == position


def test_who_we_are_counts():
    text = "March in the capital\n\n“We did nothing wrong,” the spokesman said.\n"
    said = Said([Span(text.index("We"), text.index(",”"))], "police")
    nobody, police = (positions(text, said, frozenset(own)) for own in ((), ("police",)))
    assert (
        sum(police["police"].values()) - police["police"]["none"]
        > sum(nobody["police"].values()) - nobody["police"]["none"]
    )


def test_only_the_surroundings_count():
    far = TEXT.replace("It rained.", "It rained. " + "The mayor was not there. " * 200)
    assert positions(far, SAID, frozenset()) == positions(TEXT, SAID, frozenset())


@pytest.mark.parametrize("text", ["a", "😀", "word " * 3000, "\n\n\n“” x"])
def test_any_statement_is_read(text):
    found, statement = inputs(text, (Span(0, len(text)),), frozenset({"protest"}), load().rows)
    assert len(found) <= LENGTH and 0 < statement.start < statement.stop <= len(found)
    shares = positions(text, Said([Span(0, len(text))], "public"), frozenset())
    assert np.isfinite([list(row.values()) for row in shares.values()]).all()
