"""What a mention is headed by: the name or noun that it is about, told from whoever stands beside or behind it."""

import re

from analysis.mentions import Mentions
from analysis.names import Name, Role, is_title
from analysis.noun_phrases import PARTICIPLE, PREPOSITIONS, bare
from analysis.text import Span

_LEADING = re.compile(
    r"(?:\d\d?[.:]\d\d ?(?:[ap]\.?m\.?)?:?|while|as|but|and|when|because|although|though|yet)\s+", re.IGNORECASE
)
_BARE_DETERMINER = re.compile(
    r"(?:a|an|the|one|another|some|many|most|several|two|three|his|her|their|its)", re.IGNORECASE
)
_NAME_BEHIND = re.compile(r", ")
_CALLED = re.compile(
    r"[^.;:\"“”\n]{0,90}?\b(?:(?:called|named|nicknamed|go(?:es|ing) by(?: the name(?: of)?)?"
    r"|calling (?:itself|themselves|himself|herself)"
    r"|calls? (?:itself|themselves))"
    r"|(?:gave|giving|give) (?:only )?(?:his|her|their) (?:first |last )?name(?:,| (?:only )?as)"
    r"|(?:identif\w+|introduc\w+|known|named)(?: (?:himself|herself|themselves))?(?: only)? (?:as|by)) "
)
_TO_VERB = re.compile(
    r"(?: (?:on|in|at|outside|along|near|from) (?:the )?[\w-]+)?(?: (?:\w+ly|began|started|then|also|have|had))* "
)
_SEGMENT = re.compile(r",\s+(?!\d)|\s+[–—-]\s+|\s*\([^)]*\)\s*")
_ASIDE = re.compile(
    r"(?:in|on|at|across|down|inside|outside|beside|behind|near|among|from|after|before|with|to|for|over|under|along|who|whose|which|including)\s",
    re.IGNORECASE,
)
_CORE_END = re.compile(rf"\s(?:{PREPOSITIONS}|who|whom|whose|which|that|as|and|said|says|{PARTICIPLE})(?=\s|$)")
_MODIFIERS = re.compile(r"(?:(?:The|Its|Their|His|Her|An?|[\w-]+['’]s|[a-zà-ÿ-]+)\s)+")
_POSSESSIVE = re.compile(r"^['’]s\b")
_DETERMINED = re.compile(r"(?:an?|the|one|another|his|her|their|its|our|this|that)\s", re.IGNORECASE)


def whole(mentions: Mentions, mention: Span) -> Span:
    """Mend a mention cut short: without "while" before it, with the name behind "Supt" or the noun behind "One"."""
    leading = _LEADING.match(mentions.text, *mention)
    start, end = leading.end() if leading and leading.end() < mention.end else mention.start, mention.end
    in_word = mentions.text[end - 1 : end + 1].strip("'’").isalnum() and not mentions.text[end : end + 1].isspace()
    cut_off = next((n for n in mentions.names(end - 60, end + 60) if in_word and n.start < end < n.end), None)
    end = cut_off.end if cut_off else end
    if _BARE_DETERMINER.fullmatch(mentions.text, start, end):
        noun = next(iter(mentions.roles(end, end + 40)), None)
        if noun and mentions.text[end : noun.start].replace(" ", "").replace("-", "").isalpha():
            end = noun.end
        elif noun and noun.start == end + 1:
            end = noun.end
        apposed = _NAME_BEHIND.match(mentions.text, end)
        name = next(iter(mentions.names(apposed.end(), apposed.end() + 60)), None) if apposed else None
        if name and name.start == apposed.end() and name.kind == "person":
            return Span(name.start, name.end)
    people = next((role for role in mentions.roles(end, end + 40) if role.start == end + 1), None)
    if people and people.kind == "people" and any(n.end == end for n in mentions.names(start, end)):
        return Span(start, people.end)  # "Broadway | tenants"
    gap = 2 if mentions.text[end : end + 2] == ". " else 1
    name = next(iter(mentions.names(end, end + 80)), None)
    titled = mentions.text[start:end].split(" ")[-1]
    if name and name.start == end + gap and (is_title(titled) or any(r.end == end for r in mentions.roles(start, end))):
        end = name.end
    return Span(start, end)


