"""Labels that an analyst corrected by hand: ``corrections.csv`` beside the articles, checked and put in place.

A corrected label is hand coding from then on. It has probability 1, and its row's field ``corrected`` holds for each
such label who corrected it and what the machine had said, so that no measure of the machine counts it as the machine's.
"""

import collections
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.articles import InputError
from analysis.codebook import SIDES, Codebook, listed
from analysis.files import code_of, read_table
from analysis.judgement import NONE, SENTIMENTS, TYPES
from analysis.sides import OTHER
from analysis.stance import POSITIONS

FILE = "corrections.csv"
COLUMNS = ["id", "field", "value", "coder", "note"]
STANCE = "stance."


class Field(NamedTuple):
    """A label that may be corrected: whose it is, and its codes (none: any words)."""

    unit: str
    codes: tuple[str, ...]


def correct(
    statements: pd.DataFrame, grievances: pd.DataFrame, folder: str | Path, codebook: Codebook
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put the labels of ``corrections.csv`` in the place of the machine's.

    Parameters
    ----------
    statements, grievances : DataFrame
        The coding of the folder's articles, with the columns ``id`` and ``corrected``; not changed.
    folder : str or Path
        May hold ``corrections.csv``: ``id`` (of a statement or grievance mention), ``field``, ``value``, ``coder`` and,
        if wanted, ``note``. Fields of a statement are type, speaker, group, sentiment, themes (``;`` between them) and
        ``stance.TARGET`` (``none``: not taken up); fields of a mention are side, theme and voice. One label changes no
        other: whose speaker is corrected keeps its group.
    codebook : Codebook
        Tells which groups, themes and targets there are.

    Returns
    -------
    tuple of DataFrame
        Statements and grievances. ``corrected`` holds, by field, a dict of ``machine`` (its label), ``probability``
        (of the machine's label; None if it gave none), ``coder`` and ``note``. The corrected label's probability is 1;
        its evidence stays, and is empty where the machine had none.

    Raises
    ------
    InputError
        For a wrong cell, an id that no statement or mention has, a label corrected twice, or a mention whose side is
        then not its theme's; the sentence names file and line.
    """
    path = Path(folder) / FILE
    if not path.exists():
        return statements, grievances
    table, fields = read_table(path, COLUMNS, ["id", "field", "coder"]), _fields(codebook)
    tables = {"statement": statements, "grievance mention": grievances}
    rows = {unit: {row["id"]: row for row in found.to_dict("records")} for unit, found in tables.items()}
    for line, given in zip(table.index, table.to_dict("records"), strict=True):
        place = f"{path}, line {line}"
        field = _field(place, given["field"], fields)
        value = _value(place, given, field)
        row = _row(place, given["id"], field.unit, rows[field.unit])
        if given["field"] in row["corrected"]:
            raise InputError(f"{place}: {given['field']} of {given['id']} stands twice; one row a label")
        rows[field.unit][row["id"]] = _corrected(row, given, value)
    _check_sides(path, rows["grievance mention"], codebook)
    return tuple(pd.DataFrame(list(rows[unit].values()), columns=found.columns) for unit, found in tables.items())


def machine_labels(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table of statements or grievances with the machine's own labels and probabilities for corrected ones."""
    if "corrected" not in table:
        return table
    rows = table.to_dict("records")
    for position, row in enumerate(rows):
        for field, known in _by_hand(row).items():
            rows[position] = _put(rows[position], field, known["machine"], known.get("probability"))
    return pd.DataFrame(rows, columns=table.columns)


def by_hand(row: dict, field: str) -> str:
    """Say who coded a label of a row by hand; empty where the machine did."""
    known = _by_hand(row).get(field)
    return f"coded by hand ({known['coder']})" if known else ""


def told(statements: pd.DataFrame, grievances: pd.DataFrame) -> str:
    """Say in a sentence how many labels ``corrections.csv`` gave and by whom; empty if none."""
    rows = [row for table in (statements, grievances) for row in table.to_dict("records")]
    labels = [(row, field, known) for row in rows for field, known in _by_hand(row).items()]
    if not labels:
        return ""
    coders = collections.Counter(known["coder"] for *_, known in labels)
    confirmed = sum(_label(row, field) == known["machine"] for row, field, known in labels)
    who = ", ".join(f"{coder} {n}" for coder, n in sorted(coders.items()))
    return f"{FILE}: {len(labels)} labels coded by hand ({who}), {confirmed} of them as the machine had them."


def _fields(codebook: Codebook) -> dict[str, Field]:
    groups = {OTHER, *codebook.roles["group"], *codebook.speakers["group"]}
    themes = tuple(codebook.themes["theme"])
    codes = {"type": TYPES, "speaker": (), "group": tuple(sorted(groups)), "sentiment": SENTIMENTS, "themes": themes}
    codes |= {f"{STANCE}{target}": (*POSITIONS, NONE) for target in codebook.targets["target"]}
    fields = {name: Field("statement", allowed) for name, allowed in codes.items()}
    codes = {"side": SIDES, "theme": themes, "voice": ()}
    return fields | {name: Field("grievance mention", allowed) for name, allowed in codes.items()}


def _field(place: str, name: str, fields: dict[str, Field]) -> Field:
    if name not in fields:
        raise InputError(f"{place}, column field: {name!r} is not one of {', '.join(fields)}")
    return fields[name]


def _value(place: str, given: dict, field: Field) -> str | list[str]:
    if given["field"] == "themes":
        return list(dict.fromkeys(code_of(place, "value", value, field.codes) for value in listed(given["value"])))
    if field.codes:
        return code_of(place, "value", given["value"], field.codes)
    if not given["value"]:
        raise InputError(f"{place}, column value: is empty; give the {given['field']}")
    return given["value"]


def _row(place: str, name: str, unit: str, rows: dict[str, dict]) -> dict:
    if name in rows:
        return rows[name]
    article, _, offset = name.rpartition(":")
    near = [int(known.rpartition(":")[2]) for known in rows if known.rpartition(":")[0] == article]
    message = f"{place}, column id: no {unit} {name!r}"
    if near and offset.isdecimal():
        message += f"; the nearest is '{article}:{min(near, key=lambda start: abs(start - int(offset)))}'"
    raise InputError(f"{message}; an id is the article and the unit's first offset, as in the coding")


def _corrected(row: dict, given: dict, value: str | list[str]) -> dict:
    """Put a label in place: probability 1, what evidence there was, and what the machine had said."""
    field, target = given["field"], given["field"].removeprefix(STANCE)
    was = row["probability"]["stance"].get(target) if field.startswith(STANCE) else row["probability"].get(field)
    known = {"machine": _label(row, field), "probability": was, "coder": given["coder"], "note": given["note"]}
    row = row | {"corrected": row["corrected"] | {field: known}}
    if field == "themes":
        row = _put(row, field, value, dict.fromkeys(value, 1.0))
        evidence = {"themes": {theme: row["evidence"]["themes"].get(theme, []) for theme in value}}
    elif field.startswith(STANCE):
        row = _put(row, field, value, 1.0)
        evidence = {"stance": {name: row["evidence"]["stance"].get(name, []) for name in row["stance"]}}
    else:
        row, evidence = _put(row, field, value, 1.0), {}
    return row | {"evidence": row["evidence"] | evidence}


def _label(row: dict, field: str) -> str | list[str]:
    return row["stance"].get(field.removeprefix(STANCE), NONE) if field.startswith(STANCE) else row[field]


def _put(row: dict, field: str, value: str | list[str], probability: float | dict | None) -> dict:
    """Set a label and its probability, where the row has any."""
    given = row["probability"] if isinstance(row.get("probability"), dict) else None
    if field.startswith(STANCE):
        target = field.removeprefix(STANCE)
        row = row | {"stance": _with(row["stance"], target, None if value == NONE else value)}
        given = given and given | {"stance": _with(given["stance"], target, None if value == NONE else probability)}
    else:
        row, given = row | {field: value}, given and _with(given, field, probability)
    return row if given is None else row | {"probability": given}


def _with(entries: dict, name: str, value) -> dict:
    """Set an entry, or take it out where the value is None."""
    return {key: entry for key, entry in (entries | {name: value}).items() if entry is not None}


def _check_sides(path: Path, mentions: dict[str, dict], codebook: Codebook) -> None:
    sides = dict(zip(codebook.themes["theme"], codebook.themes["side"], strict=True))
    for name, row in mentions.items():
        if row["corrected"] and row["side"] != sides[row["theme"]]:
            raise InputError(
                f"{path}: mention {name!r} has side {row['side']} and theme {row['theme']}, which is "
                f"{sides[row['theme']]}; correct the other of the two as well"
            )


def _by_hand(row: dict) -> dict[str, dict]:
    """Give the corrections of a row; hand coding has none."""
    return row["corrected"] if isinstance(row.get("corrected"), dict) else {}
