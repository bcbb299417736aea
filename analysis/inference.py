"""Stance by what is learnt beside the listed patterns: a regression over a statement's words, and a small encoder.

The regression sees the words and whom they speak of, the encoder (`analysis.encoder`) the statement where it stands;
their probabilities are averaged. What a pattern found stands, unless they are plainly of another mind; where it found
nothing, a position has to be likelier than not.
"""

import re
from collections.abc import Iterator

from analysis.encoder import positions
from analysis.evaluation import find_cues
from analysis.judgement import NONE, Judgement
from analysis.reference import SIDED, Reference, Said, Target, refer
from analysis.regression import Feature, Table, read_table, weigh
from analysis.stance import NAMED
from analysis.stems import in_one_piece, stems
from analysis.text import Span, overlap

TABLE = "stance"
# Probability above which another label replaces what a pattern found: a position toward a target that is named, one
# toward a target that is not, and that a target is taken up without a position; from which one is added to none.
_NAMED, _UNNAMED, _NEUTRAL, _ADDED = 0.95, 0.7, 0.8, 0.5
_READ, _LEAST = 0.6, 1e-3  # weight of the encoder in the geometric mean of both; no probability counts as less
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
        A label of the patterns that stands has their probability, or the mean of regression and encoder if that is
        higher; any other label has that mean. The evidence is the patterns' where both have the label, else the words
        that moved the regression most; what moved the encoder cannot be read off. The speaker's group tells only
        whether a target is the own side, so whom "we", "they" and a complaint without a culprit are about; it is no
        feature by itself. Learnt from invented English news (analysis/weights/stance.md, encoder.md); the seeds are
        no part of it.
    """
    reference = refer(text, said, targets, people)
    seen = features(text, said, targets, readings, reference, tone, found)
    read = positions(text, said, reference.own)
    table = read_table(TABLE)
    judged = {name: _settled(found.get(name), some, table, read.get(name), said) for name, some in seen.items()}
    return {name: judgement for name, judgement in judged.items() if judgement}


def features(
    text: str,
    said: Said,
    targets: list[Target],
    readings: dict[str, re.Pattern],
    reference: Reference,
    tone: Judgement,
    found: dict[str, Judgement],
) -> dict[str, list[Feature]]:
    """Give what the regression sees of a statement, for each target; ``reference`` from `analysis.reference.refer`."""
    words = stems(text, said.content)
    statement = list(_statement(text, said, words, readings, tone))
    return {
        target.name: list(_of_target(target, reference, words, statement, found.get(target.name))) for target in targets
    }


def _settled(
    pattern: Judgement | None, seen: list[Feature], table: Table, read: dict[str, float] | None, said: Said
) -> Judgement | None:
    weighed = weigh(table, seen)
    shares = _averaged(weighed.probabilities, read) if read else weighed.probabilities
    best = max(shares, key=shares.__getitem__)
    if shares[best] < _needed(pattern):
        return pattern and pattern._replace(probability=max(pattern.probability, round(shares[pattern.label], 3)))
    if best == NONE:
        return None
    evidence = pattern.evidence if pattern and pattern.label == best else weighed.evidence(best)
    return Judgement(best, round(shares[best], 3), evidence or list(said.content))


def _needed(pattern: Judgement | None) -> float:
    if pattern is None:
        return _ADDED
    if pattern.label not in SIDED:
        return _NEUTRAL
    return _NAMED if pattern.probability >= NAMED else _UNNAMED


def _averaged(words: dict[str, float], read: dict[str, float]) -> dict[str, float]:
    """Take the geometric mean of both probabilities of each label."""
    joint = {label: max(words[label], _LEAST) ** (1 - _READ) * max(read[label], _LEAST) ** _READ for label in words}
    whole = sum(joint.values())
    return {label: value / whole for label, value in joint.items()}


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
