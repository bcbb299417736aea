"""The names and role words of one article by place, and what stands around them."""

import bisect
import re
from collections.abc import Callable, Iterable

from analysis.names import Name, Role, is_title, surname
from analysis.text import Span

_NO_TITLE = re.compile(r"[^\w’'& -]\s*")
_TITLE_WORDS = 9
_FOR_OTHERS = re.compile(r"\b(?:spokes\w+|aide|advis[eo]r|lawyer|attorney|letter|statement|email) (?:for|to|of|from) ")
_NOT_IN_TITLE = re.compile(  # "a nurse at Holt", "officers saw Holt": the role is somebody else's
    r"\b(?:at|by|with|in|into|on|onto|from|to|over|about|against|after|before|during|while|when|who|whom|which|that"
    r"|than|is|was|were|are|has|had|have|but|because|if|called|calling|named|dubbed|told|tells|met|joined"
    r"|saw|sees|shot|killed|arrested|detained|charged|accused|asked|urged|followed|hit|pushed|held|stopped|removed)\s",
    re.IGNORECASE,
)
_WITH_ANOTHER = re.compile(  # "Holt, sitting with his son": so is this one
    r"\b(?:with|by|to|against|between|beside|alongside|behind|near|like) (?:(?:an?|the|his|her|their|some|two|three) )?"
    r"(?:[\w’'-]+ ){0,2}$"
)
_BEFORE_COMMA = re.compile(r"(?<!to )(?<!of )(?<!by )\b(?:the|its|their|his|her) [^,.;:\"“”\n]{3,70}, $", re.IGNORECASE)
_FORMER = re.compile(r"\b(?:former|retired|one-time|onetime|ex)[ -](?:[\w’'-]+ ){0,2}$", re.IGNORECASE)
_BESIDE_OFFICE = frozenset({"local", "doctor", "professor"})  # say less than the office named with them
_IN_OFFICE = frozenset({"police", "government", "opposition", "parliament", "council"})
_SENTENCE_END = re.compile(r"[.?!][\"”’')]*\s+|\n+")
_SEATS = {
    "president": (frozenset({"university", "college", "campus"}), "other"),
    "governor": (frozenset({"cabinet"}), "council"),
}
_APPOSITION = re.compile(r"(?:(?:,| of) [^.;:\"“”‘\n]{2,140})?")
_CUE = re.compile(
    r"\b(?:said|says|told|tells|asked|added|wrote|warned|complained|called|accused|described|demanded|insisted"
    r"|argued|claimed"
    r"|visited|condemned|urged|denied|thinks?|believes?)\b"
)
_LEADS = re.compile(
    r"\b(?:organi[sz]\w*|lead\w*|led|runs?|running|ran|chairs?|chaired|founded|joined|heads?|headed|started"
    r"|speaks? for"
    r"|help\w* \w+|took part|taking part|camped|marched|marching|occupying|striking|blockading)\b",
    re.IGNORECASE,
)

_OPENINGS = frozenset(
    "in on at as of to for from by with under over after before during despite following since until while when if"
    " although"
    " though because amid speaking asked according meanwhile earlier later yesterday today however but and".split()
)
_THIRD = frozenset("he she it they who".split())

_OPENS = re.compile(r"(?:(?P<whose>its |their )|an? )?", re.IGNORECASE)
_FOR_ONE = frozenset(
    "spokesperson spokesman spokeswoman representative ceo director chair chairman chairwoman chairperson".split()
) | {"chief executive", "managing director", "general secretary", "press officer"}
LAWYERS = frozenset("lawyer lawyers solicitor attorney barrister counsel".split())  # of clients, not of a house
_BEFORE = 300  # characters back that "its president" may refer to
_ACTING = re.compile(r"\s?[\w-]+ing ")  # "acting", "striking"


_ABBREVIATED = {
    "gov": "governor",
    "sen": "senator",
    "rep": "representative",
    "supt": "superintendent",
    "sgt": "sergeant",
    "insp": "inspector",
    "coun": "councillor",
    "cllr": "councillor",
    "cs": "cabinet secretary",
    "ps": "principal secretary",
    "pm": "prime minister",
}


