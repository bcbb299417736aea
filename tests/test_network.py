"""Discourse network: against examples counted by hand, laws of the measures, files that others open, drawings."""

import itertools
import random

import networkx as nx
import pandas as pd
import pytest
from codings import CODINGS, LARGE, NO_ARTICLE, NO_STATEMENT, SEVERAL, article, coding, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from test_charts import laid_out, words

from analysis import network, network_charts, network_files, network_findings, read_codebook
from analysis.articles import InputError
from analysis.concepts import DUPLICATES, POSITIONS, statement_list, time_slices, without_duplicates
from analysis.drawing import WIDTH

CODEBOOK = read_codebook()
COLUMNS = "statement document date source speaker person organisation group kind concept position agreement start stop"
FILES = ["affiliation.graphml", "conflict.graphml", "congruence.graphml", "statements.csv", "subtract.graphml"]


def said(speaker, stance, document="a", start=0, group="public", themes=()):
    return statement(group, document, start=start, speaker=speaker, stance=stance, themes=list(themes))


def listed(*statements, articles=None):
    return statement_list(coding(statements, articles=articles), CODEBOOK)


# Ann: 2 for tax, 1 against rail. Bea: 3 for tax. Cid: 1 against tax, 1 for rail. Dee: neutral on tax.
EXAMPLE = listed(
    *[said("Ann Ash", {"tax": "favour"}, start=n) for n in (0, 10)],
    said("Ann Ash", {"rail": "against"}, start=20),
    *[said("Bea Oak", {"tax": "favour"}, start=n) for n in (30, 40, 50)],
    said("Cid Elm", {"tax": "against", "rail": "favour"}, start=60),
    said("Dee Yew", {"tax": "neutral"}, start=70),
)
ANN_BEA, ANN_CID, BEA_CID = ("Ann Ash", "Bea Oak"), ("Ann Ash", "Cid Elm"), ("Bea Oak", "Cid Elm")


def values(graph):
    return {tuple(sorted(edge[:2])): edge[2]["value"] for edge in graph.edges(data=True)}


@pytest.mark.parametrize(
    ("method", "normalisation", "expected"),
    [
        ("congruence", "no", {ANN_BEA: 2 * 3}),
        ("conflict", "no", {ANN_CID: 2 * 1 + 1 * 1, BEA_CID: 3 * 1}),
        ("subtract", "no", {ANN_BEA: 6, ANN_CID: -3, BEA_CID: -3}),
        ("congruence", "average", {ANN_BEA: 6 / ((3 + 3) / 2)}),
        ("conflict", "average", {ANN_CID: 3 / ((3 + 2) / 2), BEA_CID: 3 / ((3 + 2) / 2)}),
        ("congruence", "jaccard", {ANN_BEA: 6 / (1 + 0 + 6)}),
        ("conflict", "jaccard", {ANN_CID: 3 / (3 + 2 + 0), BEA_CID: 3 / (3 + 2 + 0)}),
        ("congruence", "cosine", {ANN_BEA: 6 / (3 * 3)}),
        ("conflict", "cosine", {ANN_CID: 3 / (3 * 2), BEA_CID: 3 / (3 * 2)}),
        ("subtract", "cosine", {ANN_BEA: 6 / 9, ANN_CID: -3 / 6, BEA_CID: -3 / 6}),
    ],
)
def test_projections_of_the_example_by_hand(method, normalisation, expected):
    graph = network.projection(EXAMPLE, "speaker", method, normalisation)
    assert values(graph) == pytest.approx(expected)
    assert set(graph) == {"Ann Ash", "Bea Oak", "Cid Elm", "Dee Yew"}


def test_normalisations_are_compared_pair_by_pair():
    table = network.normalised(EXAMPLE)
    assert list(table) == ["one", "other", "no", "average", "jaccard", "cosine"]
    (row,) = table.to_numpy().tolist()
    assert row == [*ANN_BEA, 6, 2, pytest.approx(6 / 7), pytest.approx(2 / 3)]


def test_neutral_statements_and_themes_tie_only_where_positions_are_ignored():
    rows = listed(said("Ann Ash", {}, themes=["noise"]), said("Bea Oak", {"tax": "neutral"}, themes=["noise"], start=9))
    assert all(not network.projection(rows, method=m).edges for m in ("congruence", "conflict", "subtract"))
    assert values(network.projection(rows, method="ignore", normalisation="no")) == {ANN_BEA: 1}
    assert values(network.projection(EXAMPLE, method="ignore", normalisation="no"))[ANN_CID] == 2 * 1 + 1 * 1


