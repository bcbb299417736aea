"""The tables of stored measurements hold what was stored."""

import json
from pathlib import Path

from analysis import measured

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


def stored(name):
    return json.loads((BENCHMARKS / "results" / f"{name}.json").read_text(encoding="utf-8"))


def test_coding_sets_seeds_beside_other_protests():
    table = measured.coding(BENCHMARKS)
    for name in ("seeds", "unseen", "oblique"):
        score = stored(name)["labels"]["stance_macro_F1"]
        cell = table.loc[("label", "stance macro F1"), name]
        assert cell == f"{score['score']} ({score['low']} to {score['high']}), n = {score['n']:,}"


def test_every_system_that_was_measured_is_listed():
    assert set(measured.target_sentiment(BENCHMARKS).index) == set(stored("target_sentiment")["systems"])
    assert set(measured.attribution(BENCHMARKS).index.unique("system")) == set(stored("attribution")["systems"])
    assert set(measured.themes(BENCHMARKS).index.unique("given")) == set(stored("themes"))


def test_published_figures_name_their_source():
    assert measured.published(BENCHMARKS).iloc[:, -1].str.len().min() > 5