class Mentions:
    """The names and role words of one article, found once.

    ``listed`` gives the group that the codebook lists for a name, or None.
    """

    def __init__(self, text: str, roles: list[Role], names: list[Name], listed: Callable[[str], str | None]):
        self.text = text
        self._listed = listed
        self._roles, self._names = roles, names
        self._starts = [[one.start for one in found] for found in (self._names, self._roles)]
        self.people = _short_names(n.text for n in self._names if n.kind == "person")
        self._places: dict[str, list[Name]] = {}
        for name in self._names:
            self._places.setdefault(surname(name.text), []).append(name)
        self._introduced: dict[str, Role | None] = {}  # by name
        self._holders: dict[str, Name | None] = {}

    def names(self, start: int, end: int) -> list[Name]:
        """Names that lie wholly in ``text[start:end]``."""
        return _inside(self._names, self._starts[0], start, end)

    def roles(self, start: int, end: int) -> list[Role]:
        """Role words that lie wholly in ``text[start:end]``."""
        return _inside(self._roles, self._starts[1], start, end)

    def introduction(self, person: str) -> Role | None:
        """Find the role that stands by a person's name, or the surname alone, at the first mention with one."""
        if person not in self._introduced:
            given = person.split()[0].lower()
            places = (
                name
                for name in self._places.get(surname(person), [])
                if name.kind == "surname" or given in (name.text.split()[0].lower(), surname(person))
            )
            roles = (self.role_in(self._around(name.start, name.end)) for name in places)
            self._introduced[person] = next(filter(None, roles), None)
        return self._introduced[person]

    def named(self, name: str) -> list[Name]:
        """Full names of a person in the article; the places of the surname where it stands alone."""
        return self._places.get(surname(name), [])

    def others(self, places: list[Span]) -> list[str]:
        """Names that stand in somebody's title or apposition, their own left out."""
        around = [self._around(*place) for place in places[:1]]
        return [
            n.text
            for span, own in zip(around, places, strict=False)
            for n in self.names(*span)
            if n.end <= own.start or n.start >= own.end
        ]

    def title(self, start: int) -> str:
        """Take the words before a name that say who it is: "Mrs", "His daughter, "."""
        office = self._office_before(start)
        return self.text[office.start() if office else self._title_before(start) : start]

    def _around(self, start: int, end: int) -> Span:
        """Take a name with the title before it and the apposition after it."""
        before = self._title_before(start)
        office = self._office_before(start) if self.text[end : end + 1] in ",." else None
        before = min(before, office.start()) if office else before
        after = _APPOSITION.match(self.text, end, end + 150)
        cue = _CUE.search(self.text, end, after.end())
        return Span(before, cue.start() if cue else after.end())

    def _office_before(self, start: int) -> re.Match | None:
        if not self.text.endswith(", ", 0, start):  # spares the search, which ends in it
            return None
        return _BEFORE_COMMA.search(self.text, max(0, start - 80), start)

    def _title_before(self, start: int) -> int:
        """Where the words right before a name begin; only the full stop of a title or rank stands among them."""
        before = _FOR_OTHERS.split(self.text[max(0, start - 80) : start])[-1]
        before = _NOT_IN_TITLE.split(before)[-1]
        begin = 0
        for stop in _NO_TITLE.finditer(before):
            word = before[: stop.start()].rpartition(" ")[2]
            if stop.group() != ". " or not (is_title(word) or word.lower() in _ABBREVIATED):
                begin = stop.end()
        words = before[begin:].split(" ")
        return start - len(" ".join(words[-_TITLE_WORDS - 1 :]))

    def role_in(self, span: Span) -> Role | None:
        """Find the role nearest to a name; an office takes the group of its organisation where one is named."""
        roles = self.roles(*span)
        heads = [r for r in roles if r.kind in ("person", "office") and not self._in_organisation(r)]
        heads = [r for r in heads if not _WITH_ANOTHER.search(self.text, max(span.start, r.start - 50), r.start)]
        led = self._led(span, roles)
        if led or not heads:
            return self._in_time(led) if led else self._in_title(span, roles)
        heads = [r for r in heads if r.word not in _BESIDE_OFFICE] or heads
        head = next((r for r in heads if r.group == "opposition"), heads[0])
        head = self._in_time(self._seated(self._last_of_compound(head, heads)))
        if head.kind == "office":
            near = Span(max(span.start, head.start - 40), min(span.end, head.end + 50))
            for name in self.names(*near):
                group = self._listed(name.text)
                if group:
                    return Role(name.start, name.end, name.text, group, "organisation")
            owners = [r for r in roles if r.kind in ("organisation", "people")]
            opens = _OPENS.fullmatch(self.text, span.start, head.start)
            if head.word in LAWYERS and opens:
                return head
            if not owners and opens and (opens["whose"] or head.word in _FOR_ONE):
                return self._whole_before(span.start, head)
            return self._in_time(min(owners, key=lambda r: abs(r.start - head.start), default=head))
        return head

    def holder(self, role: Role) -> Name | None:
        """Find the one person in the article whose title is a role word, "Gov." for "the governor" included."""
        if role.word not in self._holders:
            people = {}
            for last, names in self._places.items():
                title = self.introduction(last) if last in self.people else None
                office = _office(title.word) if title else ""
                if office == _office(role.word) or office.endswith(" " + role.word):
                    people[last] = next((name for name in names if name.kind == "person"), names[0])
            self._holders[role.word] = next(iter(people.values())) if len(people) == 1 else None
        return self._holders[role.word]

    def subject(self, sentence: Span) -> Span | None:
        """Find who or what a sentence of the reporter is about: a name or role word near its start."""
        start = self._after_opening(sentence)
        head = Span(start, min(sentence.end, start + 90))
        people = self.people
        names = [n for n in self.names(*head) if n.kind == "person" or n.text.lower() in people]
        parts = sorted([*names, *self.roles(*head)], key=lambda part: part.start)
        first = next((part for part in parts if part.kind != "office"), None)
        lead = first and self.text[start : first.start].split()
        if first is None or len(lead) > 4 or (lead and lead[0].lower() in _THIRD):
            return None
        end = first.end
        for part in parts:
            gap = self.text[end : part.start]
            if (
                len(gap) <= 1
                or is_title(gap.strip())
                or gap == ". "
                or _ACTING.fullmatch(gap)
                or (gap == ", " and part.kind == "person" and part in names)
            ):
                end = max(end, part.end)
        alone = first.start - start >= 25 or (lead and lead[0].lower() in ("i", "we"))
        return Span(first.start if alone else start, end)

    def _after_opening(self, sentence: Span) -> int:
        """Where a sentence goes on after an opening such as "As of 7pm," or "In a letter to the campus,"."""
        if self.text[sentence.start : sentence.end].split(maxsplit=1)[0].strip(",").lower() not in _OPENINGS:
            return sentence.start
        comma = self.text.find(", ", sentence.start, min(sentence.end, sentence.start + 150))
        return comma + 2 if comma > 0 else sentence.end

    def _wholes(self, start: int, end: int) -> list[Role]:
        return [role for role in self.roles(max(0, start), end) if role.kind == "organisation"]

    def _whole_before(self, start: int, office: Role) -> Role:
        """Find the organisation that "its president" refers to: the first of the sentence before."""
        begin = max(0, start - _BEFORE)
        ends = [begin, *(begin + end.end() for end in _SENTENCE_END.finditer(self.text[begin:start]))]
        for a, b in zip(reversed(ends), (start, *reversed(ends)), strict=False):
            found = self._wholes(a, b)
            if found:
                return found[0]
        return office

    def _in_organisation(self, role: Role) -> bool:
        """Whether a noun is part of an organisation's name: "Refugee" of "the Irish Refugee Council"."""
        if role.group != "public" or not self.text[role.start].isupper():
            return False
        names = self.names(role.start - 60, role.end + 60)
        return any(n.kind == "organisation" and n.start <= role.start and role.end < n.end for n in names)

    def _seated(self, role: Role) -> Role:
        """Read "President" on a campus as the university's, "governor" in a county as the county's."""
        place, group = _SEATS.get(role.word, (None, None))
        if place and sum(not place.isdisjoint(other.word.split()) for other in self._roles) > 2:
            return role._replace(group=group)
        return role

    def _last_of_compound(self, head: Role, heads: list[Role]) -> Role:
        """Take the noun that the others narrow: "firefighter" of "volunteer firefighter"."""
        for role in heads:
            next_word = role.start == head.end + 1 and self.text[head.end] == " " and self.text[role.start].islower()
            head = role if next_word else head
        return head

    def _in_time(self, role: Role) -> Role:
        """Who has left an office no longer speaks for it: "former mayor", "retired police officer"."""
        before = _FORMER.search(self.text, max(0, role.start - 40), role.start)
        return role._replace(group="other") if before and role.group in _IN_OFFICE else role

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
        whole = [r for r in roles if r.kind in ("organisation", "people")]
        names = {name.start for name in self.names(*span)}
        if whole and (whole[0].start - span.start < 3 or whole[0].end + 1 in names) and names:
            return whole[0] if self.text[span.end - 1].isalpha() or whole[0].end + 1 in names else None
        return None


def _short_names(full: Iterable[str]) -> dict[str, str]:
    """Full names by surname, and by every other word that only one of them has."""
    names = list(dict.fromkeys(full))
    holders: dict[str, list[str]] = {}
    for name in names:
        for word in re.split(r"[ -]", name.lower()):
            holders.setdefault(word, []).append(name)
    only = {word: held[0] for word, held in holders.items() if len(held) == 1}
    return only | {surname(name): name for name in reversed(names)}


def _office(word: str) -> str:
    return " ".join(_ABBREVIATED.get(part, part) for part in word.split())


def _inside(found: list, starts: list[int], start: int, end: int) -> list:
    first = bisect.bisect_left(starts, start)
    behind = bisect.bisect_left(starts, end, first)
    return [one for one in found[first:behind] if one.end <= end] if first < behind else []
