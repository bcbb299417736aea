"""How far labels agree: alpha against the literature and its resamples against alpha, F1 against scikit-learn, intervals, empty tables."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from perturbation import ARTICLES, HAND, perturbed
from sklearn.metrics import f1_score

from analysis.agreement import LABELS, UNITS, compare
from analysis.reliability import (
    alpha,
    alphas,
    label_agreement,
    label_scores,
    macro_f1,
    reliability_by_group,
    resampled,
    with_interval,
)

CROSSTABS = st.integers(2, 5).flatmap(lambda k: arrays(int, (k, k), elements=st.integers(0, 6)))


def crosstab(first, second):
    values = sorted({*first, *second})
    counts = np.zeros((len(values), len(values)))
    for pair in zip(first, second, strict=True):
        counts[values.index(pair[0]), values.index(pair[1])] += 1
    return counts


def labels_of(*rows):
    """A labels table of (pair, variable, hand, machine), all by one group."""
    place = {"unit": "statement", "article": "a", "offset": 0, "text": "", "group": "public"}
    table = [place | dict(zip(("pair", "variable", "hand", "machine"), row, strict=True)) for row in rows]
    return pd.DataFrame(table, columns=LABELS)


def row_of(table, variable):
    return table.set_index("variable").loc[variable]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("0100000010", "1110010000", 0.095), ("aabbdcccedda", "babbbccceddd", 0.692)],
    ids=["binary", "nominal"],
)
def test_alpha_is_that_of_the_literature(first, second, expected):
    """Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", examples A and B."""
    assert alpha(crosstab(first, second)) == pytest.approx(expected, abs=0.0005)


@given(CROSSTABS, st.booleans())
def test_resampled_alpha_is_alpha(counts, ordinal):
    one = alpha(counts, ordinal)
    assert alphas(np.stack([counts, counts]), ordinal) == pytest.approx([one, one], abs=1e-9, nan_ok=True)


def test_ordinal_alpha_forgives_a_near_miss_more_than_a_far_one():
    near, far = np.diag([5, 5, 5]) + np.eye(3, k=1), np.diag([5, 5, 5]) + 2 * np.eye(3, k=2)
    assert alpha(near) == pytest.approx(alpha(far), abs=0.01)
    assert alpha(near, ordinal=True) > alpha(far, ordinal=True) + 0.1


@pytest.mark.parametrize(
    "counts", [np.zeros((3, 3)), np.diag([4, 0]), np.zeros((0, 0))], ids=["none", "all alike", "no value"]
)
@pytest.mark.filterwarnings("error")
def test_alpha_of_labels_that_do_not_vary_is_undefined(counts):
    assert np.isnan(alpha(counts)) and np.isnan(alpha(counts, ordinal=True))


@given(CROSSTABS)
def test_macro_f1_is_that_of_scikit_learn(counts):
    classes = list(range(len(counts)))
    held = [c for c in classes if counts[c].sum()]
    pairs = [cell for cell, times in np.ndenumerate(counts) for _ in range(times)]
    if not held:
        assert np.isnan(macro_f1(counts, classes))
        return
    expected = f1_score(*zip(*pairs, strict=True), labels=held, average="macro", zero_division=0)
    assert float(macro_f1(counts, classes)) == pytest.approx(100 * expected)


def test_resamples_draw_whole_units_with_replacement_and_always_the_same():
    counts = np.eye(7)
    sums = resampled(counts)
    assert sums.shape == (1001, 7)
    assert (sums[0] == 1).all() and (sums.sum(1) == 7).all()
    assert sums[1:].max() > 2 and sums[1:].min() == 0
    assert abs(sums[1:].mean(0) - 1).max() < 0.15
    assert (sums == resampled(counts)).all()


def test_interval_leaves_undefined_resamples_out():
    assert with_interval(np.array([0.5, 0.0, np.nan, 1.0])) == pytest.approx((0.5, 0.025, 0.975))
    assert np.isnan(with_interval(np.array([np.nan, 0.0, 1.0]))).all()


