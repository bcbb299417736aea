"""The analyst's tables in ``codebook/``, read and checked cell by cell."""

import bisect
import functools
import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.articles import InputError
from analysis.files import read_table
from analysis.text import Span

SHIPPED = Path(__file__).resolve().parents[1] / "codebook"
SIDES = ("of_protest", "about_protest")
VERB_CLASSES = ("neutral", "doubting", "conceding", "asserting", "attacking")
DIRECTIONS = ("disparaging", "distancing", "approving")
COLUMNS = {
    "themes": ["theme", "side", "definition", "keywords", "exclude"],
    "targets": ["target", "definition", "aliases", "groups", "favour", "against", "exclude", "acts", "unnamed"],
    "speakers": ["name", "group", "aliases", "note"],
    "roles": ["role", "group", "kind"],
    "verbs": ["verb", "class", "forms", "source"],
    "sentiment": ["word", "valence", "note"],
    "loaded": ["words", "direction", "plainer", "source"],
    "grievances": ["sign", "side", "voice", "themes", "phrases"],
    "evaluation": ["words", "reading", "phrases", "note"],
}
REQUIRED = {
    "themes": ["theme", "side"],
    "targets": ["target", "aliases"],
    "speakers": ["name", "group"],
    "roles": ["role", "group", "kind"],
    "verbs": ["verb", "class"],
    "sentiment": ["word", "valence"],
    "loaded": ["words", "direction"],
    "grievances": ["sign", "side", "voice"],
    "evaluation": ["words", "reading", "phrases"],
}
LISTS = "forms keywords exclude aliases groups favour against acts unnamed words themes phrases".split()
SIGN_SIDES = (*SIDES, "neither", "protest")
VOICES = ("any", "said", "own", "rest")
KINDS = ("person", "office", "people", "organisation", "document", "audience")
READINGS = ("blame", "attack", "harm", "demand", "dismissal", "oppose", "support", "resolve", "defence")


class Codebook(NamedTuple):
    """The checked tables; cells that hold several entries are tuples.

    ``themes``: theme, side, definition, keywords, exclude. ``targets``: target, definition, aliases, groups,
    favour, against, exclude, acts, unnamed. ``speakers``: name, group, aliases, note. ``roles``: role, group,
    kind. ``verbs``: verb, class, forms, source. ``sentiment``: word, valence (float, -4 to 4), note.
    ``loaded``: words, direction, plainer, source. ``grievances``: sign, side, voice, themes, phrases.
    ``evaluation``: words, reading, phrases, note.
    """

    themes: pd.DataFrame
    targets: pd.DataFrame
    speakers: pd.DataFrame
    roles: pd.DataFrame
    verbs: pd.DataFrame
    sentiment: pd.DataFrame
    loaded: pd.DataFrame
    grievances: pd.DataFrame
    evaluation: pd.DataFrame


def read_codebook(folder: str | Path | None = None) -> Codebook:
    """Read and check a codebook.

    Parameters
    ----------
    folder : str, Path or None
        Folder of ``themes.csv``, ``targets.csv``, ``speakers.csv``, ``roles.csv``, ``verbs.csv``,
        ``sentiment.csv``, ``loaded.csv``, ``grievances.csv`` and ``evaluation.csv`` (UTF-8). A file that is not there
        is taken from the codebook shipped with the project, as is everything where no folder is given.

    Returns
    -------
    Codebook
        Rows in the order of the files.

    Raises
    ------
    InputError
        For a missing folder, or a wrong cell: the sentence names file, line, column and what is allowed.
    """
    folder = Path(folder) if folder else SHIPPED
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give the folder that holds themes.csv, targets.csv and so on")
    paths = {name: folder / f"{name}.csv" for name in COLUMNS}
    tables = {name: _read(path if path.exists() else SHIPPED / path.name, name) for name, path in paths.items()}
    _check(tables["themes"], "side", SIDES, paths["themes"])
    _check(tables["verbs"], "class", VERB_CLASSES, paths["verbs"])
    _check(tables["roles"], "kind", KINDS, paths["roles"])
    _check(tables["loaded"], "direction", DIRECTIONS, paths["loaded"])
    _check(tables["grievances"], "side", SIGN_SIDES, paths["grievances"])
    _check(tables["grievances"], "voice", VOICES, paths["grievances"])
    _check(tables["evaluation"], "reading", READINGS, paths["evaluation"])
    for line, cell in tables["targets"]["unnamed"].items():
        for reading in cell:
            _check_one(reading, (*READINGS, "they"), f"{paths['targets']}, line {line}, column unnamed")
    tables["sentiment"]["valence"] = [
        _valence(cell, paths["sentiment"], line) for line, cell in tables["sentiment"]["valence"].items()
    ]
    return Codebook(**{name: table.reset_index(drop=True) for name, table in tables.items()})


