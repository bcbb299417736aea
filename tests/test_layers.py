"""Tables, charts and sentences of the layers: everything is counted once, in its own layer, and unsure is said."""

import itertools
import re

import pytest
from codings import CODINGS, LARGE, NO_STATEMENT, ONE, SEVERAL, article, coding, frame, naming, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from test_charts import laid_out, words

from analysis import layer_charts, layer_findings, layer_summaries, listing, summaries
from analysis import sensitivity as sensitivity_tables
from analysis.drawing import WIDTH
from analysis.judgement import SURE_FROM, UNSURE, shown
from analysis.sensitivity_charts import robustness as robustness_chart
from analysis.sensitivity_findings import robustness as robustness_finding

DRAWN = {
    name: tuple(getattr(module, name) for module in (layer_summaries, layer_charts, layer_findings))
    for name in ("named_targets", "stance_baseline", "cue_classes", "loaded_words")
}
DRAWN["robustness"] = (sensitivity_tables.robustness, robustness_chart, robustness_finding)
each_drawn = pytest.mark.parametrize("name", DRAWN)
each_coding = pytest.mark.parametrize("case", CODINGS)
LOW, HIGH = SURE_FROM["sentiment"] - 0.1, SURE_FROM["sentiment"]


@each_drawn
@each_coding
def test_text_of_charts_is_whole_large_and_apart(name, case):
    summarise, chart, _ = DRAWN[name]
    figure, texts = laid_out(chart(summarise(CODINGS[case])))
    assert figure.get_figwidth() == WIDTH
    for text, box in texts:
        assert text.get_fontsize() >= 8
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, text.get_text()
    for (one, box), (other, its_box) in itertools.combinations(texts, 2):
        assert not box.overlaps(its_box), f"{one.get_text()!r} on {other.get_text()!r}"
    assert "_" not in words(texts)


@each_drawn
@each_coding
def test_findings_are_a_few_plain_sentences(name, case):
    summarise, _, finding = DRAWN[name]
    text = finding(summarise(CODINGS[case]))
    assert re.fullmatch(r"[A-Z\d].*\.", text)
    assert len(re.findall(r"\.(?= [A-Z\d]|$)", text)) <= 3
    assert not re.search(r"\bnan\b|None|  |\(\)|, \.|_", text)
    assert not re.search(r"(?<![\d.,])1 (statements|words|groups|articles|positions|sentences|findings)\b", text)


@each_drawn
def test_chart_of_nothing_says_so(name):
    summarise, chart, finding = DRAWN[name]
    figure, texts = laid_out(chart(summarise(CODINGS["no_article"])))
    assert not figure.axes and words(texts) == finding(summarise(NO_STATEMENT))


def test_everything_is_counted_once():
    assert layer_summaries.named_targets(LARGE)["mentions"].sum() == len(LARGE.named)
    assert layer_summaries.cue_classes(LARGE)["statements"].sum() == len(LARGE.statements)
    assert layer_summaries.stance_baseline(LARGE)["positions"].sum() == LARGE.statements["stance"].map(len).sum()
    added = LARGE.framing["kind"].isin(["loaded", "scare_quote"])
    assert layer_summaries.loaded_words(LARGE)["words"].sum() == added.sum()
    ends = layer_summaries.first_and_last(LARGE)
    assert (ends.groupby("article")["place"].agg(list).map(set) == {"first", "last"}).all()


def unsure(label, probability, **fields):
    stated = {"sentiment": probability, "stance": dict.fromkeys(fields.get("stance", {}), probability)}
    return statement(sentiment=label, probability=stated, **fields)


def test_below_the_threshold_tables_and_charts_say_unsure():
    coded = coding([unsure("negative", LOW), unsure("negative", HIGH), unsure("positive", HIGH)])
    table = summaries.sentiment(coded).set_index("sentiment")["statements"]
    assert table.to_dict() == {"negative": 1, "neutral": 0, "positive": 1, UNSURE: 1}
    stances = coding([unsure("neutral", p, stance={"wages": "against"}) for p in (LOW, HIGH)])
    assert shown(stances.statements, "stance") == [{"wages": UNSURE}, {"wages": "against"}]
    assert summaries.stance(stances).set_index("position")["statements"][UNSURE] == 1
    assert shown(SEVERAL.statements, "sentiment") == list(SEVERAL.statements["sentiment"])  # hand coding is sure


def test_unsure_labels_are_listed_with_the_likeliest():
    row = unsure("negative", LOW, stance={"wages": "against"})
    row |= {"evidence": {"sentiment": [[0, 4]], "stance": {"wages": [[0, 4]]}, "group": []}}
    coded = coding([row])
    table = coded.statements.assign(evidence=[row["evidence"]])
    listed = listing.statements(table, coded.articles, "sentiment")
    assert list(listed["sentiment"]) == ["unsure (negative)"] and list(listed["sentiment rests on"]) == ["Mana"]
    assert list(listing.stances(table, coded.articles)["position"]) == ["unsure (against)"]
    assert list(listing.named(SEVERAL.named, SEVERAL.articles)["sentiment"]) == [
        "unsure (negative)",
        "positive",
        "neutral",
    ]


