"""Texts to clusters that a reader can judge: named, with their stability, as proposals for themes and never as themes.

Texts, placed by ``analysis.likeness``, are joined by Ward's method: of the clusterers that need no downloaded model it
agreed best with hand-coded themes of protest notes. Texts are put in order before anything is computed, so that the
order in which they come does not matter; which texts make up a subsample is drawn with a fixed seed.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.metrics import adjusted_rand_score, v_measure_score

from analysis.likeness import SEED, points_of
from analysis.telling import telling_phrases
from analysis.themes import UNSURE

FEWEST = 100  # texts from which a number of clusters is looked for
MOST_CLUSTERS = 20
FEWEST_IN_THEME = 3
SUBSAMPLES, SHARE = 20, 0.8
STABLE = 0.6  # below, C. Hennig's fpc manual calls a cluster not to be trusted
NO_CLUSTER = -1
CLUSTERS = ["cluster", "name", "words", "phrase", "example", "mentions", "stability", "suggestion"]


class Topics(NamedTuple):
    """Clusters of texts, which text is in which, how stable the whole is, and a note on how the number came about."""

    clusters: pd.DataFrame
    members: list[int]
    stability: float
    note: str


def cluster(texts: Iterable[str], count: int | None = None) -> Topics:
    """Cluster texts, name the clusters, and say how stable they are.

    Parameters
    ----------
    texts : iterable of str
        Texts, for example those that no theme holds. Time and memory grow with the square of their number: 5,000
        take a minute or two and half a gigabyte.
    count : int, optional
        Number of clusters. Without it the number from 2 to 20 (and to a tenth of the texts) is taken that puts
        most texts into clusters of 3 texts to half of them with a stability of .6, if there are at least 100 texts;
        below, no clusters are made.

    Returns
    -------
    Topics
        ``clusters``, the largest first: ``cluster`` (its number), ``name`` (telling words and phrase), ``words``
        (list), ``phrase`` (the most telling 2 to 4 words that at least two of its texts share, or empty),
        ``example`` (the text nearest its centre), ``mentions`` (texts in it), ``stability`` (0 to 1),
        ``suggestion`` (a sentence). ``members``: the cluster of each text, −1 for none (no clusters, or a text
        without a word that another text has). ``stability``: mean adjusted Rand index of the clusters with those
        of 20 subsamples of 80 %, nan without clusters. ``note``: a sentence on the number of clusters.

    Raises
    ------
    ValueError
        If ``count`` is below 2.

    Notes
    -----
    A cluster's stability is the mean over the subsamples of its Jaccard similarity to the most similar cluster
    there (C. Hennig 2007, "Cluster-wise assessment of cluster stability", CSDA 52, 258-271). Telling words are
    those with the highest log-odds against the other clusters under an informative Dirichlet prior (B. Monroe,
    M. Colaresi, K. Quinn 2008, "Fightin' words", Political Analysis 16, 372-403).
    """
    if count is not None and count < 2:
        raise ValueError(f"count is {count}; at least 2 clusters are needed")
    texts = ["" if pd.isna(text) else str(text) for text in texts]
    order = sorted(range(len(texts)), key=texts.__getitem__)
    points = points_of([texts[row] for row in order])
    telling = np.flatnonzero(points.any(axis=1))
    nothing = pd.DataFrame(columns=CLUSTERS), [NO_CLUSTER] * len(texts), float("nan")
    if count is None and len(telling) < FEWEST:
        return Topics(*nothing, _too_few(len(telling)))
    if len(telling) <= (count or 2):
        return Topics(*nothing, f"No clusters: only {_texts(len(telling))} with words that others share.")
    order = [order[row] for row in telling]
    ordered = [texts[row] for row in order]
    merges = linkage(points[telling], "ward")
    again = _subsampled(ordered)
    counts = [count] if count else range(2, min(MOST_CLUSTERS, len(ordered) // 10) + 1)
    cuts = {k: _cut(merges, k) for k in counts}
    stable = {k: _stable(cuts[k], again, k) for k in counts}
    best = max(counts, key=lambda k: (stable[k], -k))
    clusters, members = _described(ordered, points[telling], cuts[best], again, best)
    whole = np.mean([adjusted_rand_score(cuts[best][rows], _cut(joins, best)) for rows, joins in again])
    where = dict(zip(order, members, strict=True))
    note = f"{len(clusters)} clusters, as asked for." if count else _chosen(len(clusters), stable[best], counts)
    return Topics(clusters, [where.get(row, NO_CLUSTER) for row in range(len(texts))], round(float(whole), 3), note)


def agreement(members: Iterable, themes: Iterable) -> pd.DataFrame:
    """Compare clusters with the themes of the same texts.

    Parameters
    ----------
    members, themes : iterable
        One label a text; texts without a cluster (−1) or a sure theme (``unsure``) are left out.

    Returns
    -------
    DataFrame
        Two rows, ``measure`` (adjusted Rand index: 0 is chance, 1 the same groups; V-measure: 0 to 1, not
        corrected for chance), ``value`` and ``n`` (texts compared); ``value`` is nan where fewer than two are.
    """
    pairs = [(m, t) for m, t in zip(members, themes, strict=True) if m != NO_CLUSTER and t != UNSURE]
    found, given = zip(*pairs, strict=True) if pairs else ((), ())
    measures = {"adjusted Rand index": adjusted_rand_score, "V-measure": v_measure_score}
    rows = [(n, round(f(given, found), 3) if len(pairs) > 1 else float("nan"), len(pairs)) for n, f in measures.items()]
    return pd.DataFrame(rows, columns=["measure", "value", "n"])


def subsamples(n: int) -> list[np.ndarray]:
    """Draw 20 times 80 % of the rows of a table, without replacement and in order; the same ones every time."""
    chance = np.random.default_rng(SEED)
    return [np.sort(chance.permutation(n)[: round(SHARE * n)]) for _ in range(SUBSAMPLES)]


def _texts(n: int) -> str:
    return f"{n:,} text{'' if n == 1 else 's'}"


def _too_few(n: int) -> str:
    return (
        f"No clusters: {_texts(n)} with words that others share. Below {FEWEST} the number of clusters is arbitrary "
        "(measures of fit prefer any number from 2 to 15), so it has to be given."
    )


def _chosen(count: int, stable: int, counts: range) -> str:
    return (
        f"{count} clusters: of the numbers from {counts[0]} to {counts[-1]} the one that puts most texts ({stable:,}) "
        f"into clusters that come back in subsamples of {SHARE:.0%} and hold at most half of all texts."
    )


def _subsampled(texts: list[str]) -> list[tuple[np.ndarray, np.ndarray]]:
    """Cluster subsamples from scratch: for each, its rows and the joins."""
    drawn = subsamples(len(texts))
    return [(rows, linkage(points_of([texts[row] for row in rows]), "ward")) for rows in drawn]


def _cut(joins: np.ndarray, count: int) -> np.ndarray:
    return fcluster(joins, count, "maxclust")


def _stable(cut: np.ndarray, again: list[tuple[np.ndarray, np.ndarray]], count: int) -> int:
    """Count the texts in clusters that could be themes: of several texts, not of most, and found again."""
    members = [np.flatnonzero(cut == number) for number in np.unique(cut)]
    sized = [rows for rows in members if _sized(len(rows), len(cut))]
    return sum(len(rows) for rows in sized if _jaccard(rows, again, count) >= STABLE)


def _sized(size: int, whole: int) -> bool:
    return FEWEST_IN_THEME <= size <= whole / 2


def _described(texts, points, cut, again, count) -> tuple[pd.DataFrame, list[int]]:
    """Describe each cluster; they are numbered by size, then by first text."""
    sizes = Counter(cut)
    numbers = {old: new for new, old in enumerate(sorted(sizes, key=lambda c: (-sizes[c], list(cut).index(c))))}
    members = [numbers[old] for old in cut]
    words, phrases = telling_phrases(texts, members, 1, 1), telling_phrases(texts, members, 2, 4)
    rows = []
    for number in range(len(numbers)):
        here = np.flatnonzero(np.array(members) == number)
        example = texts[here[int((points[here] @ points[here].mean(axis=0)).round(6).argmax())]]
        phrase = next(iter(phrases[number]), "")
        stability = round(_jaccard(here, again, count), 3)
        name = ", ".join(words[number]) + (f" (“{phrase}”)" if phrase else "")
        suggestion = _suggestion(len(here), len(texts), words[number], stability)
        rows.append((number, name, words[number], phrase, example, len(here), stability, suggestion))
    return pd.DataFrame(rows, columns=CLUSTERS), members


def _suggestion(n: int, whole: int, words: list[str], stability: float) -> str:
    quoted = [f"“{word}”" for word in words]
    shared = " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted) or "no telling word"
    if stability < STABLE:
        return f"{_mentions(n)} around {shared}; subsamples group them otherwise: no theme without reading them."
    if not _sized(n, whole):
        return f"{_mentions(n)} around {shared}: {'too few' if n < FEWEST_IN_THEME else 'too many'} for one theme."
    return f"These {_mentions(n)} share {shared}: a theme of their own?"


def _mentions(n: int) -> str:
    return f"{n:,} mention{'' if n == 1 else 's'}"


def _jaccard(members: np.ndarray, again, count: int) -> float:
    """Mean over subsamples of the Jaccard similarity to the most similar cluster there."""
    found = []
    for rows, joins in again:
        cut, ours = _cut(joins, count), np.isin(rows, members)
        if ours.any():
            theirs = [cut == number for number in np.unique(cut[ours])]
            found.append(max((ours & t).sum() / (ours | t).sum() for t in theirs))
    return float(np.mean(found)) if found else 0.0