def test_balanced_pair_has_no_tie_by_subtraction():
    rows = listed(*[said(s, {"tax": "favour", "rail": r}) for s, r in (("Ann Ash", "against"), ("Bea Oak", "favour"))])
    assert not network.projection(rows, method="subtract").edges
    stances = {"favour": "A", "against": "B"}
    pairs = coding([said(name, {"x": "favour", "y": position}) for position, name in stances.items()])
    (pair,) = network.agreements(pairs, "speaker").to_dict("records")
    assert (pair["congruence"], pair["conflict"], pair["value"]) == (1, 1, 0)


@pytest.mark.parametrize("call", [dict(method="agree"), dict(normalisation="cosinus")])
def test_wrong_setting_names_what_is_allowed(call):
    with pytest.raises(ValueError, match="allowed are (congruence, conflict|no, average)"):
        network.projection(EXAMPLE, **call)
    with pytest.raises(ValueError, match="allowed are include, document"):
        without_duplicates(EXAMPLE, "day")
    with pytest.raises(ValueError, match="allowed are week, month, year"):
        time_slices(EXAMPLE, "day")


def test_affiliation_signs_ties_and_keeps_neutral_apart():
    rows = listed(
        said("Ann Ash", {"tax": "favour"}), said("Ann Ash", {"tax": "against"}, start=5),
        said("Ann Ash", {"rail": "against"}, start=9, themes=["tax"]), said("Dee Yew", {"tax": "neutral"}, start=12),
    )  # fmt: skip
    graph = network.affiliation(rows)
    tie = graph.edges["Ann Ash", "target: tax"]
    assert tie == dict(favour=1, against=1, neutral=0, unsigned=0, value=0, sign=0, position="both", weight=2)
    assert graph.edges["Ann Ash", "target: rail"]["sign"] == -1
    assert graph.edges["Dee Yew", "target: tax"]["position"] == "neutral"
    assert graph.edges["Dee Yew", "target: tax"]["neutral"] == 1
    assert graph.edges["Ann Ash", "theme: tax"]["position"] == "unsigned"
    assert nx.is_bipartite(graph) and graph.nodes["target: tax"]["statements"] == 3


def test_group_and_target_of_the_same_name_stay_apart():
    graph = network.affiliation(listed(said("Ann Ash", {"police": "favour"}, group="police")), "group")
    assert set(graph) == {"police", "target: police"}


def test_list_has_a_row_a_statement_and_concept_with_agreement():
    rows = listed(
        said("Ann Ash", {"tax": "favour", "rail": "against", "bus": "neutral"}, themes=["noise"]),
        articles=[article("a", "Post", "2022-02-10")],
    )
    assert list(rows) == [*COLUMNS.split(), "text"]
    assert list(rows["concept"]) == ["bus", "rail", "tax", "noise"]
    assert rows["agreement"].isna().tolist() == [True, False, False, True]
    assert list(rows["agreement"][1:3]) == [0, 1]
    assert set(rows["date"]) == {"2022-02-10"} and set(rows["source"]) == {"Post"}


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Corrie Parnell", True), ("Police", False), ("Police officer", True), ("Residents", False), ("Resident", True),
        ("Ministry of Health", False), ("Mayor of Leeds", True), ("Act Party", False), ("Protesters", False),
    ],
)  # fmt: skip
def test_persons_are_told_from_organisations_by_name(name, person):
    (row,) = listed(said(name, {"tax": "favour"})).to_dict("records")
    assert (row["person"], row["organisation"]) == ((name, "") if person else ("", name))


def test_actors_without_a_name_are_left_out():
    rows = listed(said("Police", {"tax": "favour"}), said("Ann Ash", {"tax": "favour"}, start=9))
    assert list(network.projection(rows, "person")) == ["Ann Ash"]
    assert "Ann Ash" not in network.affiliation(rows, "organisation")


