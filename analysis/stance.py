"""Where a statement stands toward each target: judging words, tied to whom they judge."""

import re
from typing import NamedTuple

from analysis.codebook import find_phrases
from analysis.evaluation import NEGATION, Cue, apart, find_cues
from analysis.judgement import Judgement
from analysis.reference import PROTEST, SIDED, Mention, Reference, Said, Target, refer
from analysis.text import Span, overlap

POSITIONS = (*SIDED, "neutral")

_SIGN = dict.fromkeys(("support", "resolve", "defence"), 1)
_SIGN |= dict.fromkeys(("blame", "attack", "harm", "oppose", "demand", "dismissal"), -1)
_FOR_OWN_SIDE = ("resolve", "defence")
_TURNED_BY_NEGATION = ("blame", "oppose", "support")

# How much one reading weighs. Fixed by hand: a phrase of the target's own list before words tied to a named
# target, those before words whose target is only inferred.
_LISTED, _TIED, _VERB, _INFERRED, _WE_SAY, _BEFORE_BUT = 2, 1, 0.9, 0.75, 1, 0.5
NAMED, _UNNAMED, _DISPUTED, _NEUTRAL = 0.9, 0.7, 0.6, 0.45
_BY_TONE = 0.55
_PLAINLY = 0.6  # the probability from which a negative tone is more than that of a bare quote

_CLAUSE_END = re.compile(
    r"[.;!?:…]['\"”’]?\s+|\s[–—-]\s|,?\s+(?:but|because|while|although|though|which|who|and that)\s+|,\s+(?:and|so)\s+",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:was|were|been|being|be|get|gets|got|is|are)\s+(?:\w+ly\s+)?(?:\w+ed\s+and\s+)?$", re.IGNORECASE
)
_BY = re.compile(r"[^.;]{0,60}?\bby\s", re.IGNORECASE)
_BUT = re.compile(r"[^.!?]*?\bbut\b", re.IGNORECASE)
_SHOWN = re.compile(r"chant|slogan|sign|banner|placard|read", re.IGNORECASE)
_DEMANDED = re.compile(r"demand", re.IGNORECASE)


class Vote(NamedTuple):
    """One reading: favour above 0, against below; whether its target is named, and the words read."""

    target: str
    value: float
    named: bool
    span: Span


def stances(
    text: str,
    said: Said,
    targets: list[Target],
    readings: dict[str, re.Pattern],
    people: dict[str, str] | None = None,
    tone: Judgement | None = None,
) -> dict[str, Judgement]:
    """Code a statement's stance toward each target that its words take up.

    Parameters
    ----------
    text : str
        The article.
    said : Said
        The statement. The speaker's group tells only who "we", "they" and an unnamed culprit are.
    targets : list of Target
        From `analysis.reference.read_targets`.
    readings : dict of str to re.Pattern
        From `analysis.evaluation.read_evaluation`.
    people : dict of str to str, optional
        Group by name of the article's other speakers: a minister's name stands for the government.
    tone : Judgement, optional
        From `analysis.sentiment.tone`. Where no word votes on anything, a plainly negative statement is against
        the target that it names, unless the speaker belongs to it.

    Returns
    -------
    dict of str to Judgement
        ``favour``, ``against`` or ``neutral`` by target; a target that is not taken up is absent. Each
        judging word votes for or against the target it is tied to; what outweighs wins, and a target that
        is named without a vote, or with votes that cancel out, is ``neutral``, but for the victim of an act
        ("the officers were hurt"), which is not taken up. The evidence is the words
        that voted. ``sure`` is False where votes conflict; a target that no word names or patterns find is
        inferred and has a lower probability. Sarcasm is not read.
    """
    found = refer(text, said, targets, people or {})
    listed = _listed(text, said, targets, found)
    votes = []
    cues = find_cues(text, said.content, readings)
    for cue in cues:
        if not any(overlap(cue.span, vote.span) for vote in listed):
            votes += _votes(text, cue, _clause(text, said.content, cue.span), found)
    votes += _of_verb(text, said, readings, found, bool(listed or votes))
    votes = listed + [vote._replace(value=vote.value * _concession(text, said, vote.span)) for vote in votes]
    if PROTEST in found.own and found.we:
        votes.append(Vote(PROTEST, _WE_SAY, False, found.we[0]))
    victims = _victims(text, said, cues, found)
    found = found._replace(mentions=[mention for mention in found.mentions if mention not in victims])
    by_tone = {} if any(vote.value for vote in votes) else _by_tone(tone, found)
    judged = {target.name: _judge(target.name, votes, found) for target in targets}
    return {name: judgement for name, judgement in judged.items() if judgement} | by_tone


def _judge(target: str, votes: list[Vote], found: Reference) -> Judgement | None:
    """Add up the votes on a target; the probabilities are the shares that were right on the hand coded articles."""
    mine = [vote for vote in votes if vote.target == target]
    total = round(sum(vote.value for vote in mine), 2)
    winning = [vote for vote in mine if vote.value * total > 0]
    if winning:
        undisputed = all(vote.value * total >= 0 for vote in mine)
        probability = (NAMED if any(vote.named for vote in winning) else _UNNAMED) if undisputed else _DISPUTED
        label = "favour" if total > 0 else "against"
        return Judgement(label, probability, sorted({vote.span for vote in winning}), undisputed)
    if mine:
        return Judgement("neutral", _NEUTRAL, sorted({vote.span for vote in mine}), False)
    named = [mention.span for mention in found.mentions if mention.named and mention.target == target]
    taken_up = named or found.taken_up.get(target, [])
    return Judgement("neutral", _NEUTRAL, taken_up[:1]) if taken_up else None


