"""Score the coding of seeds/ against the hand coding in coding/, and store the figures that the README quotes.

Usage: python benchmarks/seeds.py
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

RESULT = ROOT / "benchmarks" / "results" / "seeds.json"


def measure() -> dict:
    """Scores by unit and measure, alpha and accuracy by variable; one decimal for per cent, three for alpha."""
    coding = code_folder(ROOT / "seeds", ROOT / "codebook")
    hand = read_coding(ROOT / "coding", read_codebook(ROOT / "codebook"))
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
    content = json.dumps(measure(), indent=1) + "\n"
    temporary = RESULT.with_suffix(".part")
    temporary.write_text(content, encoding="utf-8")
    temporary.replace(RESULT)
    print(content)


if __name__ == "__main__":
    main()
