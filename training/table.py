"""Fit a logistic regression over named features and write it as the table that `analysis.regression` reads."""

import os
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

FOLDS = 5
MIN_COUNT = 3  # cases that a feature must stand in


def learn(found, labels, articles, penalty, path, weights=None):
    """Print macro F1 with each fifth of the articles left out in turn, then learn from all and write.

    ``found`` is a list of dicts of feature to value, ``penalty`` the C of the regression, ``weights`` the weights of the
    labels. Returns the labels of the cross-validation.
    """
    names, cases = design(found)
    labels, predicted = np.array(labels), np.empty(len(labels), object)
    for train, test in GroupKFold(FOLDS).split(cases, groups=articles):
        predicted[test] = fit(cases[train], labels[train], penalty, weights).predict(cases[test])
    print(f"{path.name}: {len(labels)} cases, {len(names)} features, macro F1 left out", end=" ")
    print(round(100 * f1_score(labels, predicted, average="macro"), 1), flush=True)
    write(path, names, fit(cases, labels, penalty, weights))
    return predicted


def design(found):
    """Names of the features frequent enough, and the sparse table of case × feature."""
    counts = Counter(name for features in found for name in features)
    names = sorted(name for name, n in counts.items() if n >= MIN_COUNT)
    column = {name: i for i, name in enumerate(names)}
    cells = [
        (row, column[name], value)
        for row, features in enumerate(found)
        for name, value in features.items()
        if name in column
    ]
    rows, columns, values = zip(*cells, strict=True)
    return names, sparse.csr_matrix((values, (rows, columns)), shape=(len(found), len(names)))


def fit(cases, labels, penalty, weights):
    """Multinomial logistic regression."""
    return LogisticRegression(C=penalty, max_iter=2000, class_weight=weights).fit(cases, labels)


def write(path: Path, names, model):
    """Store labels, features, coefficients and bias; the file is written whole or not at all."""
    temporary = path.with_suffix(".tmp.npz")
    np.savez_compressed(
        temporary,
        labels=np.frombuffer("\n".join(model.classes_).encode(), np.uint8),
        features=np.frombuffer("\n".join(names).encode(), np.uint8),
        coefficients=model.coef_.T.astype(np.float16),
        bias=model.intercept_.astype(np.float32),
    )
    os.replace(temporary, path)