@pytest.mark.parametrize("right", [30, 60, 90])
def test_interval_of_a_share_is_that_of_theory(right):
    labels = labels_of(*((i, "group", "police", "police" if i < right else "public") for i in range(120)))
    score = row_of(label_scores(labels), "group")
    share, spread = right / 120, 196 * np.sqrt(right / 120 * (1 - right / 120) / 120)
    assert score["score"] == pytest.approx(100 * share)
    assert (score["low"], score["high"]) == pytest.approx((100 * share - spread, 100 * share + spread), abs=1.5)


def test_sentiment_is_ordinal_and_leaves_labels_off_its_scale_out():
    sentiment = [("negative", "negative"), ("neutral", "neutral"), ("positive", "neutral"), ("neutral", "unsure")]
    row = row_of(
        label_agreement(labels_of(*((i, "sentiment", *pair) for i, pair in enumerate(sentiment)))), "sentiment"
    )
    assert (row["level"], row["n"]) == ("ordinal", 3)
    assert row["percent_agreement"] == pytest.approx(200 / 3)


@pytest.mark.parametrize("variable", ["sentiment", "stance: position"])
def test_a_far_miss_weighs_more_than_a_near_one_in_sentiment_and_position(variable):
    low, high = ("negative", "positive") if variable == "sentiment" else ("against", "favour")
    right = [(value, value) for value in (low, "neutral", high) for _ in range(5)]
    near, far = [*right, (low, "neutral")], [*right, (low, high)]
    name = "stance: wages" if variable == "stance: position" else variable
    tables = [label_agreement(labels_of(*((i, name, *pair) for i, pair in enumerate(pairs)))) for pairs in (near, far)]
    assert row_of(tables[0], variable)["level"] == "ordinal"
    assert row_of(tables[0], variable)["alpha"] > row_of(tables[1], variable)["alpha"] + 0.05


def test_stance_not_taken_up_counts_as_none():
    rows = [
        (0, "against", "against"),
        (1, "none", "none"),
        (2, "none", "favour"),
        (3, "neutral", "none"),
        (4, "favour", "favour"),
    ]
    labels = labels_of(*((pair, "stance: wages", hand, machine) for pair, hand, machine in rows))
    table = label_agreement(labels)
    assert list(table["variable"]) == ["stance: wages", "stance: all targets", "stance: position"]
    assert list(table["n"]) == [5, 5, 2]
    assert list(table["percent_agreement"]) == [60, 60, 100]
    # F1: against 1, favour 2/3, neutral 0, none 0 (what both pass over is not counted).
    scores = label_scores(labels)
    assert list(scores["n"]) == [4, 4]
    assert list(scores["score"]) == pytest.approx([100 * (1 + 2 / 3) / 4, 100 * (1 + 2 / 3) / 2])


def test_targets_of_one_statement_are_resampled_together():
    one = labels_of(
        *((i, "stance: wages", *pair) for i, pair in enumerate([("favour", "favour"), ("against", "favour")] * 15))
    )
    copies = [one.assign(variable=f"stance: {name}") for name in ("wages", "hours", "leave", "safety")]
    table = label_agreement(pd.concat(copies))
    single, pooled = row_of(table, "stance: wages"), row_of(table, "stance: all targets")
    assert pooled["n"] == 4 * single["n"]
    width = pooled["alpha_high"] - pooled["alpha_low"]
    assert width == pytest.approx(single["alpha_high"] - single["alpha_low"], abs=0.05)


def test_themes_by_set_and_one_by_one():
    labels = labels_of(
        (0, "themes", "a; b", "a; b"), (1, "themes", "a", "a; c"), (2, "themes", "", ""), (3, "themes", "b", "")
    )
    table = label_agreement(labels)
    assert row_of(table, "themes: whole set")["percent_agreement"] == 50
    assert tuple(row_of(table, "themes: one by one")[["n", "percent_agreement"]]) == (12, pytest.approx(1000 / 12))
    assert row_of(label_scores(labels), "themes")["score"] == pytest.approx(100 * 2 * 3 / (4 + 4))


