"""A linear-chain conditional random field on the tagger's own features and labels: what the network adds to them.

Needs sklearn-crfsuite (``pip install sklearn-crfsuite==0.5.0``), which the project itself does not.
"""

from collections.abc import Callable, Iterator

import numpy as np
import sklearn_crfsuite

from analysis import tagger
from analysis.labelling import LABELS
from analysis.tagger import Attribution
from analysis.token_features import LINE_BREAK, encode, windows
from training.corpus import labels_of

WINDOW = 180  # tokens
ITERATIONS = 100  # of L-BFGS: some three minutes
NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
SEEN_NEARBY = (0, 4, 5)  # features read off the neighbours, too: word, class of reporting word, place in a quotation


def train(records: list[dict]) -> Callable[[list[str]], list[list[Attribution]]]:
    """Learn from a corpus.

    Parameters
    ----------
    records : list of dict
        ``text`` and ``attributions`` (``source``, ``cue``, ``content``: lists of [start, end]).

    Returns
    -------
    callable
        From texts to the attributions of each.
    """
    model = tagger.load()
    field = sklearn_crfsuite.CRF(algorithm="lbfgs", c1=0.1, c2=0.1, max_iterations=ITERATIONS)
    field.fit(
        (rows for record in records for rows in _windows(*_features(record["text"], model)[1:])),
        (labels for record in records for labels in _gold(record, model)),
    )
    return lambda texts: [_attributions(text, model, field) for text in texts]


def _attributions(text: str, model: tagger.Model, field: sklearn_crfsuite.CRF) -> list[Attribution]:
    found, rows, windows = _features(text, model)
    names = [name for window in _windows(rows, windows) for name in field.predict_single(window)]
    labels = np.array([LABELS.index(name) for name in names], np.int8)
    return tagger.link(found, labels, np.ones(len(labels)))


def _features(text: str, model: tagger.Model) -> tuple[list, list[list[str]], list[tuple[int, int]]]:
    """Tokens of a text, their features by name, and the windows that the tagger would cut it into."""
    found, table = encode(text, model.lookup)
    columns = range(table.shape[1])
    own = [[f"{k}={value}" for k, value in zip(columns, row, strict=True)] for row in table.tolist()]
    rows = [list(names) for names in own]
    for offset in NEIGHBOURS:
        for i in range(max(0, -offset), min(len(own), len(own) - offset)):
            rows[i] += [f"{offset}:{own[i + offset][k]}" for k in SEEN_NEARBY]
    return found, rows, windows(table[:, 0] == LINE_BREAK, WINDOW)


def _windows(rows: list, cuts: list[tuple[int, int]]) -> Iterator[list]:
    return (rows[start:end] for start, end in cuts)


def _gold(record: dict, model: tagger.Model) -> Iterator[list[str]]:
    found, table = encode(record["text"], model.lookup)
    labels = [LABELS[label] for label in labels_of(record["attributions"], found).tolist()]
    return _windows(labels, windows(table[:, 0] == LINE_BREAK, WINDOW))
