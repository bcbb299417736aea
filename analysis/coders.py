"""Two coders of the same articles: their codings read from sheets or folders, and how far they agree."""

from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.agreement import compare, misses
from analysis.articles import InputError
from analysis.codebook import Codebook
from analysis.coding import coding_folder, read_coding
from analysis.reliability import label_agreement
from analysis.sheets import read_sheet

SHOWN_ON_SHEETS = ("type", "speaker", "group")
ONLY = {"not found": "only in A", "not in the hand coding": "only in B"}


class Coder(NamedTuple):
    """What one coder coded, and whether it is a coding sheet: there the statements themselves were given."""

    statements: pd.DataFrame
    grievances: pd.DataFrame
    sheet: bool


class Agreement(NamedTuple):
    """Two coders compared: ``variables`` (percent agreement and alpha), ``disagreements``, ``units`` (held by whom)."""

    variables: pd.DataFrame
    disagreements: pd.DataFrame
    units: pd.Series


def read_coder(path: str | Path, codebook: Codebook) -> Coder:
    """Read a coder's coding: a filled sheet, or a folder with ``statements.jsonl`` and ``grievances.jsonl``.

    Raises
    ------
    InputError
        If there is no such file or folder, or a code is wrong (see `analysis.sheets.read_sheet` and
        `analysis.coding.read_coding`).
    """
    if Path(path).is_dir():
        return Coder(*read_coding(coding_folder(path), codebook), False)
    if not Path(path).exists():
        raise InputError(f"{path}: no such file or folder; give a coding sheet or a folder with statements.jsonl")
    return Coder(read_sheet(path, codebook), read_coding("", codebook)[1], True)


def agreement(first: Coder, second: Coder) -> Agreement:
    """Compare two coders, A and B, on the articles that the first coded.

    Parameters
    ----------
    first, second : Coder
        From `read_coder`. Statements are the same where they share at least half of their characters.

    Returns
    -------
    Agreement
        ``variables`` as `analysis.reliability.label_agreement` gives them, and for each target "position", ordinal,
        over the statements for which both take it up; a sheet shows type, speaker and group, so
        with a sheet they are not compared. ``disagreements``: article, offset, unit, text, variable, ``A``, ``B``;
        "only in A" and "only in B" for units that one folder of two lacks. ``units``: how many both hold, each alone.

    Raises
    ------
    InputError
        If the two hold no statement and no mention in common.
    """
    units, labels = compare(first[:2], second[:2])
    held = units[["hand", "machine"]] >= 0
    both = held.all(axis=1)
    if not both.any():
        raise InputError("the two codings hold no statement in common; agreement needs the same articles coded twice")
    counts = pd.Series({"both": both.sum(), "A": (~held["machine"]).sum(), "B": (~held["hand"]).sum()})
    if first.sheet or second.sheet:
        units, labels = units[both], labels[~labels["variable"].isin(SHOWN_ON_SHEETS)]
    listed = misses(units, labels).rename(columns={"hand": "A", "machine": "B"})
    listed["variable"] = listed["variable"].where(listed["variable"] != "", listed["problem"].map(ONLY))
    columns = ["article", "offset", "unit", "text", "variable", "A", "B"]
    return Agreement(_variables(labels), listed[columns], counts)


def _variables(labels: pd.DataFrame) -> pd.DataFrame:
    targets = labels[labels["variable"].str.startswith("stance: ")].groupby("variable")
    positions = [_position(target, part) for target, part in targets]
    return pd.concat([label_agreement(labels), *positions], ignore_index=True)


def _position(target: str, part: pd.DataFrame) -> pd.DataFrame:
    table = label_agreement(part)
    found = table[(table["variable"] == "stance: position") & (table["n"] > 0)]
    return found.assign(variable=f"{target}, position")
