"""Raw attributions and quotation marks to statements, one article at a time."""

import bisect
import re
from typing import NamedTuple

from analysis.fitting import fit, words_outside
from analysis.speech import DETERMINERS, PASSIVE, is_speech
from analysis.tagger import Attribution
from analysis.text import Quotation, Span, overlap, paragraphs, touched

SCOPES = ("speech", "all")
_WORD = re.compile(r"\w+")
_PRONOUN = re.compile(r"\b(?:he|she|they|it|who)(?=\s+(?:(?:has|have|had|also|then|later|\w+ly)\s+)*$)", re.IGNORECASE)
# Verbs whose passive names the hearer: "motorists are being warned", "she was asked whether".
_TO_HEARERS = frozenset("ask tell warn urge advise remind inform order instruct question request notify".split())
# What bears words on the spot: a quotation behind one of them in its sentence is what it says.
_BEARERS = re.compile(
    r"\b(?:slogans?|chants?|chanting|cries|signs?(?! of)|placards?|banners?|posters?|bedsheets?|graffiti"
    r"|t-shirts?|messages?"
    r"|somebody had \w+|someone had \w+|(?:painted|sprayed|scrawled|daubed|emblazoned|printed) (?:with|on|in"
    r"|across))\b[^.?!\n]*$",
    re.IGNORECASE,
)
_HEADLINED = re.compile(r": (?P<who>[^\W\d_][\w-]*(?: [A-Z][\w-]*)*)")  # "'Go home': Mayor's blast"
_AS = re.compile(r"\s+(?:as|after|amid)\s+(?:\S+\s+){2,}\S+$")
_ATTITUDE = re.compile(
    r"\b(?:support|sympathy|solidarity|gratitude|thanks|respect|concerns?|anger|frustration|outrage|opposition|regret|fears?)"
    r" (?:for|with|to|at|over|about|of|towards?) $"
)
_TOP = 10  # characters of blank lines before a headline
_REACH = 120  # characters before a quotation in which the sign that it stands on is named
_SUBHEAD = 8  # words; a quotation that short, alone and without a full stop, is a heading
_SENTENCE_BREAK = re.compile(r"[.?!]\s")


class Statement(NamedTuple):
    """One statement: the pieces of its content, how it is quoted, and where cue and speaker mention stand.

    ``source`` names the speaker, too, but may stand in another paragraph.
    """

    content: list[Span]
    type: str
    cue: Span | None
    mention: Span | None
    source: Span | None
    probability: float


def find_statements(
    text: str,
    attributions: list[Attribution],
    quoted: list[Quotation],
    verbs: dict[str, str],
    scope: str = "speech",
) -> list[Statement]:
    """Turn attributions into statements as the hand coding's codebook defines them.

    What is quoted is taken from the quotation marks, who said it and what is only paraphrased from the
    attributions. A quotation that no attribution covers is a statement if it stands as a sentence of its
    own; short labels in quotation marks are not.

    Parameters
    ----------
    text : str
        The article.
    attributions : list of Attribution
        From `analysis.tagger.attributions`, in any order.
    quoted : list of Quotation
        From `analysis.text.quotations`.
    verbs : dict of str to str
        Reporting verbs by form, from `analysis.codebook.verb_forms`.
    scope : {"speech", "all"}
        ``speech`` leaves out beliefs, intentions and perceptions, and what somebody did not say.

    Returns
    -------
    list of Statement
        By first offset, one a paragraph; contents do not overlap.
    """
    places = paragraphs(text)
    found: list[Statement] = []
    for attribution in sorted(attributions, key=_first_offset):
        if scope == "all" or is_speech(text, attribution, quoted, verbs):
            for paragraph in places[_place(places, _first_offset(attribution)) :]:
                if paragraph.start >= attribution.content[-1].end:
                    break
                found += _in_paragraph(text, paragraph, attribution, quoted, verbs)
    found = _without_overlap(found)
    found = [statement for statement in found if not _heads(text, statement, quoted, places)]
    found += _uncovered(text, found, quoted, places)
    return _running_on(_join_split(text, found), quoted)


def _place(places: list[Span], offset: int) -> int:
    return max(0, bisect.bisect_right(places, (offset, len(places) and places[-1].end)) - 1)


def _first_offset(attribution: Attribution) -> int:
    return min(span.start for span in attribution.content)


def _within(span, outer) -> Span:
    return Span(max(span.start, outer.start), min(span.end, outer.end))


