"""What layout and fixed phrases attribute: interviews, dialogue dashes, block quotes, signatures, "According to …"."""

import bisect
import re

from analysis.tagger import Attribution
from analysis.text import Quotation, Span, overlap, paragraphs, sentences

_LABEL = re.compile(r"(?P<label>[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,4}):\s+(?P<words>\S.*)")
_DASH = re.compile(r"[—–]\s*(?P<words>[^\W\d_].*)")
_CUE_BEHIND = re.compile(
    r"(?<=[,?!.])\s+(?:[—–]\s+)?(?:(?P<cue>[a-z]+) (?P<source>[^,.]{2,60})"
    r"|(?P<name>[^,.]{2,60}) (?P<verb>[a-z]+))(?:, [^.]{2,80})?\.?$"
)
_BLOCK = re.compile(r">\s*(?P<words>\S.*)")
_ACCORDING = re.compile(
    r"(?P<cue>According to) (?P<source>[^,;:]{2,80}), (?P<words>\S.*)"
    r"|(?P<told>\S.*), (?P<said>according to) (?P<teller>[^,;:]{2,80}?)\.?\s*$"
)
_SIGNATURE = re.compile(
    r"[^\S\n]*(?:[—–―]|--?)[^\S\n]*(?P<source>[A-Z][\w.’'-]*(?: [A-Za-z][\w.’'-]*){0,4})"
    r"(?:, [^\n.?!]{2,80})?\.?[^\S\n]*(?=\n|$)"
)
_NO_SPEAKER = frozenset(
    "update updated photo photos picture pictures image video watch read related source sources correction note"
    " breaking"
    " live analysis opinion more key also listen editor caption".split()
)
_ASKS, _ANSWERS = ("q", "question"), ("a", "answer")


def laid_out(text: str, quoted: list[Quotation], verbs: dict[str, str]) -> tuple[list[Attribution], list[Quotation]]:
    """Find words that the layout, not a quotation mark, shows to be somebody's own.

    Parameters
    ----------
    text : str
        The article.
    quoted : list of Quotation
        Paragraphs that hold quotation marks are left to them, but for a name and a colon before.
    verbs : dict of str to str
        Reporting verbs by form: a clause with one ends a line of dialogue ("— Never, said Bell.").

    Returns
    -------
    attributions : list of Attribution
        Of paragraphs that begin with a name and a colon; without marks only where two paragraphs or more do.
    quotations : list of Quotation
        Such paragraphs, those that begin with a dash and go on with one (two or more), and block quotes (">").
    """
    marks = [quotation.start for quotation in quoted]
    marked = set(marks)
    labels, dashes, blocks = [], [], []
    for paragraph in paragraphs(text):
        label = _LABEL.match(text, paragraph.start, paragraph.end)
        if label and not _NO_SPEAKER.intersection(label["label"].lower().split()):
            labels.append(label)
        elif not _any_in(marks, paragraph):
            dashes += filter(None, [_DASH.match(text, paragraph.start, paragraph.end)])
            blocks += filter(None, [_BLOCK.match(text, paragraph.start, paragraph.end)])
    bare = [label for label in labels if label.start("words") not in marked]
    bare = bare if len(bare) > 1 else []
    bare = [label for label in bare if label["label"].lower() not in _ASKS]
    spelt = {label.start() for label in bare}
    labels = [label for label in labels if label.start() in spelt or label.start("words") in marked]
    lines = [_line(text, dash, verbs) for dash in dashes]
    lines = lines if len(lines) > 1 else [line for line in lines if line.cue]
    attributions = [_attribution(label) for label in labels] + lines
    spoken = [Span(*match.span("words")) for match in bare + blocks] + [line.content[0] for line in lines]
    return attributions, [Quotation(*words, words, "", True) for words in sorted(spoken)]


def with_fixed_forms(text: str, quoted: list[Quotation], found: list[Attribution]) -> list[Attribution]:
    """Add what fixed forms attribute to what the tagger found.

    Parameters
    ----------
    text : str
        The article.
    quoted : list of Quotation
        From `analysis.text.quotations`.
    found : list of Attribution
        From `analysis.tagger.attributions`.

    Returns
    -------
    list of Attribution
        Those found; "According to X, …" and "…, according to X." in sentences without a cue; quotations that a dash
        and a name sign at the end of their line, as in "We stay." — Ann Bell, whoever the tagger took for their source.
    """
    signed = _signed(text, quoted)
    taken = [attribution.content[0] for attribution in signed]
    free = (
        [attribution._replace(content=_apart(attribution.content, taken)) for attribution in found] if taken else found
    )
    return [attribution for attribution in free if attribution.content] + _according(text, found) + signed


def _apart(spans: list[Span], taken: list[Span]) -> list[Span]:
    return [span for span in spans if not any(overlap(span, other) for other in taken)]


def _according(text: str, found: list[Attribution]) -> list[Attribution]:
    cues = sorted(cue.start for attribution in found for cue in attribution.cue)
    read = []
    for sentence in sentences(text):
        phrase = _ACCORDING.match(text, sentence.start, sentence.end)
        if phrase and not _any_in(cues, sentence):
            parts = ("source", "cue", "words") if phrase["cue"] else ("teller", "said", "told")
            read.append(Attribution(*([Span(*phrase.span(part))] for part in parts), 0.8))
    return read


def _signed(text: str, quoted: list[Quotation]) -> list[Attribution]:
    signatures = [(quotation, _SIGNATURE.match(text, quotation.end)) for quotation in quoted if quotation.mark]
    return [
        Attribution([Span(*signature.span("source"))], [], [quotation.inner], 0.8)
        for quotation, signature in signatures
        if signature
    ]


def _any_in(places: list[int], span: Span) -> bool:
    """Whether one of some sorted offsets lies in a span."""
    return bisect.bisect_left(places, span.start) < bisect.bisect_left(places, span.end)


def _attribution(label: re.Match) -> Attribution:
    """Tie the words to the name before the colon; "A" names nobody, and goes to whom the text named before."""
    source = [] if label["label"].lower() in _ANSWERS else [Span(*label.span("label"))]
    return Attribution(source, [], [Span(*label.span("words"))], 0.8)


def _line(text: str, dash: re.Match, verbs: dict[str, str]) -> Attribution:
    """Cut a line of dialogue at the clause that tells who speaks."""
    words = Span(*dash.span("words"))
    clause = _CUE_BEHIND.search(text, words.start, words.end)
    for cue, source in (("cue", "source"), ("verb", "name")) if clause else ():
        if clause[cue] in verbs:
            spans = Span(*clause.span(source)), Span(*clause.span(cue)), Span(words.start, clause.start())
            return Attribution(*([span] for span in spans), 0.8)
    return Attribution([], [], [words], 0.8)
