"""Score the coding of the seeds and of invented articles against their hand coding; the README quotes the figures.

Usage: python benchmarks/coding.py
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from analysis import code_folder, read_codebook, read_coding  # noqa: E402
from analysis.agreement import compare, extraction_scores  # noqa: E402
from analysis.reliability import label_agreement, label_scores  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results"
BENCHMARKS = ROOT / "benchmarks"
FOLDERS = {"seeds": (ROOT / "seeds", ROOT / "coding", ROOT / "codebook")}  # name: articles, hand coding, codebook
FOLDERS |= {
    name: (BENCHMARKS / name / "articles", BENCHMARKS / name / "coding", BENCHMARKS / "codebook")
    for name in ("unseen", "oblique")  # nobody looks at either; the second are harder than most news
}


def measure(articles: Path, hand_coding: Path, codebook: Path) -> dict:
    """Scores by unit and measure, alpha and accuracy by variable; one decimal for per cent, three for alpha."""
    coding = code_folder(articles, codebook)
    hand = read_coding(hand_coding, read_codebook(codebook))
    units, labels = compare(hand, (coding.statements, coding.grievances), coding.articles)
    found, scores, alphas = {}, {}, {}
    for row in extraction_scores(units).itertuples():
        found.setdefault(_key(row.unit), {"gold": row.gold, "pred": row.pred})[row.measure] = {
            name: round(getattr(row, name), 1) for name in ("precision", "recall", "f1", "f1_low", "f1_high")
        }
    for row in label_scores(labels).itertuples():
        scores[_key(f"{row.variable} {row.measure}")] = {"n": row.n} | {
            name: round(getattr(row, name), 1) for name in ("score", "low", "high")
        }
    for row in label_agreement(labels).itertuples():
        alphas[_key(row.variable)] = {"n": row.n} | {
            name: None if getattr(row, name) != getattr(row, name) else round(getattr(row, name), 3)
            for name in ("alpha", "alpha_low", "alpha_high")
        }
    return {"found": found, "labels": scores, "alpha": alphas}


def _key(name: str) -> str:
    return re.sub(r"\W+", "_", name)


def main() -> None:
    """Measure, print and store."""
    for name, folders in FOLDERS.items():
        result = measure(*folders)
        temporary = RESULTS / f"{name}.part"
        temporary.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
        temporary.replace(RESULTS / f"{name}.json")
        print(f"{name}:")
        for unit, found in result["found"].items():
            print(f"  {unit:22}", *(f"{m} F1 {found[m]['f1']}" for m in ("overlap", "exact", "e2e") if m in found))
        for label, score in result["labels"].items():
            print(f"  {label:32} {score['score']} ({score['low']} to {score['high']}), n = {score['n']}")


if __name__ == "__main__":
    main()
