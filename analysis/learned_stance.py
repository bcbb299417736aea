"""Stance by coefficients learnt from an analyst's hand coding, for the targets where these beat the patterns.

`analysis.stance_training` learns them; they stand in ``stance_model.json`` beside the codebook in use. A label rests on
the stems of a statement's words alone; the speaker's group is no part of it.
"""

import collections
import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.articles import InputError
from analysis.judgement import NONE, Judgement
from analysis.regression import shares
from analysis.stance import POSITIONS
from analysis.stems import stems
from analysis.text import Span

FILE = "stance_model.json"
LABELS = (*POSITIONS, NONE)
EVIDENCE_WORDS = 3


class Learned(NamedTuple):
    """What was learnt for a target: labels, their bias, and by stem its inverse document frequency and coefficients."""

    labels: list[str]
    bias: np.ndarray
    idf: dict[str, float]
    coefficients: dict[str, np.ndarray]


def read_model(folder: str | Path, targets: Iterable[str]) -> dict[str, Learned]:
    """Read ``stance_model.json`` of a codebook's folder; empty if there is none.

    Raises
    ------
    InputError
        If the file is not what `analysis.stance_training.write_model` writes, or a target is not the codebook's.
    """
    path = Path(folder) / FILE
    if not path.exists():
        return {}
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        model = {target: _learned(table) for target, table in stored["targets"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise InputError(f"{path}: is no stance model; delete it, or make it again with train-stance") from error
    for target in model:
        if target not in set(targets):
            raise InputError(f"{path}: target {target!r} is not in targets.csv; delete the file, or train it again")
    return model


def with_learned(
    found: dict[str, Judgement], text: str, content: list[Span], model: dict[str, Learned]
) -> dict[str, Judgement]:
    """Put learned stances in the place of those that the patterns found.

    Parameters
    ----------
    found : dict of str to Judgement
        From `analysis.stance.stances`.
    text, content : str, list of Span
        The article, and the statement's pieces.
    model : dict of str to Learned
        From `read_model`.

    Returns
    -------
    dict of str to Judgement
        Targets without a model stay as they are. The evidence is the words that weigh most for the label; the
        probability is the regression's, learnt with balanced classes and not calibrated.
    """
    words = stems(text, content) if model else []
    learned = {target: _judgement(words, content, table) for target, table in model.items()}
    return {target: judgement for target, judgement in (found | learned).items() if judgement.label != NONE}


def _learned(table: dict) -> Learned:
    labels, bias = table["labels"], np.array(table["bias"], dtype=float)
    words = {stem: np.array(row, dtype=float) for stem, row in table["words"].items()}
    shapes = {bias.shape, *((len(row) - 1,) for row in words.values())}
    if not labels or not set(labels) <= set(LABELS) or shapes != {(len(labels),)}:
        raise ValueError("labels and numbers do not fit")
    return Learned(labels, bias, {s: row[0] for s, row in words.items()}, {s: row[1:] for s, row in words.items()})


def _judgement(words: list[tuple[str, Span]], content: list[Span], table: Learned) -> Judgement:
    counts = collections.Counter(stem for stem, _ in words if stem in table.idf)
    weights = {stem: (1 + np.log(n)) * table.idf[stem] for stem, n in counts.items()}
    length = np.sqrt(sum(weight**2 for weight in weights.values())) or 1
    parts = {stem: weight / length * table.coefficients[stem] for stem, weight in weights.items()}
    scores = table.bias + sum(parts.values())
    best = int(scores.argmax())
    gain = {stem: part[best] - part.mean() for stem, part in parts.items()}
    telling = [stem for stem in sorted(gain, key=lambda stem: -gain[stem]) if gain[stem] > 0][:EVIDENCE_WORDS]
    evidence = [span for stem, span in words if stem in telling]
    return Judgement(table.labels[best], round(float(shares(scores)[best]), 3), evidence or content)
