"""Learn the weights of ``analysis/toward.py`` from NewsMTSC.

    python training/train_sentiment.py CORPUS_DIR [--out FILE]

CORPUS_DIR holds ``newsmtsc/train.jsonl`` (labels) and ``polnear/train.jsonl`` (news text, for which words are used
alike); training/README.md says where from. One thread, no random step: the same versions give the same file.
Prints cross-validated figures (folds by article) and writes the weights. About a minute.
"""

import os

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"  # sums in one order, so the same bytes

import argparse
import importlib
import json
import math
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.optimize import minimize_scalar
from scipy.sparse.linalg import svds
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, log_loss
from sklearn.model_selection import GroupKFold

from analysis.text import sentences, tokens

toward = importlib.import_module("analysis.toward")  # the package exports a function of that name
OUT = Path(__file__).parent.parent / "analysis" / "weights" / "toward.npz"
LABEL_OF_POLARITY = {2: 0, 4: 1, 6: 2}
FOLDS = 5
PENALTY = 0.8  # C of the logistic regression
MIN_COUNT = 2  # targets a word or pattern must stand beside
WORD_SCALE, PATTERN_SCALE, LEXICON_SCALE, SPACE_SCALE = 0.8 / 30, 1.4 / 30, 0.08, 0.03
SPACE_WINDOW, SPACE_SIZE, SPACE_MIN_COUNT = 5, 100, 4
SPACE_POOLS = ("L", "Lnear", "R", "Rnear")
RIGHT_WHEN_SURE = 0.8


def main():
    """Read the corpora, cross-validate, learn from all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    labelled, news = arguments.corpus / "newsmtsc" / "train.jsonl", arguments.corpus / "polnear" / "train.jsonl"
    for path in (labelled, news):
        if not path.is_file():
            sys.exit(f"{path} is missing: training/README.md says where to get it and in what form.")
    targets = read_targets(labelled)
    counts, features = count_features(targets)
    sentences_of_tokens = read_sentences(news, targets)
    names = usual_names(sentences_of_tokens)
    projection = project(counts, features, names, word_space(sentences_of_tokens, names))
    design = sparse.csr_matrix(counts @ projection)
    y = np.array([label for *_, label, _ in targets])
    probabilities = cross_validate(design, y, [article for *_, article in targets])
    temperature = minimize_scalar(lambda t: log_loss(y, cooled(probabilities, t)), bounds=(0.2, 5), method="bounded").x
    calibrated = cooled(probabilities, temperature)
    sure_from = threshold(calibrated, y)
    report(calibrated, y, sure_from, temperature)
    model = fit(design, y)
    coefficients = (projection @ model.coef_.T) / temperature
    write(features, coefficients, model.intercept_ / temperature, sure_from, arguments.out)


def read_targets(path):
    """Text, start, end, label (0 to 2) and article of each target."""
    found = []
    for line in path.open(encoding="utf-8"):
        sentence = json.loads(line)
        article = "_".join(sentence["primary_gid"].split("_")[:2])
        for target in sentence["targets"]:
            label = LABEL_OF_POLARITY[int(target["polarity"])]
            found.append((sentence["sentence_normalized"], target["from"], target["to"], label, article))
    return found


def read_sentences(path, targets):
    """Tokens of each sentence of the news text and of the labelled sentences."""
    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")]
    texts += dict.fromkeys(text for text, *_ in targets)
    return [tokens(text[start:end]) for text in texts for start, end in sentences(text)]


def usual_names(sentences_of_tokens):
    """Stems that stand inside sentences with a capital more often than without: who is named must not count."""
    balance = Counter()
    for sentence in sentences_of_tokens:
        for token in sentence[1:]:
            balance[toward.stem(token.text.lower())] += 1 if token.text[0].isupper() else -1
    return {word for word, surplus in balance.items() if surplus > 0} - {"i"}


def count_features(targets):
    """Sparse table target × feature, and the features' names in alphabetical order."""
    rows = []
    for text, start, end, *_ in targets:
        row = Counter()
        for feature, value, _ in toward.features(toward.context(text, (start, end))):
            row[feature] += value
        rows.append(row)
    vectorizer = DictVectorizer()
    return vectorizer.fit_transform(rows), vectorizer.feature_names_


def word_space(sentences_of_tokens, names):
    """Vectors of stems: truncated SVD of their positive pointwise mutual information, those of rare stems longer.

    Levy, O., Goldberg, Y. and Dagan, I. (2015). Improving distributional similarity with lessons learned from
    word embeddings. TACL 3.
    """
    sentences_of_stems = [[toward.stem(w) for w in toward.normalised_words(some)] for some in sentences_of_tokens]
    frequency = Counter(word for sentence in sentences_of_stems for word in sentence)
    left_out = names | {toward.SILENT}
    stems = sorted(word for word, n in frequency.items() if n >= SPACE_MIN_COUNT and word not in left_out)
    row_of = {word: row for row, word in enumerate(stems)}
    gap = [-1] * SPACE_WINDOW
    rows = np.array([row_of.get(word, -1) for sentence in sentences_of_stems for word in [*sentence, *gap]])
    together = sparse.csr_matrix((len(stems), len(stems)))
    for distance in range(1, SPACE_WINDOW + 1):
        left, right = rows[:-distance], rows[distance:]
        both = (left >= 0) & (right >= 0)
        weights = np.full(both.sum(), 1 / distance)
        together += sparse.coo_matrix((weights, (left[both], right[both])), shape=together.shape).tocsr()
    together = (together + together.T).tocoo()
    total = np.asarray(together.sum(axis=1)).ravel()
    smoothed = total**0.75 / (total**0.75).sum()
    information = np.log(together.data / (total[together.row] * smoothed[together.col]))
    kept = information > 0
    matrix = sparse.csr_matrix((information[kept], (together.row[kept], together.col[kept])), shape=together.shape)
    vectors, strength, _ = svds(matrix, SPACE_SIZE, v0=np.ones(len(stems)))
    vectors = vectors * np.sqrt(strength)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    rarity = np.array([math.log(30 * len(sentences_of_stems) / frequency[word]) for word in stems])
    return dict(zip(stems, vectors * rarity[:, None], strict=True))