def _in_paragraph(
    text: str, paragraph: Span, attribution: Attribution, quoted: list[Quotation], verbs: dict[str, str]
) -> list[Statement]:
    """Take what an attribution covers of one paragraph; away from its cue's paragraph only quotations are believed."""
    pieces = [_within(span, paragraph) for span in attribution.content if overlap(span, paragraph)]
    if not pieces:
        return []
    named = (span for span in attribution.source if text[span.start : span.end].lower() not in DETERMINERS)
    cue, source = next(iter(attribution.cue), None), next(named, None)
    if text[paragraph.end - 1] not in ".?!…\"”’'»" and paragraph.start < _TOP and not text[: paragraph.start].strip():
        pieces[-1] = _without_as(text, pieces[-1])
    found = [
        Statement(content, kind, cue, source, source, attribution.probability)
        for group in _by_sentence(text, pieces, quoted)
        for kind, content in fit(text, group, quoted)
    ]
    if cue is None or overlap(cue, paragraph):
        return [_with_attitude(text, _at_cue(text, statement, verbs)) for statement in found]
    # A closed quotation that stands alone goes on with the speaker before it, not the one after it.
    runs_on = cue.start > paragraph.start and not all(q.closed for q in touched(pieces, quoted))
    apart = {"cue": None, "mention": None, "source": source if runs_on else None}
    return [statement._replace(**apart) for statement in found if statement.type == "direct"]


def _by_sentence(text: str, pieces: list[Span], quoted: list[Quotation]) -> list[list[Span]]:
    """Part a paraphrase from the quotation that follows it in a sentence of its own."""
    groups = [pieces[:1]]
    for last, this in zip(pieces, pieces[1:], strict=False):
        inside = touched([this], quoted)
        opens = inside and inside[0].inner.start >= this.start - 1 and not touched([last], quoted)
        if opens and _SENTENCE_BREAK.search(text, last.end - 1, this.start):
            groups.append([this])
        else:
            groups[-1].append(this)
    return groups


def _without_as(text: str, piece: Span) -> Span:
    """Cut what a headline adds: "… as convoy enters second week"."""
    more = _AS.search(text, piece.start, piece.end)
    return Span(piece.start, more.start()) if more else piece


def _at_cue(text: str, statement: Statement, verbs: dict[str, str]) -> Statement:
    """Narrow the cue to its reporting verb; a pronoun right before it is its subject, whatever else was taken."""
    cue, source = statement.cue, statement.source
    if cue is None:
        return statement
    subject = _PRONOUN.search(text, max(0, cue.start - 40), cue.start) if source else None
    if subject and source.end < subject.end():
        source = Span(*subject.span())
    words = list(_WORD.finditer(text, cue.start, cue.end))
    told = {verbs.get(word.group().lower()) for word in words}
    if (
        source
        and source.end <= cue.start
        and told & _TO_HEARERS
        and PASSIVE.search(text, source.end, words[-1].start())
    ):
        source = None  # who was told, not who told
    for pair in (2, 1):
        for first, last in reversed(list(zip(words, words[pair - 1 :], strict=False))):
            if text[first.start() : last.end()].lower() in verbs:
                return statement._replace(cue=Span(first.start(), last.end()), mention=source, source=source)
    return statement._replace(mention=source, source=source)


def _with_attitude(text: str, statement: Statement) -> Statement:
    """Take in the noun that tells what is voiced: "voiced | support for police"."""
    first, cue = statement.content[0], statement.cue
    noun = _ATTITUDE.search(text, cue.end, first.start) if cue and cue.end < first.start else None
    if noun is None or statement.type == "direct":
        return statement
    return statement._replace(content=[Span(noun.start(), first.end), *statement.content[1:]])


def _without_overlap(statements: list[Statement]) -> list[Statement]:
    """Of statements that share words keep the direct one, else the longer one."""
    kept: list[Statement] = []
    taken: list[Span] = []
    for statement in sorted(statements, key=lambda s: (s.type != "direct", -_length(s), s.content[0].start)):
        if all(_is_free(span, taken) for span in statement.content):
            kept.append(statement)
            for span in statement.content:
                bisect.insort(taken, span)
    return kept


def _is_free(span, taken: list[Span]) -> bool:
    """Whether a span meets none of the spans in a sorted list, which do not overlap."""
    at = bisect.bisect_left(taken, (span.start,))
    return not any(overlap(span, other) for other in taken[max(0, at - 1) : at + 1])


def _length(statement: Statement) -> int:
    return sum(span.end - span.start for span in statement.content)


