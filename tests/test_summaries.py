"""Summary tables: they count everything once, in an order that a reader expects."""

import pandas as pd
import pytest
from codings import CODINGS, LARGE, NO_ARTICLE, NO_STATEMENT, SEVERAL, article, coding, compared, mention, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import summaries, validation_tables
from analysis.summaries import ALL_ARTICLES, NO_CUE

OF_STATEMENTS = ["reporting_verbs", "speakers", "statement_types", "sentiment"]
OF_GRIEVANCES = ["grievance_themes", "grievance_voices"]
WITH_SHARES = ["sentiment", "grievance_themes"]

statements = st.lists(
    st.builds(
        statement,
        group=st.sampled_from(["police", "council", "public"]),
        article=st.sampled_from("ab"),
        text=st.sampled_from(["no", "yes we can", "… – …"]),
        start=st.integers(0, 300),
        cue=st.none() | st.just((9, 13)),
        type=st.sampled_from(["direct", "mixed", "indirect"]),
        speaker=st.sampled_from([f"Speaker {n}" for n in range(30)]),
        sentiment=st.sampled_from(["negative", "neutral", "positive", "unsure"]),
        stance=st.dictionaries(st.sampled_from(["x", "y"]), st.sampled_from(["against", "neutral", "favour"])),
    ),
    max_size=40,
)
mentions = st.lists(
    st.builds(
        mention,
        theme=st.sampled_from("xyz"),
        side=st.sampled_from(["of_protest", "about_protest"]),
        voice=st.sampled_from([f"Speaker {n}" for n in range(30)]),
    ),
    max_size=40,
)
codings = st.builds(coding, statements, mentions, st.just([article("a"), article("b")]))


@given(codings)
@settings(max_examples=40, deadline=None)
def test_every_statement_and_mention_is_counted_once(coded):
    for name in OF_STATEMENTS:
        assert getattr(summaries, name)(coded)["statements"].sum() == len(coded.statements), name
    for name in OF_GRIEVANCES:
        assert getattr(summaries, name)(coded)["mentions"].sum() == len(coded.grievances), name
    assert len(summaries.positions(coded)) == len(coded.statements)
    assert summaries.stance(coded)["statements"].sum() == coded.statements["stance"].map(len).sum()
    assert summaries.articles(coded)["statements"].sum() == len(coded.statements)


@given(codings)
@settings(max_examples=40, deadline=None)
def test_words_of_articles_add_up_to_those_of_all(coded):
    table = summaries.words_by_group(coded)
    pooled, single = table[table["article"] == ALL_ARTICLES], table[table["article"] != ALL_ARTICLES]
    assert single.groupby("group")["words"].sum().to_dict() == pooled.set_index("group")["words"].to_dict()
    for _, part in table[table["n"] > 0].groupby("article"):
        assert part["share"].sum() == pytest.approx(1, abs=1e-3)


@given(codings)
@settings(max_examples=40, deadline=None)
def test_shares_lie_within_their_intervals(coded):
    for name in WITH_SHARES:
        table = getattr(summaries, name)(coded)
        assert ((table["low"] <= table["share"]) & (table["share"] <= table["high"])).all()
        assert table["low"].ge(0).all() and table["high"].le(1).all()


def test_interval_is_wilsons():
    coded = coding([statement(sentiment="negative" if n < 8 else "neutral") for n in range(10)])
    row = summaries.sentiment(coded).set_index("sentiment").loc["negative"]
    assert (row["share"], row["low"], row["high"]) == (0.8, 0.4902, 0.9433)


def test_groups_stand_by_size_and_ties_by_name():
    groups = ["public", "council", "police", "public", "council", "media", "media", "media"]
    coded = coding([statement(group) for group in groups])
    for name in ["words_by_group", "positions", "sentiment"]:
        order = list(dict.fromkeys(getattr(summaries, name)(coded)["group"]))
        assert order == ["media", "council", "public", "police"], name


def test_words_leave_out_the_mark_between_pieces():
    assert summaries.words_by_group(coding([statement(text="we … don't know")]))["words"].tolist() == [4, 4]


def test_positions_are_per_cent_of_the_article():
    coded = coding([statement(start=25), statement(start=0)], articles=[article(text="said " * 20)])
    assert summaries.positions(coded)["position"].tolist() == [0, 25]


