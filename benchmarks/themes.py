"""Assign themes on CAVES beside keywords alone, clusterers and topic models, and store the figures.

Usage: python benchmarks/themes.py CAVES_DIR [--keywords N]

CAVES_DIR holds caves_train.csv and caves_val.csv (github.com/sohampoddar26/caves-data, GPL-3.0; not part of this
project). Scored are the texts of the val part with exactly one label other than "none" (11 labels). Each method sees
these texts without their labels, and nothing else. ``assign_themes`` and keywords alone get ``caves_keywords.csv``: per
theme a definition and eight keywords, chosen by hand in one reading from the 40 words and word pairs of the train part
with the highest log-odds (informative Dirichlet prior), leaving out function words and words that do not bear out the
definition; where fewer than eight were left, words of the definition were added. The
first N are used. The clusterers get the true number of clusters, which nobody would know, and each of their clusters
is then called by its most frequent true label (majority mapping), which flatters them again. BERTopic as it comes
downloads a language model, so without a network it does not run; if it is installed it runs with LSA vectors instead,
and is named so. Texts it leaves out count as wrong.
"""

import argparse
import csv
import json
import os
import sys
import time
import warnings
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[variable] = "1"  # seconds are those of one core

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from sklearn.cluster import AgglomerativeClustering, KMeans  # noqa: E402
from sklearn.decomposition import NMF, LatentDirichletAllocation, TruncatedSVD  # noqa: E402
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer  # noqa: E402
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score  # noqa: E402
from sklearn.preprocessing import normalize  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from analysis.themes import UNSURE, assign_themes  # noqa: E402

RESULT = ROOT / "benchmarks" / "results" / "themes.json"
KEYWORDS = ROOT / "benchmarks" / "caves_keywords.csv"
RUNS, SHARE, SEED = 10, 0.8, 2022
ENOUGH = 5000


def read(path: Path) -> pd.DataFrame:
    """Give the texts with exactly one label other than "none"."""
    if not path.exists():
        sys.exit(f"{path}: no such file; get it from github.com/sohampoddar26/caves-data")
    table = pd.read_csv(path)
    return table[~table["labels"].str.contains(" ") & (table["labels"] != "none")].reset_index(drop=True)


def codebook(keywords: int) -> pd.DataFrame:
    """Give the CAVES codebook with the first keywords of each theme."""
    with open(KEYWORDS, encoding="utf-8", newline="") as file:
        themes = pd.DataFrame(csv.DictReader(file))
    return themes.assign(keywords=["; ".join(cell.split("; ")[:keywords]) for cell in themes["keywords"]])


def majority(found: np.ndarray, labels: pd.Series) -> np.ndarray:
    """Call each cluster by its most frequent label; −1 is no cluster."""
    names = labels.groupby(found).agg(lambda here: here.value_counts().index[0])
    return np.array([names[number] if number != -1 else UNSURE for number in found])


def clusterers(texts: list[str], count: int) -> dict:
    """List the peers: functions that give each text a cluster number."""
    tfidf = TfidfVectorizer(stop_words="english", min_df=2, sublinear_tf=True)
    counts = CountVectorizer(stop_words="english", min_df=2)

    def lsa():
        return normalize(TruncatedSVD(100, random_state=SEED).fit_transform(tfidf.fit_transform(texts)))

    def lda():
        model = LatentDirichletAllocation(count, random_state=SEED, max_iter=30)
        return model.fit_transform(counts.fit_transform(texts)).argmax(axis=1)

    def bertopic():
        from bertopic import BERTopic
        from umap import UMAP

        model = BERTopic(umap_model=UMAP(random_state=SEED, n_neighbors=15, n_components=5, min_dist=0.0))
        return np.array(model.fit_transform(texts, lsa())[0])

    peers = {
        "TF-IDF + KMeans": lambda: KMeans(count, n_init=10, random_state=SEED).fit_predict(tfidf.fit_transform(texts)),
        "NMF": lambda: (
            NMF(count, random_state=SEED, max_iter=500).fit_transform(tfidf.fit_transform(texts)).argmax(axis=1)
        ),
        "LDA": lda,
        "LSA + agglomerative": lambda: AgglomerativeClustering(count).fit_predict(lsa()),
        "BERTopic on LSA vectors": bertopic,
    }
    return peers


