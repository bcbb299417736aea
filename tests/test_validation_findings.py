"""Findings of the validation: right in grammar and number for none, one and many."""

import re

import pandas as pd
import pytest
from codings import CODINGS, NO_STATEMENT, SEVERAL, compared

from analysis import validation_findings, validation_tables
from analysis.agreement import compare

TABLES = {
    "extraction": validation_tables.extraction,
    "agreement": validation_tables.agreement,
    "coverage": validation_tables.coverage,
    "stance_baseline": validation_tables.stance_baseline,
}


def told(name, coded):
    return getattr(validation_findings, name)(TABLES[name](compared(coded)))


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("case", CODINGS)
def test_findings_are_one_to_three_sentences_of_plain_text(name, case):
    text = told(name, CODINGS[case])
    assert re.fullmatch(r"[A-Z\d].*\.", text)
    assert len(re.findall(r"\.(?= [A-Z\d]|$)", text)) <= 3
    assert not re.search(r"\bnan\b|None|  |\(\)|, \.", text)


@pytest.mark.parametrize("name", ["extraction", "coverage", "stance_baseline"])
def test_none(name):
    assert told(name, NO_STATEMENT) == "There is no hand coding to compare with."


def test_variables_are_sorted_by_what_alpha_allows():
    alphas = {"type": 0.8, "group": 0.799, "stance: x": 0.667, "sentiment": 0.2, "speaker": float("nan")}
    table = pd.DataFrame({"variable": list(alphas), "n": 80, "alpha": alphas.values()})
    assert validation_findings.agreement(table) == (
        "Of 5 variables (n = 80), Krippendorff's alpha is at .800 or more for 1 (type), from .667 to below .800 for 2 "
        "(group and stance: x), below .667 for 1 (sentiment) and undefined, as labels do not vary, for 1 (speaker)."
    )


def test_extraction_without_anything_found_states_the_counts():
    coded = SEVERAL._replace(statements=SEVERAL.statements.iloc[:0], grievances=SEVERAL.grievances.iloc[:0])
    hand = SEVERAL.statements, SEVERAL.grievances
    table = validation_tables.extraction(compare(hand, (coded.statements, coded.grievances), coded.articles))
    assert validation_findings.extraction(table).startswith("Statements: 15 by hand, 0 by machine")
    assert "nan" not in validation_findings.extraction(table)


def test_coverage_sets_the_surest_labels_beside_all():
    table = pd.DataFrame({"variable": ["sentiment"] * 2, "n": [10, 40], "percent_right": [90.0, 60.0]})
    assert validation_findings.coverage(table) == (
        "Of the labels that the machine gives, these are right: sentiment 60 % of all 40 and 90 % of the 10 it is "
        "surest of."
    )
