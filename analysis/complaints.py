"""How likely a clause states a complaint or a demand, and on which side: learnt, and read from one table.

A logistic regression over a clause's words, the codebook's signs and themes in it and beside it, and who says it.
"""

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np

from analysis.clauses import REPORTER, Clause
from analysis.regression import read_table, shares
from analysis.signs import ABOUT_PROTEST, OF_PROTEST, Reading
from analysis.stems import stem
from analysis.text import Span, Token, is_word, paragraphs, tokens

LABELS = ("none", OF_PROTEST, ABOUT_PROTEST)
TABLE = "grievances"

_NEAR = 150  # characters around a sentence in which the protest is looked for
_BEFORE = 40  # characters before a clause in which the word before it stands
_LEAD = 0.15  # share of an article that is its opening
_LENGTHS = (3, 5, 8, 12, 18, 27)
_PERSONS = {
    word: person
    for person, words in {
        "we": "we us our ours",
        "i": "i me my",
        "they": "they them their",
        "you": "you your",
    }.items()
    for word in words.split()
}
_NEGATION = re.compile(r"\b(?:not|no|never|nothing|nobody|cannot)\b|n['’]t\b", re.IGNORECASE)
_LAST_WORD = re.compile(r"([\w’']+)\W*$")
_WORD, _PAIR, _EDGE = 0.5, 0.35, 0.5  # what a word, a pair, a word at an edge count beside a sign


def likelihoods(text: str, parts: list[Clause], reading: Reading) -> np.ndarray:
    """Tell how likely each clause states a complaint or a demand of the protesters, one about them, or none.

    Parameters
    ----------
    text : str
        The article.
    parts : list of Clause
        All clauses of it, in order: neighbours are looked at.
    reading : Reading
        The article with the codebook's themes and signs.

    Returns
    -------
    ndarray of float, shape (clauses, 3)
        Probabilities in the order of `LABELS`; each row adds up to 1.

    Notes
    -----
    What it was learnt from, how good it is and what it gets wrong: analysis/weights/grievances.md.
    """
    table = read_table(TABLE)
    scores = np.tile(table.bias, (len(parts), 1))
    for i, found in enumerate(features(text, parts, reading)):
        known = [(table.rows[name], value) for name, value in found.items() if name in table.rows]
        if known:
            rows, values = zip(*known, strict=True)
            scores[i] += np.array(values) @ table.coefficients[list(rows)]
    return shares(scores)


def features(text: str, parts: list[Clause], reading: Reading) -> list[dict[str, float]]:
    """Name what the model sees of each clause, with its value; linear in the text."""
    signs = [reading.names(clause.span) for clause in parts]
    headline = _headline(text)
    orders = _orders(parts)
    found = []
    for i, clause in enumerate(parts):
        party = clause.said.party if clause.said else REPORTER
        here = dict(_voice(text, clause, party))
        here |= _words(text, clause, party)
        here |= _form(text, clause, party, reading)
        here |= {name: 1.0 for sign in signs[i] for name in (sign, f"{sign} {party}")}
        here["signs"] = float(len(signs[i]))
        here[f"clause {min(orders[i], 3)} of statement"] = 1.0
        if clause.span.end <= headline.end:
            here["headline"] = 1.0
        elif clause.span.start < _LEAD * len(text):
            here["opening"] = 1.0
        here["position"] = clause.span.start / len(text)
        for beside, name in ((i - 1, "before"), (i + 1, "after")):
            if 0 <= beside < len(parts):
                here |= _neighbour(clause, parts[beside], signs[beside], name)
            else:
                here[f"nothing {name}"] = 1.0
        found.append(here)
    return found


def _headline(text: str) -> Span:
    """Find the headline: a first line that does not end like a sentence; empty where there is none."""
    first = (paragraphs(text) or [Span(0, 0)])[0]
    return Span(0, 0) if text[: first.end].rstrip("\"”’'»").endswith((".", "!", "?", "…")) else first


def _orders(parts: list[Clause]) -> list[int]:
    """Count for each clause those of the same piece of a statement before it."""
    seen: Counter[Span | None] = Counter()
    orders = []
    for clause in parts:
        piece = clause.said and clause.said.span
        orders.append(seen[piece] if piece else 0)
        seen[piece] += 1
    return orders


def _voice(text: str, clause: Clause, party: str) -> Iterator[tuple[str, float]]:
    yield f"party {party}", 1.0
    if clause.said:
        yield f"party {party} {clause.said.known:.1f}", 1.0
        yield f"type {clause.said.type}", 1.0
        cue = clause.said.cue
        yield f"cue {text[cue.start : cue.end].lower()[:20] if cue else ''}", 0.7


def _words(text: str, clause: Clause, party: str) -> Iterator[tuple[str, float]]:
    found = _stems(text, clause.span)
    words = [stemmed for stemmed, token in found if is_word(token)]
    yield from ((f"word {word}", _WORD) for word in words)
    yield from ((f"pair {a} {b}", _PAIR) for (a, _), (b, _) in zip(found, found[1:], strict=False))
    if words:
        yield f"first {words[0]}", _EDGE
        yield f"last {words[-1]}", _EDGE
    yield from ((f"{_PERSONS[word]} {party}", 1.0) for word in words if word in _PERSONS)
    yield "length", min(len(words), 40) / 20
    yield f"length from {max((n for n in _LENGTHS if n <= len(words)), default=0)}", 1.0
    yield "names", min(sum(token.text[0].isupper() for _, token in found[1:]), 6) / 6


def _form(text: str, clause: Clause, party: str, reading: Reading) -> Iterator[tuple[str, float]]:
    (start, end), sentence = clause.span, clause.sentence
    demands = [hit.end for _, hits in reading.evidence(clause.span, OF_PROTEST, ("any",)).signs for hit in hits]
    for name, found in (
        ("protest demands", demands and reading.names_protest(Span(sentence.start, max(demands)))),
        ("names protest", reading.names_protest(clause.span)),
        ("protest near", reading.names_protest(Span(sentence.start - _NEAR, sentence.end + _NEAR))),
        ("negated", _NEGATION.search(text, start, end)),
    ):
        if found:
            yield name, 1.0
            yield f"{name} {party}", 1.0
    if any(character.isdigit() for character in text[start:end]):
        yield "number", 1.0
    if "?" in text[start : end + 1]:
        yield "question", 1.0
    if start <= sentence.start + 2 and end >= sentence.end - 3:
        yield "whole sentence", 1.0
    if text[start - 1 : start] in ("“", '"', "‘"):
        yield "opens a quotation", 1.0
    before = _LAST_WORD.search(text[max(0, start - _BEFORE) : start])
    if before:
        yield f"follows {stem(before[1].lower())}", _EDGE


def _neighbour(clause: Clause, beside: Clause, signs: list[str], name: str) -> Iterator[tuple[str, float]]:
    same = (clause.said and clause.said.speaker) == (beside.said and beside.said.speaker)
    yield from ((f"{name} {sign} {'same' if same else 'other'}", 0.5) for sign in signs)
    yield f"{name} party {beside.said.party if beside.said else REPORTER}", 0.5


def _stems(text: str, span: Span) -> list[tuple[str, Token]]:
    return [(stem(token.text.lower()), token) for token in tokens(text[span.start : span.end])]
