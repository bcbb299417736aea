"""The main findings as claims that can be asked again of any coding's counts."""

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from analysis.counting import by_size
from analysis.judgement import UNSURE, shown
from analysis.layer_summaries import COLOURED, VERB_CLASSES, cue_class_of
from analysis.phrases import in_words, label
from analysis.summaries import word_counts

if TYPE_CHECKING:
    from analysis.pipeline import Coding

FEWEST_STATEMENTS, FEWEST_POSITIONS = 5, 3  # that a group is compared by, and that a majority is called one from
MOST_STANCES = 4

Counts = dict[str, Counter]  # article: what is counted


class Verdict(NamedTuple):
    """Of a claim under one coding: the part and whole that it is about; None where that is too few to ask."""

    part: int
    whole: int
    holds: bool | None


class Claim(NamedTuple):
    """A finding: its layer, its words, and how it is asked of the layer's counts."""

    layer: str
    text: str
    ask: Callable[[Counter], Verdict]


def summed(counts: Counts) -> Counter:
    """Add up the counts of all articles."""
    return sum(counts.values(), Counter())


def draw_claims(totals: dict[str, Counter]) -> list[Claim]:
    """Draw the main findings from the counts of each layer.

    Who is given most words, whose reporting verbs are least neutral, who is negative most and least often, the
    positions taken most often, and the leading theme of each side; none where several share the lead.
    """
    return [claim for draw in _DRAWN for claim in draw(totals)]


def _counted(articles: pd.Series, keys: list, sizes: list[int] | None = None) -> Counts:
    counts: Counts = {}
    for article, key, size in zip(articles, keys, sizes or [1] * len(keys), strict=True):
        counts.setdefault(article, Counter())[key] += size
    return counts


def _words(coding: "Coding") -> Counts:
    statements = coding.statements
    return _counted(statements["article"], list(statements["group"]), word_counts(statements))


def _framing(coding: "Coding") -> Counts:
    keys = list(zip(coding.statements["group"], cue_class_of(coding), strict=True))
    return _counted(coding.statements["article"], keys)


def _sentiment(coding: "Coding") -> Counts:
    keys = list(zip(coding.statements["group"], shown(coding.statements, "sentiment"), strict=True))
    return _counted(coding.statements["article"], keys)


def _stance(coding: "Coding") -> Counts:
    statements, pairs = coding.statements, []
    for article, group, stance in zip(
        statements["article"], statements["group"], shown(statements, "stance"), strict=True
    ):
        pairs += [(article, (group, target, position)) for target, position in stance.items()]
    return _counted(pd.Series([article for article, _ in pairs], dtype=object), [key for _, key in pairs])


def _grievances(coding: "Coding") -> Counts:
    keys = list(zip(coding.grievances["side"], coding.grievances["theme"], strict=True))
    return _counted(coding.grievances["article"], keys)


LAYERS = {
    "words": _words,
    "framing": _framing,
    "sentiment": _sentiment,
    "stance": _stance,
    "grievances": _grievances,
}


def _who_speaks_most(totals: dict[str, Counter]) -> list[Claim]:
    return [
        Claim("words", f"{label(group)}: most words", lambda counts, group=group: _leads(counts, group))
        for group in _first(totals["words"])
    ]


def _whose_verbs(totals: dict[str, Counter]) -> list[Claim]:
    return [
        Claim(
            "framing",
            f"{label(group)}: reporting verbs least neutral",
            lambda counts, group=group: _has_extreme(counts, group, COLOURED, max, VERB_CLASSES),
        )
        for group in _extreme(totals["framing"], COLOURED, max, VERB_CLASSES)
    ]


def _whose_tone(totals: dict[str, Counter]) -> list[Claim]:
    kinds = ["negative", "neutral", "positive", UNSURE]
    return [
        Claim(
            "sentiment",
            f"{label(group)}: negative {words} often",
            lambda counts, group=group, pick=pick: _has_extreme(counts, group, ["negative"], pick, kinds),
        )
        for pick, words in ((max, "most"), (min, "least"))
        for group in _extreme(totals["sentiment"], ["negative"], pick, kinds)
    ]


def _which_stances(totals: dict[str, Counter]) -> list[Claim]:
    sizes = {key: n for key, n in totals["stance"].items() if key[-1] in ("favour", "against")}
    leading = [key for key in by_size(pd.Series(sizes, dtype=int)) if _mostly(totals["stance"], *key).holds]
    return [
        Claim(
            "stance",
            f"{label(group)} on {in_words(target)}: mostly {'in favour' if position == 'favour' else position}",
            lambda counts, key=(group, target, position): _mostly(counts, *key),
        )
        for group, target, position in leading[:MOST_STANCES]
    ]


def _which_themes(totals: dict[str, Counter]) -> list[Claim]:
    words = {"of_protest": "Of the protesters", "about_protest": "About the protest"}
    claims = []
    for side in sorted({side for side, _ in totals["grievances"]}, reverse=True):
        for theme in _first(_of_side(totals["grievances"], side)):
            text = f"{words.get(side, label(side))}: {in_words(theme)} leads"
            claims.append(Claim("grievances", text, lambda counts, s=side, t=theme: _leads(_of_side(counts, s), t)))
    return claims


_DRAWN = (_who_speaks_most, _whose_verbs, _whose_tone, _which_stances, _which_themes)


def _first(counts: Counter) -> list:
    """Name the one that leads; none where several do."""
    most = max(counts.values(), default=0)
    leading = [key for key, n in counts.items() if n == most and n]
    return leading if len(leading) == 1 else []


def _leads(counts: Counter, key) -> Verdict:
    n, whole = counts[key], sum(counts.values())
    return Verdict(n, whole, n == max(counts.values()) if whole else None)


def _of_side(counts: Counter, side: str) -> Counter:
    return Counter({theme: n for (where, theme), n in counts.items() if where == side})


def _mostly(counts: Counter, group: str, target: str, position: str) -> Verdict:
    taken = [counts[group, target, sided] for sided in ("favour", "against")]
    part, whole = counts[group, target, position], sum(taken)
    return Verdict(part, whole, 2 * part > whole if whole >= FEWEST_POSITIONS else None)


def _shares(counts: Counter, kinds: list, whole: list) -> dict[str, tuple[int, int]]:
    groups = {group for group, _ in counts}
    sums = {g: (sum(counts[g, k] for k in kinds), sum(counts[g, k] for k in whole)) for g in sorted(groups)}
    return {group: (part, n) for group, (part, n) in sums.items() if n >= FEWEST_STATEMENTS}


def _extreme(counts: Counter, kinds: list, pick, whole: list) -> list[str]:
    """Name the group with the highest or lowest share, of those with enough cases; none where several share it."""
    shares = {group: part / n for group, (part, n) in _shares(counts, kinds, whole).items()}
    ends = [group for group, share in shares.items() if share == pick(shares.values())]
    return ends if len(ends) == 1 and len(shares) > 1 else []


def _has_extreme(counts: Counter, group: str, kinds: list, pick, whole: list) -> Verdict:
    shares = _shares(counts, kinds, whole)
    if group not in shares:
        return Verdict(sum(counts[group, k] for k in kinds), sum(counts[group, k] for k in whole), None)
    part, n = shares[group]
    leads = part / n == pick(share / size for share, size in shares.values())
    return Verdict(part, n, leads and len(shares) > 1 and (part > 0 or pick is min))
