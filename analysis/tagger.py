"""Who said what: cue, source and content spans, from a small recurrent network.

Every token gets one label: nothing, cue, or source or content together with the side on which its cue lies.
Linking a source and a content to their cue is then a matter of reading the labels. The network is learnt by
``training/train_tagger.py``; ``weights/tagger.md`` says from what and how well.
"""

import bisect
import functools
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.labelling import LABELS, label, laid_by_gate
from analysis.stored import read_arrays
from analysis.text import Span, Token
from analysis.token_features import LINE_BREAK, UNKNOWN_WORD, encode, windows, word_lookup

_WINDOW = 90  # tokens; windows end at paragraph marks, so most are shorter; more change nothing but the time
_WEIGHTS = Path(__file__).parent / "weights" / "tagger.npz"
_BATCH = 36  # windows worked on at once: memory stays flat on long texts


class Attribution(NamedTuple):
    """Character spans of one attribution; source and cue may be empty."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    probability: float


class Model(NamedTuple):
    """Weights in float32, and the words the network knows."""

    lookup: Callable[[str], bytes]  # see `analysis.token_features.word_lookup`
    arrays: dict[str, np.ndarray]


def attributions(text: str) -> list[Attribution]:
    """Find the attributions of an article.

    Parameters
    ----------
    text : str
        Any text, of any length (linear time).

    Returns
    -------
    list of Attribution
        In text order. ``probability`` (0 to 1) is the mean posterior of the labels of its tokens.
    """
    model = load()
    found, features = encode(text, model.lookup)
    lengths = np.array([b - a for a, b in windows(features[:, 0] == LINE_BREAK, _WINDOW)], np.int64)
    labels, posterior = np.zeros(len(features), np.int8), np.ones(len(features), np.float32)
    for k in range(0, len(lengths), _BATCH):
        start, end = lengths[:k].sum(), lengths[: k + _BATCH].sum()
        labels[start:end], posterior[start:end] = label(features[start:end], lengths[k : k + _BATCH], model.arrays)
    return link(found, labels, posterior)


@functools.cache
def load(path: Path = _WEIGHTS) -> Model:
    """Read the shipped weights: integers of 8 bits with a scale for each row, no pickle."""
    arrays = read_arrays(path)
    arrays |= {name: laid_by_gate(name, rows) for name, rows in arrays.items() if name.startswith("memory.")}
    words, verbs = arrays.pop("words"), arrays.pop("verbs")
    classes = arrays.pop("verb_classes")
    rows = {word: row for row, word in enumerate(words.tolist(), start=UNKNOWN_WORD + 1)}
    return Model(word_lookup(rows, dict(zip(verbs.tolist(), classes.tolist(), strict=True))), arrays)


def link(found: list[Token], labels: np.ndarray, posterior: np.ndarray) -> list[Attribution]:
    """Read attributions off labels: each source and content belongs to the nearest cue on its side.

    A source stands in the paragraph of its cue, a content there or in the next; what has no such cue is dropped,
    as is a cue without content. A cue without a source borrows that of the cue before it in the same sentence.
    """
    spans = _spans(labels)
    cues = [(a, b) for role, a, b in spans if role == "cue"]
    parts = [{"source": [], "cue": [cue], "content": []} for cue in cues]
    starts = [a for a, _ in cues]
    for role, a, b in spans:
        if role == "cue":
            continue
        owner = bisect.bisect_left(starts, a) - (role[-1] == "<")
        if not 0 <= owner < len(cues):
            continue
        between = found[b : cues[owner][0]] if role[-1] == ">" else found[cues[owner][1] : a]
        if sum(token.text[0] == "\n" for token in between) <= (role[:-1] == "content"):
            _append(parts[owner][role[:-1]], a, b)
    for before, part in zip(parts, parts[1:], strict=False):
        if not part["source"] and _same_sentence(found[before["cue"][0][1] : part["cue"][0][0]]):
            part["source"] = before["source"]
    complete = [part for part in parts if part["content"]]
    complete.sort(key=lambda part: min(span for spans in part.values() for span in spans))
    certainty = posterior.tolist()
    return [_attribution(found, certainty, part) for part in complete]


def _append(spans: list[tuple[int, int]], a: int, b: int) -> None:
    """Add a span; one that begins where the last ends is its other half."""
    if spans and spans[-1][1] == a:
        spans[-1] = (spans[-1][0], b)
    else:
        spans.append((a, b))


def _spans(labels: np.ndarray) -> list[tuple[str, int, int]]:
    """Role with side, first token, token after the last."""
    spans, path = [], labels.tolist() + [0]
    for i in np.flatnonzero(labels).tolist():
        if LABELS[path[i]][0] == "B":
            end = i + 1
            while path[end] == path[i] + 1:
                end += 1
            spans.append((LABELS[path[i]][2:], i, end))
    return spans


def _same_sentence(between: list[Token]) -> bool:
    return not any(token.text in ".?!" or token.text[0] == "\n" for token in between)


def _attribution(found: list[Token], certainty: list[float], part: dict[str, list[tuple[int, int]]]) -> Attribution:
    certain = [sure for role in ("cue", "content") for a, b in part[role] for sure in certainty[a:b]]
    offsets = {role: [Span(found[a].start, found[b - 1].end) for a, b in part[role]] for role in part}
    return Attribution(**offsets, probability=round(sum(certain) / len(certain), 3))
