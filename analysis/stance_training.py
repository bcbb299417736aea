"""Learn stance from an analyst's hand coding, a classifier a target, and hold it against the patterns."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from analysis.articles import InputError
from analysis.codebook import Codebook
from analysis.coders import read_coder
from analysis.evaluation import read_evaluation
from analysis.files import write_whole
from analysis.judgement import NONE
from analysis.learned_stance import FILE, LABELS
from analysis.reference import SIDED, Said, read_targets
from analysis.reliability import macro_f1, resampled, with_interval
from analysis.stance import stances
from analysis.stems import stems
from analysis.text import Span

STATEMENTS = 200  # fewer are too few: Favg on covid_mandates rises from 43 at 100 to 60 with all
EACH = 10  # statements that a position needs to be learnt
FOLDS = 5
DECIMALS = 4
COMPARED = ["target", "n", "favour", "against", "neutral", "patterns", "learned", "gain", "low", "high", "used"]


def hand_coded(path: str | Path, codebook: Codebook) -> pd.DataFrame:
    """Read the statements to learn from: `analysis.coders.read_coder`, 200 or more, all coded by hand.

    Raises
    ------
    InputError
        If there are fewer, or they are machine coding. Corrections do not make hand coding to learn from: they are
        made where the machine was wrong, so on them nothing could be compared with the patterns.
    """
    statements = read_coder(path, codebook).statements
    if "corrected" in statements:
        raise InputError(f"{path}: is machine coding, even where it is corrected; give a filled sheet or hand coding")
    if len(statements) < STATEMENTS:
        raise InputError(f"{path}: holds {len(statements)} hand-coded statements; learning stance takes {STATEMENTS}")
    return statements


def learn_stance(statements: pd.DataFrame, codebook: Codebook) -> tuple[pd.DataFrame, dict]:
    """Learn a classifier for every target and compare it with the patterns.

    Parameters
    ----------
    statements : DataFrame
        From `hand_coded`: ``article``, ``text``, ``group``, ``stance``.
    codebook : Codebook
        Its targets and their patterns.

    Returns
    -------
    tuple of DataFrame and dict
        A row a target: ``n`` statements and those coded favour, against and neutral; ``patterns`` and ``learned``,
        macro F1 in percent over the positions that the hand coding holds, "none" among them; ``gain``, learned less
        patterns, with its 95 % bootstrap interval ``low``, ``high``; ``used``: "yes" if all of it lies above 0, "no",
        or "too few" where not two labels, favour or against among them, have 10 statements each. And for the targets
        to use, learnt from all statements, what `write_model` writes.

    Notes
    -----
    TF-IDF of word stems and logistic regression with balanced classes, as in Mohammad et al. (2016), "SemEval-2016
    Task 6: detecting stance in tweets" (there with n-grams and a support vector machine). The learned labels are
    cross-validated, no article in two folds; of one article alone, by statement. Both see only the statement's words.
    The interval resamples statements, which are not independent within an article, so it is too narrow. Patterns
    written with these statements in view look better than they are, and are then harder to replace.
    """
    rows, tables = [], {}
    found = _by_patterns(statements, codebook)
    for target in read_targets(codebook.targets):
        hand = np.array([stance.get(target.name, NONE) for stance in statements["stance"]])
        counts = {label: int((hand == label).sum()) for label in LABELS}
        row = {"target": target.name, "n": len(hand)} | {label: counts[label] for label in LABELS if label != NONE}
        learnt = [label for label in LABELS if counts[label] >= EACH]
        if len(learnt) < 2 or not set(learnt) & set(SIDED):
            rows.append(row | {"used": "too few"})
            continue
        patterns = np.array([stance[target.name].label if target.name in stance else NONE for stance in found])
        rows.append(row | _compared(hand, patterns, _cross_validated(statements, hand, learnt)))
        if rows[-1]["used"] == "yes":
            tables[target.name] = _table(*_fitted(statements["text"].to_numpy(), hand, learnt))
    return pd.DataFrame(rows, columns=COMPARED), tables


def write_model(tables: dict, folder: str | Path) -> Path:
    """Write what was learnt beside the codebook, where the next run finds it; with no target the file goes."""
    path = Path(folder) / FILE
    if tables:
        write_whole(path, json.dumps({"targets": tables}, ensure_ascii=False, sort_keys=True) + "\n")
    else:
        path.unlink(missing_ok=True)
    return path


def _by_patterns(statements: pd.DataFrame, codebook: Codebook) -> list[dict]:
    targets, readings = read_targets(codebook.targets), read_evaluation(codebook.evaluation)
    said = (Said([Span(0, len(row.text))], row.group) for row in statements.itertuples())
    return [stances(text, one, targets, readings) for text, one in zip(statements["text"], said, strict=True)]


def _cross_validated(statements: pd.DataFrame, hand: np.ndarray, learnt: list[str]) -> np.ndarray:
    """Label every statement by what the other articles teach."""
    texts, articles = statements["text"].to_numpy(), pd.factorize(statements["article"])[0]
    groups = articles if articles.any() else np.arange(len(hand))
    folds = StratifiedGroupKFold(min(FOLDS, len(set(groups))))
    labels = np.full(len(hand), NONE, dtype=object)
    for train, test in folds.split(texts, np.where(np.isin(hand, learnt), hand, learnt[0]), groups):
        known = sorted(set(hand[train]) & set(learnt))
        if len(known) < 2:  # nothing to tell apart
            labels[test] = known[0] if known else NONE
        else:
            vectors, model = _fitted(texts[train], hand[train], learnt)
            labels[test] = model.predict(vectors.transform(texts[test]))
    return labels


def _fitted(texts: np.ndarray, hand: np.ndarray, learnt: list[str]) -> tuple[TfidfVectorizer, LogisticRegression]:
    kept = np.isin(hand, learnt)
    vectors = TfidfVectorizer(analyzer=_stems, sublinear_tf=True, min_df=2)
    model = LogisticRegression(class_weight="balanced", max_iter=1000)
    return vectors, model.fit(vectors.fit_transform(texts[kept]), hand[kept])


def _stems(text: str) -> list[str]:
    return [stem for stem, _ in stems(text, [Span(0, len(text))])]


def _compared(hand: np.ndarray, patterns: np.ndarray, learned: np.ndarray) -> dict:
    held = [i for i, label in enumerate(LABELS) if (hand == label).any()]
    scores = [macro_f1(resampled(_crosstabs(hand, labels)), held) for labels in (patterns, learned)]
    gain, low, high = with_interval(scores[1] - scores[0])
    measured = {"patterns": scores[0][0], "learned": scores[1][0], "gain": gain, "low": low, "high": high}
    return measured | {"used": "yes" if low > 0 else "no"}


def _crosstabs(hand: np.ndarray, other: np.ndarray) -> np.ndarray:
    counts = np.zeros((len(hand), len(LABELS), len(LABELS)))
    places = [[LABELS.index(label) for label in labels] for labels in (hand, other)]
    counts[np.arange(len(hand)), places[0], places[1]] = 1
    return counts


def _table(vectors: TfidfVectorizer, model: LogisticRegression) -> dict:
    """Give the coefficients as JSON holds them: for each stem its idf, then one number a label."""
    coefficients, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:  # one row stands for both: it speaks for the second class
        coefficients, bias = np.vstack([-coefficients, coefficients]) / 2, np.array([-bias[0], bias[0]]) / 2
    numbers = np.column_stack([vectors.idf_, coefficients.T]).round(DECIMALS).tolist()
    words = dict(zip(vectors.get_feature_names_out(), numbers, strict=True))
    return {"labels": model.classes_.tolist(), "bias": bias.round(DECIMALS).tolist(), "words": words}
