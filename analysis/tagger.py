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
LINE_BREAK, UNKNOWN_WORD = 0, 1  # rows of the word table; the others are words
LOWER, UPPER, LETTER, CAPITALISED, INNER_CAPITAL, CASELESS, ALPHANUMERIC, NUMBER, PUNCTUATION = range(1, 10)
CAPITALISED_FIRST = 10  # where a sentence begins, a capital says less
_WEIGHTS = Path(__file__).parent / "weights" / "tagger.npz"
_BATCH = 16  # windows worked on at once: memory stays flat on long texts
_HALF = np.float32(0.5)
_OUTSIDE = 0.5  # a token at least this likely to be "O" is "O"


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
    """As `attributions`, for several articles; faster, since their windows go through the network together."""
    model = load()
    read = [encode(text, model) for text in texts]
    features = np.concatenate([x for _, x in read]) if read else np.zeros((0, 1))
    lengths = np.array([b - a for _, x in read for a, b in windows(x[:, 0] == LINE_BREAK, WINDOW)], np.int64)
    labels, posterior = np.zeros(len(features), np.int8), np.ones(len(features), np.float32)
    for k in range(0, len(lengths), _BATCH):
        start, end = lengths[:k].sum(), lengths[: k + _BATCH].sum()
        labels[start:end], posterior[start:end] = label(features[start:end], lengths[k : k + _BATCH], model)
    ends = np.cumsum([len(found) for found, _ in read])
    return [
        link(found, labels[end - len(found) : end], posterior[end - len(found) : end])
        for (found, _), end in zip(read, ends, strict=True)
    ]


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
    features = np.zeros((len(found), 1 + len(FEATURE_ROWS)), np.int32)
    if not found:
        return found, features
    rows = [word_features(token.text) for token in found]
    place = _quotation_places(text, found)
    mark = word_features("“")  # the two differ in the row of the word table only
    for i in np.flatnonzero((place == _OPEN) | (place == _CLOSE)).tolist():
        rows[i] = mark if place[i] == _OPEN else (checksum("”"), *mark[1:])
    word, prefix, suffix, shape, stop = np.array(rows, np.int64).T
    line_break = stop == _NEW_LINE
    features[:, 0] = [model.words.get(checksum, UNKNOWN_WORD) for checksum in word.tolist()]
    features[line_break, 0] = LINE_BREAK
    features[:, 1], features[:, 2] = prefix, suffix
    features[:, 4] = [model.verbs.get(checksum, 0) for checksum in word.tolist()]
    features[:, 5] = place
    starts_sentence = np.append(True, (stop[:-1] > 0) | (place[:-1] == _OPEN))
    starts_sentence[2:] |= (place[1:-1] == _CLOSE) & (stop[:-2] == _SENTENCE_END)
    features[:, 3] = np.where(starts_sentence & (shape == CAPITALISED), CAPITALISED_FIRST, shape)
    paragraph = np.cumsum(line_break) - line_break
    first = np.append(True, line_break[:-1])
    features[:, 6] = _paragraph_kinds(paragraph, first, place > 0, (shape != PUNCTUATION) & ~line_break)[paragraph]
    features[:, 7] = _earlier_mentions(word.tolist(), features[:, 3])
    features[:, 8] = np.minimum(paragraph, 3) * 2 + first
    return found, features


_SENTENCE_END, _COLON, _NEW_LINE = 1, 2, 3
_STOPS = {".": _SENTENCE_END, "?": _SENTENCE_END, "!": _SENTENCE_END, ":": _COLON}
_OPEN, _CLOSE, _INSIDE_SHORT, _INSIDE_LONG, _INSIDE_UNCLOSED = range(1, 6)


@functools.lru_cache(maxsize=1 << 16)
def word_features(word: str) -> tuple[int, int, int, int, int]:
    """Checksum of the word (lower case, figures as 0), rows of its prefix, suffix and shape, kind of stop."""
    if word[0] == "\n":
        return checksum("\n"), 0, 0, 0, _NEW_LINE
    normal = re.sub(r"\d", "0", word.replace("’", "'").lower())
    prefix = 1 + checksum("<" + normal[:3]) % (HASH_ROWS - 1)
    suffix = 1 + checksum(normal[-3:] + ">") % (HASH_ROWS - 1)
    return checksum(normal), prefix, suffix, _shape(word), _STOPS.get(word, 0)


def checksum(word: str) -> int:
    """CRC-32 of a word, the key of `Model.words` and `Model.verbs`."""
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


def _quotation_places(text: str, found: list[Token]) -> np.ndarray:
    """Place of each token in a quotation, 0 outside."""
    starts = [token.start for token in found]
    place = np.zeros(len(found), np.int64)
    for quotation in quotations(text):
        bounds = quotation.start, *quotation.inner, quotation.end
        a, i, j, b = (bisect.bisect_left(starts, bound) for bound in bounds)
        runs_on = not quotation.closed or not quotation.mark
        place[a:i], place[j:b] = _OPEN, _CLOSE
        place[i:j] = _INSIDE_UNCLOSED if runs_on else _INSIDE_SHORT if j - i <= 4 else _INSIDE_LONG
    return place


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


