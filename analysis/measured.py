"""What ``benchmarks/`` measured and stored, as tables for the reader; nothing is measured here."""

import json
from pathlib import Path

import pandas as pd


def attribution(folder: str | Path) -> pd.DataFrame:
    """Read the result of ``benchmarks/attribution.py``: F1 by system, kind of attribution and measure."""
    rows = {
        (name, kind): {measure: scores[kind][measure] for measure in ("gold", "overlap", "exact", "e2e")}
        for name, scores in _stored(folder, "attribution")["systems"].items()
        for kind in scores
        if isinstance(scores[kind], dict)
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis(["system", "attributions"])


def published(folder: str | Path) -> pd.DataFrame:
    """Read the figures that other systems' authors report, with their sources."""
    return pd.read_csv(Path(folder) / "published.csv", keep_default_na=False).set_index("system")


def coding(folder: str | Path) -> pd.DataFrame:
    """Read the result of ``benchmarks/coding.py``: scores on the seeds beside those on invented articles.

    Returns
    -------
    DataFrame
        One row a measure: score with its 95 % bootstrap interval and n, for each set of articles.
    """
    columns = {}
    for name in ("seeds", "unseen", "oblique"):
        stored = _stored(folder, name)
        found = {
            (unit, measure): _cell(scores["gold"], scores[measure], "f1", "f1_low", "f1_high")
            for unit, scores in stored["found"].items()
            for measure in ("overlap", "e2e")
            if measure in scores
        }
        labels = {
            ("label", label): _cell(score["n"], score, "score", "low", "high")
            for label, score in stored["labels"].items()
        }
        columns[name] = found | labels
    table = pd.DataFrame(columns)
    table.index = table.index.set_names(["of", "measure"])
    return table.rename(index=lambda name: name.replace("_", " "))


def target_sentiment(folder: str | Path) -> pd.DataFrame:
    """Read the result of ``benchmarks/target_sentiment.py``: one row a system, macro F1 and accuracy in per cent."""
    return pd.DataFrame.from_dict(_stored(folder, "target_sentiment")["systems"], orient="index").rename_axis("system")


def themes(folder: str | Path) -> pd.DataFrame:
    """Read the result of ``benchmarks/themes.py``: one row a method and number of keywords; shares from 0 to 1.

    A method that could not be run has a ``note`` instead of scores.
    """
    names = ("accuracy", "nmi", "ari", "groups")
    rows = {
        (given, method): {"note": scores} if isinstance(scores, str) else {name: scores[name] for name in names}
        for given, stored in _stored(folder, "themes").items()
        for method, scores in stored["methods"].items()
    }
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis(["given", "method"])
    return table.reindex(columns=[*names, "note"]).astype(object).fillna("")


def _stored(folder: str | Path, name: str) -> dict:
    return json.loads((Path(folder) / "results" / f"{name}.json").read_text(encoding="utf-8"))


def _cell(n: int, score: dict, value: str, low: str, high: str) -> str:
    return f"{score[value]} ({score[low]} to {score[high]}), n = {n:,}"
