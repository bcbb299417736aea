"""Attribution by rule, which the learned tagger replaced: a reporting verb and the words before or after it."""

import functools
import re

from analysis.tagger import Attribution
from analysis.text import Quotation, Span, paragraphs, quotations, sentences

_HIDDEN = "\ufffc"
_OBJECT = (
    r"(?:\s+(?:(?:the|its|his|her|their|a)\s+\w+|(?:[A-Z][\w’'&]*\s?)+?(?:['’]s (?:[A-Z]\w+\s?)+)?"
    r"|\w+s|me|him|her|us|them|it))?"
)
_OPENERS = re.compile(
    r"(?:(?:meanwhile|earlier|later|however|yesterday|today|also|but|and|then|so|on \w+day|in \w+|speaking [^,]+)"
    r",?\s+)+",
    re.IGNORECASE,
)
_NOT_FINITE = re.compile(
    r"\b(?:to|be|been|being|is|was|were|are|a|an|the|his|her|their|its|of|not|will|would|can|could|may|might|should|must|no)\s+$",
    re.IGNORECASE,
)
_SUBJECT_BREAK = re.compile(
    r"[,;:–—]\s+|\s+-\s+|\b(?:and|but|as|while|when|because|that|which|if|after|before|although|though)\s+",
    re.IGNORECASE,
)
_WHO = re.compile(
    r"[A-Z]|\b(?:he|she|they|who|it|police|officers?|protest\w+|residents?|students?|parents?|organisers?|organizers?"
    r"|spokes\w+|officials?|workers?|group|school|statement|people|those|reporters?|leaders?|minister|mayor|council\w*"
    r"|union|party|signs?|banners?|placards?|[a-z]+ers?|man|woman)\b"
)
_WHEN = r"(?:\s*,?\s*(?:(?:earlier|later|yesterday|today|tonight|again|repeatedly)\b"
_WHEN += r"|(?:this|on|last) \w+(?: (?:morning|afternoon|evening|night))?))?"
_HEARER = (
    r"(?:\s+(?:(?:the )?[A-Z][\w&]*(?:['’]s(?: [A-Z]\w+)+)?|me|him|her|us|them|reporters|parents|media|journalists))?"
)
_FIRST_NAME = re.compile(r"(?:(?:The|A|An|Some) [a-z]+|[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*)")
_PLACE = re.compile(r"\s+(?:in|on|at|via|to)\b(?:\s+(?!that\b)\S+){1,7}\s*")
_AFTER_CUE = re.compile(_WHEN + r"\s*,?\s*(?:(?:that|how)\b|:)?\s*(?:(?:but|and)\s+)?", re.IGNORECASE)
_HEARER_ONLY = re.compile("^" + _HEARER + _WHEN + "$")
_ADDING = re.compile(r", (?:\w+ly )?(?:adding|saying|claiming|warning|arguing|noting|insisting|calling)\b")
_TOLD = re.compile(_HEARER + _AFTER_CUE.pattern)


def attributions(text: str, cues: frozenset[str]) -> list[Attribution]:
    """Find attributions by reporting verbs.

    Parameters
    ----------
    text : str
        An article.
    cues : frozenset of str
        Forms of reporting verbs in lower case.

    Returns
    -------
    list of Attribution
        In order; the probability is a constant. Speech only; one sentence at a time; sources are the words
        before the verb (or after it, where they follow a quotation).
    """
    hidden, quoted = list(text), quotations(text)
    for quotation in quoted:
        hidden[quotation.inner.start : quotation.inner.end] = _HIDDEN * (quotation.inner.end - quotation.inner.start)
    masked, cue = "".join(hidden), _cue_pattern(cues)
    return [found for span in _frames(masked, text, cue) for found in _read_sentence(masked, text, span, quoted, cue)]


@functools.lru_cache(maxsize=8)
def _cue_pattern(cues: frozenset[str]) -> re.Pattern:
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(cues, key=len, reverse=True))) + r")\b(?!['’-])")


def _frames(masked: str, text: str, cue: re.Pattern) -> list[Span]:
    """Sentences with quotations hidden; a quotation and the cue clause behind it stay together."""
    frames: list[Span] = []
    for paragraph in paragraphs(masked):
        start = paragraph.start
        breaks = [span.end for span in sentences(masked) if paragraph.start <= span.start < paragraph.end]
        quote_ends = re.finditer(
            r"(?<=" + _HIDDEN + r")[\"”’'»]\s+(?=[A-Z\"“])", masked[paragraph.start : paragraph.end]
        )
        for closing in quote_ends:
            end = paragraph.start + closing.start() + 1
            clause = masked[end : end + 90].split(".")[0]
            if text[end - 2] in ".?!" and not cue.search(clause):
                breaks.append(end)
        for end in sorted(breaks):
            if end > start:
                frames.append(Span(start, end))
                start = end
    return frames


def _read_sentence(masked, text, span, quoted: list[Quotation], cue: re.Pattern) -> list[Attribution]:
    found: list[Attribution] = []
    used = span.start
    inside = [q for q in quoted if span.start <= q.start < span.end]
    matches = list(cue.finditer(masked, span.start, span.end))
    if matches and _closes_sentence(masked, span, matches[-1]):
        matches = matches[-1:]
    for match in matches:
        if match.start() < used or _NOT_FINITE.search(masked, span.start, match.start()):
            continue
        source = _subject(masked, span, match)
        participle = match.group().endswith("ing") and masked[: match.start()].rstrip().endswith(",")
        if participle:
            source = found[-1].source[0] if found else None
        inverted = None if source or participle else _inverted(masked, span, match)
        source = source or inverted
        if not source:
            continue
        after = source.end if inverted else match.end()
        content = (
            _clause(masked, text, span, after)
            if participle
            else _content(masked, text, span, match, source, after, inside)
        )
        if content:
            found = [other for other in found if not _covers(content, other)]
            found.append(Attribution([source], [Span(match.start(), match.end())], content, 0.5))
            used = next(
                (m.start() for m in _ADDING.finditer(masked, match.end(), span.end)), max(match.end(), content[-1].end)
            )
    accordance = re.search(r"\b[Aa]ccording to ((?:\w|['’ -])+)", masked[span.start : span.end])
    if accordance and not found:
        found += _accordance(masked, span, accordance)
    return found


