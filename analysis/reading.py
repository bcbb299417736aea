"""One article read from top to bottom: whom each mention means."""

import bisect
import re
from typing import TYPE_CHECKING

from analysis.antecedents import SEXES, Person, heard, likeliest, may_be_no_person, people_in
from analysis.heads import given_name, head_name, named_whole, who_does, whole
from analysis.mentions import Mentions
from analysis.names import Name, Role, gender, surname
from analysis.noun_phrases import author, bare, cut, is_pronoun
from analysis.settling import BY_ROLE, LISTED, UNKNOWN, Speaker
from analysis.sides import OTHER, PROTESTERS, PUBLIC
from analysis.speech import PASSIVE
from analysis.statements import Statement
from analysis.text import Quotation, Span, paragraphs, sentences

if TYPE_CHECKING:
    from analysis.speakers import Speakers

_INDEFINITE = ("others", "many", "some")
_RELATIVE = dict.fromkeys(("who", "those", "these"), ("person", "people", "office"))
_RELATIVE |= dict.fromkeys(("that", "which"), ("document", "organisation", "people"))
_SPEAKING_FOR = re.compile(r"(?:an? )?spokes(?:man|woman|person) for ", re.IGNORECASE)
_ONE_OF = re.compile(r"(?:one|another|member) of ", re.IGNORECASE)
_SPEAKING = re.compile(r"\bspokes(?:man|woman|person)\b", re.IGNORECASE)
_PLACE = re.compile(r"\s+(?:of|in|on|at|near|from|with|outside|behind|around|along|across|opposite)\s")
_LOWER = re.compile(r" [a-z]")
_AT_PLACE = re.compile(r"\b(?:on|in|at|near) (?:[A-Z]\w+ )?$")
_APPOSED = re.compile(r"(?:, \(?\d\d?\)?)?, [^.;“”\"]{0,60}")
_NEAR = 30
_BACK = 200  # how many speakers and subjects back an antecedent is looked for
_QUESTION = re.compile(r"[QA]\W? ")  # of an interview set as questions and answers
_BORNE = re.compile(r"\b(?:reads?|bore|bears?)\b")
_READS = re.compile(r"\b(?:reads?|bore|bears?|said|says|stated|declared|suggested)\b")
_COUNTED = re.compile(r"(?:it|one|another|others?|an?other|a (?:second|third|fourth|fifth)|the (?:other|next))\b.*", re.DOTALL)
_SIGN = re.compile(
    r"\b(?:signs?|placards?|banners?|posters?|boards?|cards?|cardboard|sheets?|bedsheets?|notes?|notices?|graffiti"
    r"|slogans?|stickers?|t-shirts?)\b(?:(?! (?:said|says|told|wrote) )[^.?!“”\"\n])*[.:]?\s*[“\"‘«]$",
    re.IGNORECASE,
)
_REACH, _NAMED_BEFORE = 250, 1500  # characters back
_GENERIC = frozenset("company firm force committee agency association charity group organisation organization".split())
_WHOSE = re.compile(
    r"(his|her) (?:\w+['’]s )?(?:office|campaign|accounts?|page|posts?|counts?|calculations?|figures|estimates?|team)",
    re.IGNORECASE,
)
_AGED = re.compile(r"\d-year-old\b")
_CHANT = re.compile(r"\b[Cc]hant(?:s|ing|ed)?\b")
_CROWD = Speaker("Protesters", PROTESTERS, "people", "", None, 0.4)


