"""Framing: the reporter's own words only, each with the group it stands nearest to."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import code_articles, code_folder, read_codebook
from analysis.framing import find_framing, read_lexicon, verb_class
from analysis.named_targets import find_named
from analysis.reference import read_targets
from analysis.text import Span, quotations

CODEBOOK = read_codebook()
LEXICON = read_lexicon(CODEBOOK)
TARGETS = read_targets(CODEBOOK.targets)


def framed(text, *content, kinds=("loaded", "scare_quote")):
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in content]
    found = find_framing(text, [], spans, quotations(text), LEXICON)
    return [(f.kind, text[f.span.start : f.span.end], f.label, f.group) for f in found if f.kind in kinds]


def named(text, content=(), sources=()):
    places = [[Span(text.index(w), text.index(w) + len(w)) for w in words] for words in (content, sources)]
    found = find_named(text, [[span] for span in places[0]], places[1], quotations(text), TARGETS)
    return [(text[n.span.start : n.span.end], n.target, n.statement) for n in found]


@pytest.mark.parametrize(
    ("cue", "label"),
    [
        ("said", "neutral"),
        ("has repeatedly claimed", "doubting"),
        ("was forced to admit", "conceding"),
        ("Insisted", "asserting"),
        ("lashed out", "attacking"),
        ("according to", "neutral"),
        ("called for", "neutral"),
        ("is of the opinion", "not_classed"),
    ],
)
def test_class_of_a_cue_is_that_of_its_first_listed_verb(cue, label):
    found, (start, end) = verb_class(cue, LEXICON)
    assert found == label and cue[start:end]


def test_a_loaded_word_goes_to_the_group_named_nearest():
    text = "An angry mob met police in the square. The police were heavy-handed with the marchers."
    assert framed(text) == [
        ("loaded", "mob", "disparaging", "protesters"),
        ("loaded", "heavy-handed", "disparaging", "police"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The protesters marched to the square.",
        "It was chaos.",  # no group is named
        "Chaos reigned. The police left.",  # none in the same sentence
        "The police met Chaos Computer Club members.",  # a name
        "Police said the “mob” of protesters had left.",  # not the reporter's word; see the next test for the quotation
    ],
)
def test_no_loaded_word(text):
    assert [found for found in framed(text) if found[0] == "loaded"] == []


def test_words_of_a_statement_are_not_the_reporters():
    text = "The mayor said the mob of protesters had left, and the so-called marchers agreed."
    assert framed(text, "the mob of protesters had left") == [("loaded", "so-called", "distancing", "protesters")]


def test_a_reporting_verb_is_not_a_loaded_word_too():
    text = "Police alleged they threw stones."
    cue = Span(7, 14)
    found = find_framing(text, [(cue, "police")], [Span(15, 32)], [], LEXICON)
    assert [(f.kind, f.label) for f in found if f.kind != "named"] == [("cue", "doubting")]


@pytest.mark.parametrize(
    ("text", "scare"),
    [
        ("The “peace camp” of the protesters is still there.", ["peace camp"]),
        ("The protesters sang “Slice of Heaven” at dusk.", []),  # a title
        ("The protesters read “a long list of their many demands” at dusk.", []),  # rather a statement
        ("The “old mill” burnt down.", []),  # near nobody
        ('The police <a id="x"> left.', []),  # markup
    ],
)
def test_scare_quotes_are_short_and_near_a_group(text, scare):
    assert [words for kind, words, _, _ in framed(text) if kind == "scare_quote"] == scare


def test_a_quotation_that_is_part_of_a_statement_is_no_scare_quote():
    text = "Police said the “peace camp” of the protesters would go."
    assert framed(text, "the “peace camp” of the protesters would go") == []


def test_names_are_read_in_the_case_in_which_they_are_listed():
    assert framed("It would act now.", kinds=("named",)) == []
    assert [found[3] for found in framed("National and Act left.", kinds=("named",))] == ["opposition"]


def test_tables_without_a_row_find_nothing(tmp_path):
    for name, columns in {"speakers": "name,group", "loaded": "words,direction", "verbs": "verb,class"}.items():
        (tmp_path / f"{name}.csv").write_text(columns + "\n", encoding="utf-8")
    lexicon = read_lexicon(read_codebook(tmp_path))
    text = "National met the mob of protesters."
    found = find_framing(text, [(Span(9, 12), "police")], [], [], lexicon)
    assert [(f.kind, f.label, f.group) for f in found] == [
        ("cue", "not_classed", "police"),
        ("named", "", "protesters"),
    ]


def test_each_group_counts_once_a_sentence():
    text = "Police met protesters, and police left. Police slept."
    assert [found[3] for found in framed(text, kinds=("named",))] == ["police", "protesters", "police"]


def test_targets_are_named_in_statements_and_by_the_reporter_but_not_as_sources():
    text = "Police said the protest was over. The protest went on."
    assert named(text, ["the protest was over"], ["Police", "said"]) == [
        ("protest", "protest", 0),
        ("protest", "protest", None),
    ]


def test_excluded_phrases_and_quotations_of_nobody_name_no_target():
    assert named("A counter-protest began under the banner “March of the protest”.") == []


def test_the_light_does_not_depend_on_the_name_itself():
    texts = [f"The {name} brutally attacked the crowd." for name in ("police", "government")]
    found = [find_named(text, [], [], [], TARGETS)[0].sentiment for text in texts]
    assert found[0][:2] == found[1][:2] and found[0].label == "negative"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["mob", "police", "“peaceful”", "said", "Bell", ".", "\n", "so-called", "protest"])))
def test_every_span_is_in_the_text_and_runs_do_not_differ(words):
    text = " ".join(words)
    table = pd.DataFrame({"article": ["a"], "text": [text]})
    coded, again = code_articles(table, CODEBOOK), code_articles(table, CODEBOOK)
    for row in [*coded.framing.to_dict("records"), *coded.named.to_dict("records")]:
        assert row["text"] == text[slice(*row["span"])] != ""
    assert coded.framing.equals(again.framing) and coded.named.equals(again.named)


def test_the_seeds_have_a_frame_for_every_cue_and_no_loaded_word_of_others():
    coded = code_folder("seeds", "codebook")
    cues = coded.framing[coded.framing["kind"] == "cue"]
    assert len(cues) == coded.statements["cue"].map(bool).sum()
    pieces = [(row.article, piece) for row in coded.statements.itertuples() for piece in row.content]
    for row in coded.framing[coded.framing["kind"] != "cue"].itertuples():
        inside = [p for a, p in pieces if a == row.article and p[0] < row.span[1] and row.span[0] < p[1]]
        assert not inside, row.text
