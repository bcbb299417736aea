"""Clauses that state a complaint or demand of the protesters, or a complaint about them."""

import bisect
import re
from collections import Counter
from typing import NamedTuple

from analysis.judgement import Judgement
from analysis.signs import ABOUT_PROTEST, OF_PROTEST, Evidence, Reading, Signs, Theme, themes_of
from analysis.text import Quotation, Span, sentences

REPORTER = "reporter"
# Voices of the codebook's signs that count: in the reporter's words, anybody's statement, a complainer's own.
_REPORTED, _SAID, _OWN = ("any",), ("any", "said"), ("any", "said", "own")
_CLAUSE_BREAK = re.compile(
    r"(?<!\s)\s+[-–—]\s+|[;:]\s+|,\s+(?!\w+,)"
    r"|(?<!\s)\s+(?:and|but)\s+"
    r"(?=(?:the|they|he|she|it|we|who|that|others|some|many|have|has|had|will|would|are|is|was)\b)"
    r"|(?<!\s)\s+(?=(?:who|which|because|while|although)\s)",
    re.IGNORECASE,
)
_LABEL = 60  # characters of a quotation in which no clause ends
_NEAR_CUE = 12  # characters between a cue and the words it introduces
_LATE = 5  # words before a word of demand that may still be its subject


class Voiced(NamedTuple):
    """Words of the article, whose they are, and the words that tell so (the cue).

    ``sides``: on which sides of a grievance the speaker can be, ``of_protest`` alone for the protesters.
    ``complains``: words of this kind are mostly quoted because they complain, as protesters' and residents'
    are, so that they count without a sign of complaint, unless they hold one of calm.
    """

    span: Span
    speaker: str
    sides: tuple[str, ...]
    cue: Span | None = None
    complains: bool = False


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
    voice: str


def find_grievances(text: str, voiced: list[Voiced], quoted: list[Quotation], signs: Signs) -> list[Mention]:
    """Find grievance mentions, quoted or not.

    That something is complained of is told apart from what it is about, so that a protest whose issues no
    keyword names is read all the same. In a statement a sentence counts that holds a keyword of a theme or
    a sign of the speaker's side; a speaker who can be on either side is taken to be on that which all of
    their words hold more evidence of. In the reporter's own words a clause counts as the protesters'
    complaint where a word of demand or opposition follows on the protest or its people, as one about them
    where it tells of disruption, disorder or violence and they are named within a sentence of it.

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
        In order of first offset. Neighbours of the same statement or sentence with one theme are one mention.
        A side for which the codebook has no theme has none.

    Notes
    -----
    Irony, and a grievance told without any of the codebook's words by somebody who is not expected to
    complain, are not read. Rules and words were written with the seeds and the articles of ``benchmarks/developed``
    in view.
    """
    voiced, reading = sorted(voiced), Reading(text, signs)
    groups = [_said(text, said, side, reading) for said, side in zip(voiced, _sides(voiced, reading), strict=True)]
    gaps, labels = _unsaid(text, voiced), [q for q in quoted if q.end - q.start < _LABEL]
    parts = sentences(text)
    for sentence, before, after in zip(parts, [*parts[:1], *parts], [*parts[1:], *parts[-1:]], strict=False):
        near = reading.names_protest(Span(before.start, after.end))
        groups += [_told(text, sentence, unit, near, labels, reading) for unit in _units(sentence, gaps)]
    found = [complaint.found for group in groups for complaint in group]
    issues = {side: reading.issue(found, side) for side in (OF_PROTEST, ABOUT_PROTEST)}
    mentions = [mention for group in groups for mention in _mentions(group, reading, issues)]
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


def _sides(voiced: list[Voiced], reading: Reading) -> list[str]:
    """Decide for each speaker who can be on either side: the side that their words hold more evidence of."""
    weight: Counter[tuple[str, str]] = Counter()
    for said in voiced:
        if len(said.sides) > 1:
            for side in said.sides:
                weight[said.speaker, side] += reading.evidence(said.span, side, _SAID).weight
            weight[said.speaker, ABOUT_PROTEST] += reading.names_protest(said.span)
    return [max(said.sides, key=lambda side, said=said: weight[said.speaker, side]) for said in voiced]


def _said(text: str, said: Voiced, side: str, reading: Reading) -> list[_Complaint]:
    """Find complaints in a statement: sentences with a sign, or all where speaker or cue say that it is one."""
    voices = _OWN if said.sides == (OF_PROTEST,) else _SAID
    offset = said.span.start
    parts = [Span(offset + s.start, offset + s.end) for s in sentences(text[offset : said.span.end])]
    read = [(part, reading.evidence(part, side, voices)) for part in parts]
    calm = [part for part in parts if reading.evidence(part, "neither", _OWN)]
    told = [(part, found) for part, found in read if found and not (found.faint and part in calm)]
    introduced = _introduced(said, reading)
    if not told and not calm and (said.complains or introduced and reading.names_protest(said.span)):
        told = read
    complaints = [_Complaint(_trim(text, part), found, said.speaker) for part, found in told]
    if told and told[0][0].start == offset and introduced:
        complaints[0] = complaints[0]._replace(span=Span(said.cue.start, complaints[0].span.end))
    return complaints


