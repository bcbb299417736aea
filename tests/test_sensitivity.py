"""Sensitivity: findings are drawn as the tables have them, and a decision that overturns one is told."""

import pytest
from codings import CODINGS, LARGE, SEVERAL, article, coding, mention, statement

from analysis import code_folder, sensitivity, summaries
from analysis.sensitivity_findings import DECISIONS
from analysis.sensitivity_findings import robustness as told


def sure(label, probability, group="police", **fields):
    stated = {"sentiment": probability, "stance": dict.fromkeys(fields.get("stance", {}), probability)}
    return statement(group, sentiment=label, probability=stated, **fields)


def holds(coded, finding):
    table = sensitivity.robustness(coded)
    here = table[table["finding"] == finding].set_index("decision")
    return {decision: (row["holds"], row["runs"]) for decision, row in here.iterrows()}


@pytest.fixture(scope="module")
def seeds():
    return code_folder("seeds", "codebook")


@pytest.mark.parametrize("case", CODINGS)
def test_every_finding_holds_as_coded_and_shares_are_shares(case):
    table = sensitivity.robustness(CODINGS[case])
    as_coded = table[table["decision"] == "as_coded"]
    assert (as_coded["holds"] == 1).all() and (as_coded["runs"] == 1).all()
    assert table["low"].between(0, 1).all() and (table["low"] <= table["high"]).all()
    assert (table["holds"] <= table["runs"]).all() and set(table["decision"]) <= set(DECISIONS)
    assert not table.duplicated(["finding", "decision"]).any()


def test_the_lead_is_that_of_the_table_of_words(seeds):
    words = summaries.words_by_group(seeds).iloc[0]
    first = sensitivity.robustness(seeds).iloc[0]
    assert first["finding"] == f"{words['group'].capitalize()}: most words"
    assert (first["low"], first["n"]) == (words["share"], words["n"])


def test_an_article_left_out_can_overturn_a_finding():
    rows = [
        statement("police", "a", "one two three"),
        statement("public", "b", "one two"),
        statement("public", "b", "x y"),
    ]
    coded = coding(rows, articles=[article("a"), article("b")])
    assert holds(coded, "Public: most words")["one_article_left_out"] == (1, 2)
    assert told(sensitivity.robustness(coded)) == (
        "Of 1 finding that could be asked again, 0 hold under every other decision. Not to be relied on: “Public: most "
        "words” (with one article left out)."
    )


def test_one_article_cannot_be_left_out():
    assert "one_article_left_out" not in set(sensitivity.robustness(coding([statement()]))["decision"])


def test_direct_quotes_only_leaves_paraphrases_and_what_is_voiced_in_them_out():
    rows = [statement("police", text="a b c", type="indirect"), statement("public", text="a b", start=20)]
    grievances = [*[mention("noise", span=(0, 3)) for _ in range(2)], mention("rent", span=(21, 23))]
    coded = coding(rows, grievances)
    assert holds(coded, "Police: most words")["direct_quotes"] == (0, 1)
    assert holds(coded, "Of the protesters: noise leads")["direct_quotes"] == (0, 1)


def test_thresholds_decide_which_labels_count():
    positions = [("wages", "against", 0.9)] * 3 + [("wages", "favour", 0.3)] * 4 + [("rent", "neutral", 0.9)] * 5
    rows = [sure("neutral", probability, stance={target: p}) for target, p, probability in positions]
    found = holds(coding(rows), "Police on wages: mostly against")
    assert found["as_coded"] == (1, 1) and found["surer_half"] == (1, 1) and found["every_label"] == (0, 1)


def test_a_list_of_words_as_published_can_turn_a_tone():
    tones = {"police": "protest is murder", "public": "what a nice day"}
    rows = [
        sure("neutral" if group == "police" else "negative", 0.9, group, text=text)
        for group, text in tones.items()
        for _ in range(5)
    ]
    found = holds(coding(rows), "Public: negative most often")
    assert found["published_lexicon"] == (0, 1) and found["every_label"] == (1, 1)
    changed = sensitivity.changed(coding(rows))
    assert set(changed["decision"]) == {"published_lexicon"}
    assert set(zip(changed["as_coded"], changed["then"], strict=True)) == {
        ("neutral", "negative"),
        ("negative", "positive"),
    }


def test_too_few_cases_are_not_asked():
    rows = [sure("negative", 0.9, "police", type="indirect") for _ in range(5)]
    rows += [sure("neutral", 0.9, "public") for _ in range(5)]
    assert holds(coding(rows), "Police: negative most often")["direct_quotes"] == (0, 0)
    assert "too few cases" in told(sensitivity.robustness(coding(rows)))


def test_no_finding_is_drawn_from_a_tie():
    coded = coding([statement("police"), statement("public")])
    assert sensitivity.robustness(coded).empty


def test_a_lead_of_nothing_is_no_lead(seeds):
    table = sensitivity.robustness(seeds)
    assert not ((table["holds"] > 0) & (table["high"] == 0) & ~table["finding"].str.contains("least often")).any()


@pytest.mark.parametrize("coded", [SEVERAL, LARGE], ids=["several", "large"])
def test_order_of_statements_changes_nothing(coded):
    mixed = coded._replace(
        statements=coded.statements.sample(frac=1, random_state=1),
        grievances=coded.grievances.sample(frac=1, random_state=1),
    )
    one, other = (sensitivity.robustness(c) for c in (coded, mixed))
    assert one.equals(other)


def test_changed_labels_can_be_looked_up(seeds):
    statements = {(row.article, row.content[0][0]): row.text for row in seeds.statements.itertuples()}
    changed = sensitivity.changed(seeds)
    assert len(changed) and (changed["as_coded"] != changed["then"]).all()
    assert all(statements[row.article, row.offset] == row.text for row in changed.itertuples())
