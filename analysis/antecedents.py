"""Whom "he" or "she" means: the people whom an article has named or spoken of so far, the likeliest by place."""

import bisect
import itertools
import re
from collections.abc import Callable
from typing import NamedTuple

from analysis.mentions import Mentions
from analysis.names import Name, gender, is_title
from analysis.text import Quotation, Span

SEXES = dict.fromkeys(("he", "him", "his", "himself"), "male")
SEXES |= dict.fromkeys(("she", "her", "hers", "herself"), "female")
_HEARD = 0.5  # more for who speaks
_NAMED, _CALLED, _KNOWN = 5.0, 3.5, 2.5  # of who is named, who is called "a …", who is called "the …"
_UNTOLD = 0.1  # less for a name that nothing tells to be a person's
_DOUBTED = 2.0  # less for a name that may be something else
_LATER = 1.0  # less for whom a sentence is not about
_SENTENCE = 2.0  # less for each sentence between
_REACH = 12  # sentences back

_AT = frozenset(
    "the in at near outside inside on across along around into toward towards between behind via from avoid of reach"
    " reached".split()
)
_SOME = frozenset("most many some all other few several both these those".split())
_OBJECT = re.compile(
    r"\b(?:by|of|with|(?<!according )to|from|in|at|on|against|about|than|over|under|into|behind|told|tells|asked|calls?"
    r"|called) "
    r"(?:[\w’'.-]+ ){0,3}$"
)
_PERSONAL = re.compile(
    r",? (?:who|whose)\b|, (?:aged )?(?:\d\d?|[a-z]+teen|six|seven|eight|nine|ten|eleven|twelve)(?=[,.)]| and )"
    r"| \(\d\d?\)|, an? \w"
)
_GIVEN = re.compile(r"\b(?:names?,|named|called|(?:name|only|self) as|(?:[Aa]n?|[Hh]is|[Hh]er) [a-z][a-z -]+,) $")
_NO_PERSON = frozenset(
    "street st road avenue lane house point park square bridge harbour harbor port island river hill beach station"
    " airport city town county hall court centre center university college school church hotel bay lake valley"
    " monday tuesday wednesday thursday friday saturday sunday january february march april june july august"
    " september october november december".split()
)
_ONE = re.compile(
    r"\b(?:(an?|one|another|his|her)|the|their|our|its) (?:(?!(?:an?|the) )[\w’'-]+ ){0,3}$", re.IGNORECASE
)
_ONE_OF = re.compile(r"\b(one|another) of (?:the|his|her|their|those) (?:[\w’'-]+ ){0,3}$", re.IGNORECASE)
_COUNTED = {"person": _ONE, "people": _ONE_OF}
_PORTFOLIO = re.compile(r" (?:for|of) (?:[A-Z]\w+ |and |the )+")
_NOUN = re.compile(r"[,:] (?:an?|the|his|her) [^,.;:]{3,50}")
_APPOSED = re.compile(r"(?: (?:of|from|for|in) [^,.;\"“‘]{2,60})?, (?:[A-Z][\w.]* ){0,5}")
_SEXED = re.compile(r"\b(?:he|his|himself|she|her|hers|herself)\b", re.IGNORECASE)


class Person(NamedTuple):
    """Somebody mentioned by ``name``, or by a noun where it is empty; ``sex`` is empty where nothing tells it."""

    start: int
    end: int
    name: str
    sex: str
    weight: float


def people_in(mentions: Mentions, quoted: list[Quotation]) -> list[Person]:
    """Find the people in the reporter's own words, below the headline.

    A name of one word needs a title, role word or age beside it to be a person's; a longer one is doubted where
    it follows "the" or a preposition of place, or holds a word for a place or a day. Nouns count in the singular.
    """
    text = mentions.text
    starts = [q.start for q in quoted]
    below = text.find("\n") + 1

    def own(span) -> bool:
        at = bisect.bisect_right(starts, span.start) - 1
        return span.start >= below and (at < 0 or quoted[at].end <= span.start)

    known: dict[str, tuple[str, float]] = {}  # name as it stands to full name and weight
    found = []
    for name in mentions.names(0, len(text)):
        if name.text not in known:
            known[name.text] = _as_person(name, mentions)
        full, weight = known[name.text]
        if weight and own(name):
            found.append(Person(name.start, name.end, full, "", weight))
    found = _with_sex(found, mentions, own)
    named = [person.start for person in found]
    for role in mentions.roles(0, len(text)):
        one = _COUNTED[role.kind].search(text, max(0, role.start - 50), role.start) if role.kind in _COUNTED else None
        at = bisect.bisect_left(named, role.end)
        behind = named[at] if at < len(named) else len(text)
        apposed = _APPOSED.fullmatch(text, role.end, min(behind, role.end + 120)) if one else None
        if one and own(role) and behind - role.end > 1 and not apposed:
            found.append(Person(role.start, role.end, "", gender(role.word), _CALLED if one[1] else _KNOWN))
    return sorted(found)


