"""Tokens of an article to rows of features: what the tagger's network reads of each word and of its place."""

import bisect
import functools
import re
import zlib
from collections.abc import Callable

import numpy as np

from analysis.text import Token, quotations, tokens

HASH_ROWS = 4096  # of the prefix and suffix tables; row 0 stands for "none"
FEATURE_ROWS = (HASH_ROWS, HASH_ROWS, 12, 12, 6, 4, 4, 8)  # rows of the tables after the word table
LINE_BREAK, UNKNOWN_WORD = 0, 1  # rows of the word table; the others are words
LOWER, UPPER, LETTER, CAPITALISED, INNER_CAPITAL, CASELESS, ALPHANUMERIC, NUMBER, PUNCTUATION = range(1, 10)
CAPITALISED_FIRST = 10  # where a sentence begins, a capital says less
_SENTENCE_END, _COLON, _NEW_LINE = 1, 2, 3
_STOPS = {".": _SENTENCE_END, "?": _SENTENCE_END, "!": _SENTENCE_END, ":": _COLON}
_OPEN, _CLOSE, _INSIDE_SHORT, _INSIDE_LONG, _INSIDE_UNCLOSED = range(1, 6)


def encode(text: str, lookup: Callable[[str], bytes]) -> tuple[list[Token], np.ndarray]:
    """Tokens of a text and their features.

    Parameters
    ----------
    text : str
        Any text.
    lookup : callable
        From `word_lookup`.

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
    rows = np.frombuffer(b"".join([lookup(token.text) for token in found]), np.int64).reshape(len(found), -1).copy()
    place = _quotation_places(text, found)
    opening, closing = (np.frombuffer(lookup(mark), np.int64) for mark in "“”")
    rows[place == _OPEN] = rows[place == _CLOSE] = opening
    rows[place == _CLOSE, :2] = closing[:2]  # the two differ in the row of the word table only
    word, known, verb, prefix, suffix, shape, stop = rows.T
    line_break = stop == _NEW_LINE
    features[:, 0] = np.where(line_break, LINE_BREAK, known)
    features[:, 1], features[:, 2], features[:, 4], features[:, 5] = prefix, suffix, verb, place
    starts_sentence = np.append(True, (stop[:-1] > 0) | (place[:-1] == _OPEN))
    starts_sentence[2:] |= (place[1:-1] == _CLOSE) & (stop[:-2] == _SENTENCE_END)
    features[:, 3] = np.where(starts_sentence & (shape == CAPITALISED), CAPITALISED_FIRST, shape)
    paragraph = np.cumsum(line_break) - line_break
    first = np.append(True, line_break[:-1])
    features[:, 6] = _paragraph_kinds(paragraph, first, place > 0, (shape != PUNCTUATION) & ~line_break)[paragraph]
    features[:, 7] = _earlier_mentions(word.tolist(), features[:, 3])
    features[:, 8] = np.minimum(paragraph, 3) * 2 + first
    return found, features


def word_lookup(words: dict[int, int], verbs: dict[int, int]) -> Callable[[str], bytes]:
    """Make what looks a word up: seven integers of 64 bits, laid end to end, so that an article's join to an array.

    Parameters
    ----------
    words : dict of int to int
        Checksum of a lower-cased word to its row of the word table.
    verbs : dict of int to int
        Checksum to class of reporting word.
    """

    @functools.lru_cache(maxsize=1 << 16)
    def looked_up(word: str) -> bytes:
        key, *others = word_features(word)
        return np.array([key, words.get(key, UNKNOWN_WORD), verbs.get(key, 0), *others], np.int64).tobytes()

    return looked_up


def word_features(word: str) -> tuple[int, int, int, int, int]:
    """Checksum of the word (lower case, figures as 0), rows of its prefix, suffix and shape, kind of stop."""
    if word[0] == "\n":
        return checksum("\n"), 0, 0, 0, _NEW_LINE
    normal = word.lower() if word.isalpha() else re.sub(r"\d", "0", word.replace("’", "'").lower())
    prefix = 1 + checksum("<" + normal[:3]) % (HASH_ROWS - 1)
    suffix = 1 + checksum(normal[-3:] + ">") % (HASH_ROWS - 1)
    return checksum(normal), prefix, suffix, _shape(word), _STOPS.get(word, 0)


def checksum(word: str) -> int:
    """CRC-32 of a word, the key of what `word_lookup` looks words up in."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _shape(word: str) -> int:
    if not word.isalpha():
        letters = any(character.isalpha() for character in word)
        if any(character.isdigit() for character in word):
            return ALPHANUMERIC if letters else NUMBER
        if not letters:
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