def _introduced(said: Voiced, reading: Reading) -> bool:
    """Whether a statement follows straight on a cue that is itself a word of complaint: "accused", "demanding"."""
    if said.cue is None or not said.cue.end <= said.span.start <= said.cue.end + _NEAR_CUE:
        return False
    return any(reading.evidence(said.cue, side, _REPORTED) for side in (OF_PROTEST, ABOUT_PROTEST))


def _unsaid(text: str, voiced: list[Voiced]) -> list[Span]:
    """Cut what is said, and the cues of it, out of an article: what is left are the reporter's own words."""
    gaps, at = [], 0
    for span in sorted([said.span for said in voiced] + [said.cue for said in voiced if said.cue]):
        gaps += [Span(at, span.start)] if at < span.start else []
        at = max(at, span.end)
    return [*gaps, Span(at, len(text))]


def _units(sentence: Span, gaps: list[Span]) -> list[Span]:
    first = bisect.bisect_right(gaps, sentence.start, key=lambda gap: gap.end)
    last = bisect.bisect_left(gaps, sentence.end, key=lambda gap: gap.start)
    units = [Span(max(gap.start, sentence.start), min(gap.end, sentence.end)) for gap in gaps[first:last]]
    return [unit for unit in units if unit.end - unit.start > 3]


def _told(
    text: str, sentence: Span, unit: Span, near: bool, labels: list[Quotation], reading: Reading
) -> list[_Complaint]:
    """Find complaints in the reporter's words: the protesters' by who demands, those about them by what they do."""
    complaints = []
    for clause in _clauses(text, unit, labels):
        rest, theirs = clause, reading.evidence(clause, OF_PROTEST, _REPORTED)
        if theirs.signs:
            words = [hit for _, hits in theirs.signs for hit in hits]
            first = min(words).start
            purpose = first == sentence.start or text[first - 4 : first] == " to "
            subject = Span(sentence.start, max(words).end)
            if reading.names_protest(subject) or (near and (purpose or theirs.themes)):
                span = Span(_beginning(text, clause, first), clause.end)
                complaints.append(_Complaint(span, theirs, REPORTER))
                rest = Span(clause.start, span.start)
        about = reading.evidence(rest, ABOUT_PROTEST, _REPORTED)
        if near and about:
            complaints.append(_Complaint(_trim(text, rest), about, REPORTER))
    return sorted(complaints, key=lambda complaint: complaint.span)


def _beginning(text: str, clause: Span, demand: int) -> int:
    """Begin with the clause, or with the word of demand (and its "to") where that comes late."""
    if len(text[clause.start : demand].split()) <= _LATE:
        return clause.start
    infinitive = re.search(r"\bto\s+$", text[clause.start : demand])
    return clause.start + infinitive.start() if infinitive else demand


def _mentions(complaints: list[_Complaint], reading: Reading, issues: dict[str, str]) -> list[Mention]:
    """Give each complaint its theme; neighbours with the same become one mention."""
    found: list[Mention] = []
    for span, evidence, voice in complaints:
        side = evidence.side
        theme = reading.theme(evidence, issues[side])
        theme = theme._replace(evidence=theme.evidence or [span])
        last = found[-1] if found else None
        if last and (last.side, last.theme.label) == (side, theme.label):
            theme = last.theme._replace(evidence=last.theme.evidence + theme.evidence)
            found[-1] = last._replace(span=Span(last.span.start, span.end), theme=theme)
        else:
            found.append(Mention(span, side, theme, voice))
    return found


def _clauses(text: str, unit: Span, labels: list[Quotation]) -> list[Span]:
    start, found = unit.start, []
    for gap in _CLAUSE_BREAK.finditer(text, unit.start, unit.end):
        before = bisect.bisect_left(labels, gap.start(), key=lambda label: label.start)
        inside = before and gap.start() < labels[before - 1].end
        if not inside and len(text[start : gap.start()].split()) >= 3:
            found.append(Span(start, gap.start()))
            start = gap.end()
    return [_trim(text, span) for span in (*found, Span(start, unit.end)) if span.start < span.end]


def _trim(text: str, span: Span) -> Span:
    leading = re.match(r"[\s\"“”‘’',;:-]*(?:\b(?:that|and|but)\s+)?", text[span.start : span.end], re.IGNORECASE)
    end = span.start + len(text[span.start : span.end].rstrip(' \t"“”‘,;:.-'))
    return Span(min(span.start + leading.end(), end), end)
