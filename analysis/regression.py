"""Logistic regressions shipped as a table: a row of coefficients a feature, so that a label can be traced to words."""

import functools
import importlib.resources
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from analysis.text import Span, overlap

FOLDER = importlib.resources.files("analysis") / "weights"
EVIDENCE = 3  # places that speak most for a label


class Feature(NamedTuple):
    """A feature by name, its value, and the word it is read from, if it is one."""

    name: str
    value: float = 1.0
    place: Span | None = None


class Table(NamedTuple):
    """What was learnt: labels, each feature's row, coefficients (features, labels), bias (labels)."""

    labels: list[str]
    rows: dict[str, int]
    coefficients: np.ndarray
    bias: np.ndarray


class Weighed(NamedTuple):
    """Probability of each label, and how much each known feature spoke for it (against the mean of the labels)."""

    probabilities: dict[str, float]
    known: list[Feature]
    pull: np.ndarray

    def strongest(self, label: str) -> list[Feature]:
        """Give the features that spoke for a label, the strongest first."""
        pull = self.pull[:, list(self.probabilities).index(label)]
        order = np.argsort(-pull, kind="stable")[: np.count_nonzero(pull > 0)]
        return [self.known[i] for i in order.tolist()]

    def evidence(self, label: str) -> list[Span]:
        """Give the few places that spoke most for a label, none across another, in order of the text."""
        kept: list[Span] = []
        for place in filter(None, (feature.place for feature in self.strongest(label))):
            if len(kept) < EVIDENCE and not any(overlap(place, other) for other in kept):
                kept.append(place)
        return sorted(kept)


@functools.cache
def read_table(name: str) -> Table:
    """Read ``weights/NAME.npz``: arrays only, nothing is unpickled."""
    with (FOLDER / f"{name}.npz").open("rb") as file, np.load(file, allow_pickle=False) as stored:
        labels, names = (bytes(stored[part]).decode("utf-8").split("\n") for part in ("labels", "features"))
        rows = {feature: row for row, feature in enumerate(names)}
        return Table(labels, rows, stored["coefficients"].astype(float), stored["bias"].astype(float))


def shares(scores: np.ndarray) -> np.ndarray:
    """Turn the labels' scores, along the last axis, into probabilities."""
    odds = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return odds / odds.sum(axis=-1, keepdims=True)


def weigh(table: Table, features: Iterable[Feature]) -> Weighed:
    """Add up the coefficients of the features that the table knows; of a name that comes twice the first counts."""
    found: dict[str, Feature] = {}
    for feature in features:
        if feature.name in table.rows:
            found.setdefault(feature.name, feature)
    known = list(found.values())
    rows = [table.rows[feature.name] for feature in known]
    parts = np.array([feature.value for feature in known])[:, None] * table.coefficients[rows]
    scores = table.bias + parts.sum(axis=0)
    probabilities = dict(zip(table.labels, shares(scores).tolist(), strict=True))
    return Weighed(probabilities, known, parts - parts.mean(axis=1, keepdims=True))