def test_baseline_is_what_most_others_of_the_group_hold():
    stances = ["against", "against", "favour"]
    coded = coding([statement("police", stance={"wages": position}) for position in stances])
    others = [held["wages"] for held in layer_summaries.baselines(coded.statements)]
    assert others == ["", "", "against"]  # for the first two, one other is for and one against
    table = layer_summaries.stance_baseline(coded).set_index("answer")["positions"]
    assert table.to_dict() == {"as_usual": 0, "unusual": 1, "no_baseline": 2, UNSURE: 0}
    alone = coding([statement("police", stance={"wages": "against"}), statement("public", stance={"wages": "against"})])
    assert [held["wages"] for held in layer_summaries.baselines(alone.statements)] == ["", ""]


positions = st.sampled_from(["favour", "against", "neutral"])


@given(st.lists(st.tuples(st.sampled_from(["police", "public"]), positions), max_size=12), positions)
@settings(max_examples=40, deadline=None)
def test_a_baseline_never_depends_on_the_position_it_stands_beside(drawn, other):
    def held(drawn):
        return layer_summaries.baselines(coding([statement(g, stance={"x": p}) for g, p in drawn]).statements)

    for place, (group, _) in enumerate(drawn):
        turned = [*drawn[:place], (group, other), *drawn[place + 1 :]]
        assert held(drawn)[place] == held(turned)[place]


def test_classes_loaded_words_and_light_are_told_with_their_numbers():
    assert layer_findings.named_targets(layer_summaries.named_targets(SEVERAL)) == (
        "Those quoted name targets only 2 times: 1 (50 %) neutral and 1 (50 %) unsure. The reporter names targets "
        "only once: 1 (100 %) positive."
    )
    assert layer_findings.loaded_words(layer_summaries.loaded_words(SEVERAL)) == (
        "Near a group, the reporter uses only 2 loaded words (1 approving and 1 in scare quotes). Most stand near "
        "police (1 word, named in 2 sentences) and iwi maori (1 word, named in 1 sentence)."
    )
    assert layer_findings.loaded_words(layer_summaries.loaded_words(coding(framing=[frame("named", "")]))) == (
        "The reporter uses no loaded word or scare quote near any of 1 group named."
    )
    doubted = coding([statement()], framing=[frame("cue", "doubting", span=(9, 13))])
    assert layer_findings.cue_classes(layer_summaries.cue_classes(doubted)) == (
        "Of only 1 statement with a reporting verb of the codebook, 1 (100 %) has one that is not neutral (1 doubting)."
    )


def test_first_and_last_go_by_place_in_the_article():
    rows = [statement("public", "a", start=30), statement("police", "a", start=2), statement("media", "b", start=5)]
    ends = layer_summaries.first_and_last(coding(rows, articles=[article("a"), article("b")]))
    assert ends[["article", "place", "group", "offset"]].to_numpy().tolist() == [
        ["a", "first", "police", 2],
        ["a", "last", "public", 30],
        ["b", "first", "media", 5],
        ["b", "last", "media", 5],
    ]
    assert layer_findings.first_and_last(ends) == (
        "In 2 articles with statements, the groups quoted first are media (1) and police (1), those quoted last "
        "media (1) and public (1)."
    )
    assert layer_findings.first_and_last(layer_summaries.first_and_last(NO_STATEMENT)).startswith("No ")


def test_listed_frames_stand_in_their_sentence():
    table = listing.framing(ONE.framing, ONE.articles, "loaded")
    assert table.reset_index()[["article", "offset", "text", "sentence"]].to_numpy().tolist() == [
        ["a", 0, "Mana", "Mana Tau said no."]
    ]


def test_what_is_counted_adds_up_to_the_tables():
    table = listing.counted(LARGE)
    words = summaries.words_by_group(LARGE)
    assert len(table) == len(LARGE.statements) and table["words"].sum() == words["n"].iloc[0]
    classes = layer_summaries.cue_classes(LARGE).groupby("verb_class")["statements"].sum()
    assert table["verb"].value_counts().to_dict() == classes[classes > 0].to_dict()


def test_looks_of_neighbouring_bars_differ_by_more_than_colour():
    for name in ("named_targets", "stance_baseline", "cue_classes", "loaded_words"):
        summarise, chart, _ = DRAWN[name]
        ax = chart(summarise(LARGE)).axes[0]
        looks = {(bar.get_facecolor(), bar.get_hatch()) for bars in ax.containers for bar in bars}
        light = [sum(colour[:3]) / 3 for colour, hatch in looks if not hatch]
        assert all(abs(one - other) > 0.1 for one, other in itertools.combinations(light, 2)), name
        hatched = [hatch for _, hatch in looks if hatch]
        assert len(hatched) == len(set(hatched)), name


def test_reporter_and_quoted_are_kept_apart():
    coded = coding(named=[naming(group="reporter"), naming(group="police"), naming(group="police", sure=False)])
    table = layer_summaries.named_targets(coded)
    counts = table[table["mentions"] > 0].set_index(["voice", "sentiment"])["mentions"].to_dict()
    assert counts == {("quoted", "negative"): 1, ("quoted", UNSURE): 1, ("reporter", "negative"): 1}