def _as_person(name: Name, mentions: Mentions) -> tuple[str, float]:
    """Take the full name of a person and how likely it is one, 0 for what is none."""
    full = mentions.people.get(name.text.split()[-1].lower(), name.text) if name.kind == "surname" else name.text
    behind = mentions.roles(name.end, name.end + 30)
    if name.kind == "organisation" or (behind and behind[0].start == name.end + 1):
        return full, 0  # "a Form Six pupil"
    places = [other for other in mentions.named(name.text) if other.kind != "organisation"] or [name]
    before = {
        mentions.text[max(0, one.start - 12) : one.start].rstrip(" ").rpartition(" ")[2].lower() for one in places
    }
    if not _SOME.isdisjoint(before):
        return full, 0  # "most New Zealanders"
    if any(_is_introduced(other, mentions) for other in places):
        return full, _NAMED
    if " " not in full or not _NO_PERSON.isdisjoint(full.lower().split()):
        return full, 0
    if any(_in_portfolio(other, mentions) for other in places):
        return full, 0
    capitals = any(word.isupper() and len(word) > 1 for word in full.split())
    return full, _NAMED - _UNTOLD - _DOUBTED * (capitals or not _AT.isdisjoint(before))


def _in_portfolio(name: Name, mentions: Mentions) -> bool:
    """Whether a name is part of an office: "Minister for Transport and Rural Roads"."""
    offices = [
        role for role in mentions.roles(max(0, name.start - 70), name.start) if role.kind in ("person", "office")
    ]
    named = bool(offices) and mentions.text.startswith(", ", name.end)
    return named and _PORTFOLIO.fullmatch(mentions.text, offices[-1].end, name.start) is not None


def _is_introduced(name: Name, mentions: Mentions) -> bool:
    """Whether a title, a role word, an age or "who" stands beside a name."""
    before = mentions.text[max(0, name.start - 40) : name.start]
    if before.lower().endswith("the "):
        return False  # "the New Democrats, whose"
    if is_title(before.rstrip(" ").rpartition(" ")[2]) or _PERSONAL.match(mentions.text, name.end):
        return True
    roles = mentions.roles(max(0, name.start - 40), name.start)
    beside = roles and roles[-1].kind in ("person", "office") and name.start - roles[-1].end <= 2
    return bool(beside) or _GIVEN.search(before) is not None


def _with_sex(people: list[Person], mentions: Mentions, own: Callable) -> list[Person]:
    """Tell a person's sex by a title or noun beside the name, else by the pronouns between it and the next name."""
    text = mentions.text
    told: dict[str, str] = {}
    shown: dict[str, set[str]] = {}
    for person, following in itertools.zip_longest(people, people[1:]):
        if person.name in told:
            continue
        behind = _NOUN.match(text, person.end)
        sex = gender(mentions.title(person.start)) or gender(behind.group() if behind else "")
        if sex:
            told[person.name] = sex
            continue
        end = text.find("\n", person.end) % (len(text) + 1)
        end = min(end, following.start) if following else end
        pronoun = next((word for word in _SEXED.finditer(text, person.end, end) if own(Span(*word.span()))), None)
        shown_by = pronoun and SEXES.get(pronoun.group().lower())  # "hİs" matches, too
        if shown_by:
            shown.setdefault(person.name, set()).add(shown_by)
    sexes = {name: next(iter(sexes)) for name, sexes in shown.items() if len(sexes) == 1} | told
    return [person._replace(sex=sexes.get(person.name, "")) for person in people]


def known_people(people: list[Person]) -> dict[str, Person]:
    """Take each named person once, by name."""
    return {person.name: person for person in reversed(people) if person.name}


def heard(known: dict[str, Person], place: int, name: str, sex: str) -> Person:
    """Somebody who is mentioned at a place by other words, and speaks."""
    person = known.get(name)
    weight = person.weight if person else _NAMED
    return Person(place, place, name, sex or (person.sex if person else ""), weight + _HEARD)


def may_be_no_person(known: dict[str, Person], name: str) -> bool:
    """Whether no title, age or pronoun tells that a name is a person's."""
    person = known.get(name)
    return person is None or (person.weight < _NAMED and not person.sex)


def likeliest(
    people: list[Person], sentences: list[Span], said: list[Span], text: str, place: int, sex: str
) -> Person | None:
    """Choose whom a pronoun at ``place`` means; None if nobody of that sex is near.

    ``sentences`` are the reporter's; nobody in what is ``said`` is meant. Who is named before the others in a
    sentence, and not behind a preposition, counts as what it is about.
    """
    here = bisect.bisect_right(sentences, (place, place))
    best, most, end = None, 0.0, place
    for back, sentence in enumerate(reversed(sentences[max(0, here - _REACH) : here])):
        inside = people[bisect.bisect_left(people, (sentence.start,)) : bisect.bisect_left(people, (end,))]
        fitting = [one for one in inside if one.sex in ("", sex) or not sex]
        fitting = [one for one in fitting if not _within(one.start, said)]
        if len(fitting) > 1:
            fitting.sort(key=lambda one: _is_object(text, sentence.start, one.start))
        for one in fitting:
            weight = one.weight - _SENTENCE * back - (_LATER if one is not fitting[0] else 0)
            if weight > most:
                best, most = one, weight
        end = sentence.start
    return best


def _is_object(text: str, sentence: int, place: int) -> bool:
    return _OBJECT.search(text, max(sentence, place - 40), place) is not None


def _within(place: int, spans: list[Span]) -> bool:
    at = bisect.bisect_left(spans, (place + 1,)) - 1
    return at >= 0 and place < spans[at].end
