"""From a mention to the speaker it means: by name, by noun, by pronoun."""

import re
from typing import TYPE_CHECKING

from analysis.antecedents import SEXES, Person
from analysis.discourse import Discourse
from analysis.heads import given_name, head_name, named_whole, whole
from analysis.mentions import Mentions
from analysis.names import Name, Role, gender
from analysis.noun_phrases import author, bare, cut, is_pronoun
from analysis.settling import BY_ROLE, LISTED, Speaker
from analysis.sides import OTHER, PROTESTERS, PUBLIC
from analysis.text import Span

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
_NAMED_BEFORE = 1500  # characters back
_GENERIC = frozenset("company firm force committee agency association charity group organisation organization".split())
_WHOSE = re.compile(
    r"(his|her) (?:\w+['’]s )?(?:office|campaign|accounts?|page|posts?|counts?|calculations?|figures|estimates?|team)",
    re.IGNORECASE,
)
_AGED = re.compile(r"\d-year-old\b")


class Resolver:
    """Resolves the mentions of one article, in their order; ``so_far`` holds what has been read of it."""

    def __init__(self, known: "Speakers", mentions: Mentions, so_far: Discourse):
        self.known, self.mentions, self.so_far = known, mentions, so_far
        self.text = mentions.text

    def see(self, mention: Span) -> Speaker:
        """Resolve a mention, and remember whom it means."""
        mention = whole(self.mentions, mention)
        speaker = self._listed(mention) or self._named(mention) or self._unlisted(mention)
        self.so_far.see(mention.start, speaker, self._words(mention))
        return speaker

    def _named(self, mention: Span) -> Speaker | None:
        """Take the name that a description is given: "a coalition calling itself Stop The Burn"."""
        name = given_name(self.mentions, mention)
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

    def _resolve(self, mention: Span) -> Speaker:
        return self._listed(mention) or self._unlisted(mention)

    def _unlisted(self, mention: Span) -> Speaker:
        words = self._words(mention)
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
        earlier = self.so_far.latest.get(name)
        group, evidence, probability = self._group_of_person(name, mention)
        if earlier and probability <= earlier.probability:
            group, evidence, probability = earlier.group, earlier.evidence, earlier.probability
        sex = gender(self._words(mention)) or (earlier.gender if earlier else "")
        return Speaker(name, group, "person", sex, evidence, probability)

    def _group_of_person(self, name: str, mention: Span) -> tuple[str, Span | None, float]:
        group = self.known.listed_group(name)
        if group:
            return group, mention, LISTED
        role = self.mentions.role_in(mention) or self.mentions.introduction(name)
        return (role.group, Span(role.start, role.end), BY_ROLE) if role else (OTHER, None, 0.3)

    def _described(self, mention: Span, names: list[Name]) -> Speaker:
        """Somebody called by a noun: "the mayor", "A resident", "the union"."""
        words = cut(self._words(mention))
        head = Span(mention.start, mention.start + len(words))
        roles = self.mentions.roles(*head)
        whose = _WHOSE.fullmatch(words)
        if whose:
            pronoun = Span(mention.start, mention.start + whose.end(1))
            return self._he_or_she(pronoun, SEXES.get(whose[1].lower(), ""))
        called = self._called(mention, head)
        if called:
            return self._resolve(called)
        if re.match(r"(?:the|that|this|his|her|their|its)\s", words, re.IGNORECASE) and not names:
            earlier = self.so_far.said_before(words, roles)
            if earlier:
                return earlier
        meant = (
            self._holder(words, roles)
            or (self.so_far.organisation() if _SPEAKING.fullmatch(bare(words)) else None)
            or self._organisation_before(words, roles)
            or self._described_again(mention, words, roles)
        )
        if meant:
            return meant
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
        if role is None and name in self.so_far.latest:
            return self.so_far.latest[name]
        group = self.known.listed_group(name) or (role.group if role else OTHER)
        evidence = Span(role.start, role.end) if role else None
        kind = role.kind.replace("office", "person") if role else ("organisation" if names else "people")
        return Speaker(name, group, kind, gender(words), evidence, BY_ROLE if role else 0.3)

    def _noun(self, mention: Span, words: str, roles: list[Role]) -> str:
        """Name somebody by their noun, without quantities, possessives and places: "Shopkeepers on the quay"."""
        counted = mention.start + len(words) - len(bare(words))  # "Groups of" residents
        noun = next((r for r in roles if r.kind in ("person", "people") and r.start >= counted), None)
        goes_on = noun and noun.kind == "people" and not any(r.start == noun.end + 1 for r in roles)
        verb = goes_on and _LOWER.match(self.text, noun.end, mention.end)
        if verb or (noun and _PLACE.match(self.text, noun.end, mention.end)):
            words = self.text[mention.start : noun.end]
        return bare(words).strip(" .,;:'\"“”") or words

    def _holder(self, words: str, roles: list[Role]) -> Speaker | None:
        """Whoever the article names with the office of "the governor"."""
        if len(roles) != 1 or roles[0].kind != "person" or bare(words).lower() != roles[0].word:
            return None
        definite = bare(words) == words or words.lower().startswith("the ")
        name = self.mentions.holder(roles[0]) if definite else None
        return self._person(Span(name.start, name.end)) if name else None

    def _organisation_before(self, words: str, roles: list[Role]) -> Speaker | None:
        """Find the organisation named last that "the committee" or "the company" can mean."""
        if not words.lower().startswith("the ") or len(roles) != 1 or roles[0].kind != "organisation":
            return None
        noun = roles[0].word
        if bare(words).lower() != noun:
            return None
        before = self.mentions.names(max(0, roles[0].start - _NAMED_BEFORE), roles[0].start)
        name = next((n for n in reversed(before) if noun in n.text.lower().split()), None)
        if name:
            return self._resolve(Span(name.start, name.end))
        return self.so_far.organisation() if noun in _GENERIC else None

    def _described_again(self, mention: Span, words: str, roles: list[Role]) -> Speaker | None:
        """Whoever "the dental nurse" or "the 43-year-old" was called by name just before."""
        ends = roles and roles[-1].end == mention.start + len(words)
        if not words.lower().startswith("the ") or not (ends or _AGED.search(words)):
            return None
        if any(role.group not in (PUBLIC, OTHER) or role.kind != "person" for role in roles):
            return None
        person = self.so_far.person(mention.start, gender(words), introduced=True)
        return self.who(person) if person and person.name else None

    def _called(self, mention: Span, head: Span) -> Span | None:
        """Where a noun is given its name: "the group, Stop The Burn," is Stop The Burn, of the noun's group."""
        named = [n for n in self.mentions.names(head.end, mention.end) if self.text[head.end : n.start].strip() == ","]
        roles = self.mentions.roles(*head)
        if not named or not roles:
            return None
        name = Span(named[0].start, named[0].end)
        evidence = Span(roles[-1].start, roles[-1].end)
        words = self._words(name)
        self.so_far.latest.setdefault(words, Speaker(words, roles[-1].group, "organisation", "", evidence, BY_ROLE))
        return name

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
            return self.so_far.others()
        sex = SEXES.get(pronoun)
        return self._he_or_she(mention, sex) if sex else self.so_far.meant(pronoun)

    def _he_or_she(self, pronoun: Span, sex: str) -> Speaker:
        who = self.so_far.person(pronoun.start, sex)
        return self.who(who)._replace(gender=sex) if who else self.so_far.last_speaker()

    def who(self, person: Person) -> Speaker:
        """Take somebody found by place as a speaker."""
        place = Span(person.start, person.end)
        speaker = self.so_far.latest.get(person.name) or self._listed(place)
        return speaker or self._named(place) or self._unlisted(place)
