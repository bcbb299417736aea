"""Sentiment toward a marked target, read from the words around it.

A logistic regression over the words left and right of the target. Everything it knows is one table of
coefficients, a row for each word or pattern, so that every label can be traced to the words that made it.
"""

import functools
import importlib.resources
import itertools
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from nltk.stem.snowball import SnowballStemmer

from analysis.judgement import Judgement
from analysis.regression import shares
from analysis.sentiment import tone_analyser
from analysis.text import Span, Token, sentences, tokens

LABELS = ("negative", "neutral", "positive")
WEIGHTS = importlib.resources.files("analysis") / "weights" / "toward.npz"
EVIDENCE_WORDS = 3
SILENT = "<silent>"  # stands for a word that names people or events and must not decide a label

_TARGET = "Target"  # put in the target's place before anything is read, so that its own words cannot count
_REACH = 600  # characters read on either side of the target at most
_LINE_BREAK = re.compile(r"[\n\r]")
_NO_WORD = -1  # the place of a feature that belongs to no single word
_SILENT_STEMS = frozenset(
    "allianc arrest demonstr demonstrat freedom offic opposit parti polic protest protestor unit".split()
)
_NEGATIONS = frozenset(
    "not n't no never neither nor without hardly barely cannot nothing none nobody lack"
    " refuse refused refuses fail failed fails deny denied denies".split()
)
_CLAUSE_MARKS = frozenset(
    ', ; : — – - ( ) " … but while although though because who which that after before when if as where since'
    " unless despite whereas and or than until so".split()
)
_BRITISH = re.compile(r"(?<=\w{4})is(?=(?:e[drs]?|ing|ations?)$)")
_NEGATED = -0.74  # VADER's factor for a negated word
_NEAR = 3  # words beside the target that have coefficients of their own as neighbours
_FADE = 6  # words after which a word counts half
_LEXICON_FADE = 4


class Weights(NamedTuple):
    """The learnt table: each feature's row, coefficients (features, labels), bias (labels), threshold of `sure`."""

    rows: dict[str, int]
    coefficients: np.ndarray
    bias: np.ndarray
    sure_from: float


class Context(NamedTuple):
    """The sentence around a target: its tokens with offsets into the article, and which of them is the target."""

    tokens: list[Token]
    target: int


def toward(text: str, span: tuple[int, int]) -> Judgement:
    """Code the sentiment toward one target.

    Parameters
    ----------
    text : str
        An article or a sentence.
    span : (int, int)
        The target: ``text[start:end]``.

    Returns
    -------
    Judgement
        As in `toward_many`.

    Raises
    ------
    ValueError
        If the span is empty or not inside the text.
    """
    return toward_many([text], [span])[0]


