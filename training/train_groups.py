"""Learn the weights of ``analysis/learned_groups.py`` from hand-coded articles.

    python training/train_groups.py FOLDER [FOLDER ...] [--out FILE]

Each FOLDER holds ``articles/*.txt`` and ``coding/statements.jsonl``, as `training/developed` does. One thread, no
random step: the same versions give the same file. Prints what cross-validation shows, whole articles left out, and
writes the weights. Some minutes.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # sums in one order, so the same bytes

import json
import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from table import arguments, matrix, write

from analysis import read_codebook
from analysis.articles import read_articles
from analysis.codebook import verb_forms
from analysis.layout import laid_out
from analysis.learned_groups import by_speaker, features, needed, words_of
from analysis.reading import Reading
from analysis.settling import settle
from analysis.sides import Sides
from analysis.speakers import Speakers
from analysis.statements import Statement
from analysis.text import Span, quotations

OUT = Path(__file__).parent.parent / "analysis" / "weights" / "groups.npz"
FOLDS = 10
PENALTY = 0.01  # C of the logistic regression
MIN_ARTICLES = 3  # that must hold a feature; a word of one article is mostly a name
SCALES = {"kind": 0.5, "rule": 0.5, "pair": 0.5}  # of a part's features; 1 where none is given


class Voice(NamedTuple):
    """One speaker of an article: what tells of them, the groups hand-coded for their statements, the rules' group."""

    article: str
    features: dict[str, float]
    groups: list[str]
    rule: str
    needed: float


def main():
    """Read the hand coding, cross-validate, learn from all, write the weights."""
    given = arguments(__doc__, OUT)
    voices = [voice for folder in given.folders for voice in read_voices(folder)]
    table, names = design(voices)
    cross_validate(voices, table)
    model = fit(table, voices, range(len(voices)))
    scales = np.array(list(names.values()))[:, None]
    write(given.out, model.classes_, list(names), model.coef_.T * scales, model.intercept_)


def read_voices(folder):
    """Speakers of a folder as `analysis.learned_groups` meets them."""
    codebook = read_codebook()
    articles, _ = read_articles(folder / "articles")
    speakers, verbs = Speakers(codebook, articles["text"]), verb_forms(codebook.verbs)
    coded = defaultdict(list)
    for line in (folder / "coding" / "statements.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        coded[row["article"]].append(row)
    found = []
    for article, text in zip(articles["article"], articles["text"], strict=True):
        rows = sorted(coded[article], key=lambda row: row["content"])
        found += voices_of(article, text, rows, speakers, verbs)
    return found


def voices_of(article, text, rows, speakers, verbs):
    """Speakers of one article, from its hand-coded spans."""
    statements = [hand_coded(row) for row in rows]
    marked = quotations(text)
    quoted = sorted(marked + laid_out(text, marked, verbs)[1])
    reading = Reading(speakers, text, quoted)
    named = [reading.speaker_of(statement) for statement in statements]
    sides = Sides(text, reading.mentions, quoted, reading.sentences)
    settled = settle(sides, statements, named, reading.mentions)
    words = words_of(sides)
    for some in by_speaker(settled, sides):
        told = features(settled[some[0]], [statements[i] for i in some], reading.mentions, sides, words)
        groups = [rows[i]["group"] for i in some]
        told = {name: weight for name, (weight, _) in told.items()}
        yield Voice(article, told, groups, settled[some[0]].group, needed([settled[i] for i in some]))


def hand_coded(row):
    """A statement as the coder marked it."""
    cue, mention = (Span(*row[field]) if row[field] else None for field in ("cue", "speaker_mention"))
    return Statement([Span(*span) for span in row["content"]], row["type"], cue, mention, mention, 1.0)


def design(voices):
    """Sparse table speaker × feature and the features' names; rarer features weigh more."""
    frequency = Counter(name for voice in voices for name in voice.features)
    articles = Counter(name for name, _ in {(name, voice.article) for voice in voices for name in voice.features})
    names = sorted(name for name, n in articles.items() if n >= MIN_ARTICLES)
    scales = [SCALES.get(name.split()[0], 1) * (math.log(len(voices) / frequency[name]) + 1) for name in names]
    table = matrix([voice.features for voice in voices], names) @ sparse.diags(scales)
    return table, dict(zip(names, scales, strict=True))


def fit(table, voices, rows):
    """Logistic regression; every statement is a case, those of one speaker weigh less the more there are."""
    cases = [(row, group) for row in rows for group in voices[row].groups]
    weights = [1 / math.sqrt(len(voices[row].groups)) for row, _ in cases]
    model = LogisticRegression(C=PENALTY, max_iter=1000)
    return model.fit(table[[row for row, _ in cases]], [group for _, group in cases], sample_weight=weights)


def cross_validate(voices, table):
    """Print how many statements get the coder's group, from a model that has not seen the article."""
    articles = [voice.article for voice in voices]
    count = Counter()
    for train, test in GroupKFold(FOLDS).split(table, groups=articles):
        model = fit(table, voices, train)
        for row, likely in zip(test, model.predict_proba(table[test]), strict=True):
            voice = voices[row]
            placed = model.classes_[likely.argmax()] if likely.max() > voice.needed else voice.rule
            for coded in voice.groups:
                count.update({"all": 1, "rules": coded == voice.rule, "learned": coded == placed})
    print(
        f"{len(voices)} speakers in {len(set(articles))} articles, {count['all']} statements, {FOLDS} folds by article"
    )
    print(f"right: rules {count['rules'] / count['all']:.3f}, learned {count['learned'] / count['all']:.3f}")


if __name__ == "__main__":
    main()