DATED = [
    article("a", date="2021-12-31"), article("b", date="2022-01-02"), article("c", date="2022-01-03"),
    article("d", date="2022-01"), article("e"), article("f", date="2023-01-03"),
]  # fmt: skip
REPEATED = listed(
    *[said("Ann Ash", {"tax": "favour"}, document, start) for document in "abcdef" for start in (0, 9)],
    said("Ann Ash", {"tax": "against"}, "a", 20),
    said("Bea Oak", {"tax": "favour"}, "a", 30),
    articles=DATED,
)


@pytest.mark.parametrize(
    ("duplicates", "left"),
    [
        ("include", 12),
        ("document", 6),
        ("week", 5),  # a and b are one ISO week; d (a month) and e (nothing) stand for themselves
        ("month", 4),  # a; b, c and d; e; f
        ("year", 4),  # a; b, c and d; e; f
        ("acrossrange", 1),
    ],
)
def test_duplicates_of_an_actor_concept_and_position(duplicates, left):
    rows = without_duplicates(REPEATED, duplicates)
    assert ((rows["speaker"] == "Ann Ash") & (rows["position"] == "favour")).sum() == left
    assert len(rows) == left + 2


def test_duplicates_are_those_of_the_actor_asked_for():
    by_speaker, by_group = (without_duplicates(REPEATED, "document", actor) for actor in ("speaker", "group"))
    assert len(by_speaker) == len(by_group) + 1


@pytest.mark.parametrize(
    ("period", "keys"),
    [
        ("week", ["2021-W52", "2022-W01", "2023-W01", "no date"]),
        ("month", ["2021-12", "2022-01", "2023-01", "no date"]),
        ("year", ["2021", "2022", "2023", "no date"]),
    ],
)
def test_time_slices_hold_every_statement_and_report_the_undated(period, keys):
    slices = time_slices(REPEATED, period)
    assert list(slices) == keys
    assert sum(map(len, slices.values())) == len(REPEATED)
    assert set(slices["no date"]["document"]) == ({"d", "e"} if period == "week" else {"e"})
    table = network.over_time(REPEATED, period)
    assert list(table["period"]) == keys and table["statements"].sum() == len(REPEATED)
    assert list(table["congruent"]) == [1, 0, 0, 0] and list(table["conflicting"]) == [1, 0, 0, 0]


@pytest.mark.parametrize("date", ["2022-02-31", "2022-13-01", "soon", ""])
def test_impossible_date_is_no_date(date):
    rows = listed(said("Ann Ash", {"tax": "favour"}), articles=[article("a", date=date)])
    assert list(time_slices(rows, "week")) == ["no date"]


@pytest.mark.parametrize("empty", [NO_ARTICLE, NO_STATEMENT, coding([statement()])])
def test_nothing_gives_empty_tables_networks_and_files(empty, tmp_path):
    rows = statement_list(empty, CODEBOOK)
    assert list(rows) == [*COLUMNS.split(), "text"] and rows.empty
    assert all(without_duplicates(rows, duplicates).empty for duplicates in DUPLICATES)
    assert time_slices(rows) == {} and network.over_time(rows).empty and network.normalised(rows).empty
    written = network_files.write_networks(rows, tmp_path)
    assert list(written["nodes"][1:]) == [0, 0, 0, 0]
    assert not nx.read_graphml(tmp_path / "affiliation.graphml").nodes
    assert network.affiliations(empty).empty and network.agreements(empty).empty


def test_graphml_gives_back_every_attribute_and_nothing_gephi_stumbles_over(tmp_path):
    rows = statement_list(LARGE, CODEBOOK)
    network_files.write_networks(rows, tmp_path)
    for name, graph in [("affiliation", network.affiliation(rows))] + [
        (method, network.projection(rows, method=method)) for method in ("congruence", "conflict", "subtract")
    ]:
        read = nx.read_graphml(tmp_path / f"{name}.graphml")
        assert dict(read.nodes(data=True)) == dict(graph.nodes(data=True))
        assert nx.utils.edges_equal(read.edges(data=True), graph.edges(data=True))
        assert all(weight > 0 for *_, weight in read.edges(data="weight"))
        assert 'id="d3"' not in (tmp_path / f"{name}.graphml").read_text(encoding="utf-8")


def test_names_that_xml_forbids_are_cleaned(tmp_path):
    rows = listed(said("Ann\x0b\x00<Ash>\n& “Co”", {"tax": "favour"}))
    network_files.write_networks(rows, tmp_path)
    assert "Ann <Ash> & “Co”" in nx.read_graphml(tmp_path / "affiliation.graphml")


