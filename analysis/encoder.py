"""A statement where it stands to the positions that it may take: a small pretrained encoder [1]_ run with numpy.

What a table of words cannot know, that "a disgrace" and "shameful" say the same, the encoder brings from the texts it
was made with. It was trained on with hand-coded articles (``training/train_encoder.py``; ``weights/encoder.md`` says
from what, and what it gets wrong). It knows five targets; other targets of a codebook are left to the words.

.. [1] Wang et al. (2020), MiniLM, NeurIPS; Devlin et al. (2019), BERT, NAACL.
"""

import functools
import math
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np
from threadpoolctl import ThreadpoolController

from analysis.judgement import NONE
from analysis.reference import SIDED, Said
from analysis.regression import shares
from analysis.stored import read_arrays
from analysis.wordpieces import BEGIN, END, pieces

TARGETS = ("protest", "mandates", "vaccination", "government", "police")
LABELS = (*SIDED, "neutral", NONE)
HEADLINE, BEFORE, STATEMENT, AFTER = 18, 60, 90, 12  # pieces that are read of each part
LENGTH = HEADLINE + BEFORE + STATEMENT + AFTER + 5  # with the marks between
_NEAR, _BEHIND = 300, 60  # characters before a statement, or of the article's beginning, and after it that are read
_WEIGHTS = Path(__file__).parent / "weights" / "encoder.npz"
_WE = re.compile(r"\b(?:we|us|ours?)\b", re.IGNORECASE)
_HEADS = 12
_LEAST = np.float32(1e-12)  # of a variance
_HALF, _CUBIC, _SCALE = np.float32(0.5), np.float32(0.044715), np.float32(math.sqrt(2 / math.pi))


class Model(NamedTuple):
    """Weights in float32, and the rows of the word pieces."""

    rows: dict[str, int]
    arrays: dict[str, np.ndarray]


def positions(text: str, said: Said, own: frozenset[str]) -> dict[str, dict[str, float]]:
    """Give the probability of each position of a statement.

    Parameters
    ----------
    text : str
        The article.
    said : Said
        The statement.
    own : frozenset of str
        Targets that the speaker belongs to: whom "we" means. Nothing else tells the encoder who speaks.

    Returns
    -------
    dict of str to dict of str to float
        For each of ``TARGETS`` the probabilities of ``LABELS``, rounded to three digits.
    """
    return _positions(text, tuple(said.content), own)


@functools.lru_cache(maxsize=4096)  # the same articles are coded again with other settings
def _positions(text: str, content: tuple, own: frozenset[str]) -> dict[str, dict[str, float]]:
    model = load()
    with _threads().limit(limits=1):  # sums in one order on any machine; notebooks run side by side
        scores = _scores(*inputs(text, content, own, model.rows), model.arrays)
    found = shares(scores.astype(float)).round(3)  # processors differ in the last bits of float32
    return {target: dict(zip(LABELS, row.tolist(), strict=True)) for target, row in zip(TARGETS, found, strict=True)}


@functools.cache
def _threads() -> ThreadpoolController:
    return ThreadpoolController()


def inputs(text: str, content: tuple, own: frozenset[str], rows: dict[str, int]) -> tuple[list[int], slice]:
    """Cut a statement and what stands around it into pieces: headline, what goes before, statement, what follows.

    Returns
    -------
    found : list of int
        At most ``LENGTH`` rows.
    statement : slice
        Where in them the statement is.
    """
    start, end = content[0].start, content[-1].end
    said = " … ".join(text[span.start : span.end] for span in content)
    said = _WE.sub(lambda we: " ".join([we.group(), *sorted(own)]), said) if own else said
    parts = [
        pieces(text[:_NEAR].lstrip().partition("\n")[0], rows)[:HEADLINE],
        pieces(text[max(0, start - _NEAR) : start], rows)[-BEFORE:],
        pieces(said, rows)[:STATEMENT],
        pieces(text[end : end + _BEHIND].partition("\n")[0], rows)[:AFTER],
    ]
    found = [rows[BEGIN]]
    for part in parts:
        found += [*part, rows[END]]
    first = len(parts[0]) + len(parts[1]) + 3
    return found, slice(first, first + len(parts[2]) + 1)


@functools.cache
def load(path: Path = _WEIGHTS) -> Model:
    """Read the shipped weights: integers of 8 bits with a scale for each row, no pickle."""
    arrays = read_arrays(path)
    words = bytes(arrays.pop("pieces")).decode("utf-8").split("\n")
    turned = {
        name: np.ascontiguousarray(array.T)  # from rows of outputs to rows of inputs: a sixth less time
        for name, array in arrays.items()
        if array.ndim == 2 and name.endswith(".weight")
    }
    return Model({word: row for row, word in enumerate(words)}, arrays | turned)


def _scores(found: list[int], statement: slice, weights: dict[str, np.ndarray]) -> np.ndarray:
    """Score every position of a statement, shape (targets, labels)."""
    inside = np.zeros(len(found), int)
    inside[statement] = 1
    x = weights["word"][found] + weights["place"][: len(found)] + weights["part"][inside]
    x = _normalise(x, weights, "embedding")
    for layer in range(sum(name.endswith(".attention.weight") for name in weights)):
        x = _layer(x, weights, f"{layer}.")
    read = np.concatenate([x[statement].mean(0), x[0]])
    return _linear(read, weights, "output").reshape(len(TARGETS), len(LABELS))


def _layer(x: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Let every piece attend to every other, then change each by itself."""
    n, width = x.shape
    size = width // _HEADS
    query, key, value = _linear(x, weights, name + "attention").reshape(n, 3, _HEADS, size).transpose(1, 2, 0, 3)
    weight = shares(query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(size)))
    attended = (weight @ value).transpose(1, 0, 2).reshape(n, width)
    x = _normalise(x + _linear(attended, weights, name + "attended"), weights, name + "attended.norm")
    inner = _gelu(_linear(x, weights, name + "inner"))
    return _normalise(x + _linear(inner, weights, name + "outer"), weights, name + "outer.norm")


def _gelu(x: np.ndarray) -> np.ndarray:
    """Gaussian error linear unit, in its form with tanh."""
    inner = _SCALE * (x + _CUBIC * x * x * x)
    return x * (np.tanh(inner) + 1) * _HALF


def _linear(x: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    return x @ weights[name + ".weight"] + weights[name + ".bias"]


def _normalise(x: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    x = x - x.mean(-1, keepdims=True)
    x /= np.sqrt((x * x).mean(-1, keepdims=True) + _LEAST)
    return x * weights[name + ".weight"] + weights[name + ".bias"]
