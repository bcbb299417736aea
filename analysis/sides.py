"""Who takes part in the protest and who looks on, where no title tells: the article's words about them, and theirs."""

import bisect
import re
from typing import NamedTuple

from analysis.mentions import Mentions
from analysis.names import Role
from analysis.statements import Statement
from analysis.text import Quotation, Span

PROTESTERS, PUBLIC, OTHER = "protesters", "public", "other"
UNKNOWN = "Unknown"
LISTED = 0.95  # probability of a group that the codebook lists
_NEAR = 300  # characters to either side of a name that are read

_EVENT = (
    r"(?:protest|march|rally|strike|walkout|walk-out|stoppage|go-slow|blockade|convoy|sit-in|sleep-?out|picket|occupation"
    r"|demonstration|encampment|camp|vigil|boycott|revolt|uprising|rebellion|stay-away)(?:e?s)?"
)
_PLACE = rf"(?:{_EVENT}|picket lines?|barricades?|front of the (?:march|rally|crowd)|crowd)"
_ACTIVE = (  # finite forms that need no object
    r"(?:march|protest|demonstrat|picket|blockad|block|occup|camp|chant|walk|storm|besieg|paralys|rall|mobilis|mobiliz)"
    r"(?:e?d|ied)(?! (?:by|in by|from)\b)|took (?:part|to the streets)|went on strike|downed tools|gathered|converged"
    r"|descended|poured|massed|shut|sat down|brought .{2,40} to (?:a |its )(?:halt|standstill|knees)"
)
_ONGOING = (
    r"(?:march|protest|demonstrat|picket|blockad|block|occupy|camp|chant|storm|rally|strik|massing|gather)\w*ing"
    r"|on strike|out on strike|in revolt"
)
_AFTER_NOUN = re.compile(
    rf"(?:['’]s?)?\s+(?:[\w-]+\s+)?{_EVENT}\b"
    r"|\s+(?:organi[sz]ers?|protest[eo]rs?|activists?|demonstrators?|strikers?|marchers?|occupiers?|pickets)\b"
    rf"|(?:\s(?:from|of|at|in|and) [^,.;:]{{2,40}}|, [^,.;:]{{2,60}},)?(?:\swho)?"
    rf"(?:\s(?:have|had|has|also|then|again|later|briefly|yesterday|today))*\s(?:{_ACTIVE}|(?:are|were|been|is|was) (?:{_ONGOING}))\b"
    rf"|\s(?:{_ONGOING})\b"
)
_BEFORE_NOUN = re.compile(
    r"\b(?:striking|protesting|marching|picketing|rallying|demonstrating"
    rf"|{_EVENT} (?:by|of|from)(?: (?:about|some|around|the|hundreds of|thousands of|[\d,.]+))*)\s+(?:[\w-]+\s+){{0,2}}$"
)
# Nouns for anybody at all: that some of them marched says nothing about the others.
_ANYBODY = frozenset(
    "people person man men woman women other others citizen bystander passer-by passers-by witness witnesses motorist"
    " commuter shopper child children youth teenager visitor tourist family families kid user reader caller".split()
)
_BY_TRADE = frozenset("worker driver owner employee operator manager staff".split())
_ALIKE = {"convoy": ("driver",), "trucker": ("driver",), "truckers": ("driver",), "strikers": ("worker",)}
_DETERMINER = frozenset("the a an one some many most other another several two three four five these those".split())

