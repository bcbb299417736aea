"""What words stand on: signs and the like, whose words are the protesters'."""

import re

from analysis.mentions import Mentions
from analysis.noun_phrases import is_pronoun
from analysis.sides import PROTESTERS
from analysis.text import Span

_REACH = 250  # characters back
_BORNE = re.compile(r"\b(?:reads?|bore|bears?)\b")
_READS = re.compile(r"\b(?:reads?|bore|bears?|said|says|stated|declared|suggested)\b")
_COUNTED = re.compile(r"(?:it|one|another|others?|a (?:second|third|fourth|fifth)|the (?:other|next))\b.*", re.DOTALL)
_ONE = ("a ", "an ", "one ", "another ")
_SIGN = re.compile(
    r"\b(?:signs?|placards?|banners?|posters?|boards?|cards?|cardboard|sheets?|bedsheets?|notes?|notices?|graffiti"
    r"|slogans?|stickers?|t-shirts?)\b(?:(?! (?:said|says|told|wrote) )[^.?!“”\"\n])*[.:]?\s*[“\"‘«]$",
    re.IGNORECASE,
)


def on_sign(text: str, start: int) -> bool:
    """Whether the sentence before a quotation that begins at ``start`` is about what it is written on."""
    paragraph = text.rfind("\n", 0, start) + 1
    return _SIGN.search(text, max(paragraph, start - _REACH), start) is not None


def is_borne(mentions: Mentions, source: Span, cue: Span) -> bool:
    """Whether a source is what words are read on: "a cardboard panel", or "one" of the signs just named."""
    words, verb = (mentions.text[span.start : span.end].lower() for span in (source, cue))
    if _COUNTED.fullmatch(words) and _READS.search(verb):
        before = [r for r in mentions.roles(max(0, source.start - _REACH), source.start) if r.kind != "office"]
        return bool(before) and before[-1].kind == "document" and before[-1].group == PROTESTERS
    roles = mentions.roles(*source)
    if roles and roles[-1].kind == "document":
        return _BORNE.search(verb) is not None and words.startswith(_ONE)
    return _BORNE.search(verb) is not None and not (roles or mentions.names(*source) or is_pronoun(words))
