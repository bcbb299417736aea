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

from analysis.text import Token, quotations, tokens

LABELS = ("O", "B-cue", "I-cue") + tuple(
    f"{position}-{role}{side}" for role in ("source", "content") for side in "><" for position in "BI"
)  # ">": the cue lies to the right, "<": to the left
WINDOW = 180  # tokens; windows end at paragraph marks, so most are shorter
HASH_ROWS = 4096  # of the prefix and suffix tables; row 0 stands for "none"
FEATURE_ROWS = (HASH_ROWS, HASH_ROWS, 12, 12, 6, 4, 4, 8)  # rows of the tables after the word table
UNKNOWN_WORD = 1
_WEIGHTS = Path(__file__).parent / "weights" / "tagger.npz"
_BATCH = 48  # windows worked on at once


class Attribution(NamedTuple):
    """One attribution: lists of ``(start, end)`` character spans; source and cue may be empty."""

    source: list[tuple[int, int]]
    cue: list[tuple[int, int]]
    content: list[tuple[int, int]]
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
    rows = [_word_features(token.text) for token in found]
    words = [row[0] for row in rows]
    mark, opening, closing = _quotation_places(text, found)
    for marks, checksum in ((opening, _OPENING), (closing, _CLOSING)):
        for i in marks:
            words[i], rows[i] = checksum, _word_features("“")
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
    features[:, 6] = _paragraph_kinds(paragraph, first, mark > 0, (lists[:, 3] != _PUNCTUATION) & ~line_break)[paragraph]
    ends = np.array([token.text in (".", "?", "!") for token in found])
    after = ends | line_break | (mark == _OPEN) | np.array([token.text == ":" for token in found])
    starts_sentence = np.append(True, after[:-1])
    starts_sentence[2:] |= (mark[1:-1] == _CLOSE) & ends[:-2]
    features[starts_sentence & (features[:, 3] == _CAPITALISED), 3] = _CAPITALISED_FIRST
    features[:, 7] = _earlier_mentions(words, features[:, 3])
    features[:, 8] = np.minimum(paragraph, 3) * 2 + first
    return found, features


_LOWER, _UPPER, _LETTER, _CAPITALISED, _INNER_CAPITAL, _CASELESS, _ALPHANUMERIC, _NUMBER, _PUNCTUATION = range(1, 10)
_CAPITALISED_FIRST = 10  # where a sentence begins, a capital says less
_OPEN, _CLOSE, _INSIDE_SHORT, _INSIDE_LONG, _INSIDE_UNCLOSED = range(1, 6)


@functools.lru_cache(maxsize=1 << 16)
def _word_features(word: str) -> tuple[int, int, int, int]:
    """Checksum of the word (lower case, figures as 0), row of its prefix and its suffix, shape."""
    if word[0] == "\n":
        return _checksum("\n"), 0, 0, 0
    normal = re.sub(r"\d", "0", word.replace("’", "'").lower())
    prefix = 1 + _checksum("<" + normal[:3]) % (HASH_ROWS - 1)
    suffix = 1 + _checksum(normal[-3:] + ">") % (HASH_ROWS - 1)
    return _checksum(normal), prefix, suffix, _shape(word)


def _checksum(word: str) -> int:
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _shape(word: str) -> int:
    if any(character.isdigit() for character in word):
        return _ALPHANUMERIC if any(character.isalpha() for character in word) else _NUMBER
    if not any(character.isalpha() for character in word):
        return _PUNCTUATION
    if word.islower():
        return _LOWER
    if word.isupper():
        return _UPPER if len(word) > 1 else _LETTER
    if word[0].isupper():
        return _CAPITALISED if word[1:].islower() else _INNER_CAPITAL
    return _CASELESS


_OPENING, _CLOSING = _checksum("“"), _checksum("”")


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
    for i in np.flatnonzero((shape == _CAPITALISED) | (shape == _INNER_CAPITAL) | (shape == _CAPITALISED_FIRST)):
        count = seen.get(words[i], 0)
        mentions[i] = 1 + min(count, 2)
        if shape[i] != _CAPITALISED_FIRST:
            seen[words[i]] = count + 1
    return mentions


def windows(line_break: np.ndarray, size: int) -> list[tuple[int, int]]:
    """Cut an article at line breaks into stretches of about ``size`` tokens; a longer paragraph is cut as it comes."""
    cuts, start, previous = [], 0, 0
    for end in [*(np.flatnonzero(line_break) + 1).tolist(), len(line_break)]:
        if end - start > size and previous > start:
            cuts.append((start, previous))
            start = previous
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
