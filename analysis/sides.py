"""Who takes part in the protest and who looks on, where no title tells: the article's words about them, and theirs."""

import bisect
import itertools
import re
from typing import NamedTuple

from analysis.mentions import Mentions
from analysis.names import Role, has_cause
from analysis.text import Quotation, Span

PROTESTERS, PUBLIC, OTHER = "protesters", "public", "other"
_MOST = 20  # places of an organisation that are read
_NEAR = 300  # characters to either side of a name that are read

_EVENT = (
    r"(?:protest|march|rally|strike|walkout|walk-out|stoppage|go-slow|blockade|convoy|sit-in|sleep-?out|picket"
    r"|occupation"
    r"|demonstration|encampment|camp|vigil|boycott|revolt|uprising|rebellion|stay-away)(?:e?s)?"
)
_PLACE = rf"(?:{_EVENT}|picket lines?|barricades?|front of the (?:march|rally|crowd)|crowd)"
_ACTIVE = (  # finite forms
    r"(?:march|protest|demonstrat|picket|blockad|barricad|block|occup|camp|chant|walk|storm|besieg|paralys|rall"
    r"|mobilis|mobiliz"
    r"|boycott|assembl|pitch|light|parad|picket|jeer|stag)(?:e?d|ied)(?! (?:by|in by|from)\b)|took (?:part"
    r"|to the (?:streets|roads))"
    r"|went on (?:strike|hunger strike|the rampage)|downed (?:their )?tools|gathered|converged|descended|poured"
    r"|massed|shut|sat down"
    r"|lit (?:fires|bonfires|tyres|tires)|burn(?:ed|t) (?:tyres|tires)|set up (?:a |their )?(?:camp|tents?"
    r"|roadblocks?|barricades?)"
    r"|parked (?:across|along|their|on)|withdrew|stayed away|spent (?:\w+ ){1,3}night|slept|turned out|formed a human"
    r"|held (?:a |up |aloft )?(?:placards|banners|signs|vigil|march|rally|protest)|carr(?:ied|ying) (?:placards"
    r"|banners|signs|flags)"
    r"|refused to (?:work|move|leave|disperse|carry)|vowed to|brought .{2,40} to (?:a |its )(?:halt|standstill|knees)"
)
_ONGOING = (
    r"(?:march|protest|demonstrat|picket|blockad|barricad|block|occupy|camp|chant|storm|rally|strik|mass|gather"
    r"|boycott|withhold|wav)\w*ing"
    r"|on (?:hunger )?strike|out on strike|in revolt|sleeping (?:out|outside|rough|on)|up in arms"
    r"|taking to the streets"
)
_AFTER_NOUN = re.compile(
    rf"(?:['’]s?)?\s+(?:[\w-]+\s+)?{_EVENT}\b"
    r"|\s+(?:organi[sz]ers?|protest[eo]rs?|activists?|demonstrators?|strikers?|marchers?|occupiers?|pickets)\b"
    rf"|(?:\s(?:from|of|at|in|on|and|outside|across|along) [^,.;:]{{2,40}}|, [^,.;:]{{2,60}},)?(?:\swho)?"
    rf"(?:\s(?:have|had|has|also|then|again|later|briefly|yesterday|today))*\s(?:{_ACTIVE}|(?:are|were|been|is"
    rf"|was) (?:{_ONGOING}))\b"
    rf"|\s(?:{_ONGOING})\b"
)
_BEFORE_NOUN = re.compile(
    r"\b(?:striking|protesting|marching|picketing|rallying|demonstrating"
    rf"|{_EVENT} (?:by|of|from)(?: (?:about|some|around|the|hundreds of|thousands of"
    rf"|[\d,.]+))*)\s+(?:[\w-]+\s+){{0,2}}$"
)
# Nouns for anybody at all: that some of them marched says nothing about the others.
_ANYBODY = frozenset(
    "people person man men woman women other others citizen bystander passer-by passers-by witness witnesses motorist"
    " commuter shopper child children youth teenager visitor tourist family families kid user reader caller".split()
)
_BY_TRADE = frozenset("worker driver owner employee operator manager staff".split())
_ALIKE = {"convoy": ("driver",), "trucker": ("driver",), "truckers": ("driver",), "strikers": ("worker",)}
_HOUSE = frozenset(
    {
        "opposition",
        "parliamentary opposition",
        "opposition party",
        "opposition parties",
        "governing party",
        "ruling party",
    }
    | {"governing coalition", "ruling coalition", "official opposition"}
)
_TRADES = {
    "tradie": "builder bricklayer carpenter chippie concreter electrician painter plasterer plumber roofer".split()
}
_DETERMINER = frozenset("the a an one some many most other another several two three four five these those".split())

