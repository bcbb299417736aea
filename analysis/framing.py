"""What the reporter adds around the quotes: how words are introduced, and loaded or scare-quoted words.

Framing is a layer of its own: nothing here reads the content of a statement, and no sentiment or stance is drawn
from it.
"""

import bisect
import itertools
import re
from typing import NamedTuple

from analysis.codebook import Codebook, compile_phrases, find_phrases, phrase_pattern, verb_forms
from analysis.names import Roles
from analysis.text import Quotation, Span, sentences

CUE, LOADED, SCARE_QUOTE, NAMED = "cue", "loaded", "scare_quote", "named"
NOT_CLASSED = "not_classed"
SCARE_WORDS = 4  # a longer quotation with no speaker is rather a statement that was missed
_MENTION_KINDS = ("person", "people", "organisation", "office")
_ACCORDING = re.compile(r"according\b", re.IGNORECASE)
_WORD = re.compile(r"\w+(?:[-’']\w+)*")


class Frame(NamedTuple):
    """One thing that the reporter adds, and the speaker group that it stands nearest to.

    ``kind`` and ``label``: ``cue`` (class of the reporting verb), ``loaded`` (direction of the word),
    ``scare_quote`` or ``named`` (no label: the group's first mention in a sentence of the narrative). ``evidence``
    is the verb of a cue, else the words that name the group.
    """

    span: Span
    kind: str
    label: str
    group: str
    evidence: Span


class Lexicon(NamedTuple):
    """What the codebook says of framing, compiled once."""

    verbs: re.Pattern
    classes: dict[str, str]
    loaded: dict[str, re.Pattern]
    roles: Roles
    names: re.Pattern
    groups: list[str]
    targets: list[tuple[str, re.Pattern, re.Pattern]]


def read_lexicon(codebook: Codebook) -> Lexicon:
    """Compile verb classes, loaded words, and what groups are called: role words, listed names, targets' aliases."""
    verb_class = dict(zip(codebook.verbs["verb"], codebook.verbs["class"], strict=True))
    classes = {form: verb_class[verb] for form, verb in verb_forms(codebook.verbs).items()}
    loaded = {
        direction: compile_phrases(tuple(itertools.chain(*rows)))
        for direction, rows in codebook.loaded.groupby("direction")["words"]
    }
    listed = [(name, row.group) for row in codebook.speakers.itertuples() for name in (row.name, *row.aliases)]
    listed.sort(key=lambda name: -len(name[0]))
    each = "|".join(f"({phrase_pattern(name)})" for name, _ in listed) or "(?!)"
    names = re.compile(rf"(?<!\w)(?:{each})")  # in the case in which they are listed: "Act" is a party, "act" is not
    targets = [
        (row.groups[0], compile_phrases(row.aliases), compile_phrases(row.exclude))
        for row in codebook.targets.itertuples()
        if row.groups
    ]
    groups = [group for _, group in listed]
    return Lexicon(compile_phrases(tuple(classes)), classes, loaded, Roles(codebook.roles), names, groups, targets)


def find_framing(
    text: str, cues: list[tuple[Span, str]], content: list[Span], quoted: list[Quotation], lexicon: Lexicon
) -> list[Frame]:
    """Find what the reporter of one article adds.

    Parameters
    ----------
    text : str
        The article.
    cues : list of (Span, str)
        The cue of each statement that has one, and the group of its speaker.
    content : list of Span
        All pieces of all statements: other people's words, which are not read.
    quoted : list of Quotation
        What stands in quotation marks; not read either.
    lexicon : Lexicon
        From `read_lexicon`.

    Returns
    -------
    list of Frame
        In order of the text. A loaded word or scare quote belongs to the group named nearest to it in the same
        sentence; where no group is named it is left out. A scare quote is a quotation of up to ``SCARE_WORDS``
        words that is part of no statement and no title ("Slice of Heaven"). Negation is not read.

    References
    ----------
    Recasens, M., Danescu-Niculescu-Mizil, C. and Jurafsky, D. (2013). Linguistic models for analyzing and
    detecting biased language. ACL. The words, classes and their sources stand in the codebook.
    """
    found = [_cue(text, cue, group, lexicon) for cue, group in cues]
    others = [*content, *(Span(q.start, q.end) for q in quoted)]
    parts = sentences(text)
    mentions = outside(_mentions(text, parts, lexicon), others)
    openings = {sentence.start for sentence in parts}
    loaded = [
        (Span(*hit.span()), LOADED, direction)
        for direction, pattern in lexicon.loaded.items()
        for hit in pattern.finditer(text)
        if hit[0][0].islower() or hit.start() in openings  # elsewhere a capital makes it a name
    ]
    added = outside(loaded, [*others, *(cue for cue, _ in cues)])
    added += [(span, SCARE_QUOTE, "") for span in _scare_quotes(text, content, quoted)]
    near = _by_sentence(mentions, parts)
    for here in near.values():
        first = {group: span for span, group in reversed(here)}
        found += [Frame(span, NAMED, "", group, span) for group, span in first.items()]
    for place, here in _by_sentence(added, parts).items():
        for span, kind, label in here if place in near else ():
            mention, group = min(near[place], key=lambda one: (_distance(one[0], span), one[0]))
            found.append(Frame(span, kind, label, group, mention))
    return sorted(found)


