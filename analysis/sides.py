"""Who takes part in the protest and who looks on, where no title tells: the article's words about them, and theirs."""

import bisect
import functools
import itertools
import re
from typing import NamedTuple

from analysis.mentions import LAWYERS, Mentions
from analysis.names import Role, has_cause
from analysis.participation import (
    AFTER_NOUN,
    AGED,
    ALIKE,
    AN_EVENT,
    ANYBODY,
    AT_AN_EVENT,
    BEFORE_NOUN,
    BESIDE,
    BY_TRADE,
    CLIENT,
    CLIENTS,
    CUE,
    DETERMINER,
    DISOWNS,
    FAMILY,
    IN_IE,
    LOOKS_ON,
    NO_TITLE,
    OBSERVES,
    OF_GROUP,
    OF_NOUNS,
    OF_TRADE,
    OF_US,
    ORGANISES,
    OVER_DEATH,
    REPRESENTS,
    SCENE,
    STRIKE,
    TAKES_PART,
    TOOK_PART,
    TRADES,
)
from analysis.text import Quotation, Span

PROTESTERS, PUBLIC, OTHER = "protesters", "public", "other"
_MOST = 20  # places of an organisation that are read
_NEAR = 300
_OPENING = 600


class Side(NamedTuple):
    """A group, and the words that tell it."""

    group: str
    evidence: Span


