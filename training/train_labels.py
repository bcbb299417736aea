"""Learn the tables of ``analysis/sentiment.py`` and ``analysis/inference.py`` from hand-coded articles.

    python training/train_labels.py FOLDER [FOLDER …] [--out FOLDER]

Each FOLDER holds ``articles/*.txt`` and ``coding/statements.jsonl`` (coding/README.md). Prints macro F1 with each fifth
of the articles left out in turn; the same versions give the same files. About a minute.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # sums in one order, so the same bytes

import json
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from table import arguments, learn

from analysis import read_articles, read_codebook
from analysis.evaluation import read_evaluation
from analysis.inference import features
from analysis.judgement import NONE
from analysis.reference import Said, read_targets, refer
from analysis.sentiment import signs, tone, tone_analyser
from analysis.stance import stances
from analysis.text import Span

OUT = Path(__file__).parent.parent / "analysis" / "weights"
TONE_PENALTY, STANCE_PENALTY = 1.0, 0.2
TONE_WEIGHTS = {"negative": 1, "neutral": 1, "positive": 2}  # one statement in twelve is positive


class Case(NamedTuple):
    """A hand-coded statement in its article."""

    article: str
    text: str
    said: Said
    people: dict[str, str]
    row: dict


def main():
    """Read the hand coding, learn the tone, then the stance, whose features hold the tone."""
    given = arguments(__doc__, OUT)
    cases = [case for folder in given.folders for case in read_cases(folder)]
    codebook = read_codebook()
    analyser, readings = tone_analyser(codebook.sentiment), read_evaluation(codebook.evaluation)
    seen = [values(signs(case.text, case.said, analyser, readings)) for case in cases]
    articles = [case.article for case in cases]
    labels = [case.row["sentiment"] for case in cases]
    learn(seen, labels, articles, TONE_PENALTY, given.out / "tone.npz", TONE_WEIGHTS)
    found, labels, articles = [], [], []
    targets = read_targets(codebook.targets)
    for case in cases:
        felt = tone(case.text, case.said, analyser, readings)
        patterns = stances(case.text, case.said, targets, readings, case.people, felt)
        reference = refer(case.text, case.said, targets, case.people)
        seen = features(case.text, case.said, targets, readings, reference, felt, patterns)
        found += [values(seen[target.name]) for target in targets]
        labels += [case.row["stance"].get(target.name, NONE) for target in targets]
        articles += [case.article] * len(targets)
    learn(found, labels, articles, STANCE_PENALTY, given.out / "stance.npz")


def values(features):
    """Give features by name with their values; of a name that comes twice the first counts."""
    return {feature.name: feature.value for feature in reversed(list(features))}


def read_cases(folder):
    """Statements of a folder as the coder marked them; whoever has a first and a last name is a person."""
    texts = dict(read_articles(folder / "articles")[0][["article", "text"]].itertuples(index=False))
    rows = [json.loads(line) for line in (folder / "coding" / "statements.jsonl").open(encoding="utf-8")]
    people = defaultdict(dict)
    for row in rows:
        if " " in row["speaker"] and row["speaker"].title() == row["speaker"]:
            people[row["article"]][row["speaker"]] = row["group"]
    for row in rows:
        cue = Span(*row["cue"]) if row["cue"] else None
        said = Said([Span(*span) for span in row["content"]], row["group"], row["type"] == "direct", cue)
        others = {name: group for name, group in people[row["article"]].items() if name != row["speaker"]}
        yield Case(row["article"], texts[row["article"]], said, others, row)


if __name__ == "__main__":
    main()