def verb_class(cue: str, lexicon: Lexicon) -> tuple[str, tuple[int, int]]:
    """Class of the first listed verb in a cue, and where it stands in it; "according to" is neutral."""
    if _ACCORDING.match(cue):
        return "neutral", (0, len(cue))
    verb = lexicon.verbs.search(cue)
    return (lexicon.classes[" ".join(verb[0].lower().split())], verb.span()) if verb else (NOT_CLASSED, (0, len(cue)))


def _cue(text: str, cue: Span, group: str, lexicon: Lexicon) -> Frame:
    label, (start, end) = verb_class(text[cue.start : cue.end], lexicon)
    return Frame(cue, CUE, label, group, Span(cue.start + start, cue.start + end))


def _mentions(text: str, parts: list[Span], lexicon: Lexicon) -> list[tuple[Span, str]]:
    """Where a group is named; of names that overlap, the first and longest."""
    found = [
        (Span(role.start, role.end), role.group) for role in lexicon.roles.find(text) if role.kind in _MENTION_KINDS
    ]
    found += [(Span(*hit.span()), lexicon.groups[hit.lastindex - 1]) for hit in lexicon.names.finditer(text)]
    for group, alias, exclude in lexicon.targets:
        found += [(span, group) for span in find_phrases(text, parts, alias, exclude)]
    kept: list[tuple[Span, str]] = []
    for span, group in sorted(found, key=lambda mention: (mention[0].start, -mention[0].end, mention[1])):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, group))
    return kept


def _scare_quotes(text: str, content: list[Span], quoted: list[Quotation]) -> list[Span]:
    marked = [q for q in quoted if q.mark and q.closed and text[q.start - 1 : q.start] != "="]  # no markup: id="x"
    alone = outside([(Span(q.start, q.end), q.inner) for q in marked], content)
    return [inner for _, inner in alone if _is_scare(_WORD.findall(text, inner.start, inner.end))]


def _is_scare(words: list[str]) -> bool:
    return 0 < len(words) <= SCARE_WORDS and not (words[0][0].isupper() and words[-1][0].isupper())


def outside(hits: list[tuple], others: list[Span]) -> list[tuple]:
    """Keep the hits (their first entry is the span) that lie in no stretch of others' words."""
    others = sorted(others)
    starts, ends = [o.start for o in others], list(itertools.accumulate((o.end for o in others), max))

    def free(span: Span) -> bool:
        before = bisect.bisect_left(starts, span.end)  # stretches that start before the hit ends
        return not before or ends[before - 1] <= span.start

    return [hit for hit in hits if free(hit[0])]


def _by_sentence(hits: list[tuple], parts: list[Span]) -> dict[int, list[tuple]]:
    """Sort hits (their first entry is the span) into sentences, by the sentence's number."""
    starts, found = [part.start for part in parts], {}
    for hit in hits:
        found.setdefault(bisect.bisect_right(starts, hit[0].start), []).append(hit)
    return found


def _distance(one: Span, other: Span) -> int:
    return max(other.start - one.end, one.start - other.end, 0)
