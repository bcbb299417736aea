"""A machine coding made from the hand coding by known kinds of error, for tests of agreement and reliability."""

import copy
import random
from pathlib import Path

import pandas as pd

from analysis.articles import read_articles

ROOT = Path(__file__).parent.parent
ARTICLES = read_articles(ROOT / "seeds").articles
TEXTS = dict(zip(ARTICLES["article"], ARTICLES["text"], strict=True))
HAND = tuple(pd.read_json(ROOT / "coding" / f"{name}.jsonl", lines=True) for name in ("statements", "grievances"))
TARGETS = ["government", "mandates", "police", "protest", "vaccination"]
THEMES = sorted(set(HAND[1]["theme"]))


class Errors(random.Random):
    """Chance by ``random()`` alone, the one method whose sequence Python promises to keep."""

    def happens(self, rate):
        return self.random() < rate

    def pick(self, values):
        return values[int(self.random() * len(values))]


def perturbed(rate, seed):
    """Statements and grievances in which every kind of error occurs at the given rate, as two tables."""
    errors = Errors(seed)
    statements = [_statement(row, rate, errors) for row in _kept(HAND[0], rate, errors)]
    grievances = [_grievance(row, rate, errors) for row in _kept(HAND[1], rate, errors)]
    for article, text in TEXTS.items():
        for start in range(0, len(text) - 60, 500):
            if errors.happens(rate):
                span = [start, start + 60]
                statements.append(_spurious_statement(article, span, errors))
                grievances.append(
                    {"article": article, "span": span, "side": "of_protest", "theme": errors.pick(THEMES)}
                )
    for row in statements:
        row["text"] = " … ".join(TEXTS[row["article"]][start:end] for start, end in row["content"])
    for row in grievances:
        row["text"] = TEXTS[row["article"]][slice(*row["span"])]
    return pd.DataFrame(statements), pd.DataFrame(grievances)


def _kept(table, rate, errors):
    return [copy.deepcopy(row) for row in table.to_dict("records") if not errors.happens(rate)]


def _span(start, end, text, rate, errors):
    """Longer, shorter or moved, by up to 40 characters at either end."""
    if errors.happens(rate):
        start += int(80 * errors.random()) - 40
    if errors.happens(rate):
        end += int(80 * errors.random()) - 40
    start = min(max(start, 0), len(text) - 2)
    return [start, min(max(end, start + 1), len(text))]


def _statement(row, rate, errors):
    text = TEXTS[row["article"]]
    row.pop("speaker_also")
    row["content"] = [_span(start, end, text, rate, errors) for start, end in row["content"]]
    if errors.happens(rate):
        row["type"] = errors.pick(["direct", "indirect", "mixed"])
    if errors.happens(rate):
        row["speaker"] = errors.pick(["Somebody Else", row["speaker"].split()[-1], "the " + row["speaker"].upper()])
    if errors.happens(rate):
        row["group"] = errors.pick(["police", "protesters", "other"])
    if errors.happens(rate):
        row["sentiment"] = errors.pick(["negative", "neutral", "positive"])
    for target in TARGETS:
        if errors.happens(rate):
            row["stance"][target] = errors.pick(["favour", "against", "neutral"])
        if errors.happens(rate):
            row["stance"].pop(target, None)
    if errors.happens(rate):
        row["themes"] = [*row["themes"][1:], errors.pick(THEMES)]
    return row


def _grievance(row, rate, errors):
    row["span"] = _span(*row["span"], TEXTS[row["article"]], rate, errors)
    if errors.happens(rate):
        row["theme"] = errors.pick(THEMES)
    if errors.happens(rate):
        row["side"] = errors.pick(["of_protest", "about_protest"])
    return row


def _spurious_statement(article, span, errors):
    return {
        "article": article,
        "content": [span],
        "type": errors.pick(["direct", "indirect", "mixed"]),
        "speaker": "Nobody",
        "group": "other",
        "sentiment": "neutral",
        "stance": {errors.pick(TARGETS): "against"},
        "themes": [],
    }
