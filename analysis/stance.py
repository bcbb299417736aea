"""Where a statement stands toward each target: evidence patterns from the codebook."""

import re
from typing import NamedTuple

import pandas as pd

from analysis.codebook import compile_phrases, find_phrases, phrase_pattern
from analysis.judgement import Judgement
from analysis.text import Span

SIDED = ("favour", "against")
POSITIONS = (*SIDED, "neutral")
_US = r"\b(?:we|us|our)\b"
_NEGATION = re.compile(r"(?:\b(?:not|never|no|nor|without|hardly)|n['’]t)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)


class Target(NamedTuple):
    """A target with its compiled patterns, for its own groups (who say "we" for it) and for others."""

    name: str
    own: frozenset[str]
    alias: re.Pattern
    exclude: re.Pattern
    patterns: dict[bool, dict[str, re.Pattern]]


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
    exclude = compile_phrases(row.exclude)
    return Target(row.target, frozenset(row.groups), re.compile(alias, re.IGNORECASE), exclude, patterns)


def _union(phrases: tuple[str, ...], alias: str, us: str) -> re.Pattern:
    names = {"target": rf"(?:(?:the|their|these|all)\s+)?(?:{alias})", "us": us}
    return re.compile("|".join(phrase_pattern(phrase, names) for phrase in phrases) or r"(?!)", re.IGNORECASE)


def stances(text: str, content: list[Span], group: str, targets: list[Target]) -> dict[str, Judgement]:
    """Code a statement's stance toward each target that its words take up.

    Parameters
    ----------
    text : str
        The article.
    content : list of Span
        The statement's pieces.
    group : str
        The speaker's group: it tells only who "we" are.
    targets : list of Target
        From `read_targets`.

    Returns
    -------
    dict of str to Judgement
        ``favour``, ``against`` or ``neutral`` by target; a target that neither an alias nor a pattern
        reaches is absent. A negated pattern counts as neutral. Sarcasm and context beyond the statement
        are not read.
    """
    found = {target.name: _stance(text, content, group, target) for target in targets}
    return {name: judgement for name, judgement in found.items() if judgement}


def _stance(text: str, content: list[Span], group: str, target: Target) -> Judgement | None:
    patterns = target.patterns[group in target.own]
    favour, against, named = (
        find_phrases(text, content, pattern, target.exclude)
        for pattern in (patterns["favour"], patterns["against"], target.alias)
    )
    for position, hits, others in (("against", against, favour), ("favour", favour, against)):
        meant = [hit for hit in hits if not _NEGATION.search(text, content[0].start, hit.start)]
        if meant:
            return Judgement(position, 0.5 if others else 0.7, meant)
    touched = against + favour + named
    return Judgement("neutral", 0.6, touched[:1]) if touched else None
