"""Article and statements to clauses, each of which may state a complaint or a demand, with who says it."""

import bisect
import re
from collections.abc import Collection
from typing import NamedTuple

from analysis.text import Quotation, Span, sentences

REPORTER = "reporter"  # whose words they are that nobody is cited for
PROTESTERS, OFFICIALS, PUBLIC, OTHERS = "protesters", "officials", "public", "others"
# Groups of the coding rules: who speaks for those that the protest is directed at or policed by, and who looks on.
_PARTIES = dict.fromkeys("government opposition parliament council police".split(), OFFICIALS) | {"public": PUBLIC}
_BREAK = re.compile(
    r"(?<!\s)\s+[-–—]\s+|[;:]\s+|,\s+(?!\w+(?:,| (?:and|or)\s))"
    r"|(?<!\s)\s+(?:and|but)\s+"
    r"(?=(?:the|they|he|she|it|we|who|that|others|some|many|have|has|had|will|would|are|is|was)\b)"
    r"|(?<!\s)\s+(?=(?:who|which|because|while|although)\s)",
    re.IGNORECASE,
)
_LABEL = 60  # characters of a quotation in which no clause ends
_SHORTEST = 3  # words before a break that can be a clause; characters of one


class Voiced(NamedTuple):
    """Words of the article, whose they are and how they are reported.

    ``party`` is the speaker's (see `party`) and ``known`` how sure it is (0 to 1); ``type`` is the statement's.
    """

    span: Span
    speaker: str
    party: str
    known: float
    type: str
    cue: Span | None = None


class Clause(NamedTuple):
    """A clause, the sentence it stands in, and the statement's piece that it is of; None in the reporter's words."""

    span: Span
    sentence: Span
    said: Voiced | None


def party(group: str, own: Collection[str]) -> str:
    """Tell the party of a group: protesters (the groups that are the protest's ``own``), officials, public, others."""
    return PROTESTERS if group in own else _PARTIES.get(group, OTHERS)


def clauses(text: str, voiced: list[Voiced], quoted: list[Quotation]) -> list[Clause]:
    """Cut an article into clauses: those of what is said, and those of the reporter's words between.

    Parameters
    ----------
    text : str
        The article.
    voiced : list of Voiced
        The statements' pieces; cues belong to no clause.
    quoted : list of Quotation
        Clauses are not cut inside short quotations.

    Returns
    -------
    list of Clause
        In order, without quotation marks, conjunctions and marks at either end. Linear in the text but for sorting.
    """
    labels = [quotation for quotation in quoted if quotation.end - quotation.start < _LABEL]
    found = []
    for said in sorted(voiced):
        offset = said.span.start
        for start, end in sentences(text[offset : said.span.end]):
            sentence = Span(offset + start, offset + end)
            found += [Clause(span, sentence, said) for span in _cut(text, sentence, labels)]
    unsaid = _unsaid(text, voiced)
    for sentence in sentences(text):
        for unit in _within(sentence, unsaid):
            found += [Clause(span, sentence, None) for span in _cut(text, unit, labels)]
    return sorted(found, key=lambda clause: clause.span)


def _unsaid(text: str, voiced: list[Voiced]) -> list[Span]:
    """Cut what is said, and the cues of it, out of an article: what is left are the reporter's own words."""
    gaps, at = [], 0
    for span in sorted([said.span for said in voiced] + [said.cue for said in voiced if said.cue]):
        gaps += [Span(at, span.start)] if at < span.start else []
        at = max(at, span.end)
    return [*gaps, Span(at, len(text))]


def _within(sentence: Span, gaps: list[Span]) -> list[Span]:
    first = bisect.bisect_right(gaps, sentence.start, key=lambda gap: gap.end)
    last = bisect.bisect_left(gaps, sentence.end, key=lambda gap: gap.start)
    return [Span(max(gap.start, sentence.start), min(gap.end, sentence.end)) for gap in gaps[first:last]]


def _cut(text: str, unit: Span, labels: list[Quotation]) -> list[Span]:
    start, found = unit.start, []
    for gap in _BREAK.finditer(text, unit.start, unit.end):
        before = bisect.bisect_left(labels, gap.start(), key=lambda label: label.start)
        inside = before and gap.start() < labels[before - 1].end
        if not inside and len(text[start : gap.start()].split()) >= _SHORTEST:
            found.append(Span(start, gap.start()))
            start = gap.end()
    ends = [trimmed(text, span) for span in (*found, Span(start, unit.end)) if span.start < span.end]
    return [span for span in ends if span.end - span.start > _SHORTEST]


def trimmed(text: str, span: Span) -> Span:
    """Cut quotation marks, conjunctions and marks at either end."""
    leading = re.match(r"[\s\"“”‘’',;:-]*(?:\b(?:that|and|but)\s+)?", text[span.start : span.end], re.IGNORECASE)
    end = span.start + len(text[span.start : span.end].rstrip(' \t"“”‘,;:.-'))
    return Span(min(span.start + leading.end(), end), end)
