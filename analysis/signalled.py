"""Complaints and demands that the codebook's words signal: themes' keywords, signs of complaint, and who is quoted."""

import re
from collections import Counter
from typing import NamedTuple

from analysis.clauses import OFFICIALS, PROTESTERS, PUBLIC, Clause, Voiced, trimmed
from analysis.signs import ABOUT_PROTEST, OF_PROTEST, Evidence, Reading
from analysis.text import Span, sentences

# Voices of the codebook's signs that count: in the reporter's words, anybody's statement, a protester's own.
REPORTED, SAID, OWN = ("any",), ("any", "said"), ("any", "said", "own")
_NEAR_CUE = 12  # characters between a cue and the words it introduces
_LATE = 5  # words before a word of demand that may still be its subject
_FRAGMENT = 5  # words: a paraphrase no longer than that need not be a clause


class Complaint(NamedTuple):
    """Words that complain or demand, what was found in them, and whose they are (None: the reporter's)."""

    span: Span
    found: Evidence
    said: Voiced | None


def signalled(text: str, voiced: list[Voiced], parts: list[Clause], reading: Reading) -> list[list[Complaint]]:
    """Find complaints by the codebook's words.

    In a statement a sentence counts that holds a keyword of a theme or a sign of the speaker's side; a speaker who can
    be on either side is taken to be on that which all of their words hold more evidence of. What protesters and
    residents say without a sign counts, too, unless it holds one of calm. In the reporter's own words a clause counts
    as the protesters' complaint where a word of demand or opposition follows on the protest or its people, as one
    about them where it tells of disruption, disorder or violence and they are named within a sentence of it.

    Parameters
    ----------
    text : str
        The article.
    voiced : list of Voiced
        The statements' pieces with their speakers, in order.
    parts : list of Clause
        From `analysis.clauses.clauses`.
    reading : Reading
        The article with the codebook's themes and signs.

    Returns
    -------
    list of list of Complaint
        Those of one piece of a statement, or of one clause, together. The words of the codebook were written with
        the seeds and the articles of ``training/developed`` in view.
    """
    found = [_said(text, said, side, reading) for said, side in zip(voiced, _sides(voiced, reading), strict=True)]
    places = sentences(text)
    near = {
        sentence: reading.names_protest(Span(before.start, after.end))
        for sentence, before, after in zip(places, [*places[:1], *places], [*places[1:], *places[-1:]], strict=False)
    }
    return found + [_told(text, clause, near[clause.sentence], reading) for clause in parts if clause.said is None]


def _sides(voiced: list[Voiced], reading: Reading) -> list[str]:
    """Decide for each speaker who can be on either side: the side that their words hold more evidence of."""
    weight: Counter[tuple[str, str]] = Counter()
    for said in voiced:
        if said.party not in (PROTESTERS, OFFICIALS):
            for side in (OF_PROTEST, ABOUT_PROTEST):
                weight[said.speaker, side] += reading.evidence(said.span, side, SAID).weight
            weight[said.speaker, ABOUT_PROTEST] += reading.names_protest(said.span)
    return [_side(said, weight) for said in voiced]


def _side(said: Voiced, weight: Counter[tuple[str, str]]) -> str:
    if said.party in (PROTESTERS, OFFICIALS):
        return OF_PROTEST if said.party == PROTESTERS else ABOUT_PROTEST
    return OF_PROTEST if weight[said.speaker, OF_PROTEST] > weight[said.speaker, ABOUT_PROTEST] else ABOUT_PROTEST


def voices_of(said: Voiced | None) -> tuple[str, ...]:
    """Tell which of the codebook's signs count in words: the most in a protester's, the fewest in the reporter's."""
    return REPORTED if said is None else OWN if said.party == PROTESTERS else SAID


def _said(text: str, said: Voiced, side: str, reading: Reading) -> list[Complaint]:
    """Find complaints in a statement: sentences with a sign, or all where speaker or cue say that it is one."""
    voices = voices_of(said)
    offset = said.span.start
    pieces = [Span(offset + s.start, offset + s.end) for s in sentences(text[offset : said.span.end])]
    read = [(piece, reading.evidence(piece, side, voices)) for piece in pieces]
    calm = [piece for piece in pieces if reading.evidence(piece, "neither", OWN)]
    told = [(piece, found) for piece, found in read if found and not (found.faint and piece in calm)]
    introduced = _introduces(said, reading)
    fragment = said.type == "indirect" and len(text[offset : said.span.end].split()) <= _FRAGMENT
    complains = said.party in (PROTESTERS, PUBLIC) and not fragment
    if not told and not calm and (complains or introduced and reading.names_protest(said.span)):
        told = read
    complaints = [Complaint(trimmed(text, piece), found, said) for piece, found in told]
    if told and told[0][0].start == offset and needs_cue(text, complaints[0].span, said, reading):
        complaints[0] = complaints[0]._replace(span=Span(said.cue.start, complaints[0].span.end))
    return complaints


def needs_cue(text: str, span: Span, said: Voiced, reading: Reading) -> bool:
    """Whether some few words are a complaint only with the cue before them: "opposition to the police"."""
    return len(text[span.start : span.end].split()) <= _FRAGMENT and _introduces(said, reading)


def _introduces(said: Voiced, reading: Reading) -> bool:
    """Whether a statement follows straight on a cue that is itself a word of complaint: "accused", "demanding"."""
    if said.cue is None or not said.cue.end <= said.span.start <= said.cue.end + _NEAR_CUE:
        return False
    return any(reading.evidence(said.cue, side, REPORTED) for side in (OF_PROTEST, ABOUT_PROTEST))


def _told(text: str, clause: Clause, near: bool, reading: Reading) -> list[Complaint]:
    """Find complaints in the reporter's words: the protesters' by who demands, those about them by what they do."""
    complaints, (span, sentence, _) = [], clause
    theirs = reading.evidence(span, OF_PROTEST, REPORTED)
    if theirs.signs:
        words = [hit for _, hits in theirs.signs for hit in hits]
        first = min(words).start
        purpose = first == sentence.start or text[first - 4 : first] == " to "
        subject = Span(sentence.start, max(words).end)
        if reading.names_protest(subject) or (near and (purpose or theirs.themes)):
            demand = Span(from_demand(text, span, first), span.end)
            complaints.append(Complaint(demand, theirs, None))
            span = Span(span.start, demand.start)
    about = reading.evidence(span, ABOUT_PROTEST, REPORTED)
    if near and about:
        complaints.append(Complaint(trimmed(text, span), about, None))
    return sorted(complaints, key=lambda complaint: complaint.span)


def from_demand(text: str, span: Span, demand: int) -> int:
    """Let a clause begin with its word of demand (and the "to" of it) where that comes late."""
    if len(text[span.start : demand].split()) <= _LATE:
        return span.start
    infinitive = re.search(r"\bto\s+$", text[span.start : demand])
    return span.start + infinitive.start() if infinitive else demand
