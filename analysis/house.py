"""On which side of the house somebody sits, where an article tells: the government's or the opposition's."""

import re

from analysis.mentions import Mentions
from analysis.names import Role
from analysis.sides import Side
from analysis.text import Span

GOVERNMENT, OPPOSITION = "government", "opposition"
_SIDES = frozenset(
    {
        "opposition",
        "parliamentary opposition",
        "opposition party",
        "opposition parties",
        "official opposition",
        "governing party",
        "ruling party",
        "governing coalition",
        "ruling coalition",
    }
)
_PARTY = re.compile(r"\b([A-Z][\w-]+)(?:['’]s?)?(?: [\w-]+){0,2} $")
_EXECUTIVE = "[Gg]overnment|[Cc]abinet|[Aa]dministration"
_GOVERNS = rf"\b(?:[Gg]overning|[Rr]uling) {{0}}\b|\b{{0}}(?:-led)? (?:{_EXECUTIVE})\b"
_NAMED_AFTER = re.compile(  # what is called after a politician
    rf"\b(?:(?P<governs>{_EXECUTIVE})|campaign|rally|rallies|nomination|candidacy|presidency)\b"
)
_POLITICIAN = re.compile(r"\b([A-Z][\w-]+)(?:['’]s?)? (?:presidential |re-?election |election )?$")
_PRESIDES = re.compile(r"\b(?:speaker|president|sergeant|clerk|usher)\b", re.IGNORECASE)
_NEAR = 300  # characters


def party(mentions: Mentions, places: list[Span]) -> Side | None:
    """Find the side of the house that the paragraph speaks of before it names one of its members."""
    for place in places[:1]:
        start = max(mentions.text.rfind("\n", 0, place.start) + 1, place.start - _NEAR)
        sides = [r for r in mentions.roles(start, place.start) if r.word in _SIDES or _benches(r)]
        if sides:
            return Side(sides[0].group, Span(sides[0].start, sides[0].end))
    return None


def member(mentions: Mentions, told: str, role: Role, places: list[Span]) -> Side | None:
    """Tell the side of one of the house's members: the one named, else that of most whom the news asks.

    ``told`` is the text with all that is quoted blanked, ``places`` are the member's; None for the one who presides.
    """
    if _PRESIDES.search(role.word):
        return None
    return party(mentions, places) or _governs(mentions, told, role) or Side(OPPOSITION, Span(role.start, role.end))


def leaders(told: str) -> dict[str, Side]:
    """Tell, by surname, the side of whom a government or an election campaign is called after: "the Holt campaign"."""
    found: dict[str, Side] = {}
    for what in _NAMED_AFTER.finditer(told):
        name = _POLITICIAN.search(told, max(0, what.start() - 50), what.start())
        if name:
            group = GOVERNMENT if what["governs"] else OPPOSITION
            found.setdefault(name[1], Side(group, Span(name.start(), what.end())))
    return found


def _governs(mentions: Mentions, told: str, role: Role) -> Side | None:
    """Whether the party named before a member is the one that the article calls the government's."""
    near = mentions.roles(max(0, role.start - 40), role.end + 60)
    house = next((r for r in near if r.word in _SIDES and r.group == GOVERNMENT), None)
    if house:
        return Side(house.group, Span(house.start, house.end))
    named = _PARTY.search(mentions.text, max(0, role.start - 60), role.start)
    found = named and re.search(_GOVERNS.format(re.escape(named[1])), told)
    return Side(GOVERNMENT, Span(*found.span())) if found else None


def _benches(role: Role) -> bool:
    return role.group == OPPOSITION and role.kind in ("people", "organisation")
