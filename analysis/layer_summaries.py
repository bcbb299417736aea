"""The layers beside the words' own tone: a coding to small tables, as in ``analysis.summaries``.

In what light targets are named, how positions compare with what a speaker's group usually holds, and what the
reporter adds. Each is a table of its own; nothing is added up across layers.
"""

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from analysis import codebook
from analysis.clauses import REPORTER
from analysis.counting import by_size, crossed
from analysis.framing import CUE, LOADED, NAMED, NOT_CLASSED, SCARE_QUOTE
from analysis.judgement import UNSURE, shown
from analysis.summaries import SENTIMENTS

if TYPE_CHECKING:
    from analysis.pipeline import Coding

VERB_CLASSES = list(codebook.VERB_CLASSES)
COLOURED = [name for name in VERB_CLASSES if name != "neutral"]
NO_CUE = "no_cue"
IN_SCARE_QUOTES = "in_scare_quotes"
VOICES = ["quoted", REPORTER]
AS_USUAL, UNUSUAL, NO_BASELINE = "as_usual", "unusual", "no_baseline"


def named_targets(coding: "Coding") -> pd.DataFrame:
    """In what light each target is named, by those quoted or paraphrased and by the reporter.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a voice, target and sentiment ("unsure" where the label is): ``voice``, ``target`` (by size),
        ``sentiment``, ``mentions``.
    """
    named = coding.named
    order = by_size(named["target"].value_counts())
    labels = named["sentiment"].where(named["sure"].astype(bool), UNSURE)
    tables = [
        crossed(
            named["target"][here], order, labels[here], [*SENTIMENTS, UNSURE], ("target", "sentiment", "mentions")
        ).assign(voice=voice)
        for voice, here in zip(VOICES, (named["group"] != REPORTER, named["group"] == REPORTER), strict=True)
    ]
    return pd.concat(tables, ignore_index=True)[["voice", "target", "sentiment", "mentions"]]


def baselines(statements: pd.DataFrame) -> list[dict[str, str]]:
    """Tell what the speaker's group usually holds, for each position of each statement.

    Parameters
    ----------
    statements : DataFrame
        ``group``, ``stance``; machine or hand coding.

    Returns
    -------
    list of dict
        By statement: target to the position that most other statements of the group take to it; empty where there
        is no other, or where two positions are as frequent. Unsure labels are not counted.

    Notes
    -----
    A yardstick beside the coding, never an input of it: a method that only repeated it would learn nothing from
    the words.
    """
    held: dict[tuple[str, str], Counter] = {}
    stances = shown(statements, "stance")
    for group, stance in zip(statements["group"], stances, strict=True):
        for target, position in stance.items():
            held.setdefault((group, target), Counter())[position] += position != UNSURE
    return [
        {target: _usual(held[group, target], position) for target, position in stance.items()}
        for group, stance in zip(statements["group"], stances, strict=True)
    ]


def _usual(positions: Counter, own: str) -> str:
    others = positions.copy()
    others[own] -= own != UNSURE
    ranked = others.most_common(2)
    if not ranked[0][1] or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return ""
    return ranked[0][0]


def stance_baseline(coding: "Coding") -> pd.DataFrame:
    """How many positions are those that the speaker's group usually holds.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a group and answer: ``group``, ``answer`` (``as_usual``, ``unusual``, ``no_baseline`` where there is
        nothing to compare with, ``unsure`` where the coding is), ``positions``.
    """
    statements = coding.statements
    rows = [
        (group, _answer(position, usual[target]))
        for group, stance, usual in zip(
            statements["group"], shown(statements, "stance"), baselines(statements), strict=True
        )
        for target, position in stance.items()
    ]
    answers = pd.DataFrame(rows, columns=["group", "answer"], dtype=object)
    order = by_size(answers["group"].value_counts())
    columns = [AS_USUAL, UNUSUAL, NO_BASELINE, UNSURE]
    return crossed(answers["group"], order, answers["answer"], columns, ("group", "answer", "positions"))


def _answer(position: str, usual: str) -> str:
    if position == UNSURE:
        return UNSURE
    return NO_BASELINE if not usual else AS_USUAL if position == usual else UNUSUAL


def cue_classes(coding: "Coding") -> pd.DataFrame:
    """With verbs of which class each group's statements are introduced.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a group and class: ``group``, ``verb_class`` (last ``not_classed``, and ``no_cue`` for statements
        that only follow on another), ``statements``.
    """
    groups, columns = coding.statements["group"], [*VERB_CLASSES, NOT_CLASSED, NO_CUE]
    classes = pd.Series(cue_class_of(coding), dtype=object)
    names = ("group", "verb_class", "statements")
    return crossed(groups, by_size(groups.value_counts()), classes, columns, names)


def cue_class_of(coding: "Coding") -> list[str]:
    """List the class of the verb that introduces each statement."""
    cues = coding.framing[coding.framing["kind"] == CUE]
    introduced = {(row.article, *row.span): row.label for row in cues.itertuples()}
    return [
        introduced.get((article, *cue), NOT_CLASSED) if isinstance(cue, list | tuple) else NO_CUE
        for article, cue in zip(coding.statements["article"], coding.statements["cue"], strict=True)
    ]


def loaded_words(coding: "Coding") -> pd.DataFrame:
    """Count the reporter's loaded words and scare quotes by the group named nearest to them.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a group and kind: ``group`` (by number of sentences), ``kind`` (direction of the word, or
        ``in_scare_quotes``), ``words``, ``sentences`` (of the reporter's own words that name the group).
    """
    framing = coding.framing
    sentences = framing.loc[framing["kind"] == NAMED, "group"].value_counts()
    added = framing[framing["kind"].isin([LOADED, SCARE_QUOTE])]
    kinds = added["label"].where(added["kind"] == LOADED, IN_SCARE_QUOTES)
    names = ("group", "kind", "words")
    table = crossed(added["group"], by_size(sentences), kinds, [*codebook.DIRECTIONS, IN_SCARE_QUOTES], names)
    return table.assign(sentences=table["group"].map(sentences).astype(int))


def first_and_last(coding: "Coding") -> pd.DataFrame:
    """Who is quoted first and who last in each article.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row an article with statements and place ("first", "last"): ``article``, ``place``, ``group``,
        ``speaker``, ``offset``, ``text``.
    """
    statements = coding.statements.assign(offset=[content[0][0] for content in coding.statements["content"]])
    statements = statements.sort_values(["article", "offset"], kind="stable").groupby("article", sort=False)
    ends = [statements.nth(n).assign(place=place) for n, place in ((0, "first"), (-1, "last"))]
    columns = ["article", "place", "group", "speaker", "offset", "text"]
    return pd.concat(ends)[columns].sort_values(["article", "place"]).reset_index(drop=True)
