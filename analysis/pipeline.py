"""Articles and codebook to the coding: the tables that everything after reads."""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from tqdm import tqdm

from analysis.articles import InputError, read_articles
from analysis.clauses import REPORTER, Voiced, party
from analysis.codebook import SHIPPED, Codebook, read_codebook, verb_forms
from analysis.corrections import correct
from analysis.evaluation import read_evaluation
from analysis.framing import Frame, Lexicon, find_framing, read_lexicon
from analysis.grievances import Mention, find_grievances, statement_themes
from analysis.inference import with_inferred
from analysis.layout import laid_out, with_fixed_forms
from analysis.learned_stance import Learned, read_model, with_learned
from analysis.named_targets import Naming, find_named
from analysis.reference import PROTEST, Said, Target, read_targets
from analysis.sentiment import tone, tone_analyser
from analysis.signs import Signs, Theme, read_signs, read_themes
from analysis.speakers import Speaker, Speakers
from analysis.stance import stances
from analysis.statements import SCOPES, Statement, find_statements
from analysis.tagger import attributions
from analysis.text import Quotation, Span, quotations

STATEMENT_FIELDS = "id article content text type cue speaker_mention speaker group".split()
STATEMENT_FIELDS += "sentiment stance themes probability evidence corrected".split()
GRIEVANCE_FIELDS = "id article span text side theme voice probability evidence corrected".split()
FRAMING_FIELDS = "article span text kind label group evidence".split()
NAMED_FIELDS = "article span text target voice group sentiment sure probability evidence".split()


class Coding(NamedTuple):
    """The coded articles, a table each; ``framing`` is the reporter's, ``named`` holds every target that is named."""

    articles: pd.DataFrame
    statements: pd.DataFrame
    grievances: pd.DataFrame
    framing: pd.DataFrame
    named: pd.DataFrame
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
    signs: Signs
    protest: Target
    framing: Lexicon
    model: dict[str, Learned]


def code_folder(folder: str | Path, codebook: str | Path | None = None, scope: str = "speech") -> Coding:
    """Code every article of a folder; labels in its ``corrections.csv`` take the place of the machine's.

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
        to position), themes, probability and evidence (by judged field), corrected (see
        `analysis.corrections.correct`); ``grievances``: id, article, span, text, side, theme, voice,
        probability, evidence, corrected; ``framing``: article, span, text, kind, label, group, evidence (see
        `analysis.framing.find_framing`); ``named``: article, span, text, target, voice, group, sentiment, sure,
        probability, evidence (see `analysis.named_targets.find_named`).

    Raises
    ------
    InputError
        If there is no such folder, no ``.txt`` file in it, or a wrong cell in the codebook or ``corrections.csv``.
    """
    articles, problems = read_articles(folder)
    tables = read_codebook(codebook)
    model = read_model(codebook or SHIPPED, tables.targets["target"])
    coding = code_articles(articles, tables, scope, model)
    statements, grievances = correct(coding.statements, coding.grievances, folder, tables)
    return coding._replace(statements=statements, grievances=grievances, problems=problems)


def code_articles(
    articles: pd.DataFrame, codebook: Codebook, scope: str = "speech", model: dict[str, Learned] | None = None
) -> Coding:
    """Code a table of articles; neither their order nor their number changes an article's own spans.

    ``model``, from `analysis.learned_stance.read_model`, codes the stance toward its targets; without it the
    codebook's patterns and the shipped table code them all.
    """
    texts = list(articles["text"])
    methods = _compile(codebook, texts, scope, model or {})
    tables: tuple[list[dict], ...] = ([], [], [], [])
    rows = zip(articles["article"], texts, strict=True)
    for article, text in tqdm(rows, "coding", len(texts), delay=2, disable=None, leave=False):
        for table, found in zip(tables, _code(article, text, methods), strict=True):
            table += found
    fields = (STATEMENT_FIELDS, GRIEVANCE_FIELDS, FRAMING_FIELDS, NAMED_FIELDS)
    coded = [pd.DataFrame(table, columns=names) for table, names in zip(tables, fields, strict=True)]
    return Coding(articles, *coded, problems=pd.DataFrame(columns=["file", "problem"]))