def _by_tone(tone: Judgement | None, found: Reference) -> dict[str, Judgement]:
    """Read a plainly negative tone as against the target named last that is not the speaker's own."""
    named = [mention.target for mention in found.mentions if mention.named and mention.target not in found.own]
    if not named or tone is None or tone.label != "negative" or tone.probability < _PLAINLY:
        return {}
    return {named[-1]: Judgement("against", _BY_TONE, tone.evidence, False)}


def _victims(text: str, said: Said, cues: list[Cue], found: Reference) -> list[Mention]:
    """Find the targets that something is done to: named before a passive in its clause."""
    acts = [(cue, _clause(text, said.content, cue.span)) for cue in cues if cue.reading in ("attack", "harm")]
    acts = [(cue, clause) for cue, clause in acts if _is_passive(text, cue.span, clause)]
    return [
        mention
        for mention in found.mentions
        if any(mention.span.end <= cue.span.start and overlap(mention.span, clause) for cue, clause in acts)
    ]


def _listed(text: str, said: Said, targets: list[Target], found: Reference) -> list[Vote]:
    """Read the phrases that the codebook lists for each target; a negated one says nothing either way."""
    hits = [
        Vote(target.name, 0 if NEGATION.search(text, said.content[0].start, hit.start) else value, True, hit)
        for target in targets
        for position, value in zip(SIDED, (_LISTED, -_LISTED), strict=True)
        for hit in find_phrases(text, said.content, target.patterns[target.name in found.own][position], target.exclude)
    ]
    return apart(sorted(hits, key=lambda vote: (vote.span.start - vote.span.end, vote.span)))


def _votes(text: str, cue: Cue, clause: Span, found: Reference) -> list[Vote]:
    """Tie a judging word to whom it judges: a mention in its clause, the own side, or the other side."""
    sign = _SIGN[cue.reading]
    if cue.negated and cue.reading in _TURNED_BY_NEGATION:
        sign = -sign
    elif cue.negated and cue.reading in ("demand", "dismissal", "defence"):
        return []
    if cue.reading in _FOR_OWN_SIDE or (cue.negated and cue.reading in ("attack", "harm")):
        return [Vote(name, _INFERRED, False, cue.span) for name in sorted(found.own)]
    passive = _is_passive(text, cue.span, clause)
    mention = _judged(text, cue, [m for m in found.mentions if overlap(m.span, clause)], passive)
    if mention and (sign > 0 or mention.target not in found.own):
        return [Vote(mention.target, sign * _TIED, mention.named, cue.span)]
    if cue.negated and cue.reading == "blame" and not mention:
        return [Vote(name, _INFERRED, False, cue.span) for name in sorted(found.own)]
    own_act = mention and (cue.reading == "demand" or (cue.reading == "attack" and not passive))
    if sign > 0 or own_act or cue.reading == "demand":
        return []
    other = found.other(cue.reading, cue.span.start)
    return [Vote(other, sign * _INFERRED, False, cue.span)] if other else []


def _is_passive(text: str, place: Span, clause: Span) -> bool:
    return bool(_PASSIVE.search(text, max(clause.start, place.start - 25), place.start))


def _judged(text: str, cue: Cue, near: list[Mention], passive: bool) -> Mention | None:
    """Find the mention in a clause that a judging word is about, by where such words stand in English."""
    if cue.reading == "dismissal":
        near = [m for m in near if m.target == PROTEST]
    before = [m for m in near if m.span.end <= cue.span.start]
    after = sorted((m for m in near if m.span.start >= cue.span.start), key=lambda m: not m.named)
    if cue.reading in ("support", "oppose"):
        found = after[:1] or before[-1:]
    elif cue.reading == "attack" and passive:
        by = _BY.match(text, cue.span.end)
        found = [m for m in after if by and m.span.start >= by.end()][:1]
    elif cue.reading in ("attack", "harm"):
        found = before[-1:]
    else:
        found = before[-1:] or after[:1]
    return found[0] if found else None


def _of_verb(text: str, said: Said, readings: dict[str, re.Pattern], found: Reference, judged: bool) -> list[Vote]:
    """Read the cue that attributes the statement: "condemned", "demanded", "chanted".

    A slogan speaks for the own side only where it is not about somebody else; a request that is no demand
    takes no side.
    """
    votes = []
    about_others = judged or any(m.named and m.target not in found.own for m in found.mentions)
    for cue in find_cues(text, [said.cue] if said.cue else [], readings):
        words = text[cue.span.start : cue.span.end]
        if cue.reading == "resolve" and _SHOWN.match(words) and about_others:
            continue
        if cue.reading == "demand" and not _DEMANDED.match(words):
            continue
        clause = _clause(text, said.content, said.content[0])
        first = cue._replace(span=Span(clause.start, clause.start))
        votes += [v._replace(value=v.value * _VERB, span=cue.span) for v in _votes(text, first, clause, found)]
    return votes


def _clause(text: str, content: list[Span], place: Span) -> Span:
    """Find the clause of a statement in which a place lies."""
    piece = next(piece for piece in content if piece.start <= place.start < piece.end)
    ends = [piece.start, *(gap.end() for gap in _CLAUSE_END.finditer(text, piece.start, piece.end)), piece.end]
    start = max(end for end in ends if end <= place.start)
    return Span(start, min(end for end in ends if end > place.start))


def _concession(text: str, said: Said, span: Span) -> float:
    """Weigh less what a "but" in the same sentence follows."""
    piece = next((piece for piece in said.content if piece.start <= span.start < piece.end), None)
    return _BEFORE_BUT if piece and _BUT.match(text, span.end, piece.end) else 1
