"""Files written whole, and the CSV tables that people fill in a spreadsheet."""

import csv
import io
import os
import re
from pathlib import Path

import pandas as pd

from analysis.articles import InputError

_FORMULA = re.compile(r"[=+\-@＝＋－＠]")
_SEMICOLONS = re.compile(r'\s*"?\w+"?\s*;')  # spreadsheets write them where the comma is the decimal mark


def write_whole(path: Path, content: str) -> None:
    """Write a text file under a temporary name, then rename it: a reader never meets half a file.

    Raises
    ------
    InputError
        If the file cannot be written.
    """
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_text(content, encoding="utf-8", newline="\n")
        os.replace(temporary, path)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror}); name a file in a folder of your own"
        ) from error


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a CSV table that a spreadsheet opens as it is meant.

    UTF-8 with a byte order mark, every cell between double quotes, line breaks as spaces. A cell that a
    spreadsheet would run as a formula gets an apostrophe in front, which `read_table` takes away again.
    The text of an article is untrusted; see OWASP, "CSV Injection".
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_harmless(cell) for cell in row] for row in table.itertuples(index=False))
    write_whole(path, "\ufeff" + buffer.getvalue())


def _harmless(cell) -> str:
    flat = " ".join(str(cell).split())
    return "'" + flat if _FORMULA.match(flat) else flat


def code_of(place: str, column: str, cell: str, codes: tuple[str, ...]) -> str:
    """Give the code that a cell names, in any case; what is none is an error that names the place."""
    for code in codes:
        if code.casefold() == cell.casefold():
            return code
    raise InputError(f"{place}, column {column}: {cell!r} is not one of {', '.join(codes)}")


def read_table(path: Path, columns: list[str], filled: list[str], present: tuple[str, ...] = ()) -> pd.DataFrame:
    """Read a CSV table and check its columns.

    Parameters
    ----------
    path : Path
        UTF-8, with commas or semicolons. A heading may end in a remark in brackets: ``sentiment (negative | …)``.
    columns : list of str
        The columns allowed.
    filled, present : list or tuple of str
        Those that must be there with no cell empty, and those that must be there.

    Returns
    -------
    DataFrame
        Cells as text without spaces around them, ``columns`` in their order, empty where the file has none;
        the index is the line of the file. Lines without any cell are left out.

    Raises
    ------
    InputError
        If the file cannot be read, or a column, a row's length or a required cell is wrong: the sentence
        names file, line and column.
    """
    headings, rows = _records(path)
    for column in headings:
        if column not in columns:
            raise InputError(f"{path}: unknown column {column!r}; allowed are {', '.join(columns)}")
        if headings.count(column) > 1:
            raise InputError(f"{path}: column {column!r} stands twice")
    for column in (needed := [*filled, *present]):
        if column not in headings:
            raise InputError(f"{path}: no column {column!r}; needed are {', '.join(needed)}")
    table = pd.DataFrame(rows.values(), index=list(rows), columns=headings, dtype=object)
    for column in filled:
        for line in table.index[table[column] == ""][:1]:
            raise InputError(f"{path}, line {line}, column {column}: is empty; every row needs one")
    return table.reindex(columns=columns, fill_value="")


def _records(path: Path) -> tuple[list[str], dict[int, list[str]]]:
    """Headings, and the cells of every line that holds any."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        separator = ";" if _SEMICOLONS.match(text) else ","
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=True)
        records = [(reader.line_num, [_plain(cell) for cell in cells]) for cells in reader]
    except (ValueError, OSError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read as a UTF-8 CSV table ({error})") from error
    (_, headings), *rows = [(line, cells) for line, cells in records if any(cells)] or [(1, [])]
    headings = [heading.partition(" (")[0] for heading in headings]
    while headings and not headings[-1]:
        headings.pop()
    for line, cells in rows:
        if any(cells[len(headings) :]):
            raise InputError(
                f"{path}, line {line}: has more cells than the header; put a cell that holds a comma in double quotes"
            )
    return headings, {line: (cells + [""] * len(headings))[: len(headings)] for line, cells in rows}


def _plain(cell: str) -> str:
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell, 1) else cell