def _closes_sentence(masked, span, match) -> bool:
    """Whether the sentence ends in a cue clause of its own: "…, the mayor said."."""
    before = masked[span.start : match.start()]
    comma = before.rfind(",")
    return (
        comma > 0
        and _HIDDEN not in before
        and len(masked[match.end() : span.end].split()) <= 3
        and len(before[comma:].split()) <= 8
        and _WHO.search(before[comma:]) is not None
        and not match.group().endswith("ing")
    )


def _subject(masked, span, match) -> Span | None:
    start = span.start
    for border in _SUBJECT_BREAK.finditer(masked, span.start, match.start()):
        start = border.end()
    hidden = masked.rfind(_HIDDEN, start, match.start())
    if hidden >= 0:
        start = hidden + 2
    opener = _OPENERS.match(masked, start, match.start())
    start = opener.end() if opener else start
    words = masked[start : match.start()]
    start += len(words) - len(words.lstrip(" \"”’'»,"))
    end = match.start() - (len(words) - len(words.rstrip()))
    end -= len(
        re.search(
            r"(?:\s+(?:has|have|had|also|now|then|later|earlier|already|repeatedly))*$", masked[start:end]
        ).group()
    )
    if start >= end and re.search(r"\band\s+$", masked[span.start : match.start()]):
        first = _FIRST_NAME.match(masked, span.start)
        return Span(*first.span()) if first else None
    if start >= end or len(masked[start:end].split()) > 12 or not _WHO.search(masked, start, end):
        return None
    return Span(start, end)


def _inverted(masked, span, match) -> Span | None:
    """The subject behind the verb, where the verb follows a quotation or a clause: "…, said Bell"."""
    before = masked[span.start : match.start()].rstrip()
    if not before.endswith((",", "”", '"', "’", "'", "»")):
        return None
    subject = re.match(r"\s+([^,.;:–—" + _HIDDEN + r"]{2,80})", masked[match.end() : span.end])
    if not subject or not _WHO.search(subject.group(1)):
        return None
    return Span(match.end() + subject.start(1), match.end() + subject.end(1))


def _content(masked, text, span, match, source, after, inside: list[Quotation]) -> list[Span]:
    first = min(source.start, match.start())
    before = [q.inner for q in inside if q.end <= first]
    behind = [q.inner for q in inside if q.start >= after]
    between = masked[after : behind[0].start].rstrip("\"“‘'« ") if behind else ""
    if behind and (
        not between or between[-1] in ":," or not _HEARER_ONLY.sub("", between).strip() or _PLACE.fullmatch(between)
    ):
        return (before if before and _outside(masked, span.start, before[-1].end) == 0 else []) + _joined(
            masked, behind
        )
    lead = masked[span.start : first].rstrip()
    tail = re.sub(r"^" + _OBJECT, "", masked[after : span.end]).strip(" .,")
    if (
        before
        and not behind
        and (not tail or len(tail.split()) <= 3 or _outside(masked, span.start, before[-1].end) == 0)
    ):
        return before if _outside(masked, span.start, first) <= 2 else [_clean_start(text, span.start, first)]
    if len(lead.split()) > 3 and lead.endswith(",") and len(tail.split()) <= 3:
        return [_clean_start(text, span.start, first)]
    return _clause(masked, text, span, after)


def _clause(masked, text, span, after) -> list[Span]:
    that = re.match(_OBJECT + _WHEN + r"\s+that\s", masked[after : span.end])
    told = masked[:after].endswith(("told", "tells", "tell", "telling"))
    start = after + that.end() if that else (_TOLD if told else _AFTER_CUE).match(masked, after).end()
    adding = _ADDING.search(masked, start, span.end)
    clause = _clean(text, start, adding.start() if adding else span.end)
    return [clause] if len(masked[clause.start : clause.end].split()) >= 3 else []


def _joined(masked, behind: list[Span]) -> list[Span]:
    """The first quotation and those tied to it by "and" or a comma."""
    kept = behind[:1]
    for span in behind[1:]:
        if not re.fullmatch(r"\W*(?:and\W*)?", masked[kept[-1].end : span.start]):
            break
        kept.append(span)
    return kept


def _covers(content: list[Span], other: Attribution) -> bool:
    return any(content[0].start <= span.start and span.end <= content[-1].end + 1 for span in other.content)


def _outside(masked, start, end) -> int:
    """Words outside quotations."""
    return len(re.findall(r"[^\W" + _HIDDEN + r"]+", masked[start:end]))


def _accordance(masked, span, match) -> list[Attribution]:
    start, end = span.start + match.start(), span.start + match.end()
    source = Span(span.start + match.start(1), end)
    before, behind = _clean(masked, span.start, start), _clean(masked, end, span.end)
    content = before if before.end - before.start > 5 else behind
    return [Attribution([source], [Span(start, start + 12)], [content], 0.5)] if content.start < content.end else []


def _clean_start(text, start, end) -> Span:
    conjunction = re.match(r"\s*(?:But|And)\s+", text[start:end])
    return _clean(text, start + conjunction.end() if conjunction else start, end)


def _clean(text, start, end) -> Span:
    while start < end and (text[start].isspace() or text[start] in ",;:"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:"):
        end -= 1
    return Span(start, end)
