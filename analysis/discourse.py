"""Who has been named, called by a noun and heard in an article so far, and whom a later mention can mean."""

import bisect
import re

from analysis.antecedents import Person, heard, known_people, likeliest, may_be_no_person, people_in
from analysis.mentions import Mentions
from analysis.names import Role
from analysis.noun_phrases import bare
from analysis.settling import UNKNOWN, Speaker
from analysis.sides import OTHER, PROTESTERS
from analysis.statements import Statement
from analysis.text import Quotation, Span

CROWD = Speaker("Protesters", PROTESTERS, "people", "", None, 0.4)
_NOBODY = Speaker(UNKNOWN, OTHER, "person", "", None, 0.1)
_BACK, _NEAR = 200, 30  # how many speakers and subjects back somebody is looked for, by noun and by pronoun
_SEVERAL = ("people", "audience", "organisation")
_ANYBODY = ("people", "organisation", "document", "person")
_MEANT = {"it": (("organisation", "document"),), "they": (_SEVERAL, _ANYBODY)}
_MEANT |= dict.fromkeys(("another", "one"), (_ANYBODY,))


class Discourse:
    """What has been read of one article; ``seen`` holds its speakers and subjects, ``spoken`` its speakers alone."""

    def __init__(self, mentions: Mentions, own: list[Span], quoted: list[Quotation]):
        self.text, self.own = mentions.text, own
        self.seen: list[tuple[int, Speaker, str]] = []
        self.spoken: list[tuple[int, Speaker]] = []
        self.latest: dict[str, Speaker] = {}
        self._people = people_in(mentions, quoted)
        self._known = known_people(self._people)
        self._all = self._people.copy()  # and whoever is heard
        self._said: list[Span] = []

    def begin(self, statement: Statement) -> None:
        """Leave a statement's own words out of account from now on."""
        for span in statement.content:
            bisect.insort(self._said, span)

    def spoke(self, statement: Statement, speaker: Speaker) -> None:
        """Take in who made a statement."""
        if statement.source and speaker.kind == "person":
            bisect.insort(self._all, heard(self._known, statement.source.start, speaker.name, speaker.gender))
        self.spoken.append((statement.content[-1].start, speaker))

    def see(self, start: int, speaker: Speaker, words: str) -> None:
        """Take in a speaker or subject, and by which words it is mentioned."""
        self.seen.append((start, speaker, words))
        self.latest[speaker.name] = speaker

    def put_in_crowd(self, speaker: Speaker) -> None:
        """Take in that somebody just seen is of another group than thought."""
        self.latest[speaker.name] = speaker
        if self.seen and self.seen[-1][1].name == speaker.name:
            self.seen[-1] = (self.seen[-1][0], speaker, self.seen[-1][2])

    def between(self, start: int, end: int) -> Speaker | None:
        """Find the latest speaker or subject of a stretch of text."""
        return next((speaker for at, speaker, _ in self._lately() if start <= at < end), None)

    def last_speaker(self) -> Speaker:
        """Whoever spoke last; before anybody has, the last person who is a subject."""
        named = (speaker for _, speaker, _ in self._lately() if speaker.kind == "person")
        return self.spoken[-1][1] if self.spoken else next(named, _NOBODY)

    def person(self, place: int, sex: str, introduced: bool = False) -> Person | None:
        """Whom "he" or "she" at a place means; with ``introduced``, only whom the reporter names or calls by a noun."""
        people = self._people if introduced else self._all
        return likeliest(people, self.own, self._said, self.text, place, sex)

    def meant(self, pronoun: str) -> Speaker:
        """Whom "it", "they", "one" or "another" means: the latest that fits."""
        for fitting in _MEANT.get(pronoun, (("person",),)):
            for _, speaker, _ in self._lately()[:_NEAR]:
                if speaker.kind in fitting or (pronoun == "it" and self._may_be_organisation(speaker)):
                    return speaker
        return self.last_speaker()

    def others(self) -> Speaker:
        """Take "others" for the people spoken of last; one protester's others are protesters."""
        for _, speaker, _ in self._lately():
            if speaker.kind in ("people", "audience"):
                return speaker
            if speaker.kind == "person" and speaker.group == PROTESTERS:
                break
        return CROWD

    def organisation(self) -> Speaker | None:
        """Find the organisation named last."""
        lately = (speaker for _, speaker, _ in self._lately()[:_NEAR])
        return next((speaker for speaker in lately if self._may_be_organisation(speaker)), None)

    def said_before(self, words: str, roles: list[Role]) -> Speaker | None:
        """Find the latest speaker or subject called by the same noun; a document is its author's."""
        heads = {role.word.split()[-1] for role in roles} or {words.split()[-1].lower()}
        heads |= {head.removesuffix("s") for head in heads}
        details = set(re.findall(r"[\w-]+", bare(words).lower())) - heads
        if roles and roles[-1].kind == "document":
            return self.spoken[-1][1] if self.spoken else None
        several = bool(roles) and roles[-1].kind == "people"
        for _, speaker, mention in self._lately():
            called = set(re.findall(r"[\w-]+", f"{mention} {speaker.name}".lower()))
            if heads & called and details <= called and not (several and speaker.kind == "person"):
                return speaker
        return None

    def _lately(self) -> list[tuple[int, Speaker, str]]:
        return self.seen[: -_BACK - 1 : -1]

    def _may_be_organisation(self, speaker: Speaker) -> bool:
        named = speaker.name[:1].isupper() and speaker.name != UNKNOWN
        untold = speaker.kind == "person" and " " in speaker.name and may_be_no_person(self._known, speaker.name)
        return named and (speaker.kind == "organisation" or (untold and speaker.evidence is None))
