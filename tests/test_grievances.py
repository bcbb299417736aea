import re

import pandas as pd
import pytest

from analysis.codebook import read_codebook
from analysis.grievances import REPORTER, Voiced, find_grievances, statement_themes
from analysis.signs import ABOUT_PROTEST, OF_PROTEST, read_signs, read_themes, themes_of
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
OFFICIAL, ANYBODY = (ABOUT_PROTEST,), (ABOUT_PROTEST, OF_PROTEST)


def found(text, *voiced):
    return find_grievances(text, list(voiced), quotations(text), SIGNS)


def mentions(text, *voiced):
    return [(text[m.span.start : m.span.end], m.side, m.theme.label, m.voice) for m in found(text, *voiced)]


def said(text, words, speaker, sides, cue=None, complains=False):
    start = text.index(words)
    cue = Span(text.index(cue), text.index(cue) + len(cue)) if cue else None
    return Voiced(Span(start, start + len(words)), speaker, sides, cue, complains)


def protester(text, words):
    return said(text, words, "Marcher", (OF_PROTEST,), complains=True)


def test_a_complaint_about_the_protest_needs_the_protesters_nearby():
    assert mentions("Marchers threw bottles, and the shops stayed open.") == [
        ("Marchers threw bottles", "about_protest", "violence", REPORTER)
    ]
    assert mentions("Snow blocked the road. A boy threw a ball.") == []
    assert mentions("Marchers came. Traffic was at a standstill.")[0][2] == "public_disruption"


def test_a_demand_of_theirs_needs_a_word_of_demand_with_them_before_it():
    assert mentions("They are protesting low wages.") == [
        ("They are protesting low wages", "of_protest", "wages", REPORTER)
    ]
    assert mentions("Wages were published on Monday.") == []
    assert mentions("The minister opposes higher wages. Nobody else came.") == []
    assert mentions("The crowd did not call for higher wages.") == []


def test_a_late_demand_begins_with_its_word():
    text = "Hundreds of marchers walked through the centre of town to oppose low wages."
    assert mentions(text) == [("to oppose low wages", "of_protest", "wages", REPORTER)]


def test_side_follows_the_voice():
    text = "One marcher said wages must rise. A resident said marchers threw stones."
    assert mentions(
        text,
        protester(text, "wages must rise"),
        said(text, "marchers threw stones", "Resident", OFFICIAL),
    ) == [
        ("wages must rise", "of_protest", "wages", "Marcher"),
        ("marchers threw stones", "about_protest", "violence", "Resident"),
    ]


def test_who_can_be_on_either_side_is_where_all_of_their_words_are():
    text = "Mr Ng said the rent was unfair. Later he said it was getting worse. Ms Bo said she lost sleep."
    words = {"the rent was unfair": "Ng", "it was getting worse": "Ng", "she lost sleep": "Bo"}
    told = mentions(text, *(said(text, w, speaker, ANYBODY) for w, speaker in words.items()))
    assert [(voice, side) for _, side, _, voice in told] == [
        ("Ng", "of_protest"),
        ("Ng", "of_protest"),
        ("Bo", "about_protest"),
    ]


def test_protesters_complain_unless_they_reassure():
    text = "“They came in swinging,” said one. “We love this town,” said another. “We are peaceful,” said a third."
    words = ["They came in swinging,", "We love this town,", "We are peaceful,"]
    assert [mention[0] for mention in mentions(text, *(protester(text, w) for w in words))] == [
        "They came in swinging",
        "We love this town",
    ]
    assert mentions(text, *(said(text, w, "Council", OFFICIAL) for w in words)) == []


def test_negated_signs_do_not_count():
    text = "The mayor said nobody was hurt and the day ended without any violence."
    assert mentions(text, said(text, "the day ended without any violence", "Mayor", OFFICIAL)) == []


def test_a_cue_of_reproach_belongs_to_the_mention():
    text = "The minister accused marchers of “spreading chaos”. He said marchers spread chaos."
    accused = said(text, "marchers of “spreading chaos”", "Minister", OFFICIAL, cue="accused")
    stated = said(text, "marchers spread chaos", "Minister", OFFICIAL, cue="said")
    assert [mention[0] for mention in mentions(text, accused, stated)] == [
        "accused marchers of “spreading chaos",
        "marchers spread chaos",
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


def test_neighbours_with_one_theme_are_one_mention():
    text = "“They pay too little. We need wages to live on,” she said. “The rent is too high.”"
    words = ["They pay too little. We need wages to live on,", "The rent is too high."]
    assert [mention[0] for mention in mentions(text, *(protester(text, w) for w in words))] == [
        "They pay too little. We need wages to live on",
        "The rent is too high",
    ]


@pytest.mark.parametrize("text, expected", [("Raise our pay", ["wages"]), ("Please pay attention", []), ("", [])])
def test_themes_follow_keywords_and_exclusions(text, expected):
    assert list(themes_of(text, [Span(0, len(text))], THEMES)) == expected


def test_a_statement_without_keyword_has_the_themes_of_its_grievances():
    text = "Marchers want lower rents. “We can’t go on like this,” one said. “Good morning,” said another."
    complaint, greeting = protester(text, "We can’t go on like this,"), said(text, "Good morning,", "Bo", OFFICIAL)
    told = found(text, complaint, greeting)
    assert list(statement_themes(text, [complaint.span], THEMES, told)) == ["housing"]
    assert list(statement_themes(text, [greeting.span], THEMES, told)) == []
