"""One article read from top to bottom: whom each mention means."""

import bisect
import re
from typing import TYPE_CHECKING

from analysis.bearers import is_borne, on_sign
from analysis.discourse import CROWD, Discourse
from analysis.heads import who_does
from analysis.mentions import Mentions
from analysis.resolving import Resolver
from analysis.settling import BY_ROLE, Speaker
from analysis.sides import OTHER, PUBLIC
from analysis.speech import PASSIVE
from analysis.statements import Statement
from analysis.text import Quotation, Span, paragraphs, sentences

if TYPE_CHECKING:
    from analysis.speakers import Speakers

_QUESTION = re.compile(r"[QA]\W? ")  # of an interview set as questions and answers
_CHANT = re.compile(r"\b[Cc]hant(?:s|ing|ed)?\b")


class Reading:
    """One article read from top to bottom."""

    def __init__(self, speakers: "Speakers", text: str, quoted: list[Quotation]):
        self.text = text
        self.mentions = Mentions(text, *speakers.read(text), speakers.listed_group)
        self.paragraphs = [paragraph.start for paragraph in paragraphs(text)]
        self.interviews = _interviews(text, self.paragraphs)
        self.sentences = sentences(text)
        self.own = _outside(self.sentences, quoted)  # the reporter's
        self.read = 0  # how many of the sentences have been read
        self.so_far = Discourse(self.mentions, self.own, quoted)
        self.resolver = Resolver(speakers, self.mentions, self.so_far)

    def speaker_of(self, statement: Statement) -> Speaker:
        """Name the speaker of the next statement; statements come in the order of their first offsets."""
        first = min(s.start for s in (*statement.content, *filter(None, (statement.cue, statement.source))))
        self._read_subjects(first)
        self.so_far.begin(statement)
        cue, start = statement.cue, statement.content[0].start
        if statement.source is None and cue and PASSIVE.search(self.text, max(0, cue.start - 40), cue.start):
            start = self.own[self.read - 1].start if self.read else start
            speaker = self._speaker_before(start)  # the sentence's own subject is told, and tells nothing
        elif statement.source is None and cue and _CHANT.search(self.text, *cue):
            speaker = self._does(cue) or CROWD
        elif statement.source is None and cue is None and on_sign(self.text, start):
            speaker = CROWD
        elif statement.source is None:
            speaker = self._does(cue) or self._subject_of(cue) or self._speaker_before(start)
        elif cue and is_borne(self.mentions, statement.source, cue):
            speaker = CROWD
            self.so_far.see(statement.source.start, speaker, self.text[statement.source.start : statement.source.end])
        else:
            speaker = self.resolver.see(statement.source)
        speaker = self._of_audience(speaker, statement.cue)
        self.so_far.spoke(statement, speaker)
        return speaker

    def _of_audience(self, speaker: Speaker, cue: Span | None) -> Speaker:
        """Whoever tells the crowd something is taken for one of the crowd, unless the codebook lists the speaker."""
        near = self.mentions.roles(cue.end, cue.end + 25) if cue and speaker.group in (OTHER, PUBLIC) else []
        heard = next((r for r in near if r.kind == "audience" and r.start - cue.end <= 9), None)
        if heard is None or speaker.kind != "person":
            return speaker
        speaker = speaker._replace(group=heard.group, evidence=Span(heard.start, heard.end), probability=BY_ROLE)
        self.so_far.put_in_crowd(speaker)
        return speaker

    def _read_subjects(self, until: int) -> None:
        """Take in the subjects of the reporter's sentences up to an offset."""
        while self.read < len(self.own) and self.own[self.read].start < until:
            sentence = self.own[self.read]
            subject = None if _QUESTION.match(self.text, sentence.start) else self.mentions.subject(sentence)
            if subject:
                self.resolver.see(subject)
            self.read += 1

    def _does(self, cue: Span | None) -> Speaker | None:
        noun = who_does(self.mentions, cue) if cue else None
        return self.resolver.see(Span(noun.start, noun.end)) if noun else None

    def _subject_of(self, cue: Span | None) -> Speaker | None:
        """Whoever the cue's own sentence is about."""
        start = self.own[self.read - 1].start if self.read else 0
        return self.so_far.between(start, cue.start) if cue else None

    def _speaker_before(self, start: int) -> Speaker:
        """Whose words stand in a quotation without a cue: the paragraph before tells."""
        here = bisect.bisect_right(self.paragraphs, start) - 1
        if self.interviews[here] < here:
            here = self.interviews[here]
            start = self.paragraphs[here]
        since = self.paragraphs[max(here - 1, 0)]
        if self.so_far.spoken and self.so_far.spoken[-1][0] >= since:
            return self.so_far.last_speaker()
        person = self.so_far.person(start, "", introduced=True)
        if person and person.start >= since:
            return self.resolver.who(person)
        return self.so_far.between(since, start) or self.so_far.last_speaker()


def _interviews(text: str, paragraphs: list[int]) -> list[int]:
    """For each paragraph, the one that its questions and answers begin with; itself where it has none."""
    first = list(range(len(paragraphs)))
    for here in range(2, len(paragraphs)):
        if _QUESTION.match(text, paragraphs[here - 1]):
            first[here] = first[here - 1]
    return first


def _outside(found: list[Span], quoted: list[Quotation]) -> list[Span]:
    """Sentences that do not begin inside a quotation."""
    starts = [q.start for q in quoted]
    before = [bisect.bisect_right(starts, span.start) - 1 for span in found]
    return [span for span, at in zip(found, before, strict=True) if at < 0 or quoted[at].end <= span.start]
