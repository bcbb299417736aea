"""What a mention's words say, and the names and role words of one article by place."""

import bisect
import re
from collections.abc import Callable

from analysis.names import Name, Role, Roles, names_in, surname
from analysis.text import Span

_PRONOUN = re.compile(r"(?:he|she|they|it|who|those|these|him|her|them|we|i)\b(?:\s.*)?$", re.IGNORECASE | re.DOTALL)
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
    return found.span(part) if found and found[part] else None


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
        before = re.search(r"(?:[\w’'&-]+ ){0,6}$", self.text[max(0, start - 80) : start])
        after = re.match(r"(?:, [^.;\"“”\n]{2,90})?", self.text[end : end + 100])
        return Span(start - len(before.group()), end + after.end())

    def role_in(self, span: Span) -> Role | None:
        """Find the role nearest to a name; an office takes the group of its organisation where one is named."""
        roles = self.roles(*span)
        heads = [r for r in roles if r.kind in ("person", "office")]
        if not heads:
            return None
        head = heads[0]
        if head.kind == "office":
            near = Span(max(span.start, head.start - 40), min(span.end, head.end + 50))
            for name in self.names(*near):
                group = self._listed(name.text)
                if group:
                    return Role(name.start, name.end, name.text, group, "organisation")
            owners = [r for r in roles if r.kind in ("organisation", "people")]
            return min(owners, key=lambda r: abs(r.start - head.start), default=head)
        return head


def _inside(found: list, starts: list[int], start: int, end: int) -> list:
    part = found[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]
    return [one for one in part if one.end <= end]
