"""What a mention's words say, and the names and role words of one article by place."""

import bisect
import re
from collections.abc import Callable

from analysis.names import Name, Role, Roles, names_in, surname
from analysis.text import Span

_PRONOUN = re.compile(
    r"(?:he|she|they|it|who|that|which|those|these|another|others|many|some|him|her|them|we|i)(?:\s+(?:who|that)\b.*|,.*)?$",
    re.IGNORECASE | re.DOTALL,
)
_DETERMINER = re.compile(
    r"^(?:(?:a|an|the|one|another|some|several|many|most|two|three|four|five|six|other|more than \d+|about \d+|\d[\d,]*"
    r"|(?:hundreds|thousands|dozens|scores|a (?:group|handful|number|couple|crowd)|some|many|one|members?) of"
    r"|his|her|their|its|this|that|these|those|both|few|a few)\s+)+",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s+(?:who|that|which|whose|wearing|holding|carrying|standing|outside|inside|in \d"
    r"|issued|signed|posted|released)\b.*|\s*[,(–—].*|\s+-\s.*",
    re.DOTALL,
)
_DOCUMENT = re.compile(
    r"(?:(?P<owner>.+?)\s+)?(?:press |media |written |joint )?"
    r"(?:statement|release|letter|note|email|e-mail|tweet|post|website|petition|spokes(?:man|woman|person)|representatives?)(?:\s+.*?\b(?:of|from|by|for)\s+(?P<by>.+))?$",
    re.IGNORECASE | re.DOTALL,
)
_POST = re.compile(r"['’]s(?:\s+\w+)?$")  # of "the minister's official spokesman", "the minister"
_TITLE_BEFORE = re.compile(
    r"(?:[\w’'&-]+ |(?:Coun|Cllr|Supt|Sgt|Insp|Det|Lt|Col|Gen|Capt|Gov|Sen|Rep|Prof|Dr|Mrs?|Ms|Rev|Hon)\. ){0,6}$"
)
_LEADS = re.compile(
    r"\b(?:organi[sz]\w*|lead\w*|led|runs?|running|ran|chairs?|chaired|founded|joined|heads?|headed|started|speaks? for"
    r"|help\w* \w+|took part|taking part|camped|marched|marching|occupying|striking|blockading)\b",
    re.IGNORECASE,
)


def is_pronoun(words: str) -> bool:
    """Whether a mention is a pronoun, with or without a clause behind it ("those who …")."""
    return _PRONOUN.match(words) is not None


def cut(words: str) -> str:
    """Drop relative clauses and what follows a comma."""
    return _CUT.sub("", words).strip() or words


def bare(words: str) -> str:
    """Drop determiners and quantities: "hundreds of protesters" is "protesters"."""
    return _DETERMINER.sub("", words)


def author(words: str) -> tuple[int, int] | None:
    """Where a statement, letter or spokesperson names whose it is, None if it does not."""
    found = _DOCUMENT.fullmatch(words)
    part = found and ("by" if found["by"] else "owner")
    if not part or not found[part]:
        return None
    start, end = found.span(part)
    return start, end - len(found[part]) + len(_POST.sub("", found[part]))


class Mentions:
    """The names and role words of one article, found once.

    ``listed`` gives the group that the codebook lists for a name, or None.
    """

    def __init__(self, text: str, roles: Roles, listed: Callable[[str], str | None]):
        self.text = text
        self._listed = listed
        self._names, self._roles = names_in(text, roles), roles.find(text)
        self._starts = [[one.start for one in found] for found in (self._names, self._roles)]
        self.people = {surname(n.text): n.text for n in reversed(self._names) if n.kind == "person"}
        self._places: dict[str, list[Name]] = {}
        for name in self._names:
            self._places.setdefault(surname(name.text), []).append(name)
        self._introduced: dict[str, Role | None] = {}

    def names(self, start: int, end: int) -> list[Name]:
        """Names that lie wholly in ``text[start:end]``."""
        return _inside(self._names, self._starts[0], start, end)

    def roles(self, start: int, end: int) -> list[Role]:
        """Role words that lie wholly in ``text[start:end]``."""
        return _inside(self._roles, self._starts[1], start, end)

    def introduction(self, last: str) -> Role | None:
        """Find the role that stands by a surname at its first mention with one."""
        if last not in self._introduced:
            roles = (self.role_in(self._around(name.start, name.end)) for name in self._places.get(last, []))
            self._introduced[last] = next(filter(None, roles), None)
        return self._introduced[last]

    def _around(self, start: int, end: int) -> Span:
        """Take a name with the title before it and the apposition after it."""
        before = _TITLE_BEFORE.search(self.text[max(0, start - 80) : start])
        after = re.match(r"(?:, [^.;:\"“”‘\n]{2,140})?", self.text[end : end + 150])
        return Span(start - len(before.group()), end + after.end())

    def role_in(self, span: Span) -> Role | None:
        """Find the role nearest to a name; an office takes the group of its organisation where one is named."""
        roles = self.roles(*span)
        heads = [r for r in roles if r.kind in ("person", "office")]
        led = self._led(span, roles)
        if led or not heads:
            return led or self._in_title(span, roles)
        head = heads[0]
        if head.kind == "office":
            near = Span(max(span.start, head.start - 40), min(span.end, head.end + 50))
            for name in self.names(*near):
                group = self._listed(name.text)
                if group:
                    return Role(name.start, name.end, name.text, group, "organisation")
            owners = [r for r in roles if r.kind in ("organisation", "people")]
            if not owners and self.text[span.start : span.start + 4].lower() in ("its ", "thei"):
                return next(reversed(self._wholes(span.start - 200, span.start)), head)
            return min(owners, key=lambda r: abs(r.start - head.start), default=head)
        return head

    def _wholes(self, start: int, end: int) -> list[Role]:
        return [role for role in self.roles(max(0, start), end) if role.kind == "organisation"]

    def _led(self, span: Span, roles: list[Role]) -> Role | None:
        """Find what somebody leads, joins or speaks for: "who organised the convoy", "one of the camp's spokesmen"."""
        for whole in self._wholes(*span):
            before = self.text[max(span.start, whole.start - 30) : whole.start]
            office = any(r.kind == "office" and 0 <= r.start - whole.end <= 4 for r in roles)
            if office or _LEADS.search(before):
                return whole
        return None

    def _in_title(self, span: Span, roles: list[Role]) -> Role | None:
        """Find an organisation's name in the title before a name: "Opposition transport critic Ada Blum"."""
        titles = [r for r in roles if r.start - span.start < 3 and r.kind in ("organisation", "people")]
        return (
            titles[0] if titles and self.text[span.end - 1].isalpha() and self.names(titles[0].end, span.end) else None
        )


def _inside(found: list, starts: list[int], start: int, end: int) -> list:
    part = found[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]
    return [one for one in part if one.end <= end]
