"""Clauses that state a complaint or demand of the protesters, or a complaint about them."""

import re
from typing import NamedTuple

import pandas as pd

from analysis.codebook import compile_phrases, find_phrases
from analysis.judgement import Judgement
from analysis.text import Quotation, Span, sentences

REPORTER = "reporter"
_CLAUSE_BREAK = re.compile(
    r"\s+[-–—]\s+|[;:]\s+|,\s+(?!\w+,)|\s+(?:and|but)\s+(?=(?:the|they|he|she|it|we|who|have|has|had|will|would|are|is|was)\b)"
    r"|\s+(?=(?:who|which|because|while|although)\s)",
    re.IGNORECASE,
)
_DEMAND = compile_phrases(
    tuple(
        "protest protests protesting protested oppos* against decry* demand* calling end lift* scrap* remov* drop*"
        " repeal* abolish* refus* reject* anger angry resent* must should need* despite contempt ignor* fail* not"
        " never without"
        " worried upset complain* avoid gutless childish* puerile ultimatum can't won't don't isn't".split()
    )
    + ("call* for", "call* on", "call* to")
)


class Theme(NamedTuple):
    """A theme of the codebook with its compiled keywords."""

    name: str
    side: str
    keywords: re.Pattern
    exclude: re.Pattern


class Voiced(NamedTuple):
    """Words of the article and whose they are."""

    span: Span
    speaker: str
    of_protest: bool


class Mention(NamedTuple):
    """A grievance mention: where it stands, its side, theme and voice."""

    span: Span
    side: str
    theme: Judgement
    voice: str


def read_themes(table: pd.DataFrame) -> list[Theme]:
    """Compile the keywords of the codebook's themes."""
    return [
        Theme(row.theme, row.side, compile_phrases(row.keywords), compile_phrases(row.exclude))
        for row in table.itertuples()
    ]


def themes_of(text: str, content: list[Span], themes: list[Theme]) -> dict[str, Judgement]:
    """Code the themes that a statement's words express: those with a keyword in it.

    Returns
    -------
    dict of str to Judgement
        By theme, in the codebook's order; the evidence is the keywords found.
    """
    found = {theme.name: find_phrases(text, content, theme.keywords, theme.exclude) for theme in themes}
    return {name: Judgement(name, 0.7, hits) for name, hits in found.items() if hits}


def find_grievances(
    text: str, voiced: list[Voiced], quoted: list[Quotation], themes: list[Theme], protesters: re.Pattern
) -> list[Mention]:
    """Find grievance mentions, quoted or not.

    A clause counts where it holds a keyword of a theme whose side fits the voice: in the protesters'
    own statements what they complain of, in others' statements what is complained of about them. In the
    reporter's own words a complaint about the protest needs the protesters named in the sentence or the
    one before, a complaint of theirs a word of protest or demand.

    Parameters
    ----------
    text : str
        The article.
    voiced : list of Voiced
        The statements' pieces with their speakers.
    quoted : list of Quotation
        Clauses are not cut inside short quotations.
    themes : list of Theme
        From `read_themes`.
    protesters : re.Pattern
        Words for the protest and its people.

    Returns
    -------
    list of Mention
        In order of first offset; mentions do not overlap.
    """
    found: list[Mention] = []
    before = ""
    for sentence in sentences(text):
        for unit in _units(sentence, voiced):
            named = bool(protesters.search(before + text[sentence.start : sentence.end]))
            found += _mentions(text, unit, named, quoted, themes)
        before = text[sentence.start : sentence.end] + " "
    return found


def _units(sentence: Span, voiced: list[Voiced]) -> list[Voiced]:
    """Cut a sentence where a statement begins or ends; what nobody is cited for is the reporter's."""
    units, at = [], sentence.start
    for said in sorted(v for v in voiced if v.span.start < sentence.end and sentence.start < v.span.end):
        start, end = max(said.span.start, sentence.start), min(said.span.end, sentence.end)
        units += [Voiced(Span(at, start), REPORTER, False), said._replace(span=Span(start, end))]
        at = end
    units.append(Voiced(Span(at, sentence.end), REPORTER, False))
    return [unit for unit in units if unit.span.end - unit.span.start > 3]


def _mentions(text: str, unit: Voiced, named: bool, quoted: list[Quotation], themes: list[Theme]) -> list[Mention]:
    clauses = _clauses(text, unit, quoted)
    marked = [(clause, theme) for clause in clauses if (theme := _theme_of(text, clause, unit, named, themes))]
    found: list[Mention] = []
    for clause, (side, theme) in marked:
        last = found[-1] if found else None
        if last and last.side == side and last.theme.label == theme.label:
            joined = theme._replace(evidence=last.theme.evidence + theme.evidence)
            found[-1] = last._replace(span=Span(last.span.start, clause.end), theme=joined)
        else:
            found.append(Mention(clause, side, theme, unit.speaker))
    return found


def _clauses(text: str, unit: Voiced, quoted: list[Quotation]) -> list[Span]:
    start, found = unit.span.start, []
    for gap in _CLAUSE_BREAK.finditer(text, unit.span.start, unit.span.end):
        inside = any(q.start < gap.start() < q.end and q.end - q.start < 60 for q in quoted)
        if not inside and len(text[start : gap.start()].split()) >= 3:
            found.append(Span(start, gap.start()))
            start = gap.end()
    return [_trim(text, span) for span in (*found, Span(start, unit.span.end)) if span.start < span.end]


def _trim(text: str, span: Span) -> Span:
    leading = re.match(r"[\s\"“”‘’',;:-]*(?:\b(?:that|and|but)\s+)?", text[span.start : span.end], re.IGNORECASE)
    end = span.start + len(text[span.start : span.end].rstrip(' \t"“”‘,;:.-'))
    return Span(min(span.start + leading.end(), end), end)


def _theme_of(text, clause, unit: Voiced, named: bool, themes: list[Theme]) -> tuple[str, Judgement] | None:
    """Find the theme with most keyword characters in a clause, of a side that fits the voice."""
    demand = bool(_DEMAND.search(text, clause.start, clause.end))
    best = None
    for theme in themes:
        if theme.side == "of_protest":
            fits = demand if unit.of_protest or unit.speaker == REPORTER else False
        else:
            fits = not unit.of_protest and (named or unit.speaker != REPORTER)
        hits = find_phrases(text, [clause], theme.keywords, theme.exclude) if fits else []
        weight = sum(hit.end - hit.start for hit in hits)
        if hits and (best is None or weight > best[0]):
            best = (weight, theme.side, Judgement(theme.name, 0.6, hits))
    return best and best[1:]
