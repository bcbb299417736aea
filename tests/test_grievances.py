import re

import pandas as pd
import pytest

from analysis.grievances import REPORTER, Voiced, find_grievances, read_themes, themes_of
from analysis.text import Span, quotations

THEMES = read_themes(
    pd.DataFrame(
        [
            ("wages", "of_protest", ("pay", "wage*"), ("pay attention",)),
            ("violence", "about_protest", ("threw", "punched"), ()),
        ],
        columns=["theme", "side", "keywords", "exclude"],
    )
)
PROTESTERS = re.compile(r"\bprotest\w*|\bmarch\w*", re.IGNORECASE)


def mentions(text, *voiced):
    found = find_grievances(text, list(voiced), quotations(text), THEMES, PROTESTERS)
    return [(text[m.span.start : m.span.end], m.side, m.theme.label, m.voice) for m in found]


def said(text, words, speaker, of_protest):
    start = text.index(words)
    return Voiced(Span(start, start + len(words)), speaker, of_protest)


def test_a_complaint_about_the_protest_needs_the_protesters():
    assert mentions("Marchers threw bottles, and the shops stayed open.") == [
        ("Marchers threw bottles", "about_protest", "violence", REPORTER)
    ]
    assert mentions("Snow blocked the road. A boy threw a ball.") == []


def test_a_demand_of_theirs_needs_a_word_of_demand():
    assert mentions("They are protesting low wages.") == [
        ("They are protesting low wages", "of_protest", "wages", REPORTER)
    ]
    assert mentions("Wages were published on Monday.") == []


def test_side_follows_the_voice():
    text = "One marcher said wages must rise. A resident said marchers threw stones."
    assert mentions(
        text,
        said(text, "wages must rise", "Marcher", True),
        said(text, "marchers threw stones", "Resident", False),
    ) == [
        ("wages must rise", "of_protest", "wages", "Marcher"),
        ("marchers threw stones", "about_protest", "violence", "Resident"),
    ]


@pytest.mark.parametrize("text, expected", [("Raise our pay", ["wages"]), ("Please pay attention", []), ("", [])])
def test_themes_follow_keywords_and_exclusions(text, expected):
    assert list(themes_of(text, [Span(0, len(text))], THEMES)) == expected
