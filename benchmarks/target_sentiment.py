"""Sentiment toward a marked target on NewsMTSC: `analysis.toward` beside four peers, in one run.

Usage: python benchmarks/target_sentiment.py DATA.jsonl [--train TRAIN.jsonl] [--predictions FILE]

DATA.jsonl holds one {"sentence_normalized", "targets": [{"from", "to", "polarity"}]} a line (training/README.md says
where from). VADER, TextBlob and AFINN read the whole sentence, with their authors' thresholds or the sign of the score.
TF-IDF + LR reads it too, learns from TRAIN.jsonl and is left out without it. Peers that are not installed are reported
as such. A lexicon peer's confidence is how far its score lies from the nearest threshold.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from analysis.sentiment import THRESHOLD, tone_analyser  # noqa: E402
from analysis.toward import LABELS, toward_many  # noqa: E402

RESULT = ROOT / "benchmarks" / "results" / "target_sentiment.json"
LABEL_OF_POLARITY = {2: "negative", 4: "neutral", 6: "positive"}
TIMES = 3
REFERENCE = "VADER"  # speeds are also given as multiples of its speed


def main() -> None:
    """Run every system, print the table, store it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--train", type=Path, help="to train TF-IDF + LR on")
    parser.add_argument("--predictions", type=Path, help="write the labels of analysis.toward here, one target a line")
    options = parser.parse_args()
    for path in filter(None, (options.data, options.train)):
        if not path.is_file():
            sys.exit(f"{path} is missing: training/README.md says where to get NewsMTSC, and in what form.")
    targets = read(options.data)
    systems = {"toward": label_toward, **peers(options.train)}
    results = {
        name: system if isinstance(system, str) else measure(system, targets) for name, system in systems.items()
    }
    for scores in results.values():
        if isinstance(scores, dict):
            speed = scores["targets a second"] / results[REFERENCE]["targets a second"]
            scores[f"speed, {REFERENCE} = 1"] = round(speed, 2)
    if options.predictions:
        write(targets, options.predictions)
    store({"corpus": options.data.name, "targets": len(targets), "systems": results})
    print(table(results).to_string())


def read(path: Path) -> pd.DataFrame:
    """One row a target: text, start, end, label."""
    rows = []
    with path.open(encoding="utf-8") as lines:
        for sentence in map(json.loads, lines):
            for target in sentence["targets"]:
                label = LABEL_OF_POLARITY[int(target["polarity"])]
                rows.append((sentence["sentence_normalized"], target["from"], target["to"], label))
    return pd.DataFrame(rows, columns=["text", "start", "end", "label"])


def measure(system, targets: pd.DataFrame) -> dict:
    """Scores in per cent, and targets a second of processor time (the best of some runs)."""
    system(targets.head(1))  # loading is not what is timed
    seconds = []
    for _ in range(TIMES):
        start = time.process_time()
        labels, confidence = system(targets)
        seconds.append(time.process_time() - start)
    right = (pd.Series(labels) == targets["label"]).to_numpy()
    by_confidence = right[np.argsort(-np.asarray(confidence), kind="stable")]
    n = len(right)
    return {
        "macro F1": round(100 * f1_score(targets["label"], labels, labels=LABELS, average="macro"), 1),
        "accuracy": round(100 * right.mean(), 1),
        "accuracy of the most confident half": round(100 * by_confidence[: n // 2].mean(), 1),
        "accuracy of the most confident quarter": round(100 * by_confidence[: n // 4].mean(), 1),
        "targets a second": round(n / min(seconds)),
    }


def label_toward(targets: pd.DataFrame) -> tuple[list[str], list[float]]:
    """Labels and confidence of the system under test."""
    judgements = toward_many(targets["text"].tolist(), list(zip(targets["start"], targets["end"], strict=True)))
    return [j.label for j in judgements], [j.probability for j in judgements]


def peers(train: Path | None) -> dict:
    """By name a function of the targets, or a string that says why there is none."""
    analyser = tone_analyser(pd.DataFrame({"word": pd.Series(dtype=str), "valence": []}))
    found = {"VADER": by_score(lambda text: analyser.polarity_scores(text)["compound"], THRESHOLD)}
    try:
        from textblob import TextBlob

        found["TextBlob"] = by_score(lambda text: TextBlob(text).sentiment.polarity, 0.0)
    except ImportError:
        found["TextBlob"] = "not installed"
    try:
        from afinn import Afinn

        found["AFINN"] = by_score(Afinn().score, 0.0)
    except ImportError:
        found["AFINN"] = "not installed"
    found["TF-IDF + LR"] = by_words(read(train)) if train else "not run, give --train"
    return found


def by_score(score, threshold: float):
    """A system out of a sentence's score: neutral up to the threshold on either side of zero."""

    def system(targets: pd.DataFrame) -> tuple[list[str], list[float]]:
        scores = np.array([score(text) for text in targets["text"]])
        labels = np.select([scores < -threshold, scores > threshold], [LABELS[0], LABELS[2]], LABELS[1])
        return labels.tolist(), np.abs(np.abs(scores) - threshold).tolist()

    return system


def by_words(train: pd.DataFrame):
    """Logistic regression on TF-IDF of the sentence's words and pairs of words."""
    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True),
        LogisticRegression(max_iter=1000, class_weight="balanced"),
    ).fit(train["text"], train["label"])

    def system(targets: pd.DataFrame) -> tuple[list[str], list[float]]:
        probabilities = model.predict_proba(targets["text"])
        return model.classes_[probabilities.argmax(axis=1)].tolist(), probabilities.max(axis=1).tolist()

    return system


def write(targets: pd.DataFrame, path: Path) -> None:
    """Write the judgements of `analysis.toward`, one target a line, in the order of the data."""
    judgements = toward_many(targets["text"].tolist(), list(zip(targets["start"], targets["end"], strict=True)))
    rows = [
        {"text": t.text, "span": [t.start, t.end], **j._asdict()}
        for t, j in zip(targets.itertuples(), judgements, strict=True)
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def table(results: dict) -> pd.DataFrame:
    """Print form: one column a system."""
    measures = list(results["toward"])
    return pd.DataFrame({n: s if isinstance(s, dict) else dict.fromkeys(measures, s) for n, s in results.items()})


def store(content: dict) -> None:
    """Write the result whole."""
    RESULT.parent.mkdir(exist_ok=True)
    temporary = RESULT.with_suffix(".part")
    temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    temporary.replace(RESULT)


if __name__ == "__main__":
    main()