class Reading:
    """One article read from top to bottom; ``seen`` holds the speakers and subjects met so far."""

    def __init__(self, speakers: "Speakers", text: str, quoted: list[Quotation]):
        self.known, self.text = speakers, text
        self.mentions = Mentions(text, *speakers.read(text), speakers.listed_group)
        self.paragraphs = [paragraph.start for paragraph in paragraphs(text)]
        self.sentences = sentences(text)
        self.own = _outside(self.sentences, quoted)  # the reporter's
        self.read = 0  # how many of the sentences have been read
        self.seen: list[tuple[int, Speaker, str]] = []
        self.spoken: list[tuple[int, Speaker]] = []
        self.latest: dict[str, Speaker] = {}
        self.people = people_in(self.mentions, quoted)
        self.heard: list[Person] = []  # whoever has spoken
        self.said: list[Span] = []

    def speaker_of(self, statement: Statement) -> Speaker:
        """Name the speaker of the next statement; statements come in the order of their first offsets."""
        first = min(s.start for s in (*statement.content, *filter(None, (statement.cue, statement.source))))
        self._read_subjects(first)
        self.said += statement.content
        cue, start = statement.cue, statement.content[0].start
        if statement.source is None and cue and PASSIVE.search(self.text, max(0, cue.start - 40), cue.start):
            start = self.own[self.read - 1].start if self.read else start
            speaker = self._speaker_before(start)  # the sentence's own subject is told, and tells nothing
        elif statement.source is None and cue and _CHANT.search(self.text, *cue):
            speaker = self._does(cue) or _CROWD
        elif statement.source is None and cue is None and self._on_sign(start):
            speaker = _CROWD
        elif statement.source is None:
            speaker = self._does(cue) or self._subject_of(cue) or self._speaker_before(start)
        elif cue and self._is_borne(statement.source, self._words(cue)):
            speaker = _CROWD
            self.seen.append((statement.source.start, speaker, self._words(statement.source)))
        else:
            speaker = self._see(statement.source)
        speaker = self._of_audience(speaker, statement.cue)
        if statement.source and speaker.kind == "person":
            self.heard.append(heard(self.people, statement.source.start, speaker.name, speaker.gender))
        self.spoken.append((statement.content[-1].start, speaker))
        return speaker

    def _on_sign(self, start: int) -> bool:
        """Whether the words before a quotation are about what it is written on."""
        paragraph = self.text.rfind("\n", 0, start) + 1
        return _SIGN.search(self.text, max(paragraph, start - _REACH), start) is not None

    def _is_borne(self, source: Span, cue: str) -> bool:
        """Whether what words are read on is no person and no organisation: "a cardboard panel", "one" of the signs."""
        words = self._words(source).lower()
        if _COUNTED.fullmatch(words) and _READS.search(cue):
            before = self.mentions.roles(max(0, source.start - _REACH), source.start)
            before = [role for role in before if role.kind != "office"]
            return bool(before) and before[-1].kind == "document" and before[-1].group == PROTESTERS
        roles = self.mentions.roles(*source)
        if roles and roles[-1].kind == "document":
            return _BORNE.search(cue) is not None and words.startswith(("a ", "an ", "one ", "another "))
        somebody = roles or self.mentions.names(*source) or is_pronoun(words)
        return _BORNE.search(cue) is not None and not somebody

    def _of_audience(self, speaker: Speaker, cue: Span | None) -> Speaker:
        """Whoever tells the crowd something is taken for one of the crowd, unless the codebook lists the speaker."""
        near = self.mentions.roles(cue.end, cue.end + 25) if cue and speaker.group in (OTHER, PUBLIC) else []
        heard = next((r for r in near if r.kind == "audience" and r.start - cue.end <= 9), None)
        if heard is None or speaker.kind != "person":
            return speaker
        speaker = speaker._replace(group=heard.group, evidence=Span(heard.start, heard.end), probability=BY_ROLE)
        self.latest[speaker.name] = speaker
        if self.seen and self.seen[-1][1].name == speaker.name:
            self.seen[-1] = (self.seen[-1][0], speaker, self.seen[-1][2])
        return speaker

    def _see(self, mention: Span) -> Speaker:
        mention = whole(self.mentions, mention)
        speaker = self._named(mention) or self._resolve(mention)
        self.seen.append((mention.start, speaker, self._words(mention)))
        self.latest[speaker.name] = speaker
        return speaker

    def _named(self, mention: Span) -> Speaker | None:
        """Take the name that a description is given: "a coalition calling itself Stop The Burn"."""
        name = None if self._listed(mention) else given_name(self.mentions, mention)
        if name is None:
            return None
        if is_pronoun(self._words(mention)):
            speaker = self._antecedent(mention)
        else:
            speaker = self._described(Span(mention.start, min(mention.end, name.start)), [])
        one = speaker.kind == "person" or _ONE_OF.match(self.text, *mention)
        kind = "person" if one else "organisation"
        return speaker._replace(name=name.text, kind=kind, probability=max(speaker.probability, 0.3) + 0.05)

    def _words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _read_subjects(self, until: int) -> None:
        """Take in the subjects of the reporter's sentences up to an offset."""
        while self.read < len(self.own) and self.own[self.read].start < until:
            sentence = self.own[self.read]
            subject = None if _QUESTION.match(self.text, sentence.start) else self.mentions.subject(sentence)
            if subject:
                self._see(subject)
            self.read += 1

    def _does(self, cue: Span | None) -> Speaker | None:
        noun = who_does(self.mentions, cue) if cue else None
        return self._see(Span(noun.start, noun.end)) if noun else None

    def _subject_of(self, cue: Span | None) -> Speaker | None:
        """Whoever the cue's own sentence is about."""
        if cue is None or not self.seen:
            return None
        start = self.own[self.read - 1].start if self.read else 0
        return next((speaker for at, speaker, _ in self._lately() if start <= at < cue.start), None)

    def _speaker_before(self, start: int) -> Speaker:
        """Whose words stand in a quotation without a cue: the paragraph before tells."""
        here = bisect.bisect_right(self.paragraphs, start) - 1
        while here > 1 and _QUESTION.match(self.text, self.paragraphs[here - 1]):
            here -= 1
            start = self.paragraphs[here]
        since = self.paragraphs[max(here - 1, 0)]
        if self.spoken and self.spoken[-1][0] >= since:
            return self.spoken[-1][1]
        person = likeliest(self.people, self.own, self.said, self.text, start, "")
        if person and person.start >= since:
            return self._who(person)
        introduced = next((speaker for at, speaker, _ in self._lately() if since <= at < start), None)
        return introduced or self._last_speaker()

    def _last_speaker(self) -> Speaker:
        named = (speaker for _, speaker, _ in self._lately() if speaker.kind == "person")
        return self.spoken[-1][1] if self.spoken else next(named, Speaker(UNKNOWN, OTHER, "person", "", None, 0.1))

    def _lately(self) -> list[tuple[int, Speaker, str]]:
        """Speakers and subjects seen, the latest first."""
        return self.seen[: -_BACK - 1 : -1]

    def _resolve(self, mention: Span) -> Speaker:
        words = self._words(mention)
        listed = self._listed(mention)
        if listed:
            return listed
        if is_pronoun(words):
            person = self._person(mention) if "," in words else None  # "one, Ada Blum,"
            return person or self._antecedent(mention)
        names = self.mentions.names(*mention)
        whose = author(words)
        owner = whose and Span(mention.start + whose[0], mention.start + whose[1])
        person = self._person(mention)
        if person:
            return person
        if owner and _SPEAKING_FOR.match(words):
            return self._speaking_for(self._resolve(owner), mention)
        post = owner and any(r.start < owner.end < r.end for r in self.mentions.roles(*mention))
        if owner and not post and (self.mentions.roles(*owner) or self.mentions.names(*owner)):
            return self._speaking_for(self._resolve(owner), mention)
        return self._described(mention, names)

    def _speaking_for(self, owner: Speaker, mention: Span) -> Speaker:
        """Tell a person's spokesman from the person; an organisation's speaks as the organisation."""
        speaking = _SPEAKING.search(self.text, *mention)
        if owner.kind != "person" or not speaking or (" " not in owner.name and owner.evidence is None):
            return owner
        words = bare(self._words(mention))
        possessed = re.search(r"['’]s ", words)
        name = words if possessed else f"{owner.name}'s {speaking.group().lower()}"
        return owner._replace(name=name[:1].upper() + name[1:], gender=gender(speaking.group()))

    def _listed(self, mention: Span) -> Speaker | None:
        words = self._words(mention)
        name = self.known.canonical(bare(cut(words))) or self.known.canonical(words)
        names = self.mentions.names(*mention)
        people = [found for found in names if found.kind == "person"]
        for found in reversed(people or names):
            behind = self.text[found.end : mention.end].strip(" ,’'s")
            if name is None and (found.kind != "organisation" or not behind or author(f"it {behind}")):
                name = self.known.canonical(found.text)
        if name is None:
            return None
        kind = "person"
        if name not in self.mentions.people.values():
            roles = self.mentions.roles(*mention)
            kind = roles[-1].kind.replace("office", "person") if roles else "organisation"
        return Speaker(name, self.known.listed_group(name), kind, gender(words), mention, LISTED)

    def _person(self, mention: Span) -> Speaker | None:
        head = head_name(self.mentions, mention)
        name = None
        if head and head.kind == "person":
            name = head.text
        elif head and head.kind == "surname":
            name = self.mentions.people.get(head.text.lower()) or self.known.full_name(head.text)
            before = self.mentions.roles(mention.start, head.start)
            titled = gender(self.text[mention.start : head.start]) or (before and before[-1].end > head.start - 3)
            alone = self.text[mention.start : head.start].rstrip()[-1:] in ("", ",")
            name = name or (head.text if titled or alone else None)
        if not name:
            return None
        name = self.known.canonical(name) or (name.title() if name.isupper() else name)
        earlier = self.latest.get(name)
        group, evidence, probability = self._group_of_person(name, mention)
        if earlier and probability <= earlier.probability:
            group, evidence, probability = earlier.group, earlier.evidence, earlier.probability
        sex = gender(self._words(mention)) or (earlier.gender if earlier else "")
        return Speaker(name, group, "person", sex, evidence, probability)

    def _group_of_person(self, name: str, mention: Span) -> tuple[str, Span | None, float]:
        group = self.known.listed_group(name)
        if group:
            return group, mention, LISTED
        role = self.mentions.role_in(mention) or self.mentions.introduction(surname(name))
        return (role.group, Span(role.start, role.end), BY_ROLE) if role else (OTHER, None, 0.3)

    def _described(self, mention: Span, names: list[Name]) -> Speaker:
        """Somebody called by a noun: "the mayor", "A resident", "the union"."""
        words = cut(self._words(mention))
        head = Span(mention.start, mention.start + len(words))
        roles = self.mentions.roles(*head)
        whose = _WHOSE.fullmatch(words)
        if whose:
            pronoun = Span(mention.start, mention.start + whose.end(1))
            return self._he_or_she(pronoun, SEXES[whose[1].lower()])
        called = self._called(mention, head)
        if called:
            return self._resolve(called)
        if re.match(r"(?:the|that|this|his|her|their|its)\s", words, re.IGNORECASE) and not names:
            earlier = self._said_before(words, roles)
            if earlier:
                return earlier
        holder = self._holder(words, roles) or self._represented(words) or self._organisation_before(words, roles) or self._described_again(mention, words, roles)
        if holder:
            return holder
        named = named_whole(self.mentions, mention)
        name = named.text if named else self._noun(mention, words, roles)
        name = name.title() if name.isupper() and " " in name else name[:1].upper() + name[1:]
        headed = (r for r in roles if r.kind == "people" and _PLACE.match(self.text, r.end))
        wholes = [r for r in roles if r.kind == "organisation" and self.text[r.start].isupper()]
        headed = wholes[-1:] if names and names[-1].kind == "organisation" and wholes else [*headed, *roles[-1:]]
        role = self.mentions.role_in(head) or next(iter(headed), None)
        if role and role.kind == "document" and role.group == PROTESTERS:
            name = role.group.replace("_", " ").capitalize()
        name = self.known.canonical(name) or name
        if role is None and name in self.latest:
            return self.latest[name]
        group = self.known.listed_group(name) or (role.group if role else OTHER)
        evidence = Span(role.start, role.end) if role else None
        kind = role.kind.replace("office", "person") if role else ("organisation" if names else "people")
        return Speaker(name, group, kind, gender(words), evidence, BY_ROLE if role else 0.3)

    def _noun(self, mention: Span, words: str, roles: list[Role]) -> str:
        """Name somebody by their noun, without quantities, possessives and places: "Shopkeepers on the quay"."""
        noun = next((r for r in roles if r.kind in ("person", "people")), None)
        goes_on = noun and noun.kind == "people" and not any(r.start == noun.end + 1 for r in roles)
        verb = goes_on and _LOWER.match(self.text, noun.end, mention.end)
        if verb or (noun and _PLACE.match(self.text, noun.end, mention.end)):
            words = self.text[mention.start : noun.end]
        name = bare(words).strip(" .,;:'\"“”") or words
        return name

    def _holder(self, words: str, roles: list[Role]) -> Speaker | None:
        """Whoever the article names with the office of "the governor"."""
        if len(roles) != 1 or roles[0].kind != "person" or bare(words).lower() != roles[0].word:
            return None
        definite = bare(words) == words or words.lower().startswith("the ")
        name = self.mentions.holder(roles[0]) if definite else None
        return self._person(Span(name.start, name.end)) if name else None

    def _organisation_before(self, words: str, roles: list[Role]) -> Speaker | None:
        """The organisation named last that "the committee" or "the company" can mean."""
        if not words.lower().startswith("the ") or len(roles) != 1 or roles[0].kind != "organisation":
            return None
        noun = roles[0].word
        if bare(words).lower() != noun:
            return None
        before = self.mentions.names(max(0, roles[0].start - _NAMED_BEFORE), roles[0].start)
        name = next((n for n in reversed(before) if noun in n.text.lower().split()), None)
        if name:
            return self._resolve(Span(name.start, name.end))
        lately = self._lately()[:_NEAR] if noun in _GENERIC else []
        return next((speaker for _, speaker, _ in lately if self._may_be_organisation(speaker)), None)

    def _represented(self, words: str) -> Speaker | None:
        """The organisation named last speaks through "a spokesman"; through "the minister's" nobody else."""
        if not _SPEAKING.fullmatch(bare(words)):
            return None
        lately = self._lately()[:_NEAR]
        return next((speaker for _, speaker, _ in lately if self._may_be_organisation(speaker)), None)

    def _may_be_organisation(self, speaker: Speaker) -> bool:
        named = speaker.name[:1].isupper() and speaker.name != UNKNOWN
        untold = speaker.kind == "person" and " " in speaker.name and may_be_no_person(self.people, speaker.name)
        return named and (speaker.kind == "organisation" or (untold and speaker.evidence is None))

    def _described_again(self, mention: Span, words: str, roles: list[Role]) -> Speaker | None:
        """Whoever "the dental nurse" or "the 43-year-old" was called by name just before."""
        ends = roles and roles[-1].end == mention.start + len(words)
        if not words.lower().startswith("the ") or not (ends or _AGED.search(words)):
            return None
        if any(role.group not in (PUBLIC, OTHER) or role.kind != "person" for role in roles):
            return None
        person = likeliest(self.people, self.own, self.said, self.text, mention.start, gender(words))
        return self._who(person) if person and person.name else None

    def _called(self, mention: Span, head: Span) -> Span | None:
        """Where a noun is given its name: "the group, Stop The Burn," is Stop The Burn, of the noun's group."""
        named = [n for n in self.mentions.names(head.end, mention.end) if self.text[head.end : n.start].strip() == ","]
        roles = self.mentions.roles(*head)
        if not named or not roles:
            return None
        name = Span(named[0].start, named[0].end)
        evidence = Span(roles[-1].start, roles[-1].end)
        words = self._words(name)
        self.latest.setdefault(words, Speaker(words, roles[-1].group, "organisation", "", evidence, BY_ROLE))
        return name

    def _said_before(self, words: str, roles: list[Role]) -> Speaker | None:
        """Find the latest speaker or subject called by the same noun; a document is its author's."""
        heads = {role.word.split()[-1] for role in roles} or {words.split()[-1].lower()}
        heads |= {head.removesuffix("s") for head in heads}
        details = set(re.findall(r"[\w-]+", bare(words).lower())) - heads
        if roles and roles[-1].kind == "document":
            return self.spoken[-1][1] if self.spoken else None
        for _, speaker, mention in self._lately():
            called = set(re.findall(r"[\w-]+", f"{mention} {speaker.name}".lower()))
            alone = speaker.kind == "person" and roles and roles[-1].kind == "people"
            if heads & called and details <= called and not alone:
                return speaker
        return None

    def _antecedent(self, mention: Span) -> Speaker:
        pronoun = self._words(mention).split()[0].lower().strip(",")
        if pronoun in _RELATIVE:
            paragraph = self.text.rfind("\n", 0, mention.start) + 1
            named = [n for n in self.mentions.names(paragraph, mention.start) if n.kind == "person"]
            near = [r for r in self.mentions.roles(paragraph, mention.start) if r.kind in _RELATIVE[pronoun]]
            near = [r for r in near if not _AT_PLACE.search(self.text, r.start - 20, r.start)] or near
            if named or near:
                last = max([*named, *near], key=lambda one: one.end)
                whose = named and last is not named[-1] and _APPOSED.fullmatch(self.text, named[-1].end, last.start)
                last = named[-1] if whose else last  # "Tom Ash, a priest who"
                return self._resolve(Span(last.start, last.end))
        if pronoun in _INDEFINITE:
            return self._others()
        sex = SEXES.get(pronoun, "")
        several, anybody = ("people", "audience", "organisation"), ("people", "organisation", "document", "person")
        kinds = {"it": (("organisation", "document"),), "they": (several, anybody)}
        kinds |= dict.fromkeys(("another", "one"), (anybody,))
        if sex:
            return self._he_or_she(mention, sex)
        for fitting in kinds.get(pronoun, (("person",),)):
            for _, speaker, _ in self._lately()[:_NEAR]:
                if speaker.kind in fitting or (pronoun == "it" and self._may_be_organisation(speaker)):
                    return speaker
        return self._last_speaker()

    def _he_or_she(self, pronoun: Span, sex: str) -> Speaker:
        who = likeliest(sorted(self.people + self.heard), self.own, self.said, self.text, pronoun.start, sex)
        if who is None:
            return self._last_speaker()
        return self._who(who)._replace(gender=sex)

    def _who(self, person: Person) -> Speaker:
        place = Span(person.start, person.end)
        return self.latest.get(person.name) or self._named(place) or self._resolve(place)

    def _others(self) -> Speaker:
        """Take "others" for the people spoken of last; one protester's others are protesters."""
        for _, speaker, _ in self._lately():
            if speaker.kind in ("people", "audience"):
                return speaker
            if speaker.kind == "person" and speaker.group == PROTESTERS:
                break
        return _CROWD


def _outside(found: list[Span], quoted: list[Quotation]) -> list[Span]:
    """Sentences that do not begin inside a quotation."""
    starts = [q.start for q in quoted]
    before = [bisect.bisect_right(starts, span.start) - 1 for span in found]
    return [span for span, at in zip(found, before, strict=True) if at < 0 or quoted[at].end <= span.start]
