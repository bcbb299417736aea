"""Who said what: cue, source and content spans, from a small recurrent network run with numpy.

Every token gets one label: nothing, cue, or source or content together with the side on which its cue lies.
Linking a source and a content to their cue is then a matter of reading the labels. The network (a convolution
over three tokens, then simple recurrent units in both directions [1]_, then a linear-chain conditional random
field [2]_) is learnt by ``training/train_tagger.py``; ``weights/tagger.md`` says from what and how well.

.. [1] Lei et al. (2018), Simple Recurrent Units for Highly Parallelizable Recurrence, EMNLP.
.. [2] Lample et al. (2016), Neural Architectures for Named Entity Recognition, NAACL.
"""

import bisect
import functools
import re
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from analysis.text import Span, Token, quotations, tokens

LABELS = ("O", "B-cue", "I-cue") + tuple(
    f"{position}-{role}{side}" for role in ("source", "content") for side in "><" for position in "BI"
)  # ">": the cue lies to the right, "<": to the left
WINDOW = 180  # tokens; windows end at paragraph marks, so most are shorter
HASH_ROWS = 4096  # of the prefix and suffix tables; row 0 stands for "none"
FEATURE_ROWS = (HASH_ROWS, HASH_ROWS, 12, 12, 6, 4, 4, 8)  # rows of the tables after the word table
UNKNOWN_WORD = 1
LOWER, UPPER, LETTER, CAPITALISED, INNER_CAPITAL, CASELESS, ALPHANUMERIC, NUMBER, PUNCTUATION = range(1, 10)
CAPITALISED_FIRST = 10  # where a sentence begins, a capital says less
_WEIGHTS = Path(__file__).parent / "weights" / "tagger.npz"
_BATCH = 48  # windows worked on at once
_HALF = np.float32(0.5)


