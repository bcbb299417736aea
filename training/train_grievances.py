"""Learn the weights of ``analysis/complaints.py`` from articles that were coded by hand.

    python training/train_grievances.py FOLDER… [--out FILE]

Each FOLDER holds ``articles/`` and their hand coding in ``coding/`` (``statements.jsonl`` and ``grievances.jsonl``, see
coding/README.md). One thread, no random step: the same versions give the same file. Prints figures of
cross-validation, in which whole articles are left out, by folder, and writes the weights. Some minutes.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # sums in one order, so the same bytes

import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from table import arguments, design, write

from analysis import read_articles, read_codebook
from analysis.agreement import match_grievances
from analysis.clauses import Clause, Voiced, clauses, party
from analysis.codebook import verb_forms
from analysis.complaints import LABELS, features
from analysis.grievances import mentions_of
from analysis.pipeline import find_spoken, voices
from analysis.reference import PROTEST, read_targets
from analysis.signs import Reading, read_signs, read_themes
from analysis.speakers import Speakers
from analysis.text import Span, quotations

ROOT = Path(__file__).parent.parent
OUT = ROOT / "analysis" / "weights" / "grievances.npz"
CODEBOOK = ROOT / "benchmarks" / "codebook"  # themes of any protest
FOLDS = 8
PENALTY = 0.3  # C of the logistic regression
HALF, OVERLAP = 0.5, 0.3  # share of a clause inside a mention; share of both together, as in scoring
HAND = 0.95  # probability of a group that was coded by hand
MENTION = ["article", "span", "side"]


class Example(NamedTuple):
    """An article as clauses, once with the machine's statements and once with those of the hand coding."""

    folder: str
    article: str
    text: str
    by_hand: bool
    voiced: list[Voiced]
    parts: list[Clause]
    found: list[dict[str, float]]
    told: list[tuple[Span, str]]
    labels: np.ndarray


def main():
    """Read the folders, cross-validate, learn from all, write the weights."""
    given = arguments(__doc__, OUT)
    codebook = read_codebook(CODEBOOK)
    protest = next(target for target in read_targets(codebook.targets) if target.name == PROTEST)
    signs = read_signs(codebook.grievances, read_themes(codebook.themes), protest.alias)
    examples = [example for folder in given.folders for example in read_examples(folder, codebook, signs, protest)]
    names, cases = design([found for example in examples for found in example.found])
    likely = cross_validate(cases, examples)
    report(examples, likely, signs)
    model = fit(cases, np.concatenate([e.labels for e in examples]))
    write(given.out, LABELS, names, model.coef_.T, model.intercept_)


def read_examples(folder, codebook, signs, protest):
    """Two examples an article: with the machine's statements, as in use, and with surer ones."""
    articles, _ = read_articles(folder / "articles")
    verbs, speakers = verb_forms(codebook.verbs), Speakers(codebook, articles["text"])
    coded, mentions = (read_lines(folder / "coding" / f"{name}.jsonl") for name in ("statements", "grievances"))
    for article, text in zip(articles["article"], articles["text"], strict=True):
        told = [(Span(*row["span"]), row["side"]) for row in mentions if row["article"] == article]
        _, statements, who = find_spoken(text, verbs, speakers)
        by_machine = [voice for pair in zip(statements, who, strict=True) for voice in voices(*pair, protest)]
        by_hand = [voice for row in coded if row["article"] == article for voice in coded_voices(row, protest)]
        for hand, voiced in ((False, sorted(by_machine)), (True, sorted(by_hand))):
            parts = clauses(text, voiced, quotations(text))
            found = features(text, parts, Reading(text, signs))
            name = f"{folder.resolve().name}/{article}"
            yield Example(folder.resolve().name, name, text, hand, voiced, parts, found, told, label(parts, told))


def read_lines(path):
    """Rows of a file of JSON Lines."""
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def coded_voices(row, protest):
    """Pieces of a hand-coded statement with what is known of their speaker."""
    cue = Span(*row["cue"]) if row["cue"] else None
    by = row["speaker"], party(row["group"], protest.own), HAND, row["type"], cue
    return [Voiced(Span(*span), *by) for span in row["content"]]


def label(parts, told):
    """Place in `LABELS` of each clause: that of a mention that half of it stands in, or that it is much like."""
    labels = np.zeros(len(parts), int)
    for i, clause in enumerate(parts):
        start, end = clause.span
        for (first, last), side in told:
            shared, both = min(end, last) - max(start, first), max(end, last) - min(start, first)
            if shared > 0 and (shared >= HALF * (end - start) or shared >= OVERLAP * both):
                labels[i] = LABELS.index(side)
    return labels


def fit(cases, y):
    """Logistic regression of the three labels."""
    return LogisticRegression(C=PENALTY, max_iter=1000).fit(cases, y)


def cross_validate(cases, examples):
    """Probabilities of each clause's labels by a model that has not seen its article."""
    y = np.concatenate([example.labels for example in examples])
    articles = np.concatenate([[example.article] * len(example.labels) for example in examples])
    likely = np.zeros((len(y), len(LABELS)))
    for train, test in GroupKFold(FOLDS).split(y, y, articles):
        likely[test] = fit(cases[train], y[train]).predict_proba(cases[test])
    return likely


def report(examples, likely, signs):
    """Print what cross-validation shows: mentions found and their sides, by folder and by whose statements."""
    ends = np.cumsum([len(example.parts) for example in examples])
    pairs = list(zip(examples, np.split(likely, ends[:-1]), strict=True))
    for folder in dict.fromkeys(example.folder for example in examples):
        for by_hand in (False, True):
            some = [pair for pair in pairs if (pair[0].folder, pair[0].by_hand) == (folder, by_hand)]
            print(f"{folder}, statements {'coded by hand' if by_hand else 'of the machine'}: {scores(some, signs)}")


def scores(pairs, signs):
    """Overlap F1 of the mentions, and how many of those found have the right side."""
    texts = pd.DataFrame([(e.article, e.text) for e, _ in pairs], columns=["article", "text"])
    hand = pd.DataFrame([(e.article, *told) for e, _ in pairs for told in e.told], columns=MENTION)
    machine = pd.DataFrame(
        [
            (e.article, mention.span, mention.side)
            for e, likely in pairs
            for mention in mentions_of(e.text, e.voiced, e.parts, likely, Reading(e.text, signs))
        ],
        columns=MENTION,
    )
    matched = match_grievances(hand, machine, texts)
    right = hand["side"].to_numpy()[matched["gold"]] == machine["side"].to_numpy()[matched["pred"]]
    precision, recall = len(matched) / len(machine), len(matched) / len(hand)
    f1 = 2 * len(matched) / (len(hand) + len(machine))
    return f"{len(hand)} mentions, precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}, side {right.mean():.3f}"


if __name__ == "__main__":
    main()
