"""From mention to named speaker and group, within an article and across articles."""

import bisect
import re
from collections.abc import Iterable
from typing import NamedTuple

from analysis.codebook import Codebook
from analysis.names import Name, Role, Roles, gender, names_in, surname
from analysis.statements import Statement
from analysis.text import Quotation, Span, paragraphs, sentences

UNKNOWN = "Unknown"
OTHER = "other"
_PRONOUN = re.compile(r"(?:he|she|they|it|who|those|these|him|her|them|we|i)\b(?:\s.*)?$", re.IGNORECASE | re.DOTALL)
_DETERMINER = re.compile(
    r"^(?:(?:a|an|the|one|another|some|several|many|most|two|three|four|five|six|other|more than \d+|about \d+|\d[\d,]*"
    r"|(?:hundreds|thousands|dozens|scores|a (?:group|handful|number|couple|crowd)|some|many|one|members?) of"
    r"|his|her|their|its|this|that|these|those|both|few|a few)\s+)+",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\s+(?:who|that|which|whose|wearing|holding|carrying|standing|outside|inside|in \d|issued|signed|posted|released)\b.*|\s*[,(–—].*|\s+-\s.*",
    re.DOTALL,
)
_DOCUMENT = re.compile(
    r"(?:(?P<owner>.+?)\s+)?(?:press |media |written |joint )?(?:statement|release|letter|note|email|e-mail|tweet|post|website|petition"
    r"|spokes(?:man|woman|person)|representatives?)(?:\s+.*?\b(?:of|from|by|for)\s+(?P<by>.+))?$",
    re.IGNORECASE | re.DOTALL,
)


class Speaker(NamedTuple):
    """Who makes a statement: canonical name, group, and the words that tell the group."""

    name: str
    group: str
    kind: str
    gender: str
    evidence: Span | None
    probability: float


class Speakers:
    """Resolves the mentions of one corpus: the codebook's names, and the full names seen in any article."""

    def __init__(self, codebook: Codebook, texts: Iterable[str] = ()):
        self.roles = Roles(codebook.roles)
        self._groups = dict(zip(codebook.speakers["name"], codebook.speakers["group"], strict=True))
        self._aliases = {
            alias.casefold(): row.name
            for row in codebook.speakers.itertuples(index=False)
            for alias in (row.name, *row.aliases)
        }
        self._people: dict[str, set[str]] = {}
        for text in texts:
            for name in names_in(text, self.roles):
                if name.kind == "person":
                    self._people.setdefault(surname(name.text), set()).add(name.text)

    def resolve(self, text: str, statements: list[Statement], quoted: list[Quotation]) -> list[Speaker]:
        """Name the speaker of each statement of an article.

        Titles and ranks are dropped, surnames completed from the article, then from the other articles
        where only one person has it; pronouns and "the …" go to the latest fitting speaker or sentence
        subject; a statement without a mention belongs to the paragraph before.

        Parameters
        ----------
        text : str
            The article.
        statements : list of Statement
            In order of first offset.
        quoted : list of Quotation
            Subjects inside quotation marks are nobody's antecedent.

        Returns
        -------
        list of Speaker
            One a statement. ``probability`` is a fixed figure by kind of evidence (codebook, role word,
            none), not a measured one.
        """
        reading = _Reading(self, text, quoted)
        return [reading.speaker_of(statement) for statement in statements]

    def canonical(self, name: str) -> str | None:
        """The codebook's name for an alias, None if it lists none."""
        return self._aliases.get(name.casefold())

    def full_name(self, last: str) -> str | None:
        """The only full name in the corpus that ends in a surname."""
        found = self._people.get(last.lower(), set())
        return next(iter(found)) if len(found) == 1 else None

    def group_of(self, name: str) -> str | None:
        """The group that the codebook gives a canonical name."""
        return self._groups.get(name)


class _Reading:
    """One article read from top to bottom; ``seen`` holds the speakers and subjects met so far."""

    def __init__(self, speakers: Speakers, text: str, quoted: list[Quotation]):
        self.known, self.text = speakers, text
        self.paragraphs = paragraphs(text)
        self.names, self.roles = names_in(text, speakers.roles), speakers.roles.find(text)
        self.starts = {id(found): [one.start for one in found] for found in (self.names, self.roles)}
        self.people = {surname(n.text): n.text for n in reversed(self.names) if n.kind == "person"}
        self.introduced: dict[str, Role | None] = {}
        self.seen: list[tuple[int, Speaker, str]] = []
        self.spoken: list[tuple[Span, Speaker]] = []
        self.sentences = _outside(sentences(text), quoted)
        self.read = 0  # how many of the sentences have been read

    def speaker_of(self, statement: Statement) -> Speaker:
        first = min(s.start for s in (*statement.content, *filter(None, (statement.cue, statement.source))))
        self._read_subjects(first)
        if statement.source is None:
            speaker = self._subject_of(statement.cue) or self._speaker_before(statement)
        else:
            speaker = self._resolve(statement.source)
            self.seen.append((statement.source.start, speaker, self._words(statement.source)))
        self.spoken.append((statement.content[-1], speaker))
        return speaker

    def _inside(self, found: list, start: int, end: int) -> list:
        """Names or roles that lie wholly in ``text[start:end]``."""
        starts = self.starts[id(found)]
        part = found[bisect.bisect_left(starts, start) : bisect.bisect_left(starts, end)]
        return [one for one in part if one.end <= end]

    def _words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _read_subjects(self, until: int) -> None:
        """Take in the subjects of the reporter's sentences up to an offset."""
        while self.read < len(self.sentences) and self.sentences[self.read].start < until:
            sentence = self.sentences[self.read]
            subject = self._subject(sentence)
            if subject:
                self.seen.append((sentence.start, self._resolve(subject), self._words(subject)))
            self.read += 1

    def _subject(self, sentence: Span) -> Span | None:
        start = self._after_opening(sentence)
        head = Span(start, min(sentence.end, start + 90))
        names = [n for n in self._inside(self.names, *head) if n.kind == "person" or n.text.lower() in self.people]
        roles = [r for r in self._inside(self.roles, *head) if r.kind != "office"]
        parts = sorted([*names, *self._inside(self.roles, *head)], key=lambda m: m.start)
        first = next((part for part in parts if part in names or part in roles), None)
        if first is None or len(self.text[start : first.start].split()) > 4:
            return None
        end = first.end
        for part in parts:
            if part.start - end <= 1:
                end = max(end, part.end)
        return Span(start if first.start - start < 25 else first.start, end)

    def _after_opening(self, sentence: Span) -> int:
        """Where a sentence goes on after an opening such as "As of 7pm," that names nobody."""
        comma = self.text.find(", ", sentence.start, min(sentence.end, sentence.start + 45))
        if comma < 0 or self._inside(self.roles, sentence.start, comma):
            return sentence.start
        named = any(name.kind == "person" for name in self._inside(self.names, sentence.start, comma))
        return sentence.start if named else comma + 2

    def _subject_of(self, cue: Span | None) -> Speaker | None:
        """Whoever the cue's own sentence is about."""
        if cue is None or not self.seen:
            return None
        start = self.sentences[self.read - 1].start if self.read else 0
        return next((speaker for at, speaker, _ in reversed(self.seen) if start <= at < cue.start), None)

    def _speaker_before(self, statement: Statement) -> Speaker:
        """Whose words stand in a quotation without a cue: the paragraph before tells."""
        start = statement.content[0].start
        here = next(i for i, p in enumerate(self.paragraphs) if p.start <= start < p.end)
        since = self.paragraphs[max(here - 1, 0)].start
        recent = [speaker for span, speaker in self.spoken if span.start >= since]
        introduced = [speaker for at, speaker, _ in self.seen if since <= at < start]
        if recent or introduced:
            return (recent or introduced)[-1]
        return self.spoken[-1][1] if self.spoken else Speaker(UNKNOWN, OTHER, "person", "", None, 0.1)

    def _resolve(self, mention: Span) -> Speaker:
        words = self._words(mention)
        listed = self._listed(mention)
        if listed:
            return listed
        if _PRONOUN.match(words):
            return self._antecedent(mention)
        names = self._inside(self.names, *mention)
        person = self._person(mention, names)
        if person:
            return person
        document = _DOCUMENT.fullmatch(words)
        if document and (document["by"] or document["owner"]):
            part = "by" if document["by"] else "owner"
            owner = Span(mention.start + document.start(part), mention.start + document.end(part))
            if self._inside(self.roles, *owner) or self._inside(self.names, *owner):
                return self._resolve(owner)
        return self._described(mention, names)

    def _listed(self, mention: Span) -> Speaker | None:
        bare = _DETERMINER.sub("", _cut(self._words(mention)))
        name = self.known.canonical(bare) or self.known.canonical(self._words(mention))
        for found in reversed(self._inside(self.names, *mention)):
            last_part = self.text[found.end : mention.end].strip(" ,’'s")
            if name is None and (
                found.kind != "organisation"
                or not last_part
                or last_part in ("statement", "spokesman", "spokesperson", "spokeswoman")
            ):
                name = self.known.canonical(found.text)
        if name is None:
            return None
        group = self.known.group_of(name) or OTHER
        kind = "person" if name in self.people.values() else self._kind(mention, "organisation")
        return Speaker(name, group, kind, gender(self._words(mention)), mention, 0.95)

    def _kind(self, mention: Span, default: str) -> str:
        roles = self._inside(self.roles, *mention)
        return roles[-1].kind.replace("office", "person") if roles else default

    def _person(self, mention: Span, names: list[Name]) -> Speaker | None:
        head = mention.start + len(_cut(self._words(mention)))
        names = [n for n in names if n.start < head] or names
        if names and self._inside(self.roles, names[-1].end, head):
            return None
        full = [n for n in names if n.kind == "person"]
        if full:
            name = full[-1].text
        else:
            last = next((n for n in reversed(names) if n.kind == "surname"), None)
            name = last and (self.people.get(last.text.lower()) or self.known.full_name(last.text))
            titled = last and gender(self.text[mention.start : last.start])
            alone = last and last.end - last.start >= mention.end - mention.start - 2
            name = name or (last.text if last and (titled or alone) else None)
        if not name:
            return None
        name = self.known.canonical(name) or name
        earlier = next((s for _, s, _ in reversed(self.seen) if s.name == name), None)
        group, evidence, probability = self._group_of_person(name, mention)
        if earlier and probability < earlier.probability:
            group, evidence, probability = earlier.group, earlier.evidence, earlier.probability
        sex = gender(self._words(mention)) or (earlier.gender if earlier else "")
        return Speaker(name, group, "person", sex, evidence, probability)

    def _group_of_person(self, name: str, mention: Span) -> tuple[str, Span | None, float]:
        group = self.known.group_of(name)
        if group:
            return group, mention, 0.95
        role = self._role_in(mention) or self._introduction(surname(name))
        return (role.group, Span(role.start, role.end), 0.8) if role else (OTHER, None, 0.3)

    def _introduction(self, last: str) -> Role | None:
        """The role that stands by a surname at its first mention with one."""
        if last not in self.introduced:
            places = [name for name in self.names if surname(name.text) == last]
            roles = (self._role_in(self._around(name.start, name.end)) for name in places)
            self.introduced[last] = next(filter(None, roles), None)
        return self.introduced[last]

    def _around(self, start: int, end: int) -> Span:
        """A name with the title before it and the apposition after it."""
        before = re.search(r"(?:[\w’'&-]+ ){0,6}$", self.text[max(0, start - 80) : start])
        after = re.match(r"(?:, [^.;\"“”\n]{2,90})?", self.text[end : end + 100])
        return Span(start - len(before.group()), end + after.end())

    def _role_in(self, span: Span) -> Role | None:
        """The role nearest to a name; an office takes the group of its organisation where one is named."""
        roles = self._inside(self.roles, *span)
        heads = [r for r in roles if r.kind in ("person", "office")]
        if not heads:
            return None
        head = heads[0]
        if head.kind == "office":
            near = Span(max(span.start, head.start - 40), min(span.end, head.end + 50))
            for name in self._inside(self.names, *near):
                listed = self.known.canonical(name.text)
                if listed and self.known.group_of(listed):
                    return Role(name.start, name.end, name.text, self.known.group_of(listed), "organisation")
            owners = [r for r in roles if r.kind in ("organisation", "people")]
            return min(owners, key=lambda r: abs(r.start - head.start), default=head)
        return head

    def _described(self, mention: Span, names: list[Name]) -> Speaker:
        """Somebody called by a noun: "the mayor", "A resident", "the union"."""
        words = _cut(self._words(mention))
        roles = self._inside(self.roles, mention.start, mention.start + len(words))
        definite = re.match(r"(?:the|that|this|his|her|their|its)\s", words, re.IGNORECASE)
        if definite:
            earlier = self._said_before(words, roles, proper=bool(names))
            if earlier:
                return earlier
        name = _DETERMINER.sub("", words).strip(" .,;:'\"“”") or words
        name = name[:1].upper() + name[1:]
        role = self._role_in(Span(mention.start, mention.start + len(words))) or (roles[-1] if roles else None)
        if role and role.kind == "document" and role.group != OTHER:
            name = role.group.replace("_", " ").capitalize()
        name = self.known.canonical(name) or name
        group = self.known.group_of(name) or (role.group if role else OTHER)
        evidence = Span(role.start, role.end) if role else None
        kind = role.kind.replace("office", "person") if role else ("organisation" if names else "people")
        return Speaker(name, group, kind, gender(words), evidence, 0.8 if role else 0.3)

    def _said_before(self, words: str, roles: list[Role], proper: bool) -> Speaker | None:
        """The latest speaker or subject called by the same noun."""
        if proper:
            return None
        heads = {r.word for r in roles} or {words.split()[-1].lower()}
        heads |= {head.removesuffix("s") for head in heads}
        for _, speaker, mention in reversed(self.seen):
            called = set(re.findall(r"[\w-]+", f"{mention} {speaker.name}".lower()))
            if heads & called:
                return speaker
        return None

    def _antecedent(self, mention: Span) -> Speaker:
        pronoun = self._words(mention).split()[0].lower()
        if pronoun in ("who", "those", "these"):
            sentence = self.text.rfind("\n", 0, mention.start) + 1
            near = [r for r in self._inside(self.roles, sentence, mention.start) if r.kind in ("person", "people")]
            if near:
                return self._resolve(Span(near[-1].start, near[-1].end))
        sex = {"he": "male", "him": "male", "she": "female", "her": "female"}.get(pronoun, "")
        kinds = {"it": ("organisation", "document"), "they": ("people", "organisation", "document", "person")}
        for at, speaker, words in reversed(self.seen):
            if speaker.kind in kinds.get(pronoun, ("person",)) and not (sex and speaker.gender not in ("", sex)):
                if sex and not speaker.gender:
                    speaker = speaker._replace(gender=sex)
                    self.seen.append((at, speaker, words))
                return speaker
        return self.spoken[-1][1] if self.spoken else Speaker(UNKNOWN, OTHER, "person", sex, None, 0.1)


def _outside(found: list[Span], quoted: list[Quotation]) -> list[Span]:
    """Sentences that do not begin inside a quotation."""
    starts = [q.start for q in quoted]
    before = [bisect.bisect_right(starts, span.start) - 1 for span in found]
    return [span for span, at in zip(found, before, strict=True) if at < 0 or quoted[at].end <= span.start]


def _cut(words: str) -> str:
    """Drop relative clauses and what follows a comma."""
    return _CUT.sub("", words).strip() or words