class Sides:
    """Reads one article for who takes part in its protest.

    Limits: rules on fixed words, tried in the order in which they are listed in `side_of`; the first that finds
    something decides. What somebody thinks of the protest is never looked at, only what they are said to do, where
    they are said to be, and whether they say "we" of those who are there.
    """

    def __init__(self, text: str, mentions: Mentions, quoted: list[Quotation], sentences: list[Span]):
        self.text, self._mentions, self._sentences = text, mentions, sentences
        self._starts = [sentence.start for sentence in sentences]
        hidden = list(text)
        for quotation in quoted:
            hidden[quotation.inner.start : quotation.inner.end] = "\0" * (quotation.inner.end - quotation.inner.start)
        self.told = "".join(hidden)  # the reporter's words, what is quoted blanked
        self._event = AN_EVENT.search(self.told)
        death = OVER_DEATH.search(self.told, 0, _OPENING) if self._event else None
        bereaved = dict.fromkeys(FAMILY, Span(*death.span())) if death else {}
        self._protesting: dict[str, Span] = bereaved
        self._trades: dict[str, set[str]] = {}
        for role in mentions.roles(0, len(text)):
            if role.group == PROTESTERS:
                of_nouns = OF_NOUNS.fullmatch(role.word)
                for noun in ALIKE.get(role.word, of_nouns.groups() if of_nouns else ()):
                    self._protesting.setdefault(singular(noun), Span(role.start, role.end))
                    self._trades.setdefault(singular(noun), set())
            elif role.group == PUBLIC and role.kind in ("person", "people") and self.told[role.start] != "\0":
                self._note(role)

    @functools.cached_property
    def of_a_protest(self) -> bool:
        """Whether the article tells of a protest at all."""
        named = bool(self._event or self._protesting)
        return named or len(list(itertools.islice(AT_AN_EVENT.finditer(self.told.lower()), 2))) == 2

    def _note(self, role: Role) -> None:
        """Take down a noun whose bearers protest: "farmers marched", "the nurses' strike", "striking teachers"."""
        head = singular(role.word)
        behind = AFTER_NOUN.match(self.told, role.end, role.end + 140)
        before = None if behind else BEFORE_NOUN.search(self.told, max(0, role.start - 70), role.start)
        if head not in ANYBODY and (behind or before):
            for noun in (head, *TRADES.get(head, ())):
                self._protesting.setdefault(noun, Span(role.start, role.end))
                self._trades.setdefault(noun, set()).update(self._trade(role))

    def _trade(self, role: Role) -> list[str]:
        """Words that narrow a noun: "lorry" of "lorry drivers", "cafe" of "a cafe worker"."""
        before = self.told[max(0, role.start - 25) : role.start]
        words = [*role.word.split()[:-1]] or re.findall(r"(?<![\w’'])([a-z-]+) $", before)
        return [word for word in words if word not in DETERMINER and not word.endswith("ing")]

    def protesting(self, role: Role) -> Span | None:
        """Where the article says that those whom a noun names protest, None if it does not."""
        head = singular(role.word)
        if role.group != PUBLIC or head not in self._protesting:
            return None
        trade = set(self._trade(role))
        if head in BY_TRADE and trade and not trade & self._trades[head]:
            return None
        return self._protesting[head]

    def side_of(self, places: list[Span], said: list[Span], role: Role | None) -> Side | None:
        """Find whose side somebody is on.

        Parameters
        ----------
        places : list of Span
            Where the article names or describes the speaker.
        said : list of Span
            What the speaker says.
        role : Role or None
            The role word that the article gives the speaker.

        Returns
        -------
        Side or None
            By what the reporter says they do, the noun they are called by, what they say of themselves, where the
            scene is set, and of whom they are an example; None where nothing tells.
        """
        side = self.takes_part(places) or self._of_noun(role) or self._of_client(role) or self._of_us(said)
        if side or (role and role.group == OTHER):
            return side
        looks_on = self._looks_on(places)
        if looks_on and looks_on.group == PUBLIC and self.text[looks_on.evidence.start] != ",":
            return None if role else looks_on
        example = self._example(places[0], same=role is not None) if places else None
        if looks_on and looks_on.group == PROTESTERS or example and example.group == PROTESTERS:
            return looks_on if looks_on and looks_on.group == PROTESTERS else example
        if role:
            return None
        return looks_on or example or next(filter(None, map(self._nearby, places)), None) or self._aged(places)

    def _of_noun(self, role: Role | None) -> Side | None:
        return Side(PROTESTERS, Span(role.start, role.end)) if role and self.protesting(role) else None

    def _of_client(self, role: Role | None) -> Side | None:
        """Whose lawyer somebody is: "their lawyer", "a solicitor for those arrested"."""
        if role is None or role.word.split()[-1] not in LAWYERS:
            return None
        before = CLIENT.search(self.text, max(0, role.start - 40), role.start)
        found = before or CLIENTS.match(self.text, role.end, role.end + 80)
        return Side(PROTESTERS, Span(*found.span())) if found else None

    def _of_us(self, said: list[Span]) -> Side | None:
        found = next(filter(None, (OF_US.search(self.text, *span) for span in said)), None)
        return Side(PROTESTERS, Span(*found.span())) if found else None

    def _looks_on(self, places: list[Span]) -> Side | None:
        """Tell who lives, works or waits there; where the residents protest, who lives there is one of them."""
        found = next(filter(None, (self._find(LOOKS_ON, p.end, self._around(p).end) for p in places)), None)
        at_home = found and "live" in self.text[found.start : found.end] and "resident" in self._protesting
        return found and Side(PROTESTERS if at_home else PUBLIC, found)

    def _aged(self, places: list[Span]) -> Side | None:
        """Somebody of whom only the age is told is most often one of the protesters."""
        found = next(filter(None, (self._find(AGED, p.end, self._around(p).end) for p in places)), None)
        return found and Side(PROTESTERS, found)

    def organisation(self, name: str) -> Side | None:
        """Tell whether an organisation takes part: it organised the march, or it is one of those who march."""
        for place in itertools.islice(re.finditer(re.escape(name), self.told), _MOST):
            behind = AFTER_NOUN.match(self.told, place.end(), place.end() + 140)
            behind = behind or ORGANISES.match(self.told, place.end(), place.end() + 140)
            if behind or OF_GROUP.search(self.told, max(0, place.start() - 60), place.start()):
                return Side(PROTESTERS, Span(*place.span()))
        words = (singular(word) for word in name.lower().replace("’", "'").replace("'", " ").split())
        trades = {trade: noun for noun, names in self._trades.items() for trade in names if len(trade) > 3}
        noun = next((trades.get(word, word) for word in words if word in trades or word in self._protesting), None)
        if noun and noun not in ANYBODY:
            return Side(PROTESTERS, self._protesting[noun])
        at = self.told.find(name) if has_cause(name) else -1
        return Side(PROTESTERS, Span(at, at + len(name))) if at >= 0 else None

    def union(self, role: Role, name: str, said: list[Span]) -> str:
        """Tell the group of a union: police if theirs, "other" if it disowns the protest or its trade stays away."""
        stands_for = REPRESENTS.match(self.text, role.end, role.end + 40)
        whom = self._mentions.roles(stands_for.end(), stands_for.end() + 30) if stands_for else []
        if any(noun.group == "police" for noun in whom):
            return "police"
        if self.organisation(name) or not self.of_a_protest:
            return PROTESTERS
        before = re.split(r"[^\w’' -]", self.text[max(0, role.start - 30) : role.start])[-1]
        trade = OF_TRADE.search(before + self.text[role.start : role.end]) or OF_TRADE.search(name)
        disowns = any(DISOWNS.search(self.text, *span) for span in said)
        strikes = any(STRIKE.search(self.text, *span) for span in said)
        return OTHER if disowns or (trade and not strikes) else PROTESTERS

    def acting(self, places: list[Span]) -> Side | None:
        """Tell whether people who are called by a noun for anybody act as protesters: "youths chanted"."""
        for place in places[:1]:
            found = AFTER_NOUN.match(self.told, place.end, place.end + 140)
            if found:
                return Side(PROTESTERS, Span(place.start, found.end()))
        return None

    def takes_part(self, places: list[Span]) -> Side | None:
        """Find what the reporter says somebody does or where they are."""
        found = (self._part_taken(place, self._around(place)) for place in places)
        return next((Side(PROTESTERS, words) for words in found if words), None)

    def _part_taken(self, place: Span, sentence: Span) -> Span | None:
        """Find what a sentence says somebody does, up to the reporting verb, then what they say they did."""
        if self._find(OBSERVES, place.end, sentence.end):
            return None
        cue = CUE.search(self.told, place.end, sentence.end)
        told = cue.start() if cue else sentence.end
        return (
            self._find(TAKES_PART, place.end, told)
            or self._find(TOOK_PART, told, sentence.end)
            or self._find(SCENE, sentence.start, place.start)
        )

    def _find(self, pattern: re.Pattern, start: int, end: int) -> Span | None:
        found = pattern.search(self.told[start:end])
        return Span(start + found.start(), start + found.end()) if found else None

    def _around(self, place: Span) -> Span:
        """Take the sentence of a place, no more than some lines of it."""
        at = bisect.bisect_right(self._starts, place.start) - 1
        start, end = self._sentences[at] if at >= 0 else place
        return Span(max(start, place.start - _NEAR), min(max(end, place.end), place.end + _NEAR))

    def parts(self, place: Span, named: bool) -> dict[str, Span]:
        """Part what the reporter says about somebody: title, words behind the name, their sentence, the one before.

        Somebody who is not named is all title.
        """
        around = self._around(place)
        cue = CUE.search(self.told, place.end, around.end)
        before = self.told[around.start : place.start].rstrip(" ,")
        title = Span(around.start + len(before) - len(NO_TITLE.split(before)[-1]), place.start) if named else place
        found = {"title": title, "behind": Span(place.end, cue.start() if cue else place.end), "sentence": around}
        at = bisect.bisect_right(self._starts, place.start) - 1
        return found | ({"before": self._sentences[at - 1]} if at > 0 else {})

    def _example(self, place: Span, same: bool) -> Side | None:
        """Take somebody for one of those whom the sentence before is about: "Residents are angry. Ann Bell …"."""
        at = bisect.bisect_right(self._starts, place.start) - 1
        paragraph = self.text.rfind("\n", 0, place.start) + 1
        for sentence in reversed(self._sentences[max(0, at - 3) : max(0, at)]):
            if self.told[sentence.start : sentence.start + 3].endswith("\0"):
                continue  # quoted
            if (same and sentence.start < paragraph) or place.start - sentence.start > 4 * _NEAR:
                break
            scene = self._find(SCENE, sentence.start, sentence.end) if sentence.start >= paragraph else None
            if scene:
                return Side(PROTESTERS, scene)
            subject = self._mentions.subject(sentence)
            roles = [r for r in self._mentions.roles(*subject) if r.kind == "people"] if subject else []
            roles = [role for role in roles if singular(role.word) not in ANYBODY]
            if roles and roles[-1].group in (PUBLIC, PROTESTERS):
                group = PROTESTERS if self.protesting(roles[-1]) else roles[-1].group
                return Side(group, Span(roles[-1].start, roles[-1].end))
            if subject:
                break
        return None

    def _nearby(self, place: Span) -> Side | None:
        """Take the group of the crowd that the paragraph spoke of last."""
        start = max(self.text.rfind("\n", 0, place.start) + 1, place.start - _NEAR)
        for role in reversed(self._mentions.roles(start, place.start)):
            if (
                role.kind in ("people", "audience")
                and self.told[role.start] != "\0"
                and singular(role.word) not in ANYBODY
            ):
                group = PROTESTERS if self.protesting(role) else role.group
                if group in (PROTESTERS, PUBLIC):
                    return Side(group, Span(role.start, role.end))
        return None

    def beside(self, place: Span) -> bool:
        """Whether somebody is brought in as the last speaker's colleague, friend or relation."""
        return BESIDE.search(self.told, max(0, place.start - 60), place.start) is not None


def singular(noun: str) -> str:
    """Take the last word of a noun phrase, without the ending of the plural."""
    word = noun.split()[-1]
    if word.endswith("ies") and word not in IN_IE:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
