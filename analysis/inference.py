"""Stance by a logistic regression over a statement's words and whom they speak of, beside the listed patterns.

A pattern that votes for or against stands, unless the regression is plainly of another mind. Where a pattern finds a
target taken up without a position, "neutral" has a lead; where it finds nothing, the regression's label counts.
"""

import re
from collections.abc import Iterator

from analysis.evaluation import find_cues
from analysis.judgement import NONE, Judgement
from analysis.reference import SIDED, Reference, Said, Target, refer
from analysis.regression import Feature, Table, read_table, weigh
from analysis.stems import in_one_piece, stems
from analysis.text import Span, overlap

TABLE = "stance"
# A position that is missed costs F1 as much as one too many, so "none" has to be likelier than any other by some way.
_NONE, _NEUTRAL = 0.7, 20  # what the odds of "none" are multiplied by, and those of a "neutral" that a pattern found
_PLAIN = 0.85  # probability above which another label replaces a position that a pattern found
_BESIDE = 4  # words on either side of a mention
_MENTIONS = 3  # mentions of a target that are looked at
_LONG = 40  # words from which a statement counts as long
_PAIR = 0.7  # value of two neighbouring words, beside 1 of each


def with_inferred(
    found: dict[str, Judgement],
    text: str,
    said: Said,
    targets: list[Target],
    readings: dict[str, re.Pattern],
    people: dict[str, str],
    tone: Judgement,
) -> dict[str, Judgement]:
    """Settle stances by what is learnt.

    Parameters
    ----------
    found : dict of str to Judgement
        From `analysis.stance.stances`.
    text, said, targets, readings, people, tone
        As there.

    Returns
    -------
    dict of str to Judgement
        A position of the patterns that stands keeps their probability. Any other label has the regression's, without
        the lead by which it was chosen: a "neutral" that the patterns found can have a low one, and is then shown as
        unsure. The evidence is the patterns' where both have the label, else the words that moved the regression most.
        The speaker's group tells only whether a target is the own side, so whom "we", "they" and
        a complaint without a culprit are about; it is no feature by itself. Learnt from invented English news
        (analysis/weights/stance.md); the seeds are no part of it.
    """
    seen = features(text, said, targets, readings, people, tone, found)
    table = read_table(TABLE)
    judged = {name: _settled(found.get(name), some, table, said) for name, some in seen.items()}
    return {name: judgement for name, judgement in judged.items() if judgement}


def features(
    text: str,
    said: Said,
    targets: list[Target],
    readings: dict[str, re.Pattern],
    people: dict[str, str],
    tone: Judgement,
    found: dict[str, Judgement],
) -> dict[str, list[Feature]]:
    """Give what the regression sees of a statement, for each target."""
    reference = refer(text, said, targets, people)
    words = stems(text, said.content)
    statement = list(_statement(text, said, words, readings, tone))
    return {
        target.name: list(_of_target(target, reference, words, statement, found.get(target.name))) for target in targets
    }


def _settled(pattern: Judgement | None, seen: list[Feature], table: Table, said: Said) -> Judgement | None:
    weighed = weigh(table, seen)
    shares = weighed.probabilities
    worth = shares | {NONE: shares[NONE] * _NONE}
    if pattern and pattern.label == "neutral":
        worth["neutral"] *= _NEUTRAL
    best = max(worth, key=worth.__getitem__)
    if pattern and pattern.label in SIDED and shares[best] <= _PLAIN:
        return pattern
    if best == NONE:
        return None
    evidence = pattern.evidence if pattern and pattern.label == best else weighed.evidence(best)
    return Judgement(best, round(shares[best], 3), evidence or list(said.content))


def _statement(
    text: str, said: Said, words: list[tuple[str, Span]], readings: dict[str, re.Pattern], tone: Judgement
) -> Iterator[Feature]:
    """Give what holds for every target: words and pairs of them, judging words, cue, tone, form."""
    yield from (Feature(f"word {stem}", 1.0, place) for stem, place in words)
    for (before, first), (after, last) in zip(words, words[1:], strict=False):
        if in_one_piece(first, last, said.content):
            yield Feature(f"pair {before} {after}", _PAIR, Span(first.start, last.end))
    for cue in find_cues(text, said.content, readings):
        yield Feature(f"judging {cue.name}", 1.0, cue.span)
    yield Feature(f"cue {text[said.cue.start : said.cue.end].lower() if said.cue else ''}")
    yield Feature(f"tone {tone.label}")
    yield Feature("quoted", float(said.direct))
    yield Feature("length", min(len(words), _LONG) / _LONG)


def _of_target(
    target: Target,
    reference: Reference,
    words: list[tuple[str, Span]],
    statement: list[Feature],
    pattern: Judgement | None,
) -> Iterator[Feature]:
    kind = target.name if target.own else "thing"
    side = "own" if target.name in reference.own else "other" if target.own else "thing"
    for feature in statement:
        yield feature._replace(name=f"{kind} {feature.name}")
        if feature.name.startswith("judging "):  # whom words without a culprit judge depends on who says them
            yield feature._replace(name=f"{side} {feature.name}")
    yield Feature(f"about {kind}")
    label = pattern.label if pattern else NONE
    yield Feature(f"pattern {label}")
    yield Feature(f"pattern {label} of {kind}")
    if pattern and label in SIDED:
        yield Feature(f"pattern {label} {pattern.probability}")
    mentions = [mention for mention in reference.mentions if mention.target == target.name]
    for name, holds in (
        ("named", any(mention.named for mention in mentions)),
        ("mentioned", bool(mentions)),
        ("another named", any(m.named and m.target != target.name for m in reference.mentions)),
        ("we", bool(reference.we) and side == "own"),
        ("nearby", reference.nearby == target.name),
    ):
        if holds:
            yield Feature(name)
            yield Feature(f"{name} {kind}")
    for mention in mentions[:_MENTIONS]:
        yield from _beside(words, mention.span)


def _beside(words: list[tuple[str, Span]], mention: Span) -> Iterator[Feature]:
    """Give the words next to a mention, those right beside it apart from the others."""
    inside = [i for i, (_, place) in enumerate(words) if overlap(place, mention)]
    if not inside:
        return
    for distance in range(1, _BESIDE + 1):
        for side, i in (("left", inside[0] - distance), ("right", inside[-1] + distance)):
            if 0 <= i < len(words):
                stem, place = words[i]
                yield Feature(f"{side} {stem}", 1.0, place)
                yield Feature(f"{side} {'next' if distance == 1 else 'near'} {stem}", 1.0, place)
