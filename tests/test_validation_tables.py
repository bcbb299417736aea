"""What a label's probability and a group baseline are worth."""

import pandas as pd
import pytest
from codings import article, coding, statement

from analysis import validation_tables
from analysis.agreement import Comparison, compare


def judged(*rows, variable="sentiment"):
    """Compare labels: (by hand, by machine, the machine's probability)."""
    columns = ["variable", "hand", "machine", "probability"]
    return Comparison(pd.DataFrame(), pd.DataFrame([[variable, *row] for row in rows], columns=columns))


def test_the_surest_labels_are_counted_first():
    rows = [("negative", "negative", 0.9), ("neutral", "neutral", 0.8), ("neutral", "negative", 0.6)]
    table = validation_tables.coverage(judged(*rows, ("neutral", "negative", 0.5))).set_index("n")
    assert table["percent_right"].to_dict() == {1: 100.0, 2: 100.0, 3: 66.667, 4: 50.0}
    assert table["least_probability"].to_dict() == {1: 0.9, 2: 0.8, 3: 0.6, 4: 0.5}


def test_labels_as_sure_as_the_last_kept_are_kept():
    table = validation_tables.coverage(judged(*[("neutral", "neutral", 0.5)] * 3, ("neutral", "negative", 0.5)))
    assert table[["coverage", "n", "percent_right"]].values.tolist() == [[100, 4, 75]]


def test_labels_without_a_probability_are_left_out():
    assert validation_tables.coverage(judged(("neutral", "neutral", float("nan")))).empty


def test_stance_of_all_targets_is_one_variable():
    one, other = (judged(("against", "against", p), variable=f"stance: {name}") for name, p in (("x", 0.9), ("y", 0.8)))
    table = validation_tables.coverage(Comparison(one.units, pd.concat([one.labels, other.labels])))
    assert set(table["variable"]) == {"stance"} and table["n"].max() == 2


def positions(group, *held):
    """Make one statement a position on the police."""
    return [statement(group, start=10 * n, stance={"police": position}) for n, position in enumerate(held)]


def scores(rows):
    rows = [{**row, "content": [[12 * n, 12 * n + 10]], "text": "no"} for n, row in enumerate(rows)]
    coded = coding(rows, articles=[article(text="Mana said no " * 100)])
    table = validation_tables.stance_baseline(compare(coded[1:3], coded[1:3], coded.articles))
    return table[table["measure"] == "macro F1"].set_index("system")["score"].to_dict()


def test_baseline_is_what_the_groups_other_statements_hold():
    agreed = positions("police", *["favour"] * 4) + positions("protesters", *["against"] * 4)
    assert scores(agreed) == {"machine": 100, "group": 100, "group, targets known": 100}


def test_baseline_never_sees_the_statement_it_guesses():
    alone = positions("police", "favour") + positions("protesters", "against")
    assert scores(alone)["group"] == 0


def test_untouched_targets_are_told_to_one_baseline_only():
    silent = [statement("police", stance={}) for _ in range(6)]
    told = scores(positions("police", "favour", "favour", "favour") + silent)
    assert told["group"] == 0 and told["group, targets known"] == 100


@pytest.mark.parametrize("function", [validation_tables.coverage, validation_tables.stance_baseline])
def test_no_hand_coding_gives_no_row(function):
    coded = coding()
    assert function(compare(coded[1:3], coded[1:3], coded.articles)).empty