class Attribution(NamedTuple):
    """Character spans of one attribution; source and cue may be empty."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    probability: float


class Model(NamedTuple):
    """Weights in float32, and the words the network knows."""

    words: dict[int, int]  # checksum of a lower-cased word → row of the word table
    verbs: dict[int, int]  # checksum → class of reporting word
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
    return attributions_many([text])[0]


def attributions_many(texts: list[str]) -> list[list[Attribution]]:
    """As `attributions`, for many articles; faster, since their windows go through the network together."""
    model = load()
    read = [encode(text, model) for text in texts]
    pieces = [(i, a, b) for i, (_, x) in enumerate(read) for a, b in windows(x[:, 0] == 0, WINDOW)]
    labels = [np.zeros(len(x), np.int8) for _, x in read]
    posterior = [np.ones(len(x), np.float32) for _, x in read]
    pieces.sort(key=lambda piece: piece[1] - piece[2])
    for k in range(0, len(pieces), _BATCH):
        batch = pieces[k : k + _BATCH]
        paths, certainties = label([read[i][1][a:b] for i, a, b in batch], model)
        for (i, a, b), path, certainty in zip(batch, paths, certainties, strict=True):
            labels[i][a:b], posterior[i][a:b] = path, certainty
    return [link(found, y, p) for (found, _), y, p in zip(read, labels, posterior, strict=True)]


@functools.cache
def load(path: Path = _WEIGHTS) -> Model:
    """Read the shipped weights: integers of 8 bits with a scale for each row, no pickle."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = {
            name: stored[name] * stored[name + ".scale"] if name + ".scale" in stored else stored[name]
            for name in stored.files
            if not name.endswith(".scale")
        }
    for name in arrays:
        if name.startswith("unit."):
            arrays[name][len(arrays[name]) // 3 :] *= _HALF  # the gates, see `_recurrent`
    words, verbs = arrays.pop("words"), arrays.pop("verbs")
    classes = arrays.pop("verb_classes")
    return Model(
        {int(word): row for row, word in enumerate(words, start=UNKNOWN_WORD + 1)},
        dict(zip(verbs.tolist(), classes.tolist(), strict=True)),
        arrays,
    )


def encode(text: str, model: Model) -> tuple[list[Token], np.ndarray]:
    """Tokens of a text and their features.

    Parameters
    ----------
    text : str
        Any text.
    model : Model
        Only its word lists are read.

    Returns
    -------
    tokens : list of Token
    features : ndarray of int, shape (tokens, 9)
        Rows of the tables: word (0 a line break, 1 unknown), prefix, suffix, shape, class of reporting word,
        place in a quotation, kind of paragraph, earlier mentions of a capitalised word, place of the paragraph.
        Quotation marks of every style look the same.
    """
    found = tokens(text)
    rows = [word_features(token.text) for token in found]
    words = [row[0] for row in rows]
    mark, opening, closing = _quotation_places(text, found)
    for marks, checksum in ((opening, _OPENING), (closing, _CLOSING)):
        for i in marks:
            words[i], rows[i] = checksum, word_features("“")
    features = np.zeros((len(found), 1 + len(FEATURE_ROWS)), np.int32)
    if not found:
        return found, features
    lists = np.array(rows, np.int64)
    line_break = np.array([token.text[0] == "\n" for token in found])
    features[:, 0] = [model.words.get(word, UNKNOWN_WORD) for word in words]
    features[line_break, 0] = 0
    features[:, 1:4] = lists[:, 1:4]
    features[:, 4] = [model.verbs.get(word, 0) for word in words]
    features[:, 5] = mark
    paragraph = np.cumsum(line_break) - line_break
    first = np.append(True, line_break[:-1])
    features[:, 6] = _paragraph_kinds(paragraph, first, mark > 0, (lists[:, 3] != PUNCTUATION) & ~line_break)[paragraph]
    ends = np.array([token.text in (".", "?", "!") for token in found])
    after = ends | line_break | (mark == _OPEN) | np.array([token.text == ":" for token in found])
    starts_sentence = np.append(True, after[:-1])
    starts_sentence[2:] |= (mark[1:-1] == _CLOSE) & ends[:-2]
    features[starts_sentence & (features[:, 3] == CAPITALISED), 3] = CAPITALISED_FIRST
    features[:, 7] = _earlier_mentions(words, features[:, 3])
    features[:, 8] = np.minimum(paragraph, 3) * 2 + first
    return found, features


_OPEN, _CLOSE, _INSIDE_SHORT, _INSIDE_LONG, _INSIDE_UNCLOSED = range(1, 6)


@functools.lru_cache(maxsize=1 << 16)
def word_features(word: str) -> tuple[int, int, int, int]:
    """Checksum of the word (lower case, figures as 0), row of its prefix and its suffix, shape."""
    if word[0] == "\n":
        return checksum("\n"), 0, 0, 0
    normal = re.sub(r"\d", "0", word.replace("’", "'").lower())
    prefix = 1 + checksum("<" + normal[:3]) % (HASH_ROWS - 1)
    suffix = 1 + checksum(normal[-3:] + ">") % (HASH_ROWS - 1)
    return checksum(normal), prefix, suffix, _shape(word)


def checksum(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _shape(word: str) -> int:
    if any(character.isdigit() for character in word):
        return ALPHANUMERIC if any(character.isalpha() for character in word) else NUMBER
    if not any(character.isalpha() for character in word):
        return PUNCTUATION
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else LETTER
    if word[0].isupper():
        return CAPITALISED if word[1:].islower() else INNER_CAPITAL
    return CASELESS


_OPENING, _CLOSING = checksum("“"), checksum("”")


def _quotation_places(text: str, found: list[Token]) -> tuple[np.ndarray, list[int], list[int]]:
    """Place of each token in a quotation (0 outside), and which tokens are opening and closing marks."""
    starts = [token.start for token in found]
    place = np.zeros(len(found), np.int64)
    opening, closing = [], []
    for quotation in quotations(text):
        a, i, j, b = (
            bisect.bisect_left(starts, at) for at in (quotation.start, *quotation.inner, quotation.end)
        )
        runs_on = not quotation.closed or not quotation.mark
        place[a:i], place[j:b] = _OPEN, _CLOSE
        place[i:j] = _INSIDE_UNCLOSED if runs_on else _INSIDE_SHORT if j - i <= 4 else _INSIDE_LONG
        opening += range(a, i)
        closing += range(j, b)
    return place, opening, closing


def _paragraph_kinds(paragraph, first, quoted, is_word) -> np.ndarray:
    """For each paragraph: 0 nothing quoted, 1 all words quoted, 2 some, 3 some and it begins with a quotation."""
    n = paragraph[-1] + 1
    words, inside = np.bincount(paragraph[is_word], minlength=n), np.bincount(paragraph[is_word & quoted], minlength=n)
    begins = np.bincount(paragraph[first & quoted], minlength=n)
    return np.where(inside == 0, 0, np.where(inside == words, 1, 2 + begins))


def _earlier_mentions(words: list[int], shape: np.ndarray) -> np.ndarray:
    """For capitalised words 1 + how often (up to 2) the word stood capitalised within an earlier sentence."""
    seen: dict[int, int] = {}
    mentions = np.zeros(len(words), np.int64)
    for i in np.flatnonzero((shape == CAPITALISED) | (shape == INNER_CAPITAL) | (shape == CAPITALISED_FIRST)):
        count = seen.get(words[i], 0)
        mentions[i] = 1 + min(count, 2)
        if shape[i] != CAPITALISED_FIRST:
            seen[words[i]] = count + 1
    return mentions


def windows(line_break: np.ndarray, size: int, first: int | None = None) -> list[tuple[int, int]]:
    """Cut an article at line breaks into stretches of at most ``size`` tokens, the first at most ``first``.

    A paragraph longer than ``size`` makes a window of its own; one longer than twice that is cut as it comes.
    """
    cuts, start, previous, limit = [], 0, 0, first or size
    for end in [*(np.flatnonzero(line_break) + 1).tolist(), len(line_break)]:
        if end - start > limit and previous > start:
            cuts.append((start, previous))
            start, limit = previous, size
        while end - start > 2 * size:
            cuts.append((start, start + 2 * size))
            start += 2 * size
        previous = end
    return cuts + [(start, len(line_break))] * (start < len(line_break))


def label(pieces: list[np.ndarray], model: Model) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Label windows.

    Parameters
    ----------
    pieces : list of ndarray, shape (tokens, 9)
        Features of each window, see `encode`.
    model : Model
        Weights.

    Returns
    -------
    labels : list of ndarray of int8
        Indices into `LABELS`; an "I" always follows its "B" or "I".
    posterior : list of ndarray of float32
        Probability of each label given the whole window.
    """
    lengths = np.array([len(piece) for piece in pieces])
    features = np.zeros((lengths.max(), len(pieces), pieces[0].shape[1]), np.int32)
    for column, piece in enumerate(pieces):
        features[: len(piece), column] = piece
    inside = np.arange(len(features))[:, None] < lengths
    marginals = _marginals(_scores(features, inside, model.arrays), inside, model.arrays)
    path = _best_path(marginals, lengths)
    chosen = np.take_along_axis(marginals, path[..., None].astype(np.int64), 2)[..., 0]
    return (
        [path[:n, column] for column, n in enumerate(lengths)],
        [chosen[:n, column] for column, n in enumerate(lengths)],
    )


def _scores(features: np.ndarray, inside: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """Score of each label for each token, shape (time, windows, labels)."""
    x = weights["table.0"][features[..., 0]]
    for k in range(1, features.shape[-1]):
        x += weights[f"table.{k}"][features[..., k]]
    x = _normalise(x, weights, "embedding")
    x *= inside[..., None]
    wide = np.zeros((*x.shape[:2], 3 * x.shape[2]), np.float32)
    size = x.shape[2]
    wide[1:, :, :size], wide[:, :, size : 2 * size], wide[:-1, :, 2 * size :] = x[:-1], x, x[1:]
    x = _linear(wide, weights, "convolution")
    np.maximum(x, 0, out=x)
    x *= inside[..., None]
    layer = 0
    while f"unit.{layer}.weight" in weights:
        x = _normalise(_recurrent(x, inside, weights, f"unit.{layer}"), weights, f"norm.{layer}")
        layer += 1
    return _linear(x, weights, "output")


def _recurrent(x: np.ndarray, inside: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Simple recurrent unit; half of the channels read forward, half backward, and only sums depend on time."""
    size, half = x.shape[2], x.shape[2] // 2
    out = _linear(x, weights, name)
    gates = out[..., size:]
    np.tanh(gates, out=gates)  # sigmoid(2 z) = (tanh(z) + 1) / 2; `load` halved the weights
    gates *= _HALF
    gates += _HALF
    forget, carry = gates[..., :size].copy(), gates[..., size:]
    state = (1 - forget) * out[..., :size]
    state *= inside[..., None]
    for reversed_in_time in (forget, state):
        reversed_in_time[..., half:] = reversed_in_time[::-1, :, half:].copy()
    step = np.empty_like(state[0])
    for t in range(1, len(state)):
        np.multiply(forget[t], state[t - 1], out=step)
        state[t] += step
    state[..., half:] = state[::-1, :, half:].copy()
    np.tanh(state, out=state)
    state -= x
    state *= carry
    state += x
    return state


def _linear(x: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    out = x.reshape(-1, x.shape[-1]) @ weights[name + ".weight"].T
    out += weights[name + ".bias"]
    return out.reshape(*x.shape[:-1], -1)


def _normalise(x: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Layer normalisation, in place."""
    x -= x.mean(-1, keepdims=True)
    x /= np.sqrt(np.einsum("tbi,tbi->tb", x, x)[..., None] / np.float32(x.shape[-1]) + np.float32(1e-5))
    x *= weights[name + ".weight"]
    x += weights[name + ".bias"]
    return x


def _marginals(scores: np.ndarray, inside: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """Probability of each label given the window, by the forward-backward algorithm, shape as ``scores``."""
    emission = np.exp(scores - scores.max(-1, keepdims=True))
    transition = np.exp(weights["transition"])
    ahead, behind = emission, np.ones_like(emission)
    weighted = emission.copy()
    ahead[0] *= np.exp(weights["start"])
    for t in range(1, len(ahead)):
        ahead[t] *= (ahead[t - 1] / ahead[t - 1].sum(-1, keepdims=True)) @ transition
    for t in range(len(behind) - 2, -1, -1):
        step = (behind[t + 1] * weighted[t + 1]) @ transition.T
        behind[t] = np.where(inside[t + 1, :, None], step / step.sum(-1, keepdims=True), 1)
    product = ahead * behind
    return product / product.sum(-1, keepdims=True)


def _legal() -> np.ndarray:
    """0 where a label may follow another, a large negative number where it may not; last row: at the start."""
    allowed = np.zeros((len(LABELS) + 1, len(LABELS)), np.float32)
    for j, name in enumerate(LABELS):
        if name[0] == "I":
            allowed[:, j] = -1e4
            allowed[[j - 1, j], j] = 0
    return allowed


ALLOWED = _legal()


def _best_path(marginals: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The legal labels with the highest expected number of right ones, shape (time, windows)."""
    total = marginals[0] + ALLOWED[-1]
    totals, came_from = [total], [np.zeros(total.shape, np.int8)]
    rows = np.arange(len(lengths))
    for t in range(1, len(marginals)):
        step = total[:, :, None] + ALLOWED[:-1]
        came_from.append(step.argmax(1).astype(np.int8))
        total = step.max(1) + marginals[t]
        totals.append(total)
    path = np.zeros(marginals.shape[:2], np.int8)
    best = np.stack(totals).argmax(-1)
    path[-1] = best[-1]
    for t in range(len(marginals) - 2, -1, -1):
        path[t] = np.where(t == lengths - 1, best[t], came_from[t + 1][rows, path[t + 1]])
    return path


def link(found: list[Token], labels: np.ndarray, posterior: np.ndarray) -> list[Attribution]:
    """Read attributions off labels: each source and content belongs to the nearest cue on its side.

    A cue without a source borrows the source of the cue before it in the same sentence; a content whose cue
    is missing on its side takes the nearest on the other, and stands alone if there is none.
    """
    spans = _spans(labels)
    cues = [(a, b) for role, a, b in spans if role == "cue"]
    parts = [{"source": [], "cue": [cue], "content": []} for cue in cues]
    alone = []
    starts = [a for a, _ in cues]
    for role, a, b in spans:
        if role == "cue":
            continue
        right = bisect.bisect_left(starts, a)
        near = [right, right - 1] if role[-1] == ">" else [right - 1, right]
        owner = next((k for k in near if 0 <= k < len(cues)), None)
        if owner is not None:
            parts[owner][role[:-1]].append((a, b))
        elif role[:-1] == "content":
            alone.append({"source": [], "cue": [], "content": [(a, b)]})
    for before, part in zip(parts, parts[1:], strict=False):
        if not part["source"] and _same_sentence(found[before["cue"][0][1] : part["cue"][0][0]]):
            part["source"] = before["source"]
    complete = [part for part in parts + alone if part["content"]]
    complete.sort(key=lambda part: min(span for spans in part.values() for span in spans))
    return [_attribution(found, posterior, part) for part in complete]


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


def _attribution(found: list[Token], posterior: np.ndarray, part: dict[str, list[tuple[int, int]]]) -> Attribution:
    certainty = np.concatenate([posterior[a:b] for role in ("cue", "content") for a, b in part[role]])
    offsets = {role: [Span(found[a].start, found[b - 1].end) for a, b in part[role]] for role in part}
    return Attribution(**offsets, probability=round(float(certainty.mean()), 3))