def toward_many(texts: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[Judgement]:
    """Code the sentiment toward many targets.

    Parameters
    ----------
    texts : sequence of str
        For each target the text that it stands in; the same text may come again.
    spans : sequence of (int, int)
        For each target its offsets in its text.

    Returns
    -------
    list of Judgement
        In order. ``label`` is the likeliest of `LABELS`, ``probability`` is calibrated on news articles that
        the model had not seen. ``sure`` is False below the probability from which on four in five such labels
        were right. ``evidence`` is up to three words, in order of the text, that spoke most for the label.

    Raises
    ------
    ValueError
        If a span is empty or not inside its text, or if there are not as many spans as texts.

    Notes
    -----
    Reads the sentence around the target, never the target's own words, which would bring in what is
    usually said of whom; other names and words for protest, police, party or freedom are passed over too.
    Learnt from US news (analysis/weights/toward.md has data, accuracy and limits).

    References
    ----------
    Hamborg, F. and Donnay, K. (2021). NewsMTSC: a dataset for (multi-)target-dependent sentiment
    classification in political news articles. EACL.
    """
    if len(texts) != len(spans):
        raise ValueError(f"{len(texts)} texts and {len(spans)} spans: give one span for each text.")
    contexts = [context(text, span) for text, span in zip(texts, spans, strict=True)]
    starts = list(itertools.accumulate((len(here.tokens) for here in contexts), initial=0))
    weights, judgements = shipped_weights(), []
    targets, places, pull = _pulls(contexts, starts, weights)
    scores = np.stack([np.bincount(targets, p, len(contexts)) for p in pull], axis=1) + weights.bias
    probabilities = shares(scores)
    pull_of_word = np.stack([np.bincount(places, p, starts[-1] + 1) for p in pull], axis=1)
    for i, here in enumerate(contexts):
        label = int(probabilities[i].argmax())
        probability = round(float(probabilities[i, label]), 3)
        evidence = _telling_words(here, pull_of_word[starts[i] : starts[i + 1]], label)
        judgements.append(Judgement(LABELS[label], probability, evidence, probability >= weights.sure_from))
    return judgements


def _pulls(contexts: list[Context], starts: list[int], weights: Weights) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each feature with coefficients: its target, its word counted over all contexts, its pull to each label."""
    rows, values, targets, places = [], [], [], []
    for i, here in enumerate(contexts):
        for feature, value, place in features(here):
            row = weights.rows.get(feature)
            if row is not None:
                rows.append(row)
                values.append(value)
                targets.append(i)
                places.append(starts[i] + place if place != _NO_WORD else starts[-1])
    pull = weights.coefficients[np.array(rows, int)].T * np.array(values)
    return np.array(targets, int), np.array(places, int), pull


def _telling_words(here: Context, pull: np.ndarray, label: int) -> list[Span]:
    toward_label = 1.5 * pull[:, label] - 0.5 * pull.sum(1)  # against the mean of the other two labels
    strongest = [int(i) for i in np.argsort(-toward_label, kind="stable")[:EVIDENCE_WORDS] if toward_label[i] > 0]
    return [Span(here.tokens[i].start, here.tokens[i].end) for i in sorted(strongest)]


def context(text: str, span: tuple[int, int]) -> Context:
    """Find the sentence around a target and put a placeholder in the target's place."""
    start, end = span
    if not 0 <= start < end <= len(text):
        raise ValueError(f"span ({start}, {end}) is not in the text: 0 <= start < end <= {len(text)} is needed.")
    left, right = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if len(left) == _REACH:  # no broken words at the edges
        left = left[left.find(" ") + 1 :]
    if len(right) == _REACH:
        right = right[: right.rfind(" ") + 1]
    left, right = _LINE_BREAK.split(left)[-1], _LINE_BREAK.split(right, maxsplit=1)[0]
    masked, place, first = left + _TARGET + right, len(left), start - len(left)
    sentence = next(s for s in sentences(masked) if s.start <= place < s.end)
    shift = end - start - len(_TARGET)
    found, target = [], 0
    for token in tokens(masked[sentence.start : sentence.end]):
        begin, finish = token.start + sentence.start, token.end + sentence.start
        if begin <= place < finish:
            target = len(found)
        offset = first + (shift if begin > place else 0)
        found.append(Token(begin + offset, finish + offset, token.text))
    return Context(found, target)


def features(here: Context) -> Iterator[tuple[str, float, int]]:
    """Name what the model sees: a feature, its value, and the token it comes from.

    Words count by side and fade with distance, the three nearest count once more; patterns hold up to three
    words right beside the target; lexicon sums are taken by side, by distance and within the clause.
    """
    words = normalised_words(here.tokens, here.target)
    stems, target = [stem(word) for word in words], here.target
    places = [i if word[0].isalnum() else _NO_WORD for i, word in enumerate(words)]  # names and marks are no evidence
    for i, word in enumerate(stems):
        distance = abs(i - target)
        if distance and word != SILENT:
            side = "L" if i < target else "R"
            yield "LR " + word, 1.0, places[i]
            yield side + " " + word, 1 / (1 + (distance - 1) / _FADE), places[i]
            if distance <= _NEAR:
                yield side + "near " + word, 1.0, places[i]
    yield from _patterns(["<start>", *stems, "<end>"], [_NO_WORD, *places, _NO_WORD], target + 1)
    yield from _lexicon_sums(words, stems, target)
    marks, before = words.count('"'), words[:target].count('"')
    yield f"quoted {before % 2} {min(marks, 3)}", 1.0, _NO_WORD
    yield f"words before {min(target // 6, 3)}", 1.0, _NO_WORD
    yield f"words after {min((len(words) - target - 1) // 6, 3)}", 1.0, _NO_WORD
    yield f"names {min(words.count('<name>'), 4)}", 1.0, _NO_WORD


def normalised_words(sentence: list[Token], target: int | None = None) -> list[str]:
    """Tokens in lower case, names and numbers by their kind; in a headline in capitals all count as words."""
    letters = [t.text for i, t in enumerate(sentence) if t.text[0].isalpha() and i != target]
    headline = sum(word[0].isupper() for word in letters) > 0.7 * len(letters)
    words, starts_sentence = [], True
    for i, (_, _, text) in enumerate(sentence):
        if i == target:
            words.append("<target>")
        elif text[0].isdigit():
            words.append("<number>")
        elif text[0].isupper() and not (headline or starts_sentence or text == "I"):
            words.append("<name>")
        else:
            words.append('"' if text in "“”" else text.lower().replace("’", "'"))
        starts_sentence = text[-1] in '.!?:“"‘' and i != target
    return words


@functools.lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Stem a word (Snowball), in American spelling; words that must not decide a label become `SILENT`."""
    if not word.isalpha():
        return word
    found = _stemmer().stem(_BRITISH.sub("iz", word))  # criticise, criticize
    if len(found) > 4:  # honour, honor
        found = found.replace("our", "or")
    return SILENT if found in _SILENT_STEMS else found


def _patterns(stems: list[str], places: list[int], target: int) -> Iterator[tuple[str, float, int]]:
    """Up to three words before or after the target, and the one before with the one after."""
    for before, after in ((0, 1), (0, 2), (0, 3), (1, 0), (2, 0), (3, 0), (1, 1)):
        first, last = target - before, target + after
        if 0 <= first and last < len(stems):
            parts = stems[first : last + 1]
            if SILENT not in parts:
                parts[before] = "<target>"
                for i in range(first, last + 1):
                    if i != target:
                        yield " ".join(parts), 1 / (before + after), places[i]


def _lexicon_sums(words: list[str], stems: list[str], target: int) -> Iterator[tuple[str, float, int]]:
    clauses = np.cumsum([word in _CLAUSE_MARKS for word in words]).tolist()
    sums: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for i, (word, stemmed) in enumerate(zip(words, stems, strict=True)):
        valence = _valence(word, stemmed)
        if not valence or i == target:
            continue
        if not _NEGATIONS.isdisjoint(words[max(0, i - 3) : i]):
            valence *= _NEGATED
        sign, side, distance = "+" if valence > 0 else "-", "L" if i < target else "R", abs(i - target)
        size, apart = abs(valence), abs(clauses[i] - clauses[target])
        sums[f"lexicon {sign}"].append((size, i))
        sums[f"lexicon {side}{sign}"].append((size, i))
        sums[f"lexicon fading {side}{sign}"].append((size / (1 + distance / _LEXICON_FADE), i))
        if distance <= 4:
            sums[f"lexicon near {side}{sign}"].append((size, i))
        if apart == 0:
            sums[f"lexicon clause {sign}"].append((size, i))
            sums[f"lexicon clause {side}{sign}"].append((size, i))
        elif apart == 1:
            sums[f"lexicon next clause {side}{sign}"].append((size, i))
    for name, parts in sums.items():
        total = sum(size for size, _ in parts)
        for size, i in parts:  # each word has its share of the damped sum
            yield name, math.log1p(total) * size / total, i


@functools.lru_cache(maxsize=1 << 16)
def _valence(word: str, stemmed: str) -> float:
    if stemmed == SILENT:
        return 0.0
    return _lexicon()[0].get(word) or (_lexicon()[1].get(stemmed, 0.0) if len(word) > 3 else 0.0)


@functools.cache
def _lexicon() -> tuple[dict[str, float], dict[str, float]]:
    """VADER's valences by word, and their mean by stem."""
    by_word = tone_analyser(pd.DataFrame({"word": pd.Series(dtype=str), "valence": []})).lexicon
    by_stem = defaultdict(list)
    for word, valence in by_word.items():
        by_stem[stem(word)].append(valence)
    return by_word, {stemmed: sum(found) / len(found) for stemmed, found in by_stem.items()}


@functools.cache
def _stemmer() -> SnowballStemmer:
    return SnowballStemmer("english")


@functools.cache
def shipped_weights() -> Weights:
    """Read the weights that come with the package; arrays only, nothing is unpickled."""
    with WEIGHTS.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        names = bytes(arrays["features"]).decode("utf-8").split("\n")
        rows = {name: row for row, name in enumerate(names)}
        return Weights(rows, arrays["coefficients"].astype(float), arrays["bias"], float(arrays["sure_from"]))
