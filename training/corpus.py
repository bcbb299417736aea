"""PolNeAR to what the tagger learns from: words, reporting words, and features and labels of every token."""

import collections
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np

from analysis.labelling import LABELS
from analysis.text import tokens
from analysis.token_features import checksum, encode, word_features

MIN_COUNT = 3  # rarer words have no row of their own


def vocabulary(articles: list[dict]) -> list[int]:
    """Checksums of the words of the corpus that are frequent enough, sorted."""
    counts = collections.Counter()
    for article in articles:
        counts.update(word_features(token.text)[0] for token in tokens(article["text"]))
    return sorted(word for word, count in counts.items() if count >= MIN_COUNT)


def reporting_words(path: Path) -> dict[int, int]:
    """Checksum → class (1 to 5) of every form of the words in the list; the first class that names a form holds."""
    classes = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            number, words = line.split(":")
            for word in words.split():
                for form in [word[1:]] if word.startswith("=") else inflected(word):
                    classes.setdefault(checksum(form), int(number))
    return classes


def inflected(verb: str) -> list[str]:
    """Regular forms of an English verb."""
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    stem = verb.removesuffix("e")
    return [verb, verb + ("es" if re.search("(s|sh|ch|x|z)$", verb) else "s"), stem + "ed", stem + "ing"]


def example(article: dict, lookup: Callable[[str], bytes]) -> tuple[np.ndarray, np.ndarray]:
    """Features of an article and its labels."""
    found, features = encode(article["text"], lookup)
    return features, labels_of(article["attributions"], found)


def labels_of(attributions: list[dict], found: list) -> np.ndarray:
    """One label a token; where two attributions claim a token, the first to come keeps it."""
    starts, ends = [token.start for token in found], [token.end for token in found]
    labels = np.zeros(len(found), np.int64)

    def place(span):
        return int(np.searchsorted(ends, span[0], side="right")), int(np.searchsorted(starts, span[1]))

    def mark(a, b, name):
        if a < b and not labels[a:b].any():
            labels[a:b] = LABELS.index("I-" + name)
            labels[a] -= 1

    cued = [(place(attribution["cue"][0]), attribution) for attribution in attributions if attribution["cue"]]
    for cue, _ in cued:
        mark(*cue, "cue")
    sources = [(place(span), cue) for cue, attribution in cued for span in attribution["source"]]
    for span, cue in sorted(sources, key=lambda pair: abs(sum(pair[0]) - sum(pair[1]))):  # shared: the nearest cue
        mark(*span, "source" + (">" if span < cue else "<"))
    for cue, attribution in cued:
        for span in map(place, attribution["content"]):
            mark(*span, "content" + (">" if span < cue else "<"))
    return labels