_BEING = r"(?:['’]d|['’]s)?\s+(?:(?:had|has|have|was|is|been|also|helped|helps|help|to|just|only|still)\s+){0,4}"
_ACT = (
    r"(?:(?:march|rall[iy]|protest|demonstrat|picket|blockad|occup|camp|chant|chain|glu)\w*|(?:organi[sz]"
    r"|coordinat|co-ordinat)\w+"
    rf"|(?:joined|attended|led|leads|started|spoke at|registered) (?:the |a |an |this )?(?:[\w-]+ )?{_PLACE}"
    r"|voted (?:for|to) (?:the |a )?strike|took part|taking part|slept (?:out|outside|rough)|sleeping (?:out"
    r"|outside|rough)|walked out|went on strike|on strike|locked (?:on|(?:his|her|their) arms)"
    r"|(?:drove|driven|parked) (?:his|her) (?:[\w-]+ )?(?:tractor|truck|lorry|rig|ute|pickup)|travell?ed (?:from|\d)"
    r"|(?:arrested|detained|dragged|pepper-sprayed|tear-gassed|released on|held (?:face|by|for))\b)"
)
_TAKES_PART = re.compile(
    rf"(?:^|\b(?:who|he|she|and)){_BEING}{_ACT}"
    r"|\bone of (?:the |those |several )?(?:[\w-]+ )?"
    rf"(?:organi[sz]ers|speakers|protesters|marchers|demonstrators|arrested|detained|{_PLACE}['’]s)"
    r"|\b(?:carrying|holding|waving|hoisting|held|carried|waved) (?:up )?(?:a|an|his|her|the"
    r"|aloft)\b.{0,40}?\b(?:sign|placard|banner|flag|poster)"
    r"|\bwhose (?:[\w-]+ )?(?:group|association|organi[sz]ation|union|coalition|network)\b"
    rf"[^.;:]{{0,60}}?\b(?:organi[sz]ed|registered|called|backed) (?:the |this )?{_EVENT}\b"
    rf"|\b(?:in|at|on|among) the (?:[\w-]+ )?{_PLACE}\b",
    re.IGNORECASE,
)
_TOOK_PART = re.compile(rf"\b(?:he|she){_BEING}{_ACT}", re.IGNORECASE)
_CUE = re.compile(r"\b(?:said|says|told|tells|asked|added|wrote|warned|complained|called|accused|described)\b")
_SCENE = re.compile(rf"\b(?:at|on|in|inside|along|among) (?:the|a) (?:[\w-]+ )?{_PLACE}\b", re.IGNORECASE)
_LOOKS_ON = re.compile(
    r"(?:^|\b(?:who|he|she))(?:['’]s)?\s+(?:(?:has|had|was|is|have|been|also|still)\s+){0,3}(?:lives?|lived"
    r"|living|resides?"
    r"|(?:works?|working|worked|runs?|owns?|manages?|parked)\b.{0,50}?\b(?:near|nearby|opposite|across|next"
    r"|beside|above|around the corner)"
    r"|stuck|trapped|stranded|trying to|on (?:his|her|the|their) way|walking|passing|shopping|commut\w+"
    r"|watch\w+|waiting)"
    r"|\b(?:his|her) (?:shop|store|pharmacy|cafe|café|restaurant|business|salon|stall|pub|customers)\b"
    r"|, (?:from|of) [A-Z][\w-]+",
)
_OF_US = re.compile(
    r"\b[Ww]e\b.{0,40}?\b(?:(?:be|come|are) back|here (?:to|because|for|until|today|again|peacefully)"
    r"|not (?:leaving|going|asking|begging|moving|stopping"
    r"|afraid|backing|criminals|terrorists|extremists|against)|(?:won|will not|shall not|can|don|aren"
    r"|refuse)(?:['’]t)? (?:leave|stop|move"
    r"|back down|be (?:silent|silenced|moved|ignored)|give up|stay silent)|stay(?:ing)?|march\w*|strik\w+"
    r"|protest\w*|fight\w*|demand\w*"
    r"|camp\w*|block\w*|occup\w+|keep (?:coming|going|fighting|marching)|ask(?:ing|ed)? for|ready to talk)\b"
    r"|\bI(?:['’]m| am| was) (?:here|there|striking|marching|protesting)\b|\bI (?:came|marched|joined|slept"
    r"|walked out|drove|got arrested)\b"
    r"|\bwhy I(?:['’]m| am| came)\b",
)
_AGED = re.compile(r"^(?:,| \() ?\d\d\b")
_OF_GROUP = re.compile(
    r"(?:\b(?:organi[sz]ed|called|staged|led|backed|coordinated) by (?:the )?"
    r"|\b(?:group|campaign|coalition|movement|collective|network|union|campaigners|activists)(?:,| called"
    r"| named| from| with)? (?:the )?)$"
)
_ORGANISES = re.compile(
    rf",? (?:which |who |that )?(?:has |have |had |also )*(?:organi[sz]ed|called (?=for|a)|staged|is behind"
    rf"|are behind|is leading|led) ?"
    rf"(?:for )?(?:the |a |an |this |\w+['’]s )?(?:[\w-]+ )?{_EVENT}\b"
)
_AN_EVENT = re.compile(rf"\b{_EVENT}\b")
_STRIKE = re.compile(
    r"\b(?:strik(?:e|es|ing|ers?)|on strike|pickets?|picketing|picket line|walkouts?|walked out|industrial action"
    r"|work-to-rule|go-slow|downed tools|pay (?:rise|offer|dispute|deal|cut|claim)s?|wages?)\b"
)
_REPRESENTS = re.compile(r",? (?:(?:that|which|who) represents?|representing|for) ")
_OF_NOUNS = re.compile(r"(\w+)(?:['’]s?)? (?:organi[sz]ers?|protest[eo]rs?|activists?|leaders?|unions?)")
_BESIDE = re.compile(
    r"\b(?:his|her|their|whose) (?:[\w-]+ )?(?:colleague|workmate|classmate|friend|comrade|neighbou?r|husband"
    r"|wife|partner|daughter|son"
    r"|brother|sister|mother|father|mum|mom|dad),?\s*$",
    re.IGNORECASE,
)


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
        self._told = "".join(hidden)
        self._strike, self._event = _STRIKE.search(self._told), _AN_EVENT.search(self._told)
        self._protesting: dict[str, Span] = {}
        self._trades: dict[str, set[str]] = {}
        for role in mentions.roles(0, len(text)):
            if role.group == PROTESTERS:
                of_nouns = _OF_NOUNS.fullmatch(role.word)
                for noun in _ALIKE.get(role.word, of_nouns.groups() if of_nouns else ()):
                    self._protesting.setdefault(singular(noun), Span(role.start, role.end))
                    self._trades.setdefault(singular(noun), set())
            elif role.group == PUBLIC and role.kind in ("person", "people") and self._told[role.start] != "\0":
                self._note(role)

    def _note(self, role: Role) -> None:
        """Take down a noun whose bearers protest: "farmers marched", "the nurses' strike", "striking teachers"."""
        head = singular(role.word)
        behind = _AFTER_NOUN.match(self._told, role.end, role.end + 140)
        before = None if behind else _BEFORE_NOUN.search(self._told, max(0, role.start - 70), role.start)
        if head not in _ANYBODY and (behind or before):
            for noun in (head, *_TRADES.get(head, ())):
                self._protesting.setdefault(noun, Span(role.start, role.end))
                self._trades.setdefault(noun, set()).update(self._trade(role))

    def _trade(self, role: Role) -> list[str]:
        """Words that narrow a noun: "lorry" of "lorry drivers", "cafe" of "a cafe worker"."""
        before = self._told[max(0, role.start - 25) : role.start]
        words = [*role.word.split()[:-1]] or re.findall(r"(?<![\w’'])([a-z-]+) $", before)
        return [word for word in words if word not in _DETERMINER and not word.endswith("ing")]

    def protesting(self, role: Role) -> Span | None:
        """Where the article says that those whom a noun names protest, None if it does not."""
        head = singular(role.word)
        if role.group != PUBLIC or head not in self._protesting:
            return None
        trade = set(self._trade(role))
        if head in _BY_TRADE and trade and not trade & self._trades[head]:
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
        side = self.takes_part(places) or self._of_noun(role) or self._of_us(said)
        if side or (role and role.group == OTHER):
            return side
        looks_on = self._looks_on(places)
        example = self._example(places[0], same=role is not None) if places else None
        if looks_on and looks_on.group == PROTESTERS or example and example.group == PROTESTERS:
            return looks_on if looks_on and looks_on.group == PROTESTERS else example
        if role:
            return None
        return looks_on or example or next(filter(None, map(self._nearby, places)), None) or self._aged(places)

    def _of_noun(self, role: Role | None) -> Side | None:
        return Side(PROTESTERS, Span(role.start, role.end)) if role and self.protesting(role) else None

    def _of_us(self, said: list[Span]) -> Side | None:
        found = next(filter(None, (_OF_US.search(self.text, *span) for span in said)), None)
        return Side(PROTESTERS, Span(*found.span())) if found else None

    def _looks_on(self, places: list[Span]) -> Side | None:
        """Tell who lives, works or waits there; where the residents protest, who lives there is one of them."""
        found = next(filter(None, (self._find(_LOOKS_ON, p.end, self._around(p).end) for p in places)), None)
        at_home = found and "live" in self.text[found.start : found.end] and "resident" in self._protesting
        return found and Side(PROTESTERS if at_home else PUBLIC, found)

    def _aged(self, places: list[Span]) -> Side | None:
        """Somebody of whom only the age is told is most often one of the protesters."""
        found = next(filter(None, (self._find(_AGED, p.end, self._around(p).end) for p in places)), None)
        return found and Side(PROTESTERS, found)

    def organisation(self, name: str) -> Side | None:
        """Tell whether an organisation takes part: it organised the march, or it is one of those who march."""
        for place in itertools.islice(re.finditer(re.escape(name), self._told), _MOST):
            behind = _AFTER_NOUN.match(self._told, place.end(), place.end() + 140)
            behind = behind or _ORGANISES.match(self._told, place.end(), place.end() + 140)
            if behind or _OF_GROUP.search(self._told, max(0, place.start() - 60), place.start()):
                return Side(PROTESTERS, Span(*place.span()))
        words = (singular(word) for word in name.lower().replace("’", "'").replace("'", " ").split())
        trades = {trade: noun for noun, names in self._trades.items() for trade in names if len(trade) > 3}
        noun = next((trades.get(word, word) for word in words if word in trades or word in self._protesting), None)
        if noun and noun not in _ANYBODY:
            return Side(PROTESTERS, self._protesting[noun])
        at = self._told.find(name) if has_cause(name) else -1
        return Side(PROTESTERS, Span(at, at + len(name))) if at >= 0 else None

    def union(self, role: Role, name: str) -> str:
        """Tell the group of a union: police if it is theirs, the protesters' where there is a strike, else "other"."""
        stands_for = _REPRESENTS.match(self.text, role.end, role.end + 40)
        whom = self._mentions.roles(stands_for.end(), stands_for.end() + 30) if stands_for else []
        if any(noun.group == "police" for noun in whom):
            return "police"
        if self.organisation(name):
            return PROTESTERS
        return PROTESTERS if self._strike or not self._event else OTHER

    def takes_part(self, places: list[Span]) -> Side | None:
        """Find what the reporter says somebody does or where they are."""
        found = (self._part_taken(place, self._around(place)) for place in places)
        return next((Side(PROTESTERS, words) for words in found if words), None)

    def _part_taken(self, place: Span, sentence: Span) -> Span | None:
        """Find what a sentence says somebody does, up to the reporting verb, then what they say they did."""
        cue = _CUE.search(self._told, place.end, sentence.end)
        told = cue.start() if cue else sentence.end
        return (
            self._find(_TAKES_PART, place.end, told)
            or self._find(_TOOK_PART, told, sentence.end)
            or self._find(_SCENE, sentence.start, place.start)
        )

    def _find(self, pattern: re.Pattern, start: int, end: int) -> Span | None:
        found = pattern.search(self._told[start:end])
        return Span(start + found.start(), start + found.end()) if found else None

    def _around(self, place: Span) -> Span:
        """Take the sentence of a place, no more than some lines of it."""
        at = bisect.bisect_right(self._starts, place.start) - 1
        start, end = self._sentences[at] if at >= 0 else place
        return Span(max(start, place.start - _NEAR), min(max(end, place.end), place.end + _NEAR))

    def _example(self, place: Span, same: bool) -> Side | None:
        """Take somebody for one of those whom the sentence before is about: "Residents are angry. Ann Bell …"."""
        at = bisect.bisect_right(self._starts, place.start) - 1
        paragraph = self.text.rfind("\n", 0, place.start) + 1
        for sentence in reversed(self._sentences[max(0, at - 3) : max(0, at)]):
            if self._told[sentence.start : sentence.start + 3].endswith("\0"):
                continue  # quoted
            if (same and sentence.start < paragraph) or place.start - sentence.start > 4 * _NEAR:
                break
            scene = self._find(_SCENE, sentence.start, sentence.end) if sentence.start >= paragraph else None
            if scene:
                return Side(PROTESTERS, scene)
            subject = self._mentions.subject(sentence)
            roles = [r for r in self._mentions.roles(*subject) if r.kind == "people"] if subject else []
            roles = [role for role in roles if singular(role.word) not in _ANYBODY]
            if roles and roles[-1].group in (PUBLIC, PROTESTERS):
                group = PROTESTERS if self.protesting(roles[-1]) else roles[-1].group
                return Side(group, Span(roles[-1].start, roles[-1].end))
            if subject:
                break
        return None

    def party(self, places: list[Span]) -> Role | None:
        """Find the side of the house that the paragraph speaks of before it names one of its members."""
        for place in places[:1]:
            start = max(self.text.rfind("\n", 0, place.start) + 1, place.start - _NEAR)
            sides = [r for r in self._mentions.roles(start, place.start) if r.word in _HOUSE]
            if sides:
                return sides[0]
        return None

    def _nearby(self, place: Span) -> Side | None:
        """Take the group of the crowd that the paragraph spoke of last."""
        start = max(self.text.rfind("\n", 0, place.start) + 1, place.start - _NEAR)
        for role in reversed(self._mentions.roles(start, place.start)):
            if (
                role.kind in ("people", "audience")
                and self._told[role.start] != "\0"
                and singular(role.word) not in _ANYBODY
            ):
                group = PROTESTERS if self.protesting(role) else role.group
                if group in (PROTESTERS, PUBLIC):
                    return Side(group, Span(role.start, role.end))
        return None

    def beside(self, place: Span) -> bool:
        """Whether somebody is brought in as the last speaker's colleague, friend or relation."""
        return _BESIDE.search(self._told, max(0, place.start - 60), place.start) is not None


def singular(noun: str) -> str:
    """Take the last word of a noun phrase, without the ending of the plural."""
    word = noun.split()[-1]
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
