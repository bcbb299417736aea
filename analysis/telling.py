"""What tells groups of texts apart: their most telling words and phrases."""

import re
from collections import Counter, defaultdict

import numpy as np
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from analysis.stems import stem
from analysis.themes import ADDRESS

_WORD = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*")
_NO_SENSE = ENGLISH_STOP_WORDS | set(
    "said says say just like amp it's don't that's i'm you're they're won't can't".split()
)


def stems(text: str) -> list[str]:
    """Give the stems of a text's words in order, without stop words, numbers, addresses and user names."""
    return [stem(word) for word in _words(text) if word not in _NO_SENSE]


def telling_phrases(texts: list[str], groups: list[int], shortest: int, longest: int, most: int = 3) -> list[list[str]]:
    """List the phrases that tell each group of texts from the others.

    Parameters
    ----------
    texts : list of str
        The texts.
    groups : list of int
        The group of each, numbered from 0 without a gap.
    shortest, longest : int
        Words in a phrase; it neither starts nor ends with a stop word.
    most : int, default 3
        Phrases a group.

    Returns
    -------
    list of list of str
        By group, the most telling first, in their commonest spelling; only those that two of its texts hold (one,
        in a group of one).

    Notes
    -----
    Ranked by the z-score of the log-odds of holding the phrase, in the group against the others, under an
    informative Dirichlet prior (B. Monroe, M. Colaresi, K. Quinn 2008, "Fightin' words", Political Analysis 16,
    372-403).
    """
    held, spelt = defaultdict(Counter), defaultdict(Counter)
    for text, group in zip(texts, groups, strict=True):
        for key, spelling in set(_sequences(text, shortest, longest)):
            held[key][group] += 1
            spelt[key][spelling] += 1
    totals = Counter(groups)
    whole = len(texts)
    ranked: dict[int, list] = {group: [] for group in totals}
    for key, counts in held.items():
        n = sum(counts.values())
        for group, k in counts.items():
            if k > 1 or totals[group] == 1:
                ranked[group].append((-round(_log_odds(k, n, totals[group], whole), 6), key))
    return [[_commonest(spelt[key]) for _, key in sorted(ranked[group])[:most]] for group in sorted(totals)]


def _commonest(spellings: Counter) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))


def _log_odds(k: int, n: int, size: int, whole: int) -> float:
    """Z-score of the log-odds of a word in a group against the rest; the prior is its share in all texts."""
    prior = n / whole
    cells = np.array([k + prior, size - k + 1 - prior, n - k + prior, whole - size - n + k + 1 - prior])
    odds = np.log(cells.clip(1e-9))
    return float((odds[0] - odds[1] - odds[2] + odds[3]) / np.sqrt((1 / cells.clip(1e-9)).sum()))


def _sequences(text: str, shortest: int, longest: int) -> list[tuple[tuple[str, ...], str]]:
    """Give the runs of words that neither start nor end with a stop word: their stems, and their spelling."""
    words = _words(text)
    runs = [words[at : at + n] for n in range(shortest, longest + 1) for at in range(len(words) - n + 1)]
    kept = [run for run in runs if run[0] not in _NO_SENSE and run[-1] not in _NO_SENSE]
    return [(tuple(stem(word) for word in run), " ".join(run)) for run in kept]


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(ADDRESS.sub(" ", text).lower())]
