"""What every coded label consists of."""

from typing import NamedTuple

from analysis.text import Span

TYPES = ("direct", "indirect", "mixed")
SENTIMENTS = ("negative", "neutral", "positive")
NONE = "none"  # the stance toward a target that a statement does not take up


class Judgement(NamedTuple):
    """A label, how sure the method is of it (0 to 1), and the words of the article it rests on.

    ``sure`` is False where the method itself says that its label should be read as "unsure".
    """

    label: str
    probability: float
    evidence: list[Span]
    sure: bool = True
