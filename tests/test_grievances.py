import re

import numpy as np
import pandas as pd
import pytest

from analysis.clauses import OFFICIALS, OTHERS, PROTESTERS, Voiced, clauses
from analysis.codebook import read_codebook
from analysis.complaints import LABELS, likelihoods
from analysis.grievances import REPORTER, find_grievances, mentions_of, statement_themes
from analysis.signs import OF_PROTEST, Reading, read_signs, read_themes, themes_of
from analysis.text import Span, quotations

THEMES = read_themes(
    pd.DataFrame(
        [
            ("wages", "of_protest", ("pay", "wage*"), ("pay attention",)),
            ("housing", "of_protest", ("rent*",), ()),
            ("no_dialogue", "of_protest", ("refus* to meet",), ()),
            ("violence", "about_protest", ("threw", "punched"), ()),
            ("public_disruption", "about_protest", ("noise",), ()),
        ],
        columns=["theme", "side", "keywords", "exclude"],
    )
)
SIGNS = read_signs(read_codebook().grievances, THEMES, re.compile(r"\bprotest\w*|\bmarch\w*", re.IGNORECASE))


def found(text, *voiced):
    return find_grievances(text, list(voiced), quotations(text), SIGNS)


def mentions(text, *voiced):
    return [(text[m.span.start : m.span.end], m.side, m.theme.label, m.voice) for m in found(text, *voiced)]


def said(text, words, speaker, party, cue=None):
    start = text.index(words)
    cue = Span(text.index(cue), text.index(cue) + len(cue)) if cue else None
    return Voiced(Span(start, start + len(words)), speaker, party, 0.8, "direct", cue)


def protester(text, words):
    return said(text, words, "Marcher", PROTESTERS)


def test_what_happened_counts_only_where_a_protest_is_named():
    assert mentions("Marchers threw bottles at officers, and the shops stayed open.")[0] == (
        "Marchers threw bottles at officers",
        "about_protest",
        "violence",
        REPORTER,
    )
    assert mentions("Snow blocked the road. A boy threw a ball.") == []
    assert mentions("The minister opposes higher wages. Nobody else came.") == []
    assert mentions("Marchers came. Traffic was at a standstill.")[-1][2] == "public_disruption"


def test_a_demand_in_the_reporters_words_is_the_protesters():
    assert mentions("They are protesting low wages.") == [
        ("They are protesting low wages", "of_protest", "wages", REPORTER)
    ]
    assert mentions("Wages were published on Monday.") == []


def test_a_late_demand_begins_with_its_word():
    text = "Hundreds of marchers walked through the centre of town to oppose low wages."
    assert mentions(text) == [("to oppose low wages", "of_protest", "wages", REPORTER)]


def test_side_follows_the_voice():
    text = "One marcher said wages must rise. A resident said marchers threw stones."
    assert mentions(
        text,
        protester(text, "wages must rise"),
        said(text, "marchers threw stones", "Resident", OFFICIALS),
    ) == [
        ("wages must rise", "of_protest", "wages", "Marcher"),
        ("marchers threw stones", "about_protest", "violence", "Resident"),
    ]


def test_who_can_be_on_either_side_is_where_all_of_their_words_are():
    text = "Mr Ng said the rent was unfair. Later he said it was getting worse. Ms Bo said she lost sleep."
    words = {"the rent was unfair": "Ng", "it was getting worse": "Ng", "she lost sleep": "Bo"}
    told = mentions(text, *(said(text, w, speaker, OTHERS) for w, speaker in words.items()))
    assert [(voice, side) for _, side, _, voice in told] == [
        ("Ng", "of_protest"),
        ("Ng", "of_protest"),
        ("Bo", "about_protest"),
    ]


@pytest.mark.parametrize(
    "row, sides",
    [
        ([0.1, 0.8, 0.1], ["of_protest"]),
        ([0.1, 0.2, 0.7], ["about_protest"]),
        ([0.1, 0.42, 0.48], ["of_protest"]),
        ([0.9, 0.09, 0.01], []),
    ],
)
def test_a_signalled_complaint_is_left_out_or_turned_by_what_was_learnt(row, sides):
    text = "The march was long. Wages are too low, she said."
    voiced = [protester(text, "Wages are too low")]
    parts = clauses(text, voiced, quotations(text))
    likely = np.array([row if part.said else [1, 0, 0] for part in parts], float)
    assert [m.side for m in mentions_of(text, voiced, parts, likely, Reading(text, SIGNS))] == sides


