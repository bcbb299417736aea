"""Speakers as they are named one by one, settled over the whole article: the side they are on, the name they bear."""

from typing import NamedTuple

from analysis.house import leaders, member, party
from analysis.mentions import Mentions
from analysis.names import Role
from analysis.participation import FAMILY
from analysis.sides import OTHER, PROTESTERS, PUBLIC, Side, Sides, singular
from analysis.statements import Statement
from analysis.text import Span

LISTED = 0.95  # probability of a group that the codebook lists, or the name of a government or campaign tells
BY_ROLE = 0.8  # by a role word
BY_CONTEXT = 0.6
_GUESSED = 0.4  # nothing tells: on coverage of protests, most named people without any title take part
_MOST = 20  # places of a name that are read
UNKNOWN = "Unknown"
_OPENING = 2000  # characters in which an office may stand before its holder is named


class Speaker(NamedTuple):
    """Who makes a statement: canonical name, group, and the words that tell the group."""

    name: str
    group: str
    kind: str
    gender: str
    evidence: Span | None
    probability: float


def settle(sides: Sides, statements: list[Statement], speakers: list[Speaker], mentions: Mentions) -> list[Speaker]:
    """Give speakers without a telling title their side, all statements of one speaker alike.

    Parameters
    ----------
    sides : Sides
        Of the article.
    statements, speakers : list of Statement, list of Speaker
        As found, in order.
    mentions : Mentions
        Of the article.

    Returns
    -------
    list of Speaker
        The same with other groups, and "Protesters" for a crowd of them; what the codebook lists is left alone.
    """
    speakers = _heard_by_a_crowd(_named_later(statements, speakers), mentions)
    spoken: dict[tuple, list[int]] = {}
    for i, speaker in enumerate(speakers):
        spoken.setdefault((speaker.name, speaker.evidence), []).append(i)
    settled, politicians = list(speakers), leaders(sides.told)
    for rows in spoken.values():
        speaker = speakers[rows[0]]
        if speaker.probability >= LISTED or speaker.name == UNKNOWN or speaker.kind == "document":
            continue
        role = next(iter(mentions.roles(*speaker.evidence)), None) if speaker.evidence else None
        named = [Span(name.start, name.end) for name in mentions.named(speaker.name)[:_MOST]]
        named = named or [statements[i].source for i in rows if statements[i].source]
        said = [span for i in rows for span in statements[i].content]
        untold = speaker.kind == "person" and (role is None or role.kind == "audience")
        leads = politicians.get(speaker.name.split()[-1]) if untold else None
        side = leads or _side(speaker, role, named, said, sides, mentions)
        if side is None and speaker.group in (PUBLIC, OTHER) and named and rows[0] and sides.beside(named[0]):
            before = settled[rows[0] - 1]
            side = before.evidence and Side(before.group, before.evidence)
        if side:
            family = role is not None and singular(role.word) in FAMILY
            crowd = speaker.kind == "people" and side.group == PROTESTERS and not family
            name = "Protesters" if crowd else speaker.name
            for i in rows:
                settled[i] = speakers[i]._replace(
                    name=name, group=side.group, evidence=side.evidence, probability=LISTED if leads else BY_CONTEXT
                )
        elif sides.of_a_protest and speaker.kind == "person" and speaker.group == OTHER and not speaker.evidence:
            for i in rows:
                settled[i] = speakers[i]._replace(group=PROTESTERS, probability=_GUESSED)
    return settled


def _side(
    speaker: Speaker, role: Role | None, named: list[Span], said: list[Span], sides: Sides, mentions: Mentions
) -> Side | None:
    if role and speaker.group == PROTESTERS and set(role.word.split()) & {"union", "unions", "guild"}:
        group = sides.union(role, _whole_name(role, mentions), said)
        return Side(group, speaker.evidence) if group != PROTESTERS else None
    if role and speaker.group == "parliament":
        return member(mentions, sides.told, role, named) if speaker.kind == "person" else None
    if speaker.group not in (PUBLIC, OTHER):
        return None
    if role and role.kind == "organisation":
        of_state = " for " in role.word  # "office for police conduct" has no cause
        return sides.takes_part(named) or (None if of_state else sides.organisation(_whole_name(role, mentions)))
    if speaker.kind == "person":
        whole = next(iter(mentions.others(named)), None) if role is None or role.kind == "office" else None
        side = sides.side_of(named, said, role) or (sides.organisation(whole) if whole else None)
        return side or (None if role else party(mentions, named))
    if speaker.kind == "organisation":
        return sides.organisation(speaker.name)
    return (Side(PROTESTERS, speaker.evidence) if role and sides.protesting(role) else None) or sides.acting(named)


def _whole_name(role: Role, mentions: Mentions) -> str:
    """Take the name that a word for an organisation stands in: "Boat Owners Association"."""
    names = mentions.names(role.start - 60, role.end + 40)
    return next((name.text for name in names if name.start <= role.start < name.end), role.word)


def _heard_by_a_crowd(speakers: list[Speaker], mentions: Mentions) -> list[Speaker]:
    """Give whoever speaks to the crowd once the crowd's group in all they say."""
    heard = {}
    for speaker in speakers:
        roles = mentions.roles(*speaker.evidence) if speaker.evidence and " " in speaker.name else []
        if speaker.kind == "person" and any(role.kind == "audience" for role in roles):
            heard.setdefault(speaker.name, speaker)
    return [heard[s.name] if s.name in heard and s.group in (PUBLIC, OTHER) else s for s in speakers]


def _named_later(statements: list[Statement], speakers: list[Speaker]) -> list[Speaker]:
    """Give "the mayor" of the opening the name of the next speaker, where nothing else introduces that one."""
    pairs = zip(statements, speakers, speakers[1:], strict=False)
    for statement, office, holder in pairs:
        if statement.content[0].start > _OPENING:
            break
        unnamed = office.kind == "person" and office.probability == BY_ROLE and " " not in office.name
        new = holder.kind == "person" and holder.evidence is None and " " in holder.name
        if unnamed and new and office.group not in (PUBLIC, OTHER, PROTESTERS):
            named = office._replace(name=holder.name)
            return [named if speaker.name in (office.name, holder.name) else speaker for speaker in speakers]
    return speakers
