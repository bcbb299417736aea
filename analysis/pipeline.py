"""Articles and codebook to the coding: the tables that everything after reads."""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from tqdm import tqdm

from analysis.articles import InputError, read_articles
from analysis.codebook import Codebook, read_codebook, verb_forms
from analysis.evaluation import read_evaluation
from analysis.grievances import Theme, Voiced, find_grievances, read_themes, themes_of
from analysis.layout import according, laid_out
from analysis.reference import PROTEST, Said, Target, read_targets
from analysis.sentiment import tone, tone_analyser
from analysis.speakers import Speaker, Speakers
from analysis.stance import stances
from analysis.statements import SCOPES, Statement, find_statements
from analysis.tagger import attributions
from analysis.text import Span, quotations

STATEMENT_FIELDS = "id article content text type cue speaker_mention speaker group".split()
STATEMENT_FIELDS += "sentiment stance themes probability evidence".split()
GRIEVANCE_FIELDS = "id article span text side theme voice probability evidence".split()


class Coding(NamedTuple):
    """The coded articles: four tables."""

    articles: pd.DataFrame
    statements: pd.DataFrame
    grievances: pd.DataFrame
    problems: pd.DataFrame


class _Methods(NamedTuple):
    """What the codebook says, compiled once."""

    verbs: dict[str, str]
    scope: str
    speakers: Speakers
    analyser: object
    readings: dict[str, re.Pattern]
    targets: list[Target]
    themes: list[Theme]
    protest: Target


def code_folder(folder: str | Path, codebook: str | Path | None = None, scope: str = "speech") -> Coding:
    """Code every article of a folder.

    Parameters
    ----------
    folder : str or Path
        See `analysis.articles.read_articles`.
    codebook : str, Path or None
        See `analysis.codebook.read_codebook`; None takes the one shipped.
    scope : {"speech", "all"}
        See `analysis.statements.find_statements`.

    Returns
    -------
    Coding
        ``articles`` and ``problems`` as read; ``statements``: id, article, content (list of [start, end]),
        text, type, cue, speaker_mention ([start, end] or None), speaker, group, sentiment, stance (target
        to position), themes, probability and evidence (by judged field); ``grievances``: id, article,
        span, text, side, theme, voice, probability, evidence.

    Raises
    ------
    InputError
        If there is no such folder, no ``.txt`` file in it, or a cell of the codebook is wrong.
    """
    articles, problems = read_articles(folder)
    return code_articles(articles, read_codebook(codebook), scope)._replace(problems=problems)


def code_articles(articles: pd.DataFrame, codebook: Codebook, scope: str = "speech") -> Coding:
    """Code a table of articles; neither their order nor their number changes an article's own spans."""
    texts = list(articles["text"])
    methods = _compile(codebook, texts, scope)
    statements: list[dict] = []
    grievances: list[dict] = []
    rows = zip(articles["article"], texts, strict=True)
    for article, text in tqdm(rows, "coding", len(texts), delay=2, disable=None, leave=False):
        found, mentions = _code(article, text, methods)
        statements += found
        grievances += mentions
    return Coding(
        articles,
        pd.DataFrame(statements, columns=STATEMENT_FIELDS),
        pd.DataFrame(grievances, columns=GRIEVANCE_FIELDS),
        pd.DataFrame(columns=["file", "problem"]),
    )


def _compile(codebook: Codebook, texts: list[str], scope: str) -> _Methods:
    if scope not in SCOPES:
        raise InputError(f"scope {scope!r} is not one of {', '.join(SCOPES)}")
    targets = read_targets(codebook.targets)
    protest = next((target for target in targets if target.name == PROTEST), None)
    if protest is None:
        raise InputError(
            f"targets.csv: no target {PROTEST!r}; grievances need the words for the protest and its people"
        )
    return _Methods(
        verb_forms(codebook.verbs),
        scope,
        Speakers(codebook, texts),
        tone_analyser(codebook.sentiment),
        read_evaluation(codebook.evaluation),
        targets,
        read_themes(codebook.themes),
        protest,
    )


def _code(article: str, text: str, methods: _Methods) -> tuple[list[dict], list[dict]]:
    marked = quotations(text)
    labelled, spoken = laid_out(text, marked, methods.verbs)
    quoted = sorted(marked + spoken)
    tagged = labelled + attributions(text)
    statements = find_statements(text, tagged + according(text, tagged), quoted, methods.verbs, methods.scope)
    speakers = methods.speakers.resolve(text, statements, quoted)
    pairs = list(zip(statements, speakers, strict=True))
    voiced = [
        Voiced(span, speaker.name, speaker.group in methods.protest.own)
        for statement, speaker in pairs
        for span in statement.content
    ]
    mentions = find_grievances(text, voiced, quoted, methods.themes, methods.protest.alias)
    people = {speaker.name: speaker.group for speaker in speakers if speaker.kind == "person"}
    return (
        [_statement_row(article, text, statement, speaker, people, methods) for statement, speaker in pairs],
        [_grievance_row(article, text, mention) for mention in mentions],
    )


def _statement_row(
    article: str, text: str, statement: Statement, speaker: Speaker, people: dict[str, str], methods: _Methods
) -> dict:
    content = statement.content
    sentiment = tone(text, content, methods.analyser, methods.readings)
    others = {name: group for name, group in people.items() if name != speaker.name}
    said = Said(content, speaker.group, statement.type == "direct", statement.cue)
    stance = stances(text, said, methods.targets, methods.readings, others)
    themes = themes_of(text, content, methods.themes)
    return {
        "id": f"{article}:{content[0].start}",
        "article": article,
        "content": [list(span) for span in content],
        "text": " … ".join(text[span.start : span.end] for span in content),
        "type": statement.type,
        "cue": _offsets(statement.cue),
        "speaker_mention": _offsets(statement.mention),
        "speaker": speaker.name,
        "group": speaker.group,
        "sentiment": sentiment.label,
        "stance": {target: judgement.label for target, judgement in stance.items()},
        "themes": list(themes),
        "probability": {
            "type": statement.probability,
            "group": speaker.probability,
            "sentiment": sentiment.probability,
            "stance": {target: judgement.probability for target, judgement in stance.items()},
            "themes": {theme: judgement.probability for theme, judgement in themes.items()},
        },
        "evidence": {
            "group": [list(speaker.evidence)] if speaker.evidence else [],
            "sentiment": [list(span) for span in sentiment.evidence],
            "stance": {target: [list(s) for s in judgement.evidence] for target, judgement in stance.items()},
            "themes": {theme: [list(s) for s in judgement.evidence] for theme, judgement in themes.items()},
        },
    }


def _grievance_row(article: str, text: str, mention) -> dict:
    return {
        "id": f"{article}:{mention.span.start}",
        "article": article,
        "span": list(mention.span),
        "text": text[mention.span.start : mention.span.end],
        "side": mention.side,
        "theme": mention.theme.label,
        "voice": mention.voice,
        "probability": {"theme": mention.theme.probability},
        "evidence": {"theme": [list(span) for span in mention.theme.evidence]},
    }


def _offsets(span: Span | None) -> list[int] | None:
    return list(span) if span else None
