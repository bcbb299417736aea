"""Fit a logistic regression over named features and write it as the table that `analysis.regression` reads."""

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

FOLDS = 5
MIN_COUNT = 3  # cases that a feature must stand in
SMALL = 1e-3  # coefficients below it are left out


def arguments(doc, out, *first):
    """Read the command line of a script that learns from FOLDER [FOLDER …] and writes to ``out`` or ``--out``.

    ``first`` names paths that stand before the folders. Stops with a sentence where a folder does not hold articles and
    their hand coding.
    """
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in first:
        parser.add_argument(name, type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=out)
    given = parser.parse_args()
    for folder in given.folders:
        for needed in ("articles", "coding/statements.jsonl", "coding/grievances.jsonl"):
            if not (folder / needed).exists():
                sys.exit(f"{folder / needed} is missing: a folder holds articles/ and their hand coding in coding/.")
    return given


def learn(found, labels, articles, penalty, path, weights=None):
    """Print macro F1 with each fifth of the articles left out in turn, then learn from all and write.

    ``found`` is a list of dicts of feature to value, ``penalty`` the C of the regression, ``weights`` those of the
    labels.
    """
    names, cases = design(found)
    labels, predicted = np.array(labels), np.empty(len(labels), object)
    for train, test in GroupKFold(FOLDS).split(cases, groups=articles):
        predicted[test] = fit(cases[train], labels[train], penalty, weights).predict(cases[test])
    print(f"{path.name}: {len(labels)} cases, {len(names)} features, macro F1 left out", end=" ")
    print(round(100 * f1_score(labels, predicted, average="macro"), 1), flush=True)
    model = fit(cases, labels, penalty, weights)
    write(path, model.classes_, names, model.coef_.T, model.intercept_)


def design(found):
    """Names of the features frequent enough, and the sparse table of case × feature."""
    counts = Counter(name for features in found for name in features)
    names = sorted(name for name, n in counts.items() if n >= MIN_COUNT)
    return names, matrix(found, names)


def matrix(found, names):
    """Sparse table of case × feature, for the named features."""
    column = {name: i for i, name in enumerate(names)}
    cells = [
        (row, column[name], value)
        for row, features in enumerate(found)
        for name, value in features.items()
        if name in column
    ]
    rows, columns, values = zip(*cells, strict=True)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(found), len(names)))


def fit(cases, labels, penalty, weights):
    """Multinomial logistic regression."""
    return LogisticRegression(C=penalty, max_iter=2000, class_weight=weights).fit(cases, labels)


def write(path: Path, labels, names, coefficients, bias):
    """Store the rows (features, labels) that hold anything, as float16; the file is written whole or not at all."""
    kept = np.flatnonzero(np.abs(coefficients).max(axis=1) >= SMALL)
    temporary = path.with_suffix(".tmp.npz")
    np.savez_compressed(
        temporary,
        labels=np.frombuffer("\n".join(labels).encode(), np.uint8),
        features=np.frombuffer("\n".join(names[row] for row in kept).encode(), np.uint8),
        coefficients=coefficients[kept].astype(np.float16),
        bias=np.asarray(bias, np.float32),
    )
    os.replace(temporary, path)
    print(f"{len(kept)} features, {path.stat().st_size / 1e6:.2f} MB in {path}")
