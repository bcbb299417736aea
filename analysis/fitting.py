"""Stretches of a paragraph fitted to its quotation marks: how they are quoted, and where their content ends."""

import bisect
import re

from analysis.text import Quotation, Span, overlap, touched

_WORD = re.compile(r"\w+")
_LEADING = re.compile(r"(?:[\s,;:–—-]|\b(?:that|but|and)\b(?=\s))+", re.IGNORECASE)
_TRAILING = re.compile(r"[\s.,;:–—-]+$")
_ELLIPSIS = re.compile(r"(?:\.\s?){3}\.?$|…$")
_AND = re.compile(r"[\"”’'»]?,?\s+and\s+[\"“‘'«]?")


def fit(text: str, pieces: list[Span], quoted: list[Quotation]) -> list[tuple[str, list[Span]]]:
    """Fit the pieces of one paragraph to its quotation marks: type and content of one statement or more."""
    inside = touched(pieces, quoted)
    outside = sum(words_outside(text, piece, inside) for piece in pieces)
    if inside and outside and _colon_before(text, inside[-1]) and inside[-1].end >= pieces[-1].end - 2:
        inside, outside = inside[-1:], 0
    if inside and not outside:
        return [("direct", group) for group in _split_at_and(text, inside)]
    spans = [_clean(text, _widen(piece, inside)) for piece in pieces]
    spans = [span for span in spans if _WORD.search(text, span.start, span.end)]
    return [("mixed" if inside else "indirect", spans)] if spans else []


def words_outside(text: str, piece: Span, inside: list[Quotation]) -> int:
    """Count the words of a stretch that stand outside some quotations, "and" left out."""
    starts = [q.start for q in inside]
    words = [word for word in _WORD.finditer(text, piece.start, piece.end) if word.group() != "and"]
    before = (bisect.bisect_right(starts, word.start()) - 1 for word in words)
    return sum(at < 0 or word.start() >= inside[at].end for word, at in zip(words, before, strict=True))


def _colon_before(text: str, quotation: Quotation) -> bool:
    return text[max(0, quotation.start - 20) : quotation.start].rstrip(" ").endswith(":")


def _split_at_and(text: str, inside: list[Quotation]) -> list[list[Span]]:
    """Two quotations joined by "and" under one cue are two statements."""
    groups = [[inside[0].inner]]
    for last, this in zip(inside, inside[1:], strict=False):
        if _AND.fullmatch(text[last.end - 1 : this.start + 1]):
            groups.append([this.inner])
        else:
            groups[-1].append(this.inner)
    return groups


def _widen(piece: Span, inside: list[Quotation]) -> Span:
    touched = [q for q in inside if overlap(piece, q)]
    return Span(min([piece.start, *(q.start for q in touched)]), max([piece.end, *(q.end for q in touched)]))


def _clean(text: str, span: Span) -> Span:
    """Cut a leading "that", "but" or "and", and outer punctuation; an ellipsis at the end stays."""
    start = span.start
    leading = _LEADING.match(text, span.start, span.end)
    if leading:
        start = leading.end()
    end = span.end
    if not _ELLIPSIS.search(text[start:end].rstrip()):
        end = start + len(_TRAILING.sub("", text[start:end]))
    return Span(start, max(start, end))