def score(labels: pd.Series, named: np.ndarray, groups: np.ndarray, seconds: float) -> dict:
    """Accuracy of the names; NMI and ARI of the groups as they came."""
    return {
        "accuracy": round(float((labels == named).mean()), 3),
        "nmi": round(float(normalized_mutual_info_score(labels, groups)), 3),
        "ari": round(float(adjusted_rand_score(labels, groups)), 3),
        "groups": len(set(groups)),
        "seconds": round(seconds, 1),
    }


def stability(texts: list[str], themes: pd.DataFrame) -> dict:
    """Mean agreement of two 80 % subsamples on the texts that both hold: adjusted Rand index, share of same themes."""
    chance = np.random.default_rng(SEED)
    runs = []
    for _ in range(RUNS):
        rows = np.sort(chance.permutation(len(texts))[: round(SHARE * len(texts))])
        runs.append(assign_themes([texts[row] for row in rows], themes).set_index(rows))
    pairs = [(a.loc[a.index.intersection(b.index)], b) for n, a in enumerate(runs) for b in runs[:n]]
    values = {"all": [], "keyword": [], "same": []}
    for ours, theirs in pairs:
        theirs = theirs.loc[ours.index]
        hit = ours["how"] == "keyword"
        values["same"].append((ours["theme"] == theirs["theme"]).mean())
        values["all"].append(adjusted_rand_score(ours["theme"], theirs["theme"]))
        values["keyword"].append(adjusted_rand_score(ours.loc[hit, "theme"], theirs.loc[hit, "theme"]))
    return {name: round(float(np.mean(found)), 3) for name, found in values.items()}


def measure(folder: Path, keywords: int) -> dict:
    """Run every method on the val part; time ``assign_themes`` on 5,000 texts."""
    val, train = read(folder / "caves_val.csv"), read(folder / "caves_train.csv")
    texts, labels, themes = list(val["text"]), val["labels"], codebook(keywords)
    start = time.process_time()
    coded = assign_themes(texts, themes)
    seconds = time.process_time() - start
    found = np.array(coded["theme"])
    alone = np.where(coded["how"] == "keyword", found, UNSURE)
    methods = {
        "assign_themes": score(labels, found, found, seconds),
        "keywords alone": score(labels, alone, alone, 0.0) | {"seconds": None},
        "most frequent label": score(labels, np.full(len(labels), labels.mode()[0]), np.zeros(len(labels)), 0.0),
    }
    for name, peer in clusterers(texts, labels.nunique()).items():
        start = time.process_time()
        try:
            groups = np.asarray(peer())
        except ImportError:
            methods[name] = "not run: not installed"
            continue
        methods[name] = score(labels, majority(groups, labels), groups, time.process_time() - start)
    methods["BERTopic as it comes"] = "not run: it downloads a language model"
    start = time.process_time()
    many = list(train["text"])[:ENOUGH]
    assign_themes(many, themes)
    seconds = time.process_time() - start
    return {
        "texts": len(texts),
        "labels": int(labels.nunique()),
        "methods": methods,
        "how": coded["how"].value_counts().to_dict(),
        "right_by_how": {
            how: round(float(part.mean()), 3) for how, part in (labels == found).groupby(np.array(coded["how"]))
        },
        "stability": stability(texts, themes),
        "stability_of_5000": stability(many, themes),
        "seconds_for_5000": round(seconds, 1),
    }


def main() -> None:
    """Measure, print and store."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path, metavar="CAVES_DIR")
    parser.add_argument("--keywords", type=int, metavar="N", choices=range(1, 9), help="a theme; without it 8 and 2")
    given = parser.parse_args()
    warnings.simplefilter("ignore")
    stored = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    for keywords in [given.keywords] if given.keywords else [8, 2]:
        stored[f"{keywords} keywords"] = measure(given.folder, keywords)
    content = json.dumps(dict(sorted(stored.items(), reverse=True)), indent=1) + "\n"
    RESULT.parent.mkdir(exist_ok=True)
    temporary = RESULT.with_suffix(".part")
    temporary.write_text(content, encoding="utf-8")
    temporary.replace(RESULT)
    print(content)


if __name__ == "__main__":
    main()
