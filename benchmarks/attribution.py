"""Who said what on PolNeAR: the shipped tagger beside the rules it replaced and a linear-chain CRF, in one run.

Also how fast statements with their speakers are found, on one core.

Usage: python benchmarks/attribution.py CORPUS.jsonl [--train TRAIN.jsonl] [--predictions FILE]

CORPUS.jsonl holds one {"id", "text", "attributions": [{"source", "cue", "content"}]} a line (training/README.md says
where from). The CRF needs sklearn-crfsuite and TRAIN.jsonl, and is left out, and reported as left out, without them.
"""

import argparse
import gc
import json
import os
import re
import sys
import time
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"  # one core is what is timed

import pandas as pd  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import rules  # noqa: E402

from analysis import read_codebook  # noqa: E402
from analysis.agreement import match_statements  # noqa: E402
from analysis.codebook import Codebook, verb_forms  # noqa: E402
from analysis.layout import with_fixed_forms  # noqa: E402
from analysis.pipeline import find_spoken  # noqa: E402
from analysis.speakers import Speakers  # noqa: E402
from analysis.speech import SPEECH_NOUNS  # noqa: E402
from analysis.tagger import attributions  # noqa: E402
from analysis.text import is_word, quotations, tokens  # noqa: E402

RESULT = ROOT / "benchmarks" / "results" / "attribution.json"
WEAK = set(
    "the a an of in on at to for from by with and or who which that this these those his her its their our my your"
    " mr mrs ms dr is was are were as some many other one s".split()
)


def main() -> None:
    """Run every system, print the table, store it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--train", type=Path, help="to train the CRF on")
    parser.add_argument("--predictions", type=Path, help="write the tagger's attributions here, in the corpus's form")
    options = parser.parse_args()
    for path in filter(None, (options.corpus, options.train)):
        if not path.is_file():
            sys.exit(f"{path} is missing: training/README.md says where to get PolNeAR, and in what form.")
    records = read(options.corpus)
    codebook = read_codebook()
    verbs = verb_forms(codebook.verbs)
    cues = frozenset(verbs)
    systems = {
        "tagger": lambda texts: list(map(attributed, texts)),
        "rules": lambda texts: [rules.attributions(text, cues) for text in texts],
    }
    if options.train:
        import crf

        systems["CRF"] = crf.train(read(options.train))
    results = {}
    texts = [record["text"] for record in records]
    for name, system in systems.items():
        found, speed = timed(system, texts)
        results[name] = score(records, found, verbs) | {"articles_a_second": speed}
        if name == "tagger" and options.predictions:
            write(records, found, options.predictions)
    speed = timed(lambda texts: spoken(texts, codebook, verbs), texts)[1]
    store(
        {
            "corpus": options.corpus.name,
            "articles": len(records),
            "articles_a_second_with_speakers": speed,
            "systems": results,
        }
    )
    print(f"tagger, statements and speakers: {speed} articles a second")
    print(table(results).to_string())


def timed(system, texts: list[str]) -> tuple[list, float]:
    """Run a system over texts: what it gives, and articles a second."""
    system(texts[:1])  # loading and compiling are not what is timed,
    gc.freeze()  # nor is what other systems left in memory
    start = time.process_time()  # of the processor, so that other programs do not count
    found = system(texts)
    return found, round(len(texts) / (time.process_time() - start), 1)


def spoken(texts: list[str], codebook: Codebook, verbs: dict[str, str]) -> list:
    """Statements and speakers of each text, as the package codes them."""
    speakers = Speakers(codebook, texts)
    return [find_spoken(text, verbs, speakers) for text in texts]


def attributed(text: str) -> list:
    """Find attributions as the package does: the tagger's, then what fixed forms add."""
    return with_fixed_forms(text, quotations(text), attributions(text))