def _running_on(statements: list[Statement], quoted: list[Quotation]) -> list[Statement]:
    """Give a quotation that is never closed the source of the one that goes on with it."""
    unclosed = {q.inner.start for q in quoted if not q.closed}
    for i in range(len(statements) - 2, -1, -1):
        this, following = statements[i], statements[i + 1]
        if (
            this.source is None
            and this.cue is None
            and following.type == "direct"
            and this.content[-1].start in unclosed
        ):
            statements[i] = this._replace(source=following.source)
    return statements


def _uncovered(text, found: list[Statement], quoted: list[Quotation], places: list[Span]) -> list[Statement]:
    taken = sorted(span for statement in found for span in statement.content)
    added = []
    nothing_else: dict[Span, bool] = {}  # whether a paragraph is all quotation
    for quotation in quoted:
        if not _is_free(quotation, taken):
            continue
        paragraph = places[_place(places, quotation.start)]
        bearer = _BEARERS.search(text, max(paragraph.start, quotation.start - _REACH), quotation.start)
        if bearer and not _is_title(text, quotation):
            noun = Span(bearer.start(), bearer.start() + len(bearer.group().split()[0]))
            added.append(Statement([quotation.inner], "direct", None, noun, noun, 0.6))
            continue
        if paragraph not in nothing_else:
            nothing_else[paragraph] = not words_outside(text, paragraph, touched([paragraph], quoted))
        if _stands_alone(text, quotation, paragraph, nothing_else[paragraph]):
            named = _HEADLINED.match(text, quotation.end) if quotation.start == paragraph.start else None
            source = Span(*named.span("who")) if named else None
            added.append(Statement([quotation.inner], "direct", None, source, source, 0.8))
    return added


def _is_title(text: str, quotation: Quotation) -> bool:
    """Whether a single lower-case word or two stand in the marks: a label, not a slogan."""
    words = text[quotation.inner.start : quotation.inner.end].split()
    return len(words) < 3 and words[0].islower()


def _stands_alone(text, quotation: Quotation, paragraph: Span, nothing_else: bool) -> bool:
    """Whether it is a sentence in quotation marks, not a name or label in the reporter's own sentence."""
    inner = text[quotation.inner.start : quotation.inner.end]
    if nothing_else:
        return len(inner.split()) > _SUBHEAD or not _is_heading(text, paragraph, inner)
    if quotation.start == paragraph.start and _HEADLINED.match(text, quotation.end):
        return True
    before = text[max(paragraph.start, quotation.start - _REACH) : quotation.start].rstrip()
    starts = not before or before[-1] in ".?!:,\"”’'"
    return starts and inner[-1] in ".,?!…" and len(inner.split()) >= 3


def _heads(text: str, statement: Statement, quoted: list[Quotation], places: list[Span]) -> bool:
    """Whether a statement without a cue is a subhead in quotation marks."""
    if statement.cue or statement.type != "direct" or statement.source:
        return False
    paragraph = places[_place(places, statement.content[0].start)]
    inside = touched([paragraph], quoted)
    inner = text[inside[0].inner.start : inside[0].inner.end] if inside else ""
    short = len(inside) == 1 and inside[0].mark and len(inner.split()) <= _SUBHEAD
    return bool(short) and not words_outside(text, paragraph, inside) and _is_heading(text, paragraph, inner)


def _is_heading(text: str, paragraph: Span, inner: str) -> bool:
    return inner[-1] not in ".,?!…" and not text[max(0, paragraph.start - 20) : paragraph.start].rstrip().endswith(
        (":", ",")
    )


def _join_split(text, statements: list[Statement]) -> list[Statement]:
    """Join a quotation to the one before it where only that one's cue clause splits them."""
    joined: list[Statement] = []
    for statement in sorted(statements, key=lambda s: s.content[0].start):
        last = joined[-1] if joined else None
        if last and _is_split(text, last, statement):
            joined[-1] = last._replace(content=last.content + statement.content)
        else:
            joined.append(statement)
    return joined


def _is_split(text, last: Statement, this: Statement) -> bool:
    if not (last.type == this.type == "direct" and last.cue and this.cue is None):
        return False
    gap = Span(last.content[-1].end, this.content[0].start)
    if "\n" in text[gap.start : gap.end] or not overlap(last.cue, gap):
        return False
    return len(_WORD.findall(text[gap.start : gap.end])) <= 15 and not re.search(r"\.\s+\w", text[gap.start : gap.end])
