"""Clauses that state a complaint or demand of the protesters, or a complaint about them."""

import bisect
import itertools
from typing import NamedTuple

import numpy as np

from analysis.clauses import REPORTER, Clause, Voiced, clauses
from analysis.complaints import LABELS, likelihoods
from analysis.judgement import Judgement
from analysis.signalled import Complaint, from_demand, needs_cue, signalled, voices_of
from analysis.signs import ABOUT_PROTEST, OF_PROTEST, Reading, Signs, Theme, themes_of
from analysis.text import Quotation, Span, overlap

LIKELY = 0.75  # probability from which a clause counts that no word of the codebook signals
_AT_ALL = 0.3  # probability below which words without any of the codebook's do not count, whoever says them
_SIGNALLED = 0.15  # probability below which words of the codebook do not count
_TURNED = 0.4  # probability of a signalled side below which the other takes its place
_UNKNOWN = 0.5  # of words in which no clause was found
_OTHER = {OF_PROTEST: ABOUT_PROTEST, ABOUT_PROTEST: OF_PROTEST}


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


def find_grievances(text: str, voiced: list[Voiced], quoted: list[Quotation], signs: Signs) -> list[Mention]:
    """Find grievance mentions, quoted or not.

    First those that the codebook's words signal (`analysis.signalled`), unless a learnt table (`analysis.complaints`)
    finds them unlikely from their words, their neighbours and who says them; then, of what is left, the clauses that
    it finds likely. Where it sees the other side, that counts. What a mention is about is told apart from that, so that
    a protest whose issues no keyword names is read all the same.

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
    voiced = sorted(voiced)
    parts = clauses(text, voiced, quoted)
    return mentions_of(text, voiced, parts, likelihoods(text, parts, reading), reading)


def mentions_of(
    text: str, voiced: list[Voiced], parts: list[Clause], likely: np.ndarray, reading: Reading
) -> list[Mention]:
    """Make mentions of what is signalled and of the clauses that are likely enough.

    The reporter's words count only in an article that names the protest.

    Parameters
    ----------
    text : str
        The article.
    voiced : list of Voiced
        The statements' pieces with their speakers, in order.
    parts : list of Clause
        The article's clauses in order.
    likely : ndarray of float, shape (clauses, 3)
        See `analysis.complaints.likelihoods`.
    reading : Reading
        The article with the codebook's themes and signs.

    Returns
    -------
    list of Mention
        In order of first offset. Neighbours of the same statement or sentence with one theme are one mention.
    """
    groups = [_likely(group, parts, likely, reading) for group in signalled(text, voiced, parts, reading)]
    groups += _unsignalled(text, parts, likely, sorted(c.span for group in groups for c in group), reading)
    found = [complaint.found for group in groups for complaint in group]
    issues = {side: reading.issue(found, side) for side in (OF_PROTEST, ABOUT_PROTEST)}
    mentions = [mention for group in groups for mention in _mentions(group, parts, likely, reading, issues)]
    return sorted((mention for mention in mentions if mention.theme.label), key=lambda mention: mention.span)


def _likely(group: list[Complaint], parts: list[Clause], likely: np.ndarray, reading: Reading) -> list[Complaint]:
    """Leave out what is signalled but unlikely, and turn what is likelier on the other side."""
    kept = []
    for one in group:
        side = one.found.side
        is_one, sided = _probabilities(one.span, side, parts, likely)
        if is_one >= (_SIGNALLED if one.found else _AT_ALL):
            if sided < _TURNED:
                one = one._replace(found=reading.evidence(one.span, _OTHER[side], voices_of(one.said)))
            kept.append(one)
    return kept


def statement_themes(
    text: str, content: list[Span], themes: list[Theme], mentions: list[Mention]
) -> dict[str, Judgement]:
    """Code a statement's themes: those with a keyword in it, without one those of the grievances that it tells."""
    within = [mention for piece in content for mention in mentions[_overlapping(mentions, piece)]]
    return themes_of(text, content, themes) or {mention.theme.label: mention.theme for mention in within}


def _overlapping(found: list, span: Span) -> slice:
    """Where among finds in order (with a ``span``, none inside another) those stand that overlap a span."""
    first = bisect.bisect_right(found, span.start, key=lambda one: one.span.end)
    return slice(first, bisect.bisect_left(found, span.end, key=lambda one: one.span.start))


def _unsignalled(
    text: str, parts: list[Clause], likely: np.ndarray, taken: list[Span], reading: Reading
) -> list[list[Complaint]]:
    """Find likely clauses apart from those taken; neighbours of one sentence, voice and side are one."""
    named = reading.names_protest(Span(0, len(text)))
    sides = [
        LABELS[1 + row[1:].argmax()]
        if 1 - row[0] >= LIKELY and (named or clause.said) and not _any_overlap(taken, clause.span)
        else None
        for clause, row in zip(parts, likely, strict=True)
    ]
    runs = itertools.groupby(zip(parts, sides, strict=True), key=_shared)
    return [[_complaint(text, [clause for clause, _ in run], side, reading)] for (side, *_), run in runs if side]


def _any_overlap(taken: list[Span], span: Span) -> bool:
    at = bisect.bisect_left(taken, span)
    return any(overlap(one, span) for one in taken[max(0, at - 1) : at + 1])


def _shared(part: tuple[Clause, str | None]) -> tuple:
    """Tell what neighbouring clauses must share to be one mention."""
    clause, side = part
    return side, clause.sentence, clause.said and clause.said.speaker


def _complaint(text: str, run: list[Clause], side: str, reading: Reading) -> Complaint:
    span, said = Span(run[0].span.start, run[-1].span.end), run[0].said
    found = reading.evidence(span, side, voices_of(said))
    if said is None and side == OF_PROTEST and found.signs:
        span = Span(from_demand(text, span, min(hit.start for _, hits in found.signs for hit in hits)), span.end)
    elif said and span.start == said.span.start and needs_cue(text, span, said, reading):
        span = Span(said.cue.start, span.end)
    return Complaint(span, found, said)


def _mentions(
    complaints: list[Complaint], parts: list[Clause], likely: np.ndarray, reading: Reading, issues: dict[str, str]
) -> list[Mention]:
    """Give each complaint its theme; neighbours with the same become one mention."""
    found: list[Mention] = []
    for span, evidence, said in complaints:
        side = evidence.side
        theme = reading.theme(evidence, issues[side])
        theme = theme._replace(evidence=theme.evidence or [span])
        last = found[-1] if found else None
        if last and (last.side, last.theme.label) == (side, theme.label):
            theme = last.theme._replace(evidence=last.theme.evidence + theme.evidence)
            span = Span(last.span.start, span.end)
            found.pop()
        voice = said.speaker if said else REPORTER
        found.append(Mention(span, side, theme, voice, *_probabilities(span, side, parts, likely)))
    return found


def _probabilities(span: Span, side: str, parts: list[Clause], likely: np.ndarray) -> tuple[float, float]:
    """Tell how likely a stretch is a grievance, and on its side if it is one, by the likeliest of its clauses."""
    rows = likely[_overlapping(parts, span)]
    if not len(rows):
        return _UNKNOWN, _UNKNOWN
    is_one = float(1 - rows[:, 0].min())
    sided = float(rows[:, LABELS.index(side)].sum() / rows[:, 1:].sum())
    return round(is_one, 3), round(sided, 3)