@pytest.mark.parametrize(
    ("cue", "verb"),
    [
        ("Said", "said"),
        ("has repeatedly told", "told"),
        ("also added", "added"),
        ("according to", "according to"),
        ("asked for", "asked"),
        ("were reportedly", "were"),
        ("—", NO_CUE),
    ],
)
def test_cue_is_reduced_to_its_verb(cue, verb):
    coded = coding([statement(cue=(5, 5 + len(cue)))], articles=[article(text=f"They {cue} so.")])
    assert summaries.reporting_verbs(coded)["verb"].unique().tolist() == [verb]


@pytest.mark.parametrize(("speakers", "rows", "last"), [(15, 15, 1), (16, 16, 1), (17, 16, 2), (40, 16, 25)])
def test_rare_speakers_stand_together_but_one_alone_keeps_its_name(speakers, rows, last):
    coded = coding([statement(speaker=f"S{n:02d}") for n in range(speakers) for _ in range(60 - n)])
    each = summaries.speakers(coded).drop_duplicates("speaker")
    assert len(each) == rows
    assert each["speakers"].iloc[-1] == last
    assert each["speakers"].sum() == speakers
    assert each["speaker"].iloc[-1] == (f"{last} other speakers" if last > 1 else f"S{speakers - 1:02d}")


def test_statements_without_cue_come_last_whatever_their_number():
    coded = coding([statement(cue=None), statement(cue=None), statement()])
    assert summaries.reporting_verbs(coded)["verb"].unique().tolist() == ["said", NO_CUE]


def test_label_that_is_not_foreseen_is_kept():
    table = summaries.sentiment(coding([statement(sentiment="unsure"), statement(sentiment="negative")]))
    assert table["sentiment"].tolist() == ["negative", "neutral", "positive", "unsure"]
    assert table["statements"].tolist() == [1, 0, 0, 1]


def test_articles_are_named_by_outlet_and_date_or_by_their_id():
    known = [("a", "Post", "2020-02-01"), ("b", "Post", ""), ("c", "", "2020-02-01"), ("d", "", "")]
    names = summaries.articles(coding(articles=[article(*each) for each in [*known, ("e", "Post", "")]]))["label"]
    assert names.tolist() == ["Post, 2020-02-01", "Post (b)", "Unknown outlet, 2020-02-01", "d", "Post (e)"]
    assert summaries.articles(LARGE)["label"].is_unique


def test_hand_coding_without_voices_gives_no_row():
    coded = SEVERAL._replace(grievances=SEVERAL.grievances.drop(columns="voice"))
    assert summaries.grievance_voices(coded).empty
    assert len(summaries.grievance_themes(coded)) == 3


def test_stance_shows_every_group_that_takes_a_position_for_every_target():
    table = summaries.stance(SEVERAL)
    assert table["target"].unique().tolist() == ["police", "protest"]
    assert len(table) == 2 * table["group"].nunique() * 3
    assert "council" not in set(table["group"])


@pytest.mark.parametrize("name", [*OF_STATEMENTS, *OF_GRIEVANCES, "words_by_group", "positions", "stance"])
@pytest.mark.parametrize("coded", [NO_ARTICLE, NO_STATEMENT], ids=["no article", "no statement"])
def test_nothing_coded_gives_the_columns_and_no_row(name, coded):
    table = getattr(summaries, name)(coded)
    assert table.empty
    assert list(table.columns) == list(getattr(summaries, name)(SEVERAL).columns)


@pytest.mark.parametrize("coded", CODINGS.values(), ids=CODINGS)
def test_comparison_tables_have_one_row_a_mark(coded):
    comparison = compared(coded)
    found, agreed = validation_tables.extraction(comparison), validation_tables.agreement(comparison)
    assert not found.duplicated(["unit", "measure"]).any()
    assert agreed["variable"].is_unique
    assert found.empty == agreed.empty == coded.statements.empty


def test_tables_are_the_same_for_another_order_of_rows():
    turned = SEVERAL._replace(statements=SEVERAL.statements.iloc[::-1], grievances=SEVERAL.grievances.iloc[::-1])
    for name in [*OF_STATEMENTS, *OF_GRIEVANCES, "words_by_group", "stance", "articles"]:
        pd.testing.assert_frame_equal(getattr(summaries, name)(turned), getattr(summaries, name)(SEVERAL))
