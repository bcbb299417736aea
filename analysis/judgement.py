"""What every coded label consists of."""

from typing import NamedTuple

from analysis.text import Span


class Judgement(NamedTuple):
    """A label, how sure the method is of it (0 to 1), and the words of the article it rests on."""

    label: str
    probability: float
    evidence: list[Span]
