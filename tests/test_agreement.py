"""Which units two codings share: pairs, precision and recall, and every difference by name."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from perturbation import ARTICLES, HAND, perturbed

from analysis.agreement import compare, extraction_scores, match_grievances, match_statements, misses
from analysis.reliability import label_scores

TEXT = 'One two three four. "Five six", said Seven Eight, nine ten.'
ONE = pd.DataFrame([{"article": "a", "text": TEXT}])
EMPTY = pd.DataFrame()

# What an independent scorer, a script on the standard library alone, gave for perturbed(rate, seed):
# precision, recall, F1 of overlap, exact and e2e, then the labels.
EXPECTED = {
    (0.1, 1): {
        "statements: all": (80, 74, (93.2, 86.2, 89.6), (75.7, 70.0, 72.7), (89.2, 82.5, 85.7)),
        "statements: direct": (29, 24, (91.7, 82.8, 87.0), (75.0, 65.5, 69.9), (91.7, 79.3, 85.0)),
        "statements: indirect": (44, 42, (92.9, 86.4, 89.5), (73.8, 68.2, 70.9), (90.5, 84.1, 87.2)),
        "statements: mixed": (7, 8, (100.0, 100.0, 100.0), (87.5, 100.0, 93.3), (75.0, 85.7, 80.0)),
        "grievances": (50, 50, (92.0, 92.0, 92.0)),
        "labels": (92.8, 89.9, 90.6, 54.7, 66.5, 94.9, 89.1, 97.8),
    },
    (0.25, 2): {
        "statements: all": (80, 70, (91.4, 80.0, 85.3), (60.0, 52.5, 56.0), (81.4, 71.2, 76.0)),
        "statements: direct": (29, 23, (91.3, 79.3, 84.9), (52.2, 44.8, 48.2), (82.6, 65.5, 73.1)),
        "statements: indirect": (44, 41, (92.7, 81.8, 86.9), (63.4, 54.5, 58.6), (87.8, 79.5, 83.5)),
        "statements: mixed": (7, 6, (83.3, 71.4, 76.9), (66.7, 71.4, 69.0), (33.3, 42.9, 37.5)),
        "grievances": (50, 39, (89.7, 70.0, 78.7)),
        "labels": (82.8, 78.1, 89.0, 33.4, 43.5, 82.1, 82.9, 94.3),
    },
    (0.5, 3): {
        "statements: all": (80, 62, (71.0, 55.0, 62.0), (25.8, 20.0, 22.5), (58.1, 45.0, 50.7)),
        "statements: direct": (29, 21, (71.4, 65.5, 68.3), (23.8, 31.0, 26.9), (66.7, 58.6, 62.4)),
        "statements: indirect": (44, 17, (76.5, 45.5, 57.0), (29.4, 13.6, 18.6), (52.9, 34.1, 41.5)),
        "statements: mixed": (7, 24, (66.7, 71.4, 69.0), (25.0, 14.3, 18.2), (54.2, 57.1, 55.6)),
        "grievances": (50, 41, (63.4, 52.0, 57.1)),
        "labels": (65.9, 59.1, 47.7, 15.2, 17.2, 57.9, 50.0, 65.4),
    },
}


def statement(words, text=TEXT, **changes):
    start = text.index(words)
    row = {"article": "a", "content": [[start, start + len(words)]], "text": words, "type": "indirect"}
    row |= {"speaker": "Seven Eight", "group": "public", "sentiment": "neutral", "stance": {}, "themes": []}
    return row | changes


def grievance(words, **changes):
    start = TEXT.index(words)
    span = [start, start + len(words)]
    return {"article": "a", "span": span, "text": words, "side": "of_protest", "theme": "wages"} | changes


def compare_statements(hand, machine, articles=ONE):
    return compare((pd.DataFrame(hand), EMPTY), (pd.DataFrame(machine), EMPTY), articles)


@pytest.mark.parametrize(("rate", "seed"), EXPECTED)
def test_scores_are_those_of_an_independent_scorer(rate, seed):
    expected = dict(EXPECTED[rate, seed])
    comparison = compare(HAND, perturbed(rate, seed), ARTICLES)
    labels = label_scores(comparison.labels)
    scores = labels[labels["variable"] != "speaker"]["score"].round(1)
    assert tuple(scores) == expected.pop("labels")
    table = extraction_scores(comparison.units)
    found = {
        kind: (
            part["gold"].iloc[0],
            part["pred"].iloc[0],
            *part[["precision", "recall", "f1"]].round(1).itertuples(index=False, name=None),
        )
        for kind, part in table[~((table["unit"] == "grievances") & (table["measure"] == "exact"))].groupby("unit")
    }
    assert found == expected


@pytest.mark.parametrize(
    ("gold", "pred", "jaccard"),
    [
        ("One two three four", "One two three four", 1),
        ("One two three four", "One two three four.", 1),  # punctuation is no word
        ('"Five six"', "Five six", 1),
        ("One two three four", "One two", 0.5),  # half is enough
        ("One two three four", "One", None),
        ("One two", "three four", None),
    ],
)
def test_statements_pair_from_half_of_the_words_on(gold, pred, jaccard):
    pairs = match_statements(pd.DataFrame([statement(gold)]), pd.DataFrame([statement(pred)]), ONE)
    assert list(pairs["jaccard"]) == ([] if jaccard is None else [jaccard])


def test_grievances_pair_from_three_tenths_on():
    gold = pd.DataFrame([grievance("One two three four"), grievance("nine ten")])
    pred = pd.DataFrame([grievance("six"), grievance('four. "Five')])
    assert match_grievances(gold, pred, ONE).empty  # 1 of 5 words
    pred = pd.DataFrame([grievance("ten"), grievance("two")])
    assert match_grievances(gold, pred, ONE).to_dict("records") == [
        {"article": "a", "gold": 1, "pred": 0, "jaccard": 0.5}
    ]


def test_the_two_halves_of_a_contraction_are_two_words():
    text = "They don't."
    articles = pd.DataFrame([{"article": "a", "text": text}])
    gold, pred = pd.DataFrame([statement("don't", text)]), pd.DataFrame([statement("n't", text)])
    assert list(match_statements(gold, pred, articles)["jaccard"]) == [0.5]


def test_the_best_pair_is_taken_first_and_each_unit_once():
    gold = pd.DataFrame([statement("One two three"), statement("two three four")])
    pred = pd.DataFrame([statement("two three four"), statement("two three")])
    pairs = match_statements(gold, pred, ONE)
    assert list(zip(pairs["gold"], pairs["pred"], strict=True)) == [(1, 0), (0, 1)]


def test_the_same_offsets_in_another_article_are_no_pair():
    articles = pd.DataFrame([{"article": name, "text": TEXT} for name in "ab"])
    assert match_statements(
        pd.DataFrame([statement("One two")]), pd.DataFrame([statement("One two", article="b")]), articles
    ).empty


def test_articles_without_hand_coding_are_not_held_against_the_machine():
    articles = pd.DataFrame([{"article": name, "text": TEXT} for name in "ab"])
    machine = [statement("One two"), statement("One two", article="b", stance={"mandates": "against"})]
    units, labels = compare_statements([statement("One two")], machine, articles)
    assert list(units["article"]) == ["a"]
    assert "stance: mandates" not in set(labels["variable"])


def test_an_article_coded_for_grievances_alone_counts_its_statements_as_too_many():
    units, _ = compare(
        (EMPTY, pd.DataFrame([grievance("nine ten")])), (pd.DataFrame([statement("One two")]), EMPTY), ONE
    )
    scores = extraction_scores(units).set_index(["unit", "measure"])
    assert list(scores.loc[("statements: all", "overlap"), ["gold", "pred", "precision", "recall", "f1"]]) == [
        0,
        1,
        0,
        0,
        0,
    ]
    assert list(scores.loc[("grievances", "overlap"), ["gold", "pred", "f1"]]) == [1, 0, 0]


@pytest.mark.parametrize(
    ("hand", "also", "machine", "same"),
    [
        ("Jo Bell", None, "Jo Bell", True),
        ("Jo Bell", None, "jo bell", True),
        ("Jo Bell", None, "Superintendent Bell", True),
        ("Jo Bell", None, "Bell", True),
        ("Jo Bell", None, "Sam Bell", True),  # the surname decides
        ("Jo Bell", None, "Jo", False),
        ("Jo Bell", None, "", False),
        ("Bell", None, "Jo Bell", False),
        ("Police", None, "the police", True),
        ("Police", None, "Police officer", False),
        ("Police officer", None, "Prison officer", False),  # no full name
        ("Protester", ["One protester"], "One protester", True),
        ("Protester", ["One protester"], "Protesters", False),
    ],
)
def test_same_speaker(hand, also, machine, same):
    units, labels = compare_statements(
        [statement("One two", speaker=hand, speaker_also=also)], [statement("One two", speaker=machine)]
    )
    assert list(units["same_speaker"]) == [same]
    label = labels[labels["variable"] == "speaker"].iloc[0]
    assert label["machine"] == (hand if same else machine)


def test_a_coding_against_itself_is_without_fault():
    units, labels = compare(HAND, HAND, ARTICLES)
    scores = extraction_scores(units)
    assert (scores[["precision", "recall", "f1", "f1_low", "f1_high"]] == 100).all(axis=None)
    assert list(scores.groupby("unit", sort=False)["gold"].first()) == [29, 44, 7, 80, 50]
    assert misses(units, labels).empty


@pytest.mark.parametrize(
    ("change", "variable", "machine", "hand"),
    [
        ({"type": "mixed"}, "type", "mixed", "direct"),
        ({"speaker": "Bo"}, "speaker", "Bo", "Seven Eight"),
        ({"group": "police"}, "group", "police", "public"),
        ({"sentiment": "negative"}, "sentiment", "negative", "neutral"),
        ({"stance": {}}, "stance: wages", "none", "favour"),
        ({"stance": {"wages": "favour", "mayor": "against"}}, "stance: mayor", "against", "none"),
        ({"themes": ["b", "a", "a", "c"]}, "themes", "a; b; c", "a; b"),
    ],
)
def test_every_label_that_differs_is_listed_by_name(change, variable, machine, hand):
    row = statement("Five six", type="direct", stance={"wages": "favour"}, themes=["a", "b"])
    found = misses(*compare_statements([row], [row | change])).to_dict("records")
    place = {"unit": "statement", "article": "a", "offset": 21, "text": "Five six"}
    assert found == [place | {"problem": "other label", "variable": variable, "machine": machine, "hand": hand}]


def test_units_that_only_one_coding_holds_and_other_words_are_listed():
    hand = [statement("One two three"), statement("nine ten", speaker="Mayor")]
    machine = [statement("Five six", type="direct"), statement("two three")]
    found = misses(*compare_statements(hand, machine))[["offset", "text", "problem", "machine", "hand"]]
    assert list(found.itertuples(index=False, name=None)) == [
        (0, "One two three", "other words", "two three", "One two three"),
        (21, "Five six", "not in the hand coding", "Seven Eight, direct", ""),
        (50, "nine ten", "not found", "", "Mayor, indirect"),
    ]


def test_grievances_are_listed_with_side_and_theme():
    hand, machine = (
        [grievance("One two"), grievance("nine ten")],
        [grievance("nine ten", theme="housing", side="about_protest")],
    )
    found = misses(*compare((EMPTY, pd.DataFrame(hand)), (EMPTY, pd.DataFrame(machine)), ONE))
    assert list(found[["problem", "variable", "machine", "hand"]].itertuples(index=False, name=None)) == [
        ("not found", "", "", "of_protest: wages"),
        ("other label", "grievance theme", "housing", "wages"),
        ("other label", "grievance side", "about_protest", "of_protest"),
    ]


@pytest.mark.parametrize("hand", [(EMPTY, EMPTY), HAND], ids=["no hand coding", "hand coding"])
@pytest.mark.parametrize("articles", [ARTICLES, ARTICLES[:0]], ids=["articles", "no article"])
def test_empty_tables_give_empty_answers(hand, articles):
    units, labels = compare(hand, (EMPTY, EMPTY), articles)
    assert len(units) == (130 if hand is HAND and len(articles) else 0)
    assert labels.empty
    assert len(misses(units, labels)) == len(units)
    assert extraction_scores(units)["f1"].eq(0).all()
    assert extraction_scores(units[:0]).empty


def test_tables_are_left_as_they_were_and_any_index_will_do():
    machine = perturbed(0.2, 5)
    before = [table.to_json() for table in (*HAND, *machine)]
    scores = extraction_scores(compare(HAND, machine, ARTICLES).units)
    assert [table.to_json() for table in (*HAND, *machine)] == before
    relabelled = tuple(table.set_index(pd.Index([7] * len(table))) for table in machine)
    pd.testing.assert_frame_equal(extraction_scores(compare(HAND, relabelled, ARTICLES).units), scores)


@settings(max_examples=15, deadline=None)
@given(st.floats(0, 0.6), st.integers(0, 10_000))
def test_laws_of_comparison(rate, seed):
    machine = perturbed(rate, seed)
    units, labels = compare(HAND, machine, ARTICLES)
    # Every unit of either coding stands once, paired or alone.
    for side, coding in (("hand", HAND), ("machine", machine)):
        for name, table in zip(("statement", "grievance"), coding, strict=True):
            positions = units[side][(units["unit"] == name) & (units[side] >= 0)]
            assert sorted(positions) == list(range(len(table)))
    # Everything that is not equal is listed, nothing else.
    paired = units[(units["hand"] >= 0) & (units["machine"] >= 0)]
    listed = misses(units, labels)["problem"].value_counts()
    assert listed.get("not found", 0) == (units["machine"] < 0).sum()
    assert listed.get("not in the hand coding", 0) == (units["hand"] < 0).sum()
    assert listed.get("other words", 0) == (paired["jaccard"] < 1).sum()
    assert listed.get("other label", 0) == (labels["hand"] != labels["machine"]).sum()
    # Stricter measures never score higher, and F1 stands in its interval.
    scores = extraction_scores(units)
    wide = scores.pivot(index="unit", columns="measure", values="f1")
    assert (wide["exact"] <= wide["overlap"] + 1e-9).all()
    assert (wide["e2e"].dropna() <= wide["overlap"][wide["e2e"].notna()] + 1e-9).all()
    everything = scores[scores["unit"] == "statements: all"]
    assert (everything["f1_low"] <= everything["f1"] + 1e-9).all() and (
        everything["f1"] <= everything["f1_high"] + 1e-9
    ).all()
    # Seen from the other side, precision is recall.
    mirrored = extraction_scores(compare(machine, HAND, ARTICLES).units)
    rows = scores[scores["measure"] == "exact"].set_index("unit")
    assert (
        rows["precision"].round(9).to_dict()
        == mirrored[mirrored["measure"] == "exact"].set_index("unit")["recall"].round(9).to_dict()
    )
