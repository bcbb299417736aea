"""Who a statement speaks of: targets by name, and what "we", "they" and an unnamed culprit stand for."""

import functools
import re
from typing import NamedTuple

import pandas as pd

from analysis.codebook import compile_phrases, find_phrases, phrase_pattern
from analysis.evaluation import apart
from analysis.text import Span

SIDED = ("favour", "against")
PROTEST = "protest"
THEY = "they"
DISMISSAL = "dismissal"

_US = r"\b(?:we|us|our|ours|ourselves)\b"
_WE = re.compile(_US, re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|them|their|these people|those people|you|your)\b", re.IGNORECASE)
_THEMSELVES = re.compile(r"they\b", re.IGNORECASE)
_REACH = 250  # characters before a statement in which somebody named may be whom it speaks of


class Target(NamedTuple):
    """A target with its compiled patterns, for its own groups (who say "we" for it) and for others."""

    name: str
    own: frozenset[str]
    alias: re.Pattern
    acts: re.Pattern
    exclude: re.Pattern
    unnamed: tuple[str, ...]
    patterns: dict[bool, dict[str, re.Pattern]]


class Said(NamedTuple):
    """A statement to be read: its pieces, the speaker's group, whether all of it is quoted, and its cue."""

    content: list[Span]
    group: str
    direct: bool = False
    cue: Span | None = None


class Mention(NamedTuple):
    """Words that stand for a target."""

    span: Span
    target: str
    named: bool


class Reference(NamedTuple):
    """Whom a statement speaks for and of.

    ``own`` are the targets that the speaker says "we" for, ``mentions`` the words for targets in order, ``we``
    the places where "we" stands, ``taken_up`` the words that take an own target up without naming it,
    ``sides`` the targets with groups of their own that are not the speaker's, ``nearby`` the one named last
    before the statement, ``unnamed`` the target that the codebook lists for a reading.
    """

    own: frozenset[str]
    mentions: list[Mention]
    we: list[Span]
    taken_up: dict[str, list[Span]]
    sides: frozenset[str]
    nearby: str | None
    unnamed: dict[str, str]

    def other(self, reading: str, place: int) -> str | None:
        """Find whom an unnamed complaint at a place is about.

        A dismissal from outside the protest is always about the protest. Else it is the other side named last
        before it in the statement; without one the protest, where the speaker does not belong to it; for those
        who do, the target that the codebook lists for the reading, else the side named last before the
        statement ("they" the other way round).
        """
        before = [m.target for m in self.mentions if m.named and m.span.end <= place and m.target in self.sides]
        if PROTEST not in self.own and (reading == DISMISSAL or not before):
            return PROTEST
        if before:
            return before[-1]
        listed = self.unnamed.get(reading)
        return self.nearby or listed if reading == THEY else listed or self.nearby


def read_targets(table: pd.DataFrame) -> list[Target]:
    """Compile the codebook's targets.

    Patterns may hold ``{target}`` (any alias of the target) and ``{us}`` (we, us, our: from speakers of
    the target's own groups only).
    """
    return [_target(row) for row in table.itertuples()]


def _target(row) -> Target:
    alias = "|".join(phrase_pattern(phrase) for phrase in row.aliases)
    patterns = {
        own: {position: _union(getattr(row, position), alias, _US if own else "(?!)") for position in SIDED}
        for own in (True, False)
    }
    named, acts, exclude = (compile_phrases(cell) for cell in (row.aliases, row.acts, row.exclude))
    return Target(row.target, frozenset(row.groups), named, acts, exclude, row.unnamed, patterns)


def _union(phrases: tuple[str, ...], alias: str, us: str) -> re.Pattern:
    names = {"target": rf"(?:(?:the|their|these|all)\s+)?(?:{alias})", "us": us}
    return re.compile("|".join(phrase_pattern(phrase, names) for phrase in phrases) or r"(?!)", re.IGNORECASE)


def refer(text: str, said: Said, targets: list[Target], people: dict[str, str]) -> Reference:
    """Find whom a statement speaks for and of.

    Parameters
    ----------
    text : str
        The article.
    said : Said
        The statement.
    targets : list of Target
        From `read_targets`.
    people : dict of str to str
        Group by name of those who are named for the target of their group.

    Returns
    -------
    Reference
        "We" is the speaker's own side, as is "they" at the start of a paraphrase; any other "they" and
        "you" is the other side named last. No grammar is parsed: "they" may be taken for somebody it is not.
    """
    own = frozenset(t.name for t in targets if said.group in t.own)
    sides = frozenset(t.name for t in targets if t.own) - own
    unnamed = {reading: t.name for t in targets for reading in t.unnamed}
    start = said.content[0].start
    nearby = [m.target for m in _named(text, [Span(max(0, start - _REACH), start)], targets, people)]
    nearby = next((name for name in reversed(nearby) if name in sides), None)
    ours = _places(text, said.content, _WE) if own else []
    mentions = _named(text, said.content, targets, people)
    mentions += [Mention(span, name, False) for span in ours for name in sorted(own)]
    we = [span for span in ours if text[span.start : span.end].lower() == "we"]
    themselves = [] if said.direct else _places(text, [Span(start, start + 5)], _THEMSELVES)
    taken_up = {
        t.name: find_phrases(text, said.content, t.acts, t.exclude) + (ours + themselves) * (t.name != PROTEST)
        for t in targets
        if t.name in own
    }
    found = Reference(own, sorted(mentions), we, taken_up, sides, nearby, unnamed)
    they = [span for span in _places(text, said.content, _THEY) if span not in themselves]
    others = [(span, found.other(THEY, span.start)) for span in they]
    mentions += [Mention(span, name, False) for span, name in others if name]
    return found._replace(mentions=sorted(mentions))


def _places(text: str, content: list[Span], pattern: re.Pattern) -> list[Span]:
    return [Span(*hit.span()) for piece in content for hit in pattern.finditer(text, piece.start, piece.end)]


def _named(text: str, content: list[Span], targets: list[Target], people: dict[str, str]) -> list[Mention]:
    """Find targets by alias and by the names of their people; the longest of overlapping mentions counts."""
    found = []
    for target in targets:
        names = [name for name, group in people.items() if group in target.own]
        surnames = [name.split()[-1] for name in names if " " in name]
        hits = find_phrases(text, content, target.alias, target.exclude)
        hits += _places(text, content, _names(tuple(names + surnames)))
        found += [Mention(span, target.name, True) for span in hits]
    return apart(sorted(found, key=lambda m: (m.span.start - m.span.end, m.span)))


@functools.lru_cache(maxsize=4096)
def _names(names: tuple[str, ...]) -> re.Pattern:
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{either})\b" if either else r"(?!)")
