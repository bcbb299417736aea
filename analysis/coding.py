"""The coding on disk: JSON Lines written whole, and hand coding read and checked."""

import json
from pathlib import Path

import pandas as pd

from analysis.articles import InputError
from analysis.codebook import SIDES, Codebook
from analysis.files import write_whole
from analysis.judgement import SENTIMENTS, TYPES
from analysis.pipeline import GRIEVANCE_FIELDS, STATEMENT_FIELDS, Coding
from analysis.stance import POSITIONS

_JUDGED = {"id", "probability", "evidence", "voice", "corrected"}
_KEPT = {"cue_text", "speaker_mention_text", "speaker_also", "corrected"}


def write_coding(coding: Coding, out: str | Path) -> None:
    """Write ``statements.jsonl``, ``grievances.jsonl``, ``articles.jsonl`` and ``problems.csv`` to a folder.

    Each file is written under a temporary name and then renamed, so a reader never meets half a file.

    Parameters
    ----------
    coding : Coding
        From `analysis.pipeline.code_folder`.
    out : str or Path
        Folder; made if it is not there.

    Raises
    ------
    InputError
        If the folder cannot be written to.
    """
    out = Path(out)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name in ("statements", "grievances", "articles"):
            rows = getattr(coding, name).to_dict("records")
            write_whole(out / f"{name}.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        write_whole(out / "problems.csv", coding.problems.to_csv(index=False, lineterminator="\n"))
    except OSError as error:
        raise InputError(f"{out}: cannot be written to ({error.strerror}); give a folder of your own") from error


def read_coding(folder: str | Path, codebook: Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read a hand coding and check every code against the codebook.

    Parameters
    ----------
    folder : str or Path
        Holds ``statements.jsonl`` and ``grievances.jsonl``; an empty name stands for no hand coding.
    codebook : Codebook
        Tells which themes and targets there are.

    Returns
    -------
    tuple of DataFrame
        Statements and grievances; without rows where there is no hand coding.

    Raises
    ------
    InputError
        For a missing file, a line that is no JSON object, a field that is missing or a code that is not in
        the codebook: the sentence names file, line and what is allowed.
    """
    if not str(folder):
        return _table([], STATEMENT_FIELDS), _table([], GRIEVANCE_FIELDS)
    themes, targets = tuple(codebook.themes["theme"]), tuple(codebook.targets["target"])
    statements = _read(Path(folder) / "statements.jsonl", set(STATEMENT_FIELDS) - _JUDGED)
    for place, row in statements:
        _check(place, "type", [row["type"]], TYPES)
        _check(place, "sentiment", [row["sentiment"]], SENTIMENTS)
        _check(place, "theme", row["themes"], themes)
        _check(place, "target", row["stance"], targets)
        _check(place, "stance", row["stance"].values(), POSITIONS)
        _check_corrected(place, row)
    grievances = _read(Path(folder) / "grievances.jsonl", set(GRIEVANCE_FIELDS) - _JUDGED)
    for place, row in grievances:
        _check(place, "theme", [row["theme"]], themes)
        _check(place, "side", [row["side"]], SIDES)
        _check_corrected(place, row)
    return _table(statements, STATEMENT_FIELDS), _table(grievances, GRIEVANCE_FIELDS)


def coding_folder(path: str | Path) -> Path:
    """Where a folder's coding stands: in the folder itself, or in its ``coding/`` as `report` leaves it."""
    inner = Path(path) / "coding"
    return inner if (inner / "statements.jsonl").exists() else Path(path)


def read_texts(folder: str | Path) -> dict[str, str]:
    """Read the texts of the articles, by article, that `write_coding` left beside their coding."""
    rows = _read(Path(folder) / "articles.jsonl", {"article", "text"})
    return {row["article"]: row["text"] for _, row in rows}


def _read(path: Path, fields: set[str]) -> list[tuple[str, dict]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError(f"{place}: is not a JSON object; one is needed on every line") from error
        missing = sorted(fields - set(row)) if isinstance(row, dict) else sorted(fields)
        if missing:
            raise InputError(f"{place}: no field {missing[0]!r}; needed are {', '.join(sorted(fields))}")
        rows.append((place, row))
    return rows


def _check(place: str, field: str, values, allowed: tuple[str, ...]) -> None:
    for value in values:
        if value not in allowed:
            raise InputError(f"{place}, {field}: {value!r} is not one of {', '.join(allowed)}")


def _check_corrected(place: str, row: dict) -> None:
    corrected = row.get("corrected", {})
    if not isinstance(corrected, dict) or not all(isinstance(c, dict) and "machine" in c for c in corrected.values()):
        raise InputError(f"{place}, corrected: is not a dict of field to machine, coder and note")


def _table(rows: list[tuple[str, dict]], fields: list[str]) -> pd.DataFrame:
    columns = [name for name in fields if name not in _JUDGED]
    extra = sorted({name for _, row in rows for name in row} & _KEPT)
    return pd.DataFrame([row for _, row in rows], columns=[*columns, *extra])