def _compile(codebook: Codebook, texts: list[str], scope: str, model: dict[str, Learned]) -> _Methods:
    if scope not in SCOPES:
        raise InputError(f"scope {scope!r} is not one of {', '.join(SCOPES)}")
    targets = read_targets(codebook.targets)
    protest = next((target for target in targets if target.name == PROTEST), None)
    if protest is None:
        raise InputError(
            f"targets.csv: no target {PROTEST!r}; grievances need the words for the protest and its people"
        )
    themes = read_themes(codebook.themes)
    return _Methods(
        verb_forms(codebook.verbs),
        scope,
        Speakers(codebook, texts),
        tone_analyser(codebook.sentiment),
        read_evaluation(codebook.evaluation),
        targets,
        themes,
        read_signs(codebook.grievances, themes, protest.alias),
        protest,
        read_lexicon(codebook),
        model,
    )


def find_spoken(
    text: str, verbs: dict[str, str], speakers: Speakers, scope: str = "speech"
) -> tuple[list[Quotation], list[Statement], list[Speaker]]:
    """Find what an article quotes, its statements, and the speaker of each.

    ``verbs`` from `analysis.codebook.verb_forms`, ``scope`` as in `analysis.statements.find_statements`.
    """
    marked = quotations(text)
    labelled, spoken = laid_out(text, marked, verbs)
    quoted = sorted(marked + spoken)
    tagged = with_fixed_forms(text, marked, labelled + attributions(text))
    statements = find_statements(text, tagged, quoted, verbs, scope)
    return quoted, statements, speakers.resolve(text, statements, quoted)


def _code(article: str, text: str, methods: _Methods) -> tuple[list[dict], ...]:
    quoted, statements, speakers = find_spoken(text, methods.verbs, methods.speakers, methods.scope)
    pairs = list(zip(statements, speakers, strict=True))
    voiced = [voice for pair in pairs for voice in voices(*pair, methods.protest)]
    mentions = find_grievances(text, voiced, quoted, methods.signs)
    contents = [statement.content for statement in statements]
    cues = [(statement.cue, speaker.group) for statement, speaker in pairs if statement.cue]
    frames = find_framing(text, cues, sum(contents, []), quoted, methods.framing)
    sources = [span for s in statements for span in (s.cue, s.mention) if span]
    named = find_named(text, contents, sources, quoted, methods.targets)
    people = {speaker.name: speaker.group for speaker in speakers if speaker.kind == "person"}
    return (
        [_statement_row(article, text, *pair, mentions, people, methods) for pair in pairs],
        [_grievance_row(article, text, mention) for mention in mentions],
        [_framing_row(article, text, frame) for frame in frames],
        [_named_row(article, text, naming, speakers) for naming in named],
    )


def voices(statement: Statement, speaker: Speaker, protest: Target) -> list[Voiced]:
    """Give the pieces of a statement with what `analysis.grievances` wants to know of their speaker."""
    by = speaker.name, party(speaker.group, protest.own), speaker.probability, statement.type, statement.cue
    return [Voiced(span, *by) for span in statement.content]


def _statement_row(
    article: str,
    text: str,
    statement: Statement,
    speaker: Speaker,
    mentions: list[Mention],
    people: dict[str, str],
    methods: _Methods,
) -> dict:
    content = statement.content
    others = {name: group for name, group in people.items() if name != speaker.name}
    said = Said(content, speaker.group, statement.type == "direct", statement.cue)
    sentiment = tone(text, said, methods.analyser, methods.readings)
    stance = stances(text, said, methods.targets, methods.readings, others, sentiment)
    stance = with_inferred(stance, text, said, methods.targets, methods.readings, others, sentiment)
    stance = with_learned(stance, text, content, methods.model)
    themes = statement_themes(text, content, methods.themes, mentions)
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
        "corrected": {},
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
        "probability": {"mention": mention.likely, "side": mention.sided, "theme": mention.theme.probability},
        "evidence": {"theme": [list(span) for span in mention.theme.evidence]},
        "corrected": {},
    }


def _framing_row(article: str, text: str, frame: Frame) -> dict:
    return {
        "article": article,
        "span": list(frame.span),
        "text": text[frame.span.start : frame.span.end],
        "kind": frame.kind,
        "label": frame.label,
        "group": frame.group,
        "evidence": list(frame.evidence),
    }


def _named_row(article: str, text: str, naming: Naming, speakers: list[Speaker]) -> dict:
    speaker = None if naming.statement is None else speakers[naming.statement]
    return {
        "article": article,
        "span": list(naming.span),
        "text": text[naming.span.start : naming.span.end],
        "target": naming.target,
        "voice": speaker.name if speaker else REPORTER,
        "group": speaker.group if speaker else REPORTER,
        "sentiment": naming.sentiment.label,
        "sure": naming.sentiment.sure,
        "probability": naming.sentiment.probability,
        "evidence": [list(span) for span in naming.sentiment.evidence],
    }


def _offsets(span: Span | None) -> list[int] | None:
    return list(span) if span else None