def who_does(mentions: Mentions, cue: Span) -> Role | None:
    """Find the noun right before a verb: "as a small crowd on the pavement began chanting"."""
    near = [r for r in mentions.roles(cue.start - 60, cue.start) if r.kind in ("people", "audience", "person")]
    return near[-1] if near and _TO_VERB.fullmatch(mentions.text, near[-1].end, cue.start) else None


def given_name(mentions: Mentions, mention: Span) -> Name | None:
    """Find the name that a description is given: "one driver, who gave his name as Mitch"."""
    roles = mentions.roles(mention.start, min(mention.end, mention.start + 60))
    first = roles[0].end if roles else mention.end
    called = _CALLED.match(mentions.text, first, first + 140)
    name = called and next(iter(mentions.names(called.end(), called.end() + 60)), None)
    between = mentions.text[called.end() : name.start].split() if name else []
    return name if name and (not between or all(word[0].isupper() for word in between)) else None


def head_name(mentions: Mentions, mention: Span) -> Name | None:
    """Find the name that heads a mention, None where a noun does.

    The head ends the words before the first preposition, participle or clause: "Deputy Ada Blum of the Land
    caucus", but "a man in an Ada Blum shirt". A name that stands alone in apposition, with its titles, names the
    noun before it: "a spokesman for the ministry, Tom Ash"; so does the last of a bare title: "Minister for
    Water Tom Ash".
    """
    first, *others = _segments(mentions.text, mention) or [mention]
    named = _last_name(mentions, first)
    if named and named.kind == "person":
        return named
    for segment in others:
        name = None if _ASIDE.match(mentions.text, *segment) else _last_name(mentions, segment)
        if name and _apposed(mentions, segment, name):
            return name
    return named


def _last_name(mentions: Mentions, segment: Span) -> Name | None:
    """Find the name that ends the core of a part of a mention, or the part where a title without article opens it."""
    core = _core(mentions.text, segment)
    names = mentions.names(*core)
    if names:
        return names[-1] if _is_end(mentions, names[-1], core) else None
    titled = any(role.start < core.end for role in mentions.roles(*segment))
    if not titled or _DETERMINED.match(mentions.text, *core):
        return None
    last = next(iter(mentions.names(*segment)[-1:]), None)
    return last if last and last.kind == "person" and last.end == segment.end else None


def _segments(text: str, mention: Span) -> list[Span]:
    """Part a mention at its commas, brackets and dashes; a place that opens it is left out."""
    breaks = [mention.start, *(at for found in _SEGMENT.finditer(text, *mention) for at in found.span()), mention.end]
    parts = [Span(start, end) for start, end in zip(breaks[::2], breaks[1::2], strict=True) if start < end]
    aside = len(parts) > 1 and _ASIDE.match(text, *parts[0])
    return parts[1:] if aside else parts


def _core(text: str, segment: Span) -> Span:
    words = text[segment.start : segment.end]
    counted = segment.start + len(words) - len(bare(words))  # "Dozens of" residents
    end = _CORE_END.search(text, counted, segment.end)
    return Span(segment.start, end.start() if end else segment.end)


def _is_end(mentions: Mentions, name: Name, core: Span) -> bool:
    """Whether nothing but a possessive or punctuation follows a name."""
    return not any(character.isalpha() for character in _POSSESSIVE.sub("", mentions.text[name.end : core.end]))


def _apposed(mentions: Mentions, core: Span, name: Name) -> bool:
    """Whether a name stands alone or behind titles and role words: "its whip, Tom Ash", not "Ada, of Leeds"."""
    before = mentions.text[core.start : name.start].split()
    titled = mentions.roles(core.start, name.start) or all(is_title(word) for word in before)
    return name.kind == "person" or (name.kind == "surname" and bool(titled))


def named_whole(mentions: Mentions, mention: Span) -> Name | None:
    """Find an organisation's name behind nothing but lower-case words and whose it is: "the far-right AfD"."""
    name = head_name(mentions, mention)
    before = mentions.text[mention.start : name.start] if name else ""
    return name if name and name.kind != "person" and _MODIFIERS.fullmatch(before) else None