def test_greetings_and_reassurance_are_no_complaint():
    text = "“They beat us in the street,” said one. “We love this town,” said another. “Good morning,” said a third."
    words = ["They beat us in the street,", "We love this town,", "Good morning,"]
    told = [mention[0] for mention in mentions(text, *(protester(text, w) for w in words))]
    assert "They beat us in the street" in told and "Good morning" not in told


def test_a_mention_has_probabilities_and_a_surer_one_for_plainer_words():
    text = "The march began. “We demand an end to low wages,” one said. “It is a long way from the station,” one said."
    words = ["We demand an end to low wages,", "It is a long way from the station,"]
    by_words = {text[m.span.start : m.span.end]: m for m in found(text, *(protester(text, w) for w in words))}
    plain = by_words.pop(words[0].rstrip(","))
    assert 0.5 < plain.likely <= 1 and 0.5 < plain.sided <= 1
    assert all(mention.likely < plain.likely for mention in by_words.values())


def test_the_codebook_has_a_say_in_what_counts():
    text = "The march began. “The ferrets are the matter,” one said."
    parts = clauses(text, [protester(text, "The ferrets are the matter,")], quotations(text))
    themes = pd.DataFrame(
        [("ferrets", "of_protest", ("ferret*",), ())], columns=["theme", "side", "keywords", "exclude"]
    )
    plain, knowing = (
        likelihoods(text, parts, Reading(text, SIGNS._replace(themes=known)))[1] for known in ([], read_themes(themes))
    )
    assert knowing[LABELS.index("of_protest")] > plain[LABELS.index("of_protest")]


def test_negated_signs_do_not_count():
    text = "The mayor said nobody was hurt and the day ended without any violence."
    assert mentions(text, said(text, "the day ended without any violence", "Mayor", OFFICIALS)) == []


def test_a_cue_belongs_to_a_mention_only_where_few_words_need_it():
    text = "Mayor on march\n\nThe mayor accused marchers of “spreading chaos and fear”. Marchers demanded lower rents."
    accused = said(text, "marchers of “spreading chaos and fear”", "Mayor", OFFICIALS, cue="accused")
    demanded = said(text, "lower rents", "Marchers", PROTESTERS, cue="demanded")
    assert [mention[0] for mention in mentions(text, accused, demanded)] == [
        "marchers of “spreading chaos and fear",
        "demanded lower rents",
    ]


def test_without_a_keyword_a_theme_is_the_signs_or_the_issue_of_the_protest():
    text = (
        "Marchers want lower rents. “Nobody answered our letters,” said one. “We can’t go on like this,” said another."
    )
    found_ = found(text, protester(text, "Nobody answered our letters,"), protester(text, "We can’t go on like this,"))
    assert [(mention.theme.label, mention.theme.sure) for mention in found_] == [
        ("housing", True),
        ("no_dialogue", True),
        ("housing", False),
    ]
    by_directness = [mention.theme.probability for mention in found_]
    assert by_directness == sorted(by_directness, reverse=True)
    assert all(mention.theme.evidence for mention in found_)


def test_a_side_without_themes_has_no_mentions():
    theirs = [theme for theme in THEMES if theme.side == OF_PROTEST]
    signs = read_signs(read_codebook().grievances, theirs, re.compile("protest"))
    text = "The protest blocked the road. They are protesting low wages."
    assert [mention.side for mention in find_grievances(text, [], [], signs)] == [OF_PROTEST]


def test_clauses_of_a_sentence_on_one_side_are_one_mention():
    text = "“They cut our wages, and they ignored our letters, and we are fed up,” she said. “The rent is too high.”"
    words = ["They cut our wages, and they ignored our letters, and we are fed up,", "The rent is too high."]
    assert [mention[0] for mention in mentions(text, *(protester(text, w) for w in words))] == [
        "They cut our wages, and they ignored our letters, and we are fed up",
        "The rent is too high",
    ]


@pytest.mark.parametrize("text, expected", [("Raise our pay", ["wages"]), ("Please pay attention", []), ("", [])])
def test_themes_follow_keywords_and_exclusions(text, expected):
    assert list(themes_of(text, [Span(0, len(text))], THEMES)) == expected


def test_a_statement_without_keyword_has_the_themes_of_its_grievances():
    text = "Marchers want lower rents. “We can’t go on like this,” one said. “Good morning,” said another."
    complaint, greeting = protester(text, "We can’t go on like this,"), said(text, "Good morning,", "Bo", OFFICIALS)
    told = found(text, complaint, greeting)
    assert list(statement_themes(text, [complaint.span], THEMES, told)) == ["housing"]
    assert list(statement_themes(text, [greeting.span], THEMES, told)) == []