def label(features: np.ndarray, lengths: np.ndarray, model: Model) -> tuple[np.ndarray, np.ndarray]:
    """Label the tokens of windows laid end to end.

    Parameters
    ----------
    features : ndarray of int, shape (tokens, 9)
        See `encode`.
    lengths : ndarray of int, shape (windows,)
        Tokens of each window; none is empty.
    model : Model
        Weights.

    Returns
    -------
    labels : ndarray of int8, shape (tokens,)
        Indices into `LABELS`; an "I" always follows its "B" or "I".
    posterior : ndarray of float32, shape (tokens,)
        Probability of each label given its window.
    """
    time, column = _places(lengths)
    scores = np.zeros((lengths.max(), len(lengths), len(LABELS)), np.float32)
    scores[time, column] = _scores(features, lengths, model.arrays)
    marginals = _marginals(scores, np.arange(len(scores))[:, None] < lengths, model.arrays)[time, column]
    path = np.zeros(len(features), np.int8)
    inside = marginals[:, 0] < _OUTSIDE  # the rest is "O", so each stretch between can be decoded on its own
    if inside.any():
        begins = inside & (~np.append(False, inside[:-1]) | (time == 0))
        path[inside] = _best_path(marginals[inside], np.diff(np.append(np.flatnonzero(begins[inside]), inside.sum())))
    return path, marginals[np.arange(len(path)), path]


def _places(lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Place in its window, and the window, of each token of windows laid end to end."""
    column = np.repeat(np.arange(len(lengths)), lengths)
    return np.arange(len(column)) - (np.cumsum(lengths) - lengths)[column], column


def _scores(features: np.ndarray, lengths: np.ndarray, weights: dict[str, np.ndarray]) -> np.ndarray:
    """Score of each label for each token of windows laid end to end, shape (tokens, labels)."""
    x = weights["table.0"][features[:, 0]]
    for k in range(1, features.shape[1]):
        x += weights[f"table.{k}"][features[:, k]]
    x = _normalise(x, weights, "embedding")
    size, last = x.shape[1], np.cumsum(lengths) - 1
    wide = np.empty((len(x), 3 * size), np.float32)
    wide[1:, :size], wide[:, size : 2 * size], wide[:-1, 2 * size :] = x[:-1], x, x[1:]
    wide[last - lengths + 1, :size] = 0
    wide[last, 2 * size :] = 0
    x = _linear(wide, weights, "convolution")
    np.maximum(x, 0, out=x)
    for layer in range(sum(name.startswith("norm.") for name in weights) // 2):
        x = _normalise(_recurrent(x, lengths, weights, f"unit.{layer}"), weights, f"norm.{layer}")
    return _linear(x, weights, "output")


def _recurrent(x: np.ndarray, lengths: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Run a simple recurrent unit; half of the channels read forward, half backward, only sums depend on time."""
    size, half = x.shape[1], x.shape[1] // 2
    out = _linear(x, weights, name)
    gates = out[:, size:]
    np.tanh(gates, out=gates)  # sigmoid(2 z) = (tanh(z) + 1) / 2; `load` halved the weights
    gates *= _HALF
    gates += _HALF
    new, forget, carry = out[:, :size], gates[:, :size], gates[:, size:]
    new *= 1 - forget
    forgets, states = np.zeros((2, lengths.max(), len(lengths), size), np.float32)
    ends = np.cumsum(lengths).tolist()
    for padded, flat in ((forgets, forget), (states, new)):
        for window, (n, end) in enumerate(zip(lengths.tolist(), ends, strict=True)):
            padded[:n, window, :half] = flat[end - n : end, :half]
            padded[:n, window, half:] = flat[end - n : end, half:][::-1]
    step = np.empty_like(states[0])
    for t in range(1, len(states)):
        np.multiply(forgets[t], states[t - 1], out=step)
        states[t] += step
    for window, (n, end) in enumerate(zip(lengths.tolist(), ends, strict=True)):
        new[end - n : end, :half] = states[:n, window, :half]
        new[end - n : end, half:] = states[:n, window, half:][::-1]
    state = np.tanh(new)
    state -= x
    state *= carry
    state += x
    return state


def _linear(x: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    out = x @ weights[name + ".weight"].T
    out += weights[name + ".bias"]
    return out


def _normalise(x: np.ndarray, weights: dict[str, np.ndarray], name: str) -> np.ndarray:
    """Layer normalisation, in place."""
    x -= x.mean(1, keepdims=True)
    x /= np.sqrt(np.einsum("ti,ti->t", x, x)[:, None] / np.float32(x.shape[1]) + np.float32(1e-5))
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
    """Find the legal labels with the highest expected number of right ones, for stretches laid end to end."""
    time, column = _places(lengths)
    gains = np.zeros((lengths.max(), len(lengths), len(LABELS)), np.float32)
    gains[time, column] = marginals
    inner = np.array([k for k, name in enumerate(LABELS) if name[0] == "I"])
    rows = np.arange(len(lengths))
    gains[0] += ALLOWED[-1]
    came_from = np.zeros(gains.shape, np.int8)
    for t in range(1, len(gains)):
        before = gains[t - 1]
        came_from[t] = before.argmax(1)[:, None]  # any label may go before "O" and "B"; before "I" only its "B" and "I"
        came_from[t][:, inner] = inner - (before[:, inner - 1] > before[:, inner])
        gains[t] += before[rows[:, None], came_from[t]]
    best = gains.argmax(2)
    path = np.zeros(gains.shape[:2], np.int8)
    path[-1] = best[-1]
    for t in range(len(gains) - 2, -1, -1):
        path[t] = np.where(t == lengths - 1, best[t], came_from[t + 1][rows, path[t + 1]])
    return path[time, column]


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
            parts[owner][role[:-1]].append((a, b))
    for before, part in zip(parts, parts[1:], strict=False):
        if not part["source"] and _same_sentence(found[before["cue"][0][1] : part["cue"][0][0]]):
            part["source"] = before["source"]
    complete = [part for part in parts if part["content"]]
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
