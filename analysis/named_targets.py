"""Where an article names a target, who names it, and in what light."""

from typing import NamedTuple

from analysis.codebook import find_phrases
from analysis.framing import outside
from analysis.judgement import Judgement
from analysis.reference import Target
from analysis.text import Quotation, Span, sentences
from analysis.toward import toward_many


class Naming(NamedTuple):
    """One place at which a target is named: in the words of which statement (by number, None in the reporter's own)."""

    span: Span
    target: str
    statement: int | None
    sentiment: Judgement


def find_named(
    text: str,
    contents: list[list[Span]],
    sources: list[Span],
    quoted: list[Quotation],
    targets: list[Target],
) -> list[Naming]:
    """Code the sentiment toward each target wherever the article names it.

    Parameters
    ----------
    text : str
        The article.
    contents : list of list of Span
        The pieces of each statement.
    sources : list of Span
        Cues and names of speakers: "police said" names a source, not a target, and is left out.
    quoted : list of Quotation
        Quotations that are part of no statement are nobody's words and are left out.
    targets : list of Target
        From `analysis.reference.read_targets`: what each is called, and the phrases in which that does not count.

    Returns
    -------
    list of Naming
        In order of the text. The label is read from the sentence around the name by `analysis.toward`, never from
        the name itself; it is not the speaker's stance.
    """
    pieces = [(piece, number) for number, content in enumerate(contents) for piece in content]
    skipped = sources + [Span(q.start, q.end) for q in quoted]
    parts, found = sentences(text), []
    for target in targets:
        for hit in find_phrases(text, parts, target.alias, target.exclude):
            statement = next((number for piece, number in pieces if piece.start <= hit.start < piece.end), None)
            found.append((hit, target.name, statement))
    reporters = outside([naming for naming in found if naming[2] is None], skipped)
    found = [naming for naming in found if naming[2] is not None] + reporters
    found.sort(key=lambda naming: naming[:2])
    judged = toward_many([text] * len(found), [hit for hit, _, _ in found]) if found else []
    return [Naming(*naming, judgement) for naming, judgement in zip(found, judged, strict=True)]