def project(counts, features, names, space):
    """Matrix feature × dimension: each frequent feature its own scaled dimension, words also the space's.

    As the model is linear, its coefficients in these dimensions fold into one coefficient a feature.
    """
    frequency, n = np.diff(counts.tocsc().indptr), counts.shape[0]
    scales = np.array([scale(*pair, n) for pair in zip(features, frequency, strict=True)])
    scales[[not names.isdisjoint(feature.split(" ")) for feature in features]] = 0
    own = sparse.diags(scales, format="csc")[:, np.flatnonzero(scales)]
    shared = np.zeros((len(features), len(SPACE_POOLS) * SPACE_SIZE))
    for row, feature in enumerate(features):
        pool, _, word = feature.partition(" ")
        if pool in SPACE_POOLS and word in space:
            first = SPACE_POOLS.index(pool) * SPACE_SIZE
            shared[row, first : first + SPACE_SIZE] = space[word]
    shared *= SPACE_SCALE / (counts @ shared).std()
    return sparse.hstack([own, sparse.csr_matrix(shared)], format="csr")


def scale(feature, frequency, n):
    """Weight of a feature before it is penalised: rarer ones more; 0 leaves it out."""
    if feature.startswith("lexicon "):
        return LEXICON_SCALE
    if frequency < MIN_COUNT or feature.startswith(("Lnear ", "Rnear ")):
        return 0.0
    return (PATTERN_SCALE if "<target>" in feature else WORD_SCALE) * (math.log(n / frequency) + 1)


def fit(design, y):
    """Logistic regression in which the three labels weigh alike."""
    return LogisticRegression(C=PENALTY, max_iter=1000, class_weight="balanced").fit(design, y)


def cross_validate(design, y, articles):
    """Probabilities of each target's labels by a model that has not seen its article."""
    probabilities = np.zeros((len(y), len(toward.LABELS)))
    for train, test in GroupKFold(FOLDS).split(y, y, articles):
        probabilities[test] = fit(design[train], y[train]).predict_proba(design[test])
    return probabilities


def cooled(probabilities, temperature):
    """Probabilities of the scores divided by a temperature."""
    powers = probabilities ** (1 / temperature)
    return powers / powers.sum(axis=1, keepdims=True)


def threshold(probabilities, y):
    """Lowest probability, in steps of 0.01, from which on RIGHT_WHEN_SURE of the labels are right."""
    best, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == y
    steps = np.arange(34, 100) / 100
    return next((float(step) for step in steps if right[best >= step].mean() >= RIGHT_WHEN_SURE), 1.0)


def report(probabilities, y, sure_from, temperature):
    """Print what cross-validation shows."""
    best, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == y
    order, sure = np.argsort(-best, kind="stable"), best >= sure_from
    f1 = 100 * f1_score(y, probabilities.argmax(axis=1), average="macro")
    print(f"{len(y)} targets, {FOLDS} folds by article: macro F1 {f1:.1f}, accuracy {right.mean():.3f}")
    print(f"most confident half {right[order[: len(y) // 2]].mean():.3f} right; temperature {temperature:.3f}")
    print(f"sure from {sure_from:.2f}: {sure.mean():.3f} of labels, {right[sure].mean():.3f} of these right")
    for low in np.arange(30, 100, 10) / 100:
        inside = (best >= low) & (best < low + 0.1)
        if inside.any():
            print(
                f"  probability {low:.1f} to {low + 0.1:.1f}: {inside.sum()} labels, {right[inside].mean():.3f} right"
            )


def write(features, coefficients, bias, sure_from, path):
    """Write the rows that hold anything, as float16, under a temporary name first."""
    kept = np.flatnonzero(np.abs(coefficients).max(axis=1) > 1e-3)
    arrays = {
        "features": np.frombuffer("\n".join(features[row] for row in kept).encode("utf-8"), np.uint8),
        "coefficients": coefficients[kept].astype(np.float16),
        "bias": bias,
        "sure_from": np.array(sure_from),
    }
    temporary = path.with_suffix(".part")
    with temporary.open("wb") as file:
        np.savez_compressed(file, **arrays)
    temporary.replace(path)
    print(f"{len(kept)} features, {path.stat().st_size / 1e6:.2f} MB in {path}")


if __name__ == "__main__":
    main()