def read(path: Path) -> list[dict]:
    """Read a corpus: one JSON object a line."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [json.loads(line) for line in lines]


def score(records: list[dict], found: list[list], verbs: dict[str, str]) -> dict:
    """F1 by type: overlap (Jaccard of words at least 0.5), exact, and end to end (overlap and right source)."""
    gold = [row for record in records for row in _rows(record, record["attributions"], verbs)]
    predicted = [
        row
        for record, attributions in zip(records, found, strict=True)
        for row in _rows(record, [a._asdict() for a in attributions], verbs)
    ]
    articles = pd.DataFrame({"article": [r["id"] for r in records], "text": [r["text"] for r in records]})
    columns = ["article", "content", "kinds", "source"]
    tables = [pd.DataFrame(rows, columns=columns) for rows in (gold, predicted)]
    pairs = match_statements(*tables, articles)
    scores = {}
    for kind in ("all", "direct", "mixed", "indirect", "all_speech"):
        here = [[kind in row["kinds"] for row in rows] for rows in (gold, predicted)]
        scores[kind] = {"gold": sum(here[0]), "predicted": sum(here[1])}
        for measure in ("overlap", "exact", "e2e"):
            hits = [(p.gold, p.pred) for p in pairs.itertuples() if _counts(p, gold, predicted, measure)]
            right = [sum(here[0][g] for g, _ in hits), sum(here[1][p] for _, p in hits)]
            shares = [part / whole if whole else 0 for part, whole in zip(right, map(sum, here), strict=True)]
            scores[kind][measure] = round(200 * shares[0] * shares[1] / sum(shares), 1) if sum(shares) else 0.0
    return scores


def _rows(record: dict, attributions: list[dict], verbs: dict[str, str]) -> list[dict]:
    text = record["text"]
    words = [token for token in tokens(text) if is_word(token)]
    quoted = {i for q in quotations(text) for i, token in enumerate(words) if q.start <= token.start < q.end}
    rows = []
    for attribution in attributions:
        content = {i for i, token in enumerate(words) if _inside(token, attribution["content"])}
        if content:
            kind = "direct" if content <= quoted else "mixed" if content & quoted else "indirect"
            cue = re.findall(r"\w+", " ".join(text[s:e] for s, e in attribution["cue"]).lower())
            speech = any(word in verbs or word in SPEECH_NOUNS for word in cue) or (not cue and kind == "direct")
            source = {i for i, token in enumerate(words) if _inside(token, attribution["source"])}
            strong = {i for i in source if words[i].text.lower() not in WEAK}
            kinds = ["all", kind] + ["all_speech"] * speech
            rows.append(
                {"article": record["id"], "content": attribution["content"], "kinds": kinds, "source": (source, strong)}
            )
    return rows


def _inside(token, spans) -> bool:
    return any(token.start < end and token.end > start for start, end in spans)


def _counts(pair, gold: list[dict], predicted: list[dict], measure: str) -> bool:
    if measure == "exact":
        return pair.jaccard == 1
    (every, strong), (found, _) = gold[pair.gold]["source"], predicted[pair.pred]["source"]
    return measure == "overlap" or bool((strong or every) & found) or not (every or found)


def write(records: list[dict], found: list[list], path: Path) -> None:
    """Write attributions in the corpus's form."""
    spans = ("source", "cue", "content")
    rows = [
        {"id": record["id"], "attributions": [{name: getattr(a, name) for name in spans} for a in some]}
        for record, some in zip(records, found, strict=True)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def table(results: dict) -> pd.DataFrame:
    """Print form: one row a system, F1 overlap and end to end by type, speed."""
    rows = {}
    for name, scores in results.items():
        rows[name] = {f"{kind} {m}": scores[kind][m] for kind in list(scores)[:5] for m in ("overlap", "e2e")}
        rows[name]["articles_a_second"] = scores["articles_a_second"]
    return pd.DataFrame(rows)


def store(content: dict) -> None:
    """Write the result whole."""
    temporary = RESULT.with_suffix(".part")
    temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    temporary.replace(RESULT)


if __name__ == "__main__":
    main()
