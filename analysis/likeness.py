"""Texts to points: near one another where they share telling words."""

from collections import Counter

import numpy as np
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from analysis.telling import stems

SEED = 2022
DIMENSIONS = 50


def points_of(texts: list[str], dimensions: int = DIMENSIONS) -> np.ndarray:
    """Place texts in a space in which those with the same telling words are near one another.

    Parameters
    ----------
    texts : list of str
        The texts.
    dimensions : int, default 50
        Of the space; fewer where there are fewer texts or words.

    Returns
    -------
    ndarray
        One row a text, of length 1; a text that shares no word with another is a row of zeros.

    Notes
    -----
    TF-IDF of word stems, reduced by latent semantic analysis (S. Deerwester and others 1990, JASIS 41, 391-407).
    """
    if len(texts) < 2 or not any(n > 1 for n in Counter(s for text in texts for s in set(stems(text))).values()):
        return np.zeros((len(texts), 1))
    matrix = TfidfVectorizer(analyzer=stems, min_df=2, sublinear_tf=True).fit_transform(texts)
    size = min(dimensions, matrix.shape[0] - 1, matrix.shape[1] - 1)
    points = TruncatedSVD(size, n_iter=10, random_state=SEED).fit_transform(matrix) if size > 1 else matrix.toarray()
    points[matrix.getnnz(axis=1) == 0] = 0
    return normalize(points.round(9))
