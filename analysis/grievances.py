"""Clauses that state a complaint or demand of the protesters, or a complaint about them."""

import bisect
import itertools
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
_FRAGMENT = 5  # words: no more of them need not be a clause
_LATE = 5  # words before a word of demand that may still be its subject


class Mention(NamedTuple):
    """A grievance mention: where it stands, its side, theme and voice.

    ``likely`` is the probability that it is one, ``sided`` that it is on this side if it is one.
    """

    span: Span
    side: str
    theme: Judgement
    voice: str
    likely: float
    sided: float


class _Complaint(NamedTuple):
    """A mention whose theme is still to be told from what was found in it."""

    span: Span
    found: Evidence
    said: Voiced | None
    likely: float
    sided: float


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

    The reporter's words count only in an article that names the protest.

    Parameters
    ----------
    text : str
        The article.
    parts : list of Clause
        Its clauses in order.
    likely : ndarray of float, shape (clauses, 3)
        See `analysis.complaints.likelihoods`.
    reading : Reading
        The article with the codebook's themes and signs.

    Returns
    -------
    list of Mention
        In order of first offset.
    """
    named = reading.names_protest(Span(0, len(text)))
    sides = [
        LABELS[1 + row[1:].argmax()] if 1 - row[0] >= LIKELY and (named or clause.said) else None
        for clause, row in zip(parts, likely, strict=True)
    ]
    runs = itertools.groupby(zip(parts, sides, likely, strict=True), key=_shared)
    complaints = [_complaint(list(run), side, reading) for (side, *_), run in runs if side]
    issues = {
        side: reading.issue([complaint.found for complaint in complaints], side) for side in (OF_PROTEST, ABOUT_PROTEST)
    }
    mentions = [_mention(text, complaint, reading, issues) for complaint in complaints]
    return sorted((mention for mention in mentions if mention.theme.label), key=lambda mention: mention.span)


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


def _shared(part: tuple[Clause, str | None, np.ndarray]) -> tuple:
    """Tell what neighbouring clauses must share to be one mention."""
    clause, side, _ = part
    return side, clause.sentence, clause.said and clause.said.speaker


def _complaint(run: list[tuple[Clause, str, np.ndarray]], side: str, reading: Reading) -> _Complaint:
    first, last, rows = run[0][0], run[-1][0], np.array([row for *_, row in run])
    span, said = Span(first.span.start, last.span.end), first.said
    voices = _REPORTED if said is None else _OWN if said.party == PROTESTERS else _SAID
    likely = round(float(1 - rows[:, 0].min()), 3)
    sided = round(float(rows[:, LABELS.index(side)].sum() / rows[:, 1:].sum()), 3)
    return _Complaint(span, reading.evidence(span, side, voices), said, likely, sided)


def _mention(text: str, complaint: _Complaint, reading: Reading, issues: dict[str, str]) -> Mention:
    span, found, said, *probabilities = complaint
    theme = reading.theme(found, issues[found.side])
    theme = theme._replace(evidence=theme.evidence or [span])
    if said is None:
        return Mention(_from_demand(text, span, found), found.side, theme, REPORTER, *probabilities)
    if span.start == said.span.start and _needs_cue(text, span, said, reading):
        span = Span(said.cue.start, span.end)
    return Mention(span, found.side, theme, said.speaker, *probabilities)


def _needs_cue(text: str, span: Span, said: Voiced, reading: Reading) -> bool:
    """Whether some few words are a complaint only with the cue before them: "opposition to the police"."""
    if said.cue is None or not said.cue.end <= span.start <= said.cue.end + _NEAR_CUE:
        return False
    few = len(text[span.start : span.end].split()) <= _FRAGMENT
    return few and any(reading.evidence(said.cue, side, _REPORTED) for side in (OF_PROTEST, ABOUT_PROTEST))


def _from_demand(text: str, span: Span, found: Evidence) -> Span:
    """Let the reporter's clause begin with its word of demand (and the "to" of it) where that comes late."""
    demand = min((hit.start for _, hits in found.signs for hit in hits), default=span.start)
    if found.side != OF_PROTEST or len(text[span.start : demand].split()) <= _LATE:
        return span
    infinitive = re.search(r"\bto\s+$", text[span.start : demand])
    return Span(span.start + infinitive.start() if infinitive else demand, span.end)