_BEING = r"(?:['’]d|['’]s)?\s+(?:(?:had|has|have|was|is|been|also|helped|helps|help|to|just|only|still)\s+){0,4}"
_ACT = (
    r"(?:(?:march|rall[iy]|protest|demonstrat|picket|blockad|occup|camp|chant|chain|glu)\w*|(?:organi[sz]|coordinat|co-ordinat)\w+"
    rf"|(?:joined|attended|led|leads|started|spoke at|registered|called) (?:the |a |an |this )?(?:[\w-]+ )?{_PLACE}"
    r"|took part|taking part|walked out|went on strike|on strike|locked (?:on|(?:his|her|their) arms)"
    r"|(?:drove|driven|parked) (?:his|her) (?:[\w-]+ )?(?:tractor|truck|lorry|rig|ute|pickup)|travell?ed (?:from|\d)"
    r"|(?:arrested|detained|dragged|pepper-sprayed|tear-gassed|released on|held (?:face|by|for))\b)"
)
_TAKES_PART = re.compile(
    rf"(?:^|\b(?:who|he|she|and)){_BEING}{_ACT}"
    r"|\bone of (?:the |those |several )?(?:[\w-]+ )?"
    rf"(?:organi[sz]ers|speakers|protesters|marchers|demonstrators|arrested|detained|{_PLACE}['’]s)"
    r"|\b(?:carrying|holding|waving|hoisting) (?:up )?(?:a|an|his|her|the|aloft)\b.{0,40}?\b(?:sign|placard|banner|flag|poster)"
    r"|\bwhose (?:[\w-]+ )?(?:group|association|organi[sz]ation|union|coalition|network)\b"
    rf"[^.;:]{{0,60}}?\b(?:organi[sz]ed|registered|called|backed) (?:the |this )?{_EVENT}\b"
    rf"|\b(?:in|at|on|among) the (?:[\w-]+ )?{_PLACE}\b",
    re.IGNORECASE,
)
_TOOK_PART = re.compile(rf"\b(?:he|she){_BEING}{_ACT}", re.IGNORECASE)
_CUE = re.compile(r"\b(?:said|says|told|tells|asked|added|wrote|warned|complained|called|accused|described)\b")
_SCENE = re.compile(rf"\b(?:at|on|in|inside|along|among) (?:the|a) (?:[\w-]+ )?{_PLACE}\b", re.IGNORECASE)
_LOOKS_ON = re.compile(
    r"(?:^|\b(?:who|he|she))(?:['’]s)?\s+(?:(?:has|had|was|is|have|been|also|still)\s+){0,3}(?:lives?|lived|living|resides?"
    r"|(?:works?|working|worked|runs?|owns?|manages?|parked)\b.{0,50}?\b(?:near|nearby|opposite|across|next|beside|above|around the corner)"
    r"|stuck|trapped|stranded|trying to|on (?:his|her|the|their) way|walking|passing|shopping|commut\w+|watch\w+|waiting)"
    r"|\b(?:his|her) (?:shop|store|pharmacy|cafe|café|restaurant|business|salon|stall|pub|customers)\b"
    r"|, (?:from|of) [A-Z][\w-]+",
)
_OF_US = re.compile(
    r"\b[Ww]e\b.{0,40}?\b(?:here (?:to|because|for|until|today|again|peacefully)|not (?:leaving|going|asking|begging|moving|stopping"
    r"|afraid|backing|criminals|terrorists|extremists|against)|(?:won|will not|shall not|can|don|aren|refuse)(?:['’]t)? (?:leave|stop|move"
    r"|back down|be (?:silent|silenced|moved|ignored)|give up|stay silent)|stay(?:ing)?|march\w*|strik\w+|protest\w*|fight\w*|demand\w*"
    r"|camp\w*|block\w*|occup\w+|keep (?:coming|going|fighting|marching)|ask(?:ing|ed)? for|ready to talk)\b"
    r"|\bI(?:['’]m| am| was) (?:here|there|striking|marching|protesting)\b|\bI (?:came|marched|joined|slept|walked out|drove|got arrested)\b"
    r"|\bwhy I(?:['’]m| am| came)\b",
)
_AGED = re.compile(r"^, \d\d\b")
_BESIDE = re.compile(
    r"\b(?:his|her|their|whose) (?:[\w-]+ )?(?:colleague|workmate|classmate|friend|comrade|neighbou?r|husband|wife|partner|daughter|son"
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
        self._protesting: dict[str, Span] = {}
        self._trades: dict[str, set[str]] = {}
        for role in mentions.roles(0, len(text)):
            if role.group == PROTESTERS:
                for noun in _ALIKE.get(role.word, role.word.split()[:-1]):
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
            self._protesting.setdefault(head, Span(role.start, role.end))
            self._trades.setdefault(head, set()).update(self._trade(role))

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
        told = [(place, self._around(place)) for place in places]
        part = self.takes_part(places)
        if part:
            return part
        if role and self.protesting(role):
            return Side(PROTESTERS, Span(role.start, role.end))
        for span in said:
            found = _OF_US.search(self.text, *span)
            if found:
                return Side(PROTESTERS, Span(*found.span()))
        looking = (self._find(_LOOKS_ON, place.end, sentence.end) for place, sentence in told)
        found = next(filter(None, looking), None)
        if found and "live" in self.text[found.start : found.end] and "resident" in self._protesting:
            return Side(PROTESTERS, found)
        example = self._example(places[0], same=role is not None) if places else None
        if example and example.group == PROTESTERS:
            return example
        if role or found or example:
            return None if role else Side(PUBLIC, found) if found else example
        aged = next(filter(None, (self._find(_AGED, place.end, sentence.end) for place, sentence in told)), None)
        return aged and Side(PROTESTERS, aged)

    def takes_part(self, places: list[Span]) -> Side | None:
        """Find what the reporter says somebody does or where they are."""
        found = (self._part_taken(place, self._around(place)) for place in places)
        return next((Side(PROTESTERS, words) for words in found if words), None)

    def _part_taken(self, place: Span, sentence: Span) -> Span | None:
        """What a sentence says somebody does, up to the reporting verb, then what they say they did."""
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

    def beside(self, place: Span) -> bool:
        """Whether somebody is brought in as the last speaker's colleague, friend or relation."""
        return _BESIDE.search(self._told, max(0, place.start - 60), place.start) is not None


def singular(noun: str) -> str:
    """Take the last word of a noun phrase, without the ending of the plural."""
    word = noun.split()[-1]
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


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
    spoken: dict[tuple, list[int]] = {}
    for i, speaker in enumerate(speakers):
        spoken.setdefault((speaker.name, speaker.evidence), []).append(i)
    settled = list(speakers)
    for (name, evidence), rows in spoken.items():
        speaker = speakers[rows[0]]
        if speaker.probability >= LISTED or speaker.group not in (PUBLIC, OTHER) or speaker.kind == "document":
            continue
        role = evidence and next(iter(mentions.roles(*evidence)), None)
        if name == UNKNOWN or not role and speaker.kind != "person":
            continue
        named = [Span(n.start, n.end) for n in mentions.named(name)] or [
            statements[i].source for i in rows if statements[i].source
        ]
        said = [span for i in rows for span in statements[i].content]
        if role and role.kind == "organisation":
            side = sides.takes_part(named)
        elif speaker.kind == "person":
            side = sides.side_of(named, said, role if speaker.group == PUBLIC or role is None else None)
        else:
            side = Side(PROTESTERS, evidence) if sides.protesting(role) else None
        if side is None and named and rows[0] and sides.beside(named[0]):
            before = settled[rows[0] - 1]
            side = before.evidence and Side(before.group, before.evidence)
        if side:
            name = "Protesters" if speaker.kind == "people" else speaker.name
            for i in rows:
                settled[i] = speaker._replace(name=name, group=side.group, evidence=side.evidence, probability=0.6)
    return settled
