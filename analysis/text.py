"""Text to paragraphs, sentences, tokens and quotations, each with offsets into the untouched text."""

import bisect
import functools
import re
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the article: ``text[start:end]``, code points, end exclusive."""

    start: int
    end: int


class Token(NamedTuple):
    """A word, number, punctuation mark or run of line breaks."""

    start: int
    end: int
    text: str


class Quotation(NamedTuple):
    """Text between quotation marks.

    ``start`` and ``end`` include the marks, ``inner`` does not. ``mark`` is the opening mark, empty where
    the quotation runs on from the paragraph before. ``closed`` is False where it runs to the paragraph's end.
    """

    start: int
    end: int
    inner: Span
    mark: str
    closed: bool


_TOKEN = re.compile(  # most tokens are letters before a space, so these are tried first
    r"\n+|[^\W\d_]+(?=\s)|(?:[A-Z]\.){2,}|\d+(?:[.,:]\d+)*\w*|(?:n['’]t|['’](?:s|re|ve|ll|d|m))\b"
    r"|\w+?(?=n['’]t\b)|[^\W_]+(?:[-&][^\W_]+)*|\S"
)
_as_token = functools.partial(tuple.__new__, Token)  # as `Token._make`, in a third of the time
_LINE = re.compile(r"[^\n\r]+")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Gov|Sen|Rep|Gen|Col|Lt|Capt|Sgt|Supt|Insp|Det|Cllr|Coun|St|Mt|Jr|Sr|vs|No|Inc|Ltd"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z](?:\.[A-Z])*|\be\.g|\bi\.e)\.$"
)
_SENTENCE_END = re.compile(r"(?<![.?!…])[.?!…]+[\"”’'»)\]]*(?=\s+[\"“‘'«(\[]*[\w$£€#@])")
_MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚']")
_CLOSER = {"“": "”", "‟": "”", "„": "“”", "«": "»", "‹": "›", '"': '"', "``": "''"}
_NOT_A_QUOTE = re.compile(r"['‘’](?:em|til|till|cause|tis|twas|n|round|bout|cos|\d0s|\d\d)\b", re.IGNORECASE)


def tokens(text: str) -> list[Token]:
    """Split text into tokens.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Token
        In order. Contractions are split ("do", "n't"), possessive "'s" stands alone, runs of line
        breaks are tokens of their own, other white space is dropped.
    """
    return list(map(_as_token, [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text)]))


def is_word(token: Token) -> bool:
    """Whether a token holds a letter or digit."""
    return any(character.isalnum() for character in token.text)


def paragraphs(text: str) -> list[Span]:
    """Lines that hold more than white space, without the white space around them."""
    return list(_paragraphs(text))


@functools.lru_cache(maxsize=2)  # several modules read the same article one after the other
def _paragraphs(text: str) -> tuple[Span, ...]:
    lines = (_strip(text, *line.span()) for line in _LINE.finditer(text))
    return tuple(line for line in lines if line.start < line.end)


def sentences(text: str) -> list[Span]:
    """Split text into sentences; no sentence crosses a line break.

    A rule on full stops, question and exclamation marks with a list of abbreviations. A full stop inside
    a quotation ends a sentence too. Texts without capitals are split all the same.
    """
    return list(_sentences(text))


@functools.lru_cache(maxsize=2)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(span for paragraph in _paragraphs(text) for span in _sentences_of(text, paragraph))


def _sentences_of(text: str, paragraph: Span) -> list[Span]:
    found, start = [], paragraph.start
    for end in _SENTENCE_END.finditer(text, paragraph.start, paragraph.end):
        following = text[end.end() : end.end() + 40].lstrip(" \t\"“‘'«([")
        before = text[max(paragraph.start, end.start() - 12) : end.start() + 1]
        if following[:1].islower() or (end.group() == "." and _ABBREVIATION.search(before)):
            continue
        found.append(_strip(text, start, end.end()))
        start = end.end()
    found.append(_strip(text, start, paragraph.end))
    return [span for span in found if span.start < span.end]


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def quotations(text: str) -> list[Quotation]:
    """Find what stands in quotation marks.

    Reads straight and curly double marks, single marks (told from apostrophes), guillemets and low marks.
    A mark that is never closed quotes the rest of its paragraph; the next paragraph goes on with the
    quotation if its first mark closes one. Other damage ends with the paragraph.

    Parameters
    ----------
    text : str
        Any text; linear time.

    Returns
    -------
    list of Quotation
        Outermost quotations in order; they never overlap and never cross a line break.
    """
    return list(_quotations(text))


@functools.lru_cache(maxsize=2)
def _quotations(text: str) -> tuple[Quotation, ...]:
    found: list[Quotation] = []
    for paragraph in _paragraphs(text):
        runs_on = bool(found) and not found[-1].closed
        found += _quotations_of(text, paragraph, runs_on)
    return tuple(found)


def _quotations_of(text: str, paragraph: Span, runs_on: bool) -> list[Quotation]:
    marks = list(_MARK.finditer(text, paragraph.start, paragraph.end))
    found, opened, i = [], None, 0
    if runs_on and marks and _only_closes(text, paragraph, marks[0]):
        found.append(_quotation(text, None, paragraph.start, marks[0]))
        i = 1
    while i < len(marks):
        mark = marks[i]
        if opened is None:
            if _may_open_single(text, paragraph, mark):
                closer = _single_closer(text, paragraph, marks, i)
                if closer is not None:
                    found.append(_quotation(text, mark, mark.start(), marks[closer]))
                    i = closer
                elif mark.start() == paragraph.start and mark.group() == "‘":
                    opened = mark
            elif _opens(text, paragraph, mark):
                opened = mark
        elif mark.group() in _CLOSER.get(opened.group(), "’"):
            if mark.group() == '"' and _strictly_opens(text, paragraph, mark):
                found.append(_unclosed(text, opened, mark.start()))
                opened = mark
            elif mark.group() != "’" or _may_close_single(text, paragraph, mark):
                found.append(_quotation(text, opened, opened.start(), mark))
                opened = None
        elif mark.group() == opened.group():
            found.append(_unclosed(text, opened, mark.start()))
            opened = mark
        i += 1
    if opened is not None:
        found.append(_unclosed(text, opened, paragraph.end))
    return [q for q in found if q.inner.start < q.inner.end]


def _quotation(text, opened, start, closed) -> Quotation:
    inner = _strip(text, opened.end() if opened else start, closed.start())
    return Quotation(start, closed.end(), inner, opened.group() if opened else "", True)


def _unclosed(text, opened, end) -> Quotation:
    inner = _strip(text, opened.end(), end)
    return Quotation(opened.start(), max(inner.end, opened.end()), inner, opened.group(), False)


def _around(text: str, paragraph: Span, mark: re.Match) -> tuple[str, str]:
    before = text[mark.start() - 1] if mark.start() > paragraph.start else " "
    after = text[mark.end()] if mark.end() < paragraph.end else " "
    return before, after


def _strictly_opens(text, paragraph, mark) -> bool:
    before, after = _around(text, paragraph, mark)
    return (before.isspace() or before in "([—–-/‘'") and not after.isspace() and after not in ".,;:!?)]—–"


def _opens(text, paragraph, mark) -> bool:
    if mark.group() == '"':
        before, after = _around(text, paragraph, mark)
        return not after.isspace() and not (before.isalnum() and not after.isalnum())
    return mark.group() in _CLOSER


def _only_closes(text, paragraph, mark) -> bool:
    before, after = _around(text, paragraph, mark)
    if mark.group() == '"':
        return not before.isspace() and not after.isalnum()
    return mark.group() in "”»›" or mark.group() == "''"


def _may_open_single(text, paragraph, mark) -> bool:
    before, after = _around(text, paragraph, mark)
    if mark.group() not in "'‘‚" or _NOT_A_QUOTE.match(text, mark.start()):
        return False
    return not before.isalnum() and before not in ".,!?’'" and not after.isspace()


def _may_close_single(text, paragraph, mark) -> bool:
    before, after = _around(text, paragraph, mark)
    return mark.group() in "'’" and not before.isspace() and not after.isalnum()


def _single_closer(text, paragraph, marks, opener) -> int | None:
    """Index of the mark that closes a single quotation, None if the opener was an apostrophe.

    Plural possessives look like closers, so a mark after punctuation is preferred, then one that does not
    follow an "s", then the first; only marks before the next opening single mark are considered.
    """
    candidates = []
    for i in range(opener + 1, len(marks)):
        if _may_open_single(text, paragraph, marks[i]) and not _may_close_single(text, paragraph, marks[i]):
            break
        if _may_close_single(text, paragraph, marks[i]):
            candidates.append(i)
            if text[marks[i].start() - 1] in ".,?!…;":
                return i
    plain = [i for i in candidates if text[marks[i].start() - 1] != "s"]
    return next(iter(plain or candidates), None)


def overlap(one: Span | Quotation, other: Span | Quotation) -> bool:
    """Whether two stretches share a character."""
    return one.start < other.end and other.start < one.end


def touched(pieces: list[Span], quoted: list[Quotation]) -> list[Quotation]:
    """Quotations that share a character with one of some spans, which stand in order."""
    first = max(0, bisect.bisect_left(quoted, (pieces[0].start,)) - 1)
    last = bisect.bisect_left(quoted, (pieces[-1].end,))
    return [q for q in quoted[first:last] if any(overlap(piece, q.inner) for piece in pieces)]