def test_csv_reads_back_and_holds_no_formula(tmp_path):
    rows = listed(said('=HYPERLINK("x")', {"tax": "favour"}), said("Ann, “Ash”", {"tax": "neutral"}, start=9))
    network_files.write_networks(rows, tmp_path)
    read = pd.read_csv(tmp_path / "statements.csv", dtype=str, keep_default_na=False)
    assert list(read) == [*COLUMNS.split(), "text"]
    assert list(read["speaker"]) == [' =HYPERLINK("x")', "Ann, “Ash”"]
    assert list(read["agreement"]) == ["1", ""]


def test_files_are_the_same_whatever_the_order_of_the_rows(tmp_path):
    shuffled = LARGE._replace(statements=LARGE.statements.sample(frac=1, random_state=3))
    for folder, coded in (("one", LARGE), ("other", shuffled)):
        network_files.write_networks(without_duplicates(statement_list(coded, CODEBOOK)), tmp_path / folder)
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == FILES
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_folder_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="file: cannot be written to"):
        network_files.write_networks(EXAMPLE, tmp_path / "file")


positions = st.tuples(st.sampled_from("ABCD"), st.sampled_from(["tax", "rail"]), st.sampled_from(POSITIONS[:3]))


@given(st.lists(positions, max_size=25), st.sampled_from(network.NORMALISATIONS), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_laws_of_the_projections(drawn, normalisation, draw):
    rows = listed(*[said(speaker, {target: position}, start=n) for n, (speaker, target, position) in enumerate(drawn)])
    ties = {m: values(network.projection(rows, "speaker", m, normalisation)) for m in network.METHODS}
    for pair in itertools.combinations(sorted(set(rows["speaker"])), 2):
        congruence, conflict, subtract = (ties[m].get(pair, 0) for m in ("congruence", "conflict", "subtract"))
        assert subtract == pytest.approx(congruence - conflict)
        assert congruence >= 0 and conflict >= 0
        if normalisation in ("jaccard", "cosine"):
            assert congruence <= 1 and ties["ignore"].get(pair, 0) <= 1
        if normalisation == "cosine":
            assert conflict <= 1
    # favour and against change places: nobody agrees more or less for it
    turned = rows["position"].replace({"favour": "against", "against": "favour"})
    assert (
        values(network.projection(rows.assign(position=turned), "speaker", "subtract", normalisation))
        == ties["subtract"]
    )
    order = draw.sample(range(len(rows)), len(rows))
    assert values(network.projection(rows.iloc[order], "speaker", "subtract", normalisation)) == ties["subtract"]


SYNTHETIC = random.Random(5)
TARGETS = ["protest", "employers_and_trade_unions", *(f"target_{n}" for n in range(13))]
BIG = coding(
    [
        said(
            f"Speaker With $A Long_Name & Title {n % 40}",
            {SYNTHETIC.choice(TARGETS): SYNTHETIC.choice(["favour", "against", "neutral"])},
            f"a{n % 30}",
            n * 9,
            "experts_and_researchers" if n % 40 % 3 else "police",
        )
        for n in range(900)
    ],
    articles=[article(f"a{n}") for n in range(30)],
)
DRAWINGS = [("affiliations", "speaker"), ("affiliations", "group"), ("agreements", "group"), ("agreements", "speaker")]
each_drawing = pytest.mark.parametrize(("name", "actor"), DRAWINGS)


@each_drawing
@pytest.mark.parametrize("case", [*CODINGS, "big"])
def test_text_of_drawings_is_whole_large_and_apart(name, actor, case):
    table = getattr(network, name)(CODINGS.get(case, BIG), actor)
    figure, texts = laid_out(getattr(network_charts, name)(table))
    assert figure.get_figwidth() == WIDTH and figure.get_figheight() < 9.7  # inches of text on an A4 page
    assert words(texts).startswith("No ") == table.empty
    for text, box in texts:
        assert text.get_fontsize() >= 8
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, text.get_text()
    for (one, box), (other, its_box) in itertools.combinations(texts, 2):
        assert not box.overlaps(its_box), f"{one.get_text()!r} on {other.get_text()!r}"


@each_drawing
def test_drawing_does_not_depend_on_the_order_of_rows(name, actor):
    table = getattr(network, name)(BIG, actor)
    texts = [laid_out(getattr(network_charts, name)(t))[1] for t in (table, table.sample(frac=1, random_state=1))]
    boxes = [sorted((text.get_text(), tuple(box.extents)) for text, box in drawn) for drawn in texts]
    assert boxes[0] == boxes[1]


def test_number_of_cases_and_what_is_not_drawn_are_stated():
    shown = words(laid_out(network_charts.affiliations(network.affiliations(BIG)))[1])
    assert "of 40 speakers to 15 targets" in shown and "30 articles; drawn: the strongest " in shown
    shown = words(laid_out(network_charts.agreements(network.agreements(SEVERAL)))[1])
    assert shown == network_findings.NO_PAIR


def test_signs_are_told_apart_by_more_than_colour():
    table = network.affiliations(BIG)
    lines = network_charts.affiliations(table).axes[0].patches
    looks = {(line.get_edgecolor(), str(line.get_linestyle())) for line in lines}
    assert len({style for _, style in looks}) == len(looks) > 1


def test_those_who_agree_stand_on_one_side_and_those_who_conflict_face_each_other():
    stances = {"Ann Ash": "favour", "Bea Oak": "favour", "Cid Elm": "against", "Dee Yew": "against"}
    coded = coding([said(name, {"tax": stance}) for name, stance in stances.items()])
    ax = network_charts.agreements(network.agreements(coded, "speaker")).axes[0]
    sides = {text.get_text().split("\n")[0]: text.xy[0] for text in ax.texts if "\n" in text.get_text()}
    assert sides["Ann Ash"] == sides["Bea Oak"] != sides["Cid Elm"] == sides["Dee Yew"]


def test_findings_tell_the_numbers_and_on_how_little_they_rest():
    coded = coding([said("Ann Ash", {"tax": "favour"}), said("Bea Oak", {"tax": "against"}, start=9)])
    text = network_findings.affiliations(network.affiliations(coded))
    assert text == (
        "2 speakers take up 1 target in 2 statements, the same position counted once an article (1 article). "
        "Tax: 1 in favour, 1 against. 2 of 2 ties rest on one statement."
    )
    text = network_findings.agreements(network.agreements(coded, "speaker"))
    assert text == (
        "1 of the 1 pair of 2 speakers has a position on the same target: 0 agree more than they conflict, 1 conflict "
        "more, 0 both alike. Strongest conflict (1.00): Ann Ash and Bea Oak. 1 of 1 tie rests on one statement of "
        "each, and all on 1 article."
    )
    assert network_findings.affiliations(network.affiliations(NO_STATEMENT)).startswith("No ")
    assert network_findings.agreements(network.agreements(NO_STATEMENT)).startswith("No ")


def test_neutral_statements_do_not_widen_a_line_and_an_unknown_label_is_said():
    coded = coding(
        [
            *[said("Ann Ash", {"tax": position}, start=n) for n, position in enumerate(["favour", "neutral"])],
            said("Bea Oak", {"tax": "unsure"}, start=9),
        ]
    )
    table = network.affiliations(coded)
    figure = network_charts.affiliations(table)
    assert len({line.get_linewidth() for line in figure.axes[0].patches}) == 1
    assert "Position not known" in words(laid_out(figure)[1])
    assert network_findings.affiliations(table).endswith("2 of 2 ties rest on one statement.")


@pytest.mark.parametrize(
    ("theme", "stance", "position"),
    [
        ("mandates", {"protest": "favour"}, "favour"),
        ("mandates", {"protest": "against"}, "against"),
        ("violence", {"protest": "against"}, "favour"),
        ("violence", {"protest": "favour"}, "against"),
        ("violence", {"protest": "neutral"}, "neutral"),
        ("mandates", {"police": "against"}, "unsigned"),
        ("tax", {"protest": "favour"}, "unsigned"),
    ],
)
def test_position_on_a_theme_follows_its_side_and_the_stance_toward_the_protest(theme, stance, position):
    ties = network.theme_ties(listed(said("Ann Ash", stance, themes=[theme])))
    assert ties[["actor", "theme", "position"]].to_numpy().tolist() == [["public", theme, position]]
