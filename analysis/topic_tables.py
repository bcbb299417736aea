"""A coding to the tables of its themes, of a map and of a tree: each is what one chart or finding tells."""

import itertools
import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import linkage
from sklearn.manifold import MDS
from sklearn.metrics import adjusted_rand_score
from tqdm import tqdm

from analysis.codebook import Codebook
from analysis.likeness import SEED, points_of
from analysis.telling import telling_phrases
from analysis.themes import assign_themes
from analysis.topics import subsamples

if TYPE_CHECKING:
    from analysis.pipeline import Coding

MOST_ON_MAP = 1000
TREE = ["left", "right", "height", "mentions", "label"]
MAP = ["x", "y", "theme", "text"]


def statement_themes(coding: "Coding", codebook: Codebook) -> pd.DataFrame:
    """Assign every statement one theme: by keywords, else by the classifier that learns from them, else none.

    Parameters
    ----------
    coding : Coding
        Articles and their statements.
    codebook : Codebook
        Its themes.

    Returns
    -------
    DataFrame
        One row a statement, in order: ``article``, ``offset`` (of its first character), ``speaker``, ``text``, and
        ``theme``, ``how``, ``probability``, ``matched`` as :func:`analysis.themes.assign_themes` gives them.
    """
    statements = coding.statements
    offsets = [content[0][0] for content in statements["content"]]
    found = _quietly_assigned(statements["text"], codebook.themes)
    table = statements[["article", "speaker", "text"]].reset_index(drop=True)
    table.insert(1, "offset", pd.Series(offsets, dtype=int))
    return table.join(found[["theme", "how", "probability", "matched"]])


def theme_stability(texts: Iterable[str], themes: pd.DataFrame) -> float:
    """Say how far the themes of texts depend on which other texts there are.

    Parameters
    ----------
    texts : iterable of str
        The texts.
    themes : DataFrame
        As in :func:`analysis.themes.assign_themes`.

    Returns
    -------
    float
        Mean adjusted Rand index, over all pairs of 20 subsamples of 80 %, between the themes that the texts of both
        get in each; 1 where they always get the same ones, ``unsure`` included. nan for fewer than 3 texts.
    """
    texts = sorted(texts)
    if len(texts) < 3:
        return float("nan")
    drawn = tqdm(subsamples(len(texts)), "subsamples", delay=2, disable=None, leave=False)
    runs = [pd.Series(list(_quietly_assigned([texts[row] for row in rows], themes)["theme"]), rows) for rows in drawn]
    both = (one.align(other, join="inner") for one, other in itertools.combinations(runs, 2))
    return round(float(np.mean([adjusted_rand_score(*pair) for pair in both])), 3)


def _quietly_assigned(texts: Iterable[str], themes: pd.DataFrame) -> pd.DataFrame:
    """Assign themes without a word of what most articles lack: some of a codebook's keywords."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return assign_themes(texts, themes)


def mention_map(coding: "Coding") -> pd.DataFrame:
    """Place the grievance mentions of a coding in the plane: the table of :func:`text_map`."""
    return text_map(coding.grievances["text"], coding.grievances["theme"])


def dendrogram(coding: "Coding") -> pd.DataFrame:
    """Join the grievance mentions of a coding step by step: the table of :func:`tree`."""
    return tree(coding.grievances["text"])


def text_map(texts: Iterable[str], themes: Iterable[str]) -> pd.DataFrame:
    """Place texts in the plane, near one another where they share telling words.

    Parameters
    ----------
    texts, themes : iterable of str
        The texts and a theme for each. Of more than 1,000 texts, 1,000 are placed, evenly picked in alphabetical order.

    Returns
    -------
    DataFrame
        ``x``, ``y`` (no unit; only nearness has a meaning), ``theme``, ``text``; texts that share no word with
        another have no place and are left out.

    Notes
    -----
    Metric multidimensional scaling (SMACOF) of the distances after latent semantic analysis, started from
    classical scaling: unlike t-SNE and UMAP it has no random start, and small differences between machines stay small.
    """
    rows = sorted(zip(texts, themes, strict=True))
    picked = np.linspace(0, len(rows) - 1, min(len(rows), MOST_ON_MAP)).round().astype(int)
    rows = [rows[place] for place in picked]
    points = points_of([text for text, _ in rows], 10)
    telling = np.flatnonzero(points.any(axis=1))
    if len(telling) < 3:
        return pd.DataFrame(columns=MAP)
    points = points[telling]
    scaling = MDS(2, n_init=1, max_iter=200, random_state=SEED, normalized_stress="auto", init="classical_mds")
    apart = np.ptp(points, axis=0).any()  # texts of the same words all lie on one point
    placed = scaling.fit_transform(points) if apart else np.zeros((len(points), 2))
    placed = (placed - placed.mean(axis=0)) / (np.abs(placed).max() or 1)
    table = pd.DataFrame(placed.round(3), columns=["x", "y"])
    return table.assign(theme=[rows[row][1] for row in telling], text=[rows[row][0] for row in telling])


def tree(texts: Iterable[str], leaves: int = 25) -> pd.DataFrame:
    """Join texts step by step, the most similar first: the table of a dendrogram.

    Parameters
    ----------
    texts : iterable of str
        The texts.
    leaves : int, default 25
        Leaves that a reader can follow; with more texts than that, each leaf stands for a group of texts.

    Returns
    -------
    DataFrame
        A row a node: the leaves, then the joins from the lowest to the highest. ``left``, ``right``: rows that a
        join unites, −1 for leaves; ``height``: its distance by Ward's method; ``mentions``: texts below it;
        ``label``: of a leaf, the telling words of its group, or its first text. Without two
        texts that share words: no rows.
    """
    ordered = sorted("" if pd.isna(text) else str(text) for text in texts)
    points = points_of(ordered)
    telling = np.flatnonzero(points.any(axis=1))
    if len(telling) < 2:
        return pd.DataFrame(columns=TREE)
    ordered, merges = [ordered[row] for row in telling], linkage(points[telling], "ward")
    first = max(0, len(merges) + 1 - leaves)  # joins below the leaves
    sizes = {row: [row] for row in range(len(ordered))}
    for step, (left, right, *_) in enumerate(merges[:first]):
        sizes[len(ordered) + step] = sizes.pop(int(left)) + sizes.pop(int(right))
    groups = sorted(sizes, key=lambda key: min(sizes[key]))
    members = [number for number, key in enumerate(groups) for _ in sizes[key]]
    words = telling_phrases([ordered[row] for key in groups for row in sizes[key]], members, 1, 1)
    rows, node = [], {}
    for number, key in enumerate(groups):
        node[key], here = number, sizes[key]
        rows.append(
            (
                -1,
                -1,
                0.0,
                len(here),
                ", ".join(words[number]) if len(words[number]) > 1 < len(here) else ordered[here[0]],
            )
        )
    for step, (left, right, height, size) in enumerate(merges[first:], start=len(ordered) + first):
        node[step] = len(rows)
        rows.append((node[int(left)], node[int(right)], round(float(height), 4), int(size), ""))
    return pd.DataFrame(rows, columns=TREE)
