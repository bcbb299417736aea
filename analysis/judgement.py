"""What every coded label consists of, and when it is shown as unsure."""

from typing import NamedTuple

import pandas as pd

from analysis.text import Span

TYPES = ("direct", "indirect", "mixed")
SENTIMENTS = ("negative", "neutral", "positive")
NONE = "none"  # the stance toward a target that a statement does not take up
UNSURE = "unsure"
SURE_FROM = {"sentiment": 0.6, "stance": 0.6}  # probability from which tables and charts show a label as it is


class Judgement(NamedTuple):
    """A label, how sure the method is of it (0 to 1), and the words of the article it rests on.

    ``sure`` is False where the method itself says that its label should be read as "unsure".
    """

    label: str
    probability: float
    evidence: list[Span]
    sure: bool = True


def shown(statements: pd.DataFrame, field: str, sure_from: float | None = None) -> list:
    """List a judged field as tables and charts show it.

    Parameters
    ----------
    statements : DataFrame
        With a column ``probability`` if the labels are a machine's; those of a hand coding are all sure.
    field : {"sentiment", "stance"}
        The field.
    sure_from : float, optional
        Probability from which a label is shown; by default that of ``SURE_FROM``.

    Returns
    -------
    list
        One label a statement, or for ``stance`` one dict of target to label: "unsure" where the label's probability
        is lower, else the label.
    """
    labels = list(statements[field])
    if "probability" not in statements:
        return labels
    least = SURE_FROM[field] if sure_from is None else sure_from
    probabilities = [row[field] for row in statements["probability"]]
    return [_shown(label, probability, least) for label, probability in zip(labels, probabilities, strict=True)]


def _shown(label, probability, least: float):
    if isinstance(label, dict):
        return {target: _shown(label[target], probability[target], least) for target in label}
    return label if probability >= least else UNSURE
