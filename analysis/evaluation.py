"""Words that judge, complain, demand or defend, read from the codebook."""

import re
from typing import NamedTuple

import pandas as pd

from analysis.codebook import compile_phrases, find_phrases
from analysis.text import Span, overlap

NEGATION = re.compile(
    r"(?:\b(?:not|never|no|nor|nobody|nothing|none|neither|hardly|cannot)|n['’]t)\W+(?:\w+\W+){0,2}$", re.IGNORECASE
)
_WITHOUT = re.compile(r"\bwithout\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_NOTHING = re.compile(r"(?!)")


class Cue(NamedTuple):
    """Words that judge, how they do (a reading of ``evaluation.csv``), and whether they are negated."""

    span: Span
    reading: str
    negated: bool

    @property
    def name(self) -> str:
        """The reading, with the negation."""
        return f"{self.reading}{' negated' if self.negated else ''}"


def read_evaluation(table: pd.DataFrame) -> dict[str, re.Pattern]:
    """Compile the phrases of each reading, in the codebook's order."""
    phrases = table.groupby("reading", sort=False)["phrases"].sum()
    return {reading: compile_phrases(found) for reading, found in phrases.items()}


def find_cues(text: str, content: list[Span], readings: dict[str, re.Pattern]) -> list[Cue]:
    """Find the judging words in the pieces of a text, in order; of two that overlap the longer counts.

    A cue is negated where one of the three words before it is not, never, n't, nobody or the like; what is
    said to be "without" does not count.
    """
    hits = [
        (hit.start - hit.end, hit, Cue(hit, reading, bool(NEGATION.search(text, piece.start, hit.start))))
        for reading, pattern in readings.items()
        for piece in content
        for hit in find_phrases(text, [piece], pattern, _NOTHING)
        if not _WITHOUT.search(text, piece.start, hit.start)
    ]
    return apart([cue for _, _, cue in sorted(hits, key=lambda hit: hit[:2])])


def apart(found: list) -> list:
    """Keep of overlapping finds (with a ``span``) the one that comes first in the list; sort by place."""
    kept: list = []
    for one in found:
        if not any(overlap(one.span, other.span) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.span)
