"""Clauses that state a complaint or demand of the protesters, or a complaint about them."""

import bisect
import re
from typing import NamedTuple

import numpy as np

from analysis.clauses import PROTESTERS, Clause, Voiced, clauses
from analysis.complaints import LABELS, likelihoods
from analysis.judgement import Judgement
from analysis.signs import ABOUT_PROTEST, OF_PROTEST, Evidence, Reading, Signs, Theme, themes_of
from analysis.text import Quotation, Span

REPORTER = "reporter"
LIKELY = 0.3  # probability from which a clause counts: about half the F1 to be had, where F1 is highest
# Voices of the codebook's signs that count: in the reporter's words, anybody's statement, a protester's own.
_REPORTED, _SAID, _OWN = ("any",), ("any", "said"), ("any", "said", "own")
_NEAR_CUE = 12  # characters between a cue and the words it introduces
_LATE = 5  # words before a word of demand that may still be its subject


class Mention(NamedTuple):
    """A grievance mention: where it stands, its side, theme and voice."""

    span: Span
    side: str
    theme: Judgement
    voice: str


class _Complaint(NamedTuple):
    """A mention whose theme is still to be told from what was found in it."""

    span: Span
    found: Evidence
    clause: Clause


def find_grievances(text: str, voiced: list[Voiced], quoted: list[Quotation], signs: Signs) -> list[Mention]:
    """Find grievance mentions, quoted or not.

    The article is cut into clauses. Whether one states a complaint or demand, and on which side, is learnt
    (`analysis.complaints`) from its words, the codebook's signs and keywords, and who says it. What it is
    about is told apart from that, so that a protest whose issues no keyword names is read all the same.

    Parameters
    ----------
    text : str
        The article.
    voiced : list of Voiced
        The statements' pieces with their speakers.
    quoted : list of Quotation
        Clauses are not cut inside short quotations.
    signs : Signs
        Themes, signs of grievances and words for the protest.

    Returns
    -------
    list of Mention
        In order of first offset. A side for which the codebook has no theme has none.

    Notes
    -----
    Irony is not read, nor what only the article as a whole makes a grievance.
    """
    reading = Reading(text, signs)
    parts = clauses(text, voiced, quoted)
    return mentions_of(text, parts, likelihoods(text, parts, reading), reading)


def mentions_of(text: str, parts: list[Clause], likely: np.ndarray, reading: Reading) -> list[Mention]:
    """Make mentions of the clauses that are likely enough; neighbours of one sentence, voice and side are one.

    ``likely`` has a row for each clause and a column for each of `analysis.complaints.LABELS`.
    """
    sides = [LABELS[1 + row[1:].argmax()] if 1 - row[0] >= LIKELY else None for row in likely]
    complaints: list[_Complaint] = []
    last = None
    for clause, side in zip(parts, sides, strict=True):
        if side:
            here = (side, clause.sentence, clause.said and clause.said.speaker)
            if here == last:
                start = complaints.pop().span.start
                clause = clause._replace(span=Span(start, clause.span.end))
            complaints.append(_complaint(clause, side, reading))
            last = here
        else:
            last = None
    issues = {
        side: reading.issue([complaint.found for complaint in complaints], side) for side in (OF_PROTEST, ABOUT_PROTEST)
    }
    mentions = [_mention(text, complaint, reading, issues) for complaint in complaints]
    return [mention for mention in mentions if mention.theme.label]


def statement_themes(
    text: str, content: list[Span], themes: list[Theme], mentions: list[Mention]
) -> dict[str, Judgement]:
    """Code a statement's themes: those with a keyword in it, without one those of the grievances that it tells."""
    within = [mention for piece in content for mention in _overlapping(mentions, piece)]
    return themes_of(text, content, themes) or {mention.theme.label: mention.theme for mention in within}


def _overlapping(mentions: list[Mention], piece: Span) -> list[Mention]:
    first = bisect.bisect_right(mentions, piece.start, key=lambda mention: mention.span.end)
    last = bisect.bisect_left(mentions, piece.end, key=lambda mention: mention.span.start)
    return mentions[first:last]


def _complaint(clause: Clause, side: str, reading: Reading) -> _Complaint:
    voices = _REPORTED if clause.said is None else _OWN if clause.said.party == PROTESTERS else _SAID
    return _Complaint(clause.span, reading.evidence(clause.span, side, voices), clause)


def _mention(text: str, complaint: _Complaint, reading: Reading, issues: dict[str, str]) -> Mention:
    span, found, clause = complaint
    theme = reading.theme(found, issues[found.side])
    theme = theme._replace(evidence=theme.evidence or [span])
    if clause.said is None:
        return Mention(_from_demand(text, span, found), found.side, theme, REPORTER)
    if span.start == clause.said.span.start and _introduced(clause.said, reading):
        span = Span(clause.said.cue.start, span.end)
    return Mention(span, found.side, theme, clause.said.speaker)


def _introduced(said: Voiced, reading: Reading) -> bool:
    """Whether a statement follows straight on a cue that is itself a word of complaint: "accused", "demanding"."""
    if said.cue is None or not said.cue.end <= said.span.start <= said.cue.end + _NEAR_CUE:
        return False
    return any(reading.evidence(said.cue, side, _REPORTED) for side in (OF_PROTEST, ABOUT_PROTEST))


def _from_demand(text: str, span: Span, found: Evidence) -> Span:
    """Let the reporter's clause begin with its word of demand (and the "to" of it) where that comes late."""
    demand = min((hit.start for _, hits in found.signs for hit in hits), default=span.start)
    if found.side != OF_PROTEST or len(text[span.start : demand].split()) <= _LATE:
        return span
    infinitive = re.search(r"\bto\s+$", text[span.start : demand])
    return Span(span.start + infinitive.start() if infinitive else demand, span.end)
