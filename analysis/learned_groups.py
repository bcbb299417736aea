"""Groups learnt from hand-coded articles: the words about a speaker, and theirs, beside what the rules found.

A logistic regression over words. What it knows is one table of coefficients, so that every label can be traced to the
words that made it. What a speaker says tells who speaks; the stance coding has no part in it and gets the group only.
"""

import bisect
import math
import re
from collections import defaultdict
from typing import NamedTuple

from analysis.mentions import Mentions
from analysis.regression import Feature, read_table, weigh
from analysis.settling import BY_CONTEXT, BY_ROLE, LISTED, UNKNOWN, Speaker
from analysis.sides import OTHER, PROTESTERS, PUBLIC, Sides, singular
from analysis.statements import Statement
from analysis.text import Span

TABLE = "groups"
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_PLACES = 6  # places of a name that are read
_PARTS = 5  # of an article
_OFTEN = 5  # statements from which a speaker is quoted often
_MEDIA = "media"
_SURE = 0.7  # probability above which the table overrules an office
_AFTER_CUE = 40  # characters that hold whom or where somebody tells something


class Words(NamedTuple):
    """The words of an article in order: in lower case, where they start, whether they are the reporter's."""

    lower: list[str]
    starts: list[int]
    reported: list[bool]


def regrouped(speakers: list[Speaker], statements: list[Statement], mentions: Mentions, sides: Sides) -> list[Speaker]:
    """Place speakers in the group that their words and the words about them tell.

    Parameters
    ----------
    speakers, statements : list of Speaker, list of Statement
        From `analysis.settling.settle`, in order.
    mentions, sides : Mentions, Sides
        Of the article.

    Returns
    -------
    list of Speaker
        All statements of one speaker alike. Left as they are: whom `speakers.csv` lists, everybody in an article that
        tells of no protest, and where the rules count more (see `needed`). ``probability`` is the regression's;
        ``evidence`` the rule's words where rule and table agree, else the word that spoke most for the group. Learnt
        from invented English news (analysis/weights/groups.md).
    """
    placed = list(speakers)
    words = words_of(sides) if sides.of_a_protest else Words([], [], [])
    for rows in by_speaker(speakers, sides):
        least = needed([speakers[i] for i in rows])
        if least == math.inf:
            continue
        speaker = speakers[rows[0]]
        told = features(speaker, [statements[i] for i in rows], mentions, sides, words)
        group, probability, telling = _judged(told, words)
        if probability <= least:
            continue
        evidence = speaker.evidence
        if telling and (group != speaker.group or evidence is None):
            evidence = telling
        for i in rows:
            placed[i] = speakers[i]._replace(group=group, evidence=evidence, probability=probability)
    return placed


def by_speaker(speakers: list[Speaker], sides: Sides) -> list[list[int]]:
    """Statements of each speaker by number; none in an article that tells of no protest."""
    rows: dict[str, list[int]] = defaultdict(list)
    for i, speaker in enumerate(speakers):
        rows[speaker.name].append(i)
    return list(rows.values()) if sides.of_a_protest else []


def needed(spoken: list[Speaker]) -> float:
    """Take the probability above which the table's group counts more than that which the rules gave a speaker.

    ``spoken`` is the speaker as found for each statement. None is enough for whom the codebook lists or nobody knows,
    and for an outlet.
    """
    speaker = spoken[0]
    if any(one.name == UNKNOWN or one.probability >= LISTED for one in spoken):
        return math.inf
    if speaker.group == _MEDIA and speaker.kind != "person":
        return math.inf  # what an outlet is named is plain; what it tells of others says nothing of it
    if not all(_without_office(one) for one in spoken):
        return _SURE
    return speaker.probability if speaker.group == PROTESTERS and speaker.probability >= BY_CONTEXT else 0.0


def _without_office(speaker: Speaker) -> bool:
    return speaker.group in (PUBLIC, OTHER) or (speaker.group == PROTESTERS and speaker.probability < BY_ROLE)


def words_of(sides: Sides) -> Words:
    """Words of an article, taken once."""
    found = list(_WORD.finditer(sides.text))
    lower = [word.group().lower().replace("’", "'") for word in found]
    starts = [word.start() for word in found]
    return Words(lower, starts, [sides.told[start] != "\0" for start in starts])


def features(
    speaker: Speaker, statements: list[Statement], mentions: Mentions, sides: Sides, words: Words
) -> dict[str, tuple[float, int | None]]:
    """Give what tells of one speaker: each feature with its weight and the number of the first word that shows it.

    A feature is a word, or a pair of neighbouring words, after the part it stands in: ``title``, ``behind`` the name,
    ``sentence`` that names them, sentence ``before``, ``said``, ``cue``; or what the rules found (``rule``, ``role``)
    and how often, where and in what form the speaker is quoted, of no one word.
    """
    found: dict[str, list[int | None]] = defaultdict(list)
    names = mentions.named(speaker.name)[:_PLACES]
    places = [Span(n.start, n.end) for n in names] or [s.source for s in statements if s.source][:_PLACES]
    for name in (*_found_by_rule(speaker, mentions), *_quoted(statements, places, len(sides.text))):
        found[name].append(None)
    told = [part for place in places for part in sides.parts(place, bool(names)).items()]
    told += [("cue", Span(s.cue.start, s.cue.end + _AFTER_CUE)) for s in statements if s.cue]
    said = [("said", span) for statement in statements for span in statement.content]
    for part, (start, end) in told + said:
        first = bisect.bisect_left(words.starts, start)
        last = bisect.bisect_left(words.starts, end, first)
        read = [i for i in range(first, last) if part == "said" or words.reported[i]]
        for i in read:
            found[f"{part} {words.lower[i]}"].append(i)
        for i, j in zip(read, read[1:], strict=False):
            if j == i + 1:
                found[f"pair {part} {words.lower[i]} {words.lower[j]}"].append(i)
    return {name: (1 + math.log(len(at)), at[0]) for name, at in found.items()}


def _found_by_rule(speaker: Speaker, mentions: Mentions) -> list[str]:
    role = next(iter(mentions.roles(*speaker.evidence)), None) if speaker.evidence else None
    sure = f"{speaker.group} {speaker.probability:.1f}"
    found = [f"rule {speaker.group}", f"rule {sure}", f"kind {speaker.kind}", f"kind {speaker.kind} {sure}"]
    return [*found, f"role {role.word}", f"head {singular(role.word)}"] if role else found


def _quoted(statements: list[Statement], places: list[Span], size: int) -> list[str]:
    """Tell how often a speaker is quoted, in which fifth of the article they come up first, and in what forms."""
    place = int(_PARTS * places[0].start / size) if places else "nowhere"
    forms = " ".join(sorted({statement.type for statement in statements}))
    return [f"quoted {min(len(statements), _OFTEN)} times", f"quoted in part {place}", f"quoted {forms}"]


def _judged(found: dict[str, tuple[float, int | None]], words: Words) -> tuple[str, float, Span | None]:
    """Give the likeliest group, its probability, and the word that speaks most for it."""
    table = read_table(TABLE)
    weighed = weigh(table, [Feature(name, value) for name, (value, _) in found.items() if name in table.rows])
    group = max(weighed.probabilities, key=weighed.probabilities.__getitem__)
    words_for = (found[feature.name][1] for feature in weighed.strongest(group))
    telling = next((at for at in words_for if at is not None), None)
    return group, round(weighed.probabilities[group], 3), None if telling is None else _place(words, telling)


def _place(words: Words, at: int) -> Span:
    return Span(words.starts[at], words.starts[at] + len(words.lower[at]))