def _read(path: Path, name: str) -> pd.DataFrame:
    table = read_table(path, COLUMNS[name], REQUIRED[name])
    key = COLUMNS[name][0]
    for line in table.index[table[key].duplicated()][:1]:
        raise InputError(f"{path}, line {line}, column {key}: {table[key][line]!r} stands twice; one row each")
    for column in LISTS:
        if column in table:
            table[column] = [listed(cell) for cell in table[column]]
    return table


def listed(cell: str) -> tuple[str, ...]:
    """Take apart a cell that holds several entries with ``;`` between them."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _check(table: pd.DataFrame, column: str, allowed: tuple[str, ...], path: Path) -> None:
    for line, cell in table[column].items():
        _check_one(cell, allowed, f"{path}, line {line}, column {column}")


def _check_one(cell: str, allowed: tuple[str, ...], place: str) -> None:
    if cell not in allowed:
        raise InputError(f"{place}: {cell!r} is not one of {', '.join(allowed)}")


def _valence(cell: str, path: Path, line: int) -> float:
    try:
        valence = float(cell)
    except ValueError:
        valence = float("nan")
    if not -4 <= valence <= 4:
        raise InputError(f"{path}, line {line}, column valence: {cell!r} is not a number from -4 to 4")
    return valence


def phrase_pattern(phrase: str, names: dict[str, str] | None = None) -> str:
    """Turn a codebook phrase into a regular expression.

    Words match whole and in any case; ``*`` stands for any ending, ``...`` for up to six words of the
    same sentence, ``a/b`` for either word, ``{name}`` for any alternative of ``names[name]``. A straight
    apostrophe matches a curly one.

    Parameters
    ----------
    phrase : str
        A phrase of one or more words.
    names : dict of str to str, optional
        Regular expressions by name.

    Returns
    -------
    str
        To be compiled with ``re.IGNORECASE``; it starts and ends at word boundaries.

    Raises
    ------
    KeyError
        If a ``{name}`` is not among ``names``.
    """
    parts: list[str] = []
    for word in phrase.split():
        if word == "...":
            parts[-1] += r"(?:[\s,]+[^\s.?!;]+){0,6}?"
        elif re.fullmatch(r"\{\w+\}", word):
            parts.append(f"(?:{(names or {})[word[1:-1]]})")
        else:
            parts.append("(?:" + "|".join(_word_pattern(w) for w in word.split("/")) + ")")
    return r"(?<!\w)" + r"[\s,]+".join(parts) + r"(?!\w)"


def _word_pattern(word: str) -> str:
    return re.escape(word).replace("'", "['’]").replace(r"\*", r"[\w’'-]*")


@functools.lru_cache(maxsize=4096)
def compile_phrases(phrases: tuple[str, ...]) -> re.Pattern:
    """Compile phrases into one pattern that finds any of them; no phrases match nothing."""
    by_initial: dict[str, list[str]] = {}  # looking at a word's first letter first makes long lists fast
    for phrase in sorted(phrases, key=len, reverse=True):
        initials = {word[0].lower() for word in phrase.split()[0].split("/")}
        by_initial.setdefault("".join(sorted(initials)), []).append(phrase_pattern(phrase))
    branches = [f"(?=[{re.escape(i)}])(?:{'|'.join(patterns)})" for i, patterns in by_initial.items()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(branches)})" if branches else r"(?!)", re.IGNORECASE)


def find_phrases(text: str, content: list[Span], pattern: re.Pattern, exclude: re.Pattern) -> list[Span]:
    """Where a pattern matches in the pieces of a text, outside the phrases to exclude."""
    found = []
    for span in content:
        excluded = [Span(*match.span()) for match in exclude.finditer(text, span.start, span.end)]
        for hit in pattern.finditer(text, span.start, span.end):
            before = bisect.bisect_right(excluded, hit.start(), key=lambda phrase: phrase.start)
            if not before or excluded[before - 1].end <= hit.start():
                found.append(Span(*hit.span()))
    return found


def verb_forms(verbs: pd.DataFrame) -> dict[str, str]:
    """Map each form of the reporting verbs, in lower case, to its verb.

    Regular forms are made by the rules of English spelling, others stand in the column ``forms``.
    """
    forms: dict[str, str] = {}
    for verb, irregular in zip(verbs["verb"], verbs["forms"], strict=True):
        for form in (verb, *_regular_forms(verb), *irregular):
            forms.setdefault(form.lower(), verb)
    return forms


def _regular_forms(verb: str) -> list[str]:
    if " " in verb:
        return []
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    stem = verb.removesuffix("e")
    return [verb + ("es" if re.search("(s|sh|ch|x|z)$", verb) else "s"), stem + "ed", stem + "ing"]
