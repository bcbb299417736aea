"""Whether an attribution reports words said or written, and not a belief, a label or a reporter's question."""

import re

from analysis.tagger import Attribution
from analysis.text import Quotation, Span, touched

SPEECH_NOUNS = frozenset(
    "statement statements remark remarks comment comments claim claims speech speeches interview tweet tweets letter"
    " email report"
    " allegation allegations accusation call calls warning question questions answer response reply suggestion"
    " argument announcement message messages memo post posts testimony criticism praise sign signs banner banners"
    " placard placards chant chants according opposition support".split()
)
# Verbs for a way of speaking: without a quotation they report that somebody spoke, not what was said.
MANNERS = frozenset("yell shout scream cry sing chant laugh sigh sob whisper mutter murmur exclaim speak talk".split())
_SHOWING = frozenset({"read", "show"})  # a sign reads "…"; whoever reads a book says nothing
DETERMINERS = frozenset({"the", "a", "an"})
_REPORTERS = frozenset("we i our reporter newspaper".split())
_READERS = frozenset("he she they we i who it".split())
_NEGATED = re.compile(r"\b(?:not|never|nor|without|refus\w+ to|declin\w+ to)\b|n['’]t\b", re.IGNORECASE)
_PRAISE = frozenset("praise hail applaud commend welcome thank".split())
_ASKED = re.compile(r"\basked\b", re.IGNORECASE)
_QUESTION = re.compile(r" (?:about|whether|if|why|how|what)\b")
_REFUSALS = frozenset("reject deny defend dismiss question refute decline".split())
_NO_CONTENT = re.compile(
    r"(?:not\s+)?to\s+(?:be\s+(?:\w+\s+)?(?:named|identified|quoted)|name\b|remain\s+anonymous|give\s+(?:his"
    r"|her|their)\s+(?:\w+\s+)?names?)"
    r"|(?:it|him|her|them|your?)self\b|themselves\b|ourselves\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being|get|got)\s+(?:(?:also|then|later|being|repeatedly|\w+ly)\s+)?$", re.I
)


def is_speech(text: str, attribution: Attribution, quoted: list[Quotation], verbs: dict[str, str]) -> bool:
    """Whether the cue tells of words said or written; without a cue, whether the content is quoted."""
    is_quoted = bool(touched(attribution.content, quoted))
    words = " ".join(text[span.start : span.end] for span in attribution.cue).lower()
    if not words:
        return is_quoted
    parts = _WORD.findall(words)
    said = {verbs[word] for word in (*parts, *map(" ".join, zip(parts, parts[1:], strict=False))) if word in verbs}
    if not said and not SPEECH_NOUNS.intersection(parts):
        return False
    source = {word for span in attribution.source for word in _WORD.findall(text[span.start : span.end].lower())}
    if is_quoted:
        somebody = source - DETERMINERS - (_READERS if said <= _SHOWING else set())
        return bool(somebody) or not (said <= _SHOWING or _is_label(text, attribution))
    if not _reported(attribution, quoted):
        return False
    if "ask" in said and ((source and source <= _REPORTERS) or _asked_by_reporter(text, attribution.cue[0])):
        return False
    content = text[attribution.content[0].start : attribution.content[-1].end].lstrip()
    if _NO_CONTENT.match(content) or _says_nothing(said, content):
        return False
    return not (_NEGATED.search(words) or (said and said <= MANNERS) or _is_name(text, attribution.content))


def _reported(attribution: Attribution, quoted: list[Quotation]) -> bool:
    """Whether the cue is the reporter's, or the whole attribution stands inside the quotation that holds the cue."""
    around = [q for q in touched(attribution.cue, quoted) if q.closed]
    return all(q.start <= span.start and span.end <= q.end for q in around for span in attribution.content)


def _asked_by_reporter(text: str, cue: Span) -> bool:
    """Whether it is the speaker who was asked: "She was asked whether", "Asked about it,", "the minister, asked if"."""
    asked = _ASKED.search(text, cue.start, cue.end)
    if asked is None:
        return False
    before = text[max(0, asked.start() - 40) : asked.start()]
    return (
        asked.group() == "Asked"
        or bool(PASSIVE.search(before))
        or (before.endswith(", ") and _QUESTION.match(text, asked.end()) is not None)
    )


def _says_nothing(said: set[str], content: str) -> bool:
    """Whether only what is refused or praised is named: "defended the law"."""
    words = _WORD.findall(content.lower())
    most = 5 if said <= _REFUSALS else 2 if said <= _PRAISE else 0
    return bool(said) and len(words) <= most and "as" not in words


def _is_label(text: str, attribution: Attribution) -> bool:
    """Whether quoted words that nobody is named for are a label: "the so-called “freedom camp”"."""
    words = " ".join(text[span.start : span.end] for span in attribution.content).strip(" \"“”‘’'«»")
    return len(words.split()) < 4 and words[-1:] not in (".", "!", "?", ",")


def _is_name(text: str, content: list[Span]) -> bool:
    """Whether the content is only a name: whom somebody spoke to, not what was said."""
    words = _WORD.findall(" ".join(text[span.start : span.end] for span in content))
    return len(words) < 4 and all(word[0].isupper() for word in words)