def test_labels_without_variation_have_no_alpha_and_do_not_crash():
    row = row_of(label_agreement(labels_of((0, "type", "direct", "direct"), (1, "type", "direct", "direct"))), "type")
    assert row["percent_agreement"] == 100
    assert row[["alpha", "alpha_low", "alpha_high"]].isna().all()


def test_reliability_counts_right_labels_and_found_statements_by_group():
    machine = HAND[0].drop(columns="speaker_also").copy()
    police = machine.index[machine["group"] == "police"]
    machine.loc[police[:3], "sentiment"] = "unsure"
    machine = machine.drop(index=police[3:5])
    table = reliability_by_group(*compare(HAND, (machine, HAND[1]), ARTICLES)).set_index(["group", "variable"])
    assert tuple(table.loc[("police", "found"), ["n", "right"]]) == (len(police), len(police) - 2)
    assert tuple(table.loc[("police", "sentiment"), ["n", "right"]]) == (len(police) - 2, len(police) - 5)
    stances = HAND[0].loc[police].drop(index=police[3:5])["stance"]
    assert tuple(table.loc[("police", "stance"), ["n", "right"]]) == (stances.map(len).sum(),) * 2
    assert table.loc[("police", "all labels"), "n"] == 5 * (len(police) - 2) + stances.map(len).sum()
    assert (table.drop("police")["percent_right"] == 100).all()
    assert set(table.index.get_level_values("group")) == set(HAND[0]["group"])


def test_wilson_interval_is_that_of_the_literature():
    """Newcombe (1998), Statistics in Medicine 17, 857: 81 of 263 is .2553 to .3662 by Wilson's score method."""
    labels = labels_of(*((i, "type", "direct", "direct" if i < 81 else "mixed") for i in range(263)))
    units = pd.DataFrame([{"unit": "statement", "hand": 0, "machine": 0, "group": "public"}]).reindex(columns=UNITS)
    row = row_of(reliability_by_group(units, labels), "type")
    assert (row["low"], row["high"]) == pytest.approx((25.53, 36.62), abs=0.005)


def test_empty_tables_give_empty_answers():
    units, labels = pd.DataFrame(columns=UNITS), pd.DataFrame(columns=LABELS)
    assert label_agreement(labels).empty and label_scores(labels).empty and reliability_by_group(units, labels).empty


def test_more_errors_mean_less_agreement():
    tables = [compare(HAND, perturbed(rate, 1), ARTICLES).labels for rate in (0, 0.15, 0.45)]
    alphas = pd.DataFrame([label_agreement(labels).set_index("variable")["alpha"] for labels in tables])
    assert (alphas.iloc[0] == 1).all()
    assert (alphas.diff().iloc[1:].mean(axis=1) < -0.15).all()


@settings(max_examples=6, deadline=None)
@given(st.floats(0, 0.6), st.integers(0, 10_000))
def test_laws_of_agreement(rate, seed):
    labels = compare(HAND, perturbed(rate, seed), ARTICLES).labels
    table = label_agreement(labels)
    defined = table[table["alpha"].notna()]
    assert defined["alpha"].between(-1, 1 + 1e-9).all()
    assert table["percent_agreement"].between(0, 100).all()
    assert (defined["alpha_low"] <= defined["alpha_high"]).all()
    # Which coder stands first makes no difference.
    swapped = label_agreement(labels.rename(columns={"hand": "machine", "machine": "hand"}))
    pd.testing.assert_frame_equal(swapped, table)
    # Nor does the order of the articles' units, but for the resamples.
    backwards = label_agreement(labels[::-1])
    pd.testing.assert_frame_equal(backwards[["variable", "n", "alpha"]], table[["variable", "n", "alpha"]])
