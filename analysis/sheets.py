"""Coding sheets: the statements of a coding for a person to code in a spreadsheet, written blank and read back."""

import json
import re
from pathlib import Path

import pandas as pd

from analysis.articles import InputError
from analysis.codebook import Codebook, listed
from analysis.coding import coding_folder, read_coding, read_texts
from analysis.files import code_of, read_table, write_table
from analysis.judgement import NONE, SENTIMENTS
from analysis.stance import POSITIONS

SHOWN = ["id", "article", "speaker", "group", "context", "text"]
KEPT = ["note", "coder", "content"]
STANCE = "stance_"
CONTEXT = 300  # characters shown on either side of a statement


def write_sheet(out: str | Path, coder: str, codebook: Codebook) -> Path:
    """Write a blank coding sheet of every statement of a coding.

    Parameters
    ----------
    out : str or Path
        Folder that `analysis.coding.write_coding` wrote, or one that holds it as ``coding/``; gets the sheet.
    coder : str
        Who will fill it in: letters, digits, spaces, ``.``, ``_`` and ``-``.
    codebook : Codebook
        The codebook of the coding: its targets and themes are what is to be coded.

    Returns
    -------
    Path
        ``sheet-CODER.csv``: a row a statement with its id, article, speaker, group, the text around it and its words;
        empty cells for sentiment, the stance toward each target, themes and a note, their headings saying what is
        allowed. The machine's sentiment, stances and themes are not shown.

    Raises
    ------
    InputError
        If there is no coding or no statement, the name is no file name, or the sheet is there already.
    """
    if not re.fullmatch(r"\w[\w .-]*", coder):
        raise InputError(f"--coder {coder!r}: give a name of letters, digits, spaces, '.', '_' and '-'")
    path = Path(out) / f"sheet-{coder}.csv"
    if path.exists():
        raise InputError(f"{path}: is there already and may be filled in; move it, or give another coder")
    folder = coding_folder(out)
    statements, texts = read_coding(folder, codebook)[0], read_texts(folder)
    if statements.empty:
        raise InputError(f"{folder}: holds no statement to code")
    headings = [f"{name} ({_allowed(name, codes)})" for name, codes in _codes(codebook).items()]
    rows = [_row(row, texts) | {"coder": coder} for row in statements.to_dict("records")]
    write_table(path, pd.DataFrame(rows).reindex(columns=[*SHOWN, *headings, *KEPT], fill_value=""))
    return path


def read_sheet(path: str | Path, codebook: Codebook) -> pd.DataFrame:
    """Read a coding sheet that a person filled in.

    Parameters
    ----------
    path : str or Path
        From `write_sheet`, saved as CSV in UTF-8; rows may be sorted, left out or left blank.
    codebook : Codebook
        Tells what is allowed.

    Returns
    -------
    DataFrame
        The rows that are coded, in the form of `analysis.coding.read_coding`; type and cue are empty. A row is coded
        once its sentiment is: an empty stance is "none" then, empty themes are no themes.

    Raises
    ------
    InputError
        For a wrong cell or column, or if no row is coded; the sentence names file, line, column and what is allowed.
    """
    codes = _codes(codebook)
    table = read_table(Path(path), [*SHOWN, *codes, *KEPT], ["id", "article", "text", "content"], tuple(codes))
    for line in table.index[table["id"].duplicated()][:1]:
        raise InputError(f"{path}, line {line}, column id: {table['id'][line]!r} stands twice; one row a statement")
    coded = table[(table[list(codes)] != "").any(axis=1)]
    if coded.empty:
        raise InputError(f"{path}: no row is coded; fill in the column sentiment of the statements that you code")
    return pd.DataFrame([_statement(f"{path}, line {line}", row, codes) for line, row in _records(coded)])


def _codes(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Give what is to be coded, in the sheet's order, with the codes allowed."""
    stance = {f"{STANCE}{target}": (*POSITIONS, NONE) for target in codebook.targets["target"]}
    return {"sentiment": SENTIMENTS} | stance | {"themes": tuple(codebook.themes["theme"])}


def _allowed(name: str, codes: tuple[str, ...]) -> str:
    return ("any of these with ; between them: " if name == "themes" else "") + " | ".join(codes)


def _row(row: dict, texts: dict[str, str]) -> dict:
    article, content = row["article"], row["content"]
    return {
        "id": f"{article}:{content[0][0]}",
        **{name: row[name] for name in ("article", "speaker", "group", "text")},
        "context": _context(texts.get(article, ""), content[0][0], content[-1][1]),
        "content": json.dumps(content),
    }


def _context(text: str, start: int, end: int) -> str:
    """Give the text around a statement, cut between words."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if start > CONTEXT:
        before = "… " + before.partition(" ")[2]
    if len(text) > end + CONTEXT:
        after = after.rpartition(" ")[0] + " …"
    return before + text[start:end] + after


def _records(table: pd.DataFrame):
    return zip(table.index, table.to_dict("records"), strict=True)


def _statement(place: str, cells: dict, codes: dict[str, tuple[str, ...]]) -> dict:
    if not cells["sentiment"]:
        raise InputError(f"{place}, column sentiment: is empty though the row is coded; {', '.join(SENTIMENTS)}")
    given = {name: listed(cells[name]) if name == "themes" else (cells[name] or NONE,) for name in codes}
    given = {name: [code_of(place, name, value, codes[name]) for value in values] for name, values in given.items()}
    stance = {name.removeprefix(STANCE): values[0] for name, values in given.items() if name.startswith(STANCE)}
    return {
        **{name: cells[name] for name in ("article", "speaker", "group", "text")},
        "sentiment": given["sentiment"][0],
        "content": _content(place, cells["content"]),
        "type": "",
        "cue": None,
        "stance": {target: position for target, position in stance.items() if position != NONE},
        "themes": given["themes"],
    }


def _content(place: str, cell: str) -> list[list[int]]:
    try:
        content = [[int(start), int(end)] for start, end in json.loads(cell)]
        if content and all(0 <= start < end for start, end in content):
            return content
    except (ValueError, TypeError):
        pass
    raise InputError(f"{place}, column content: {cell!r} is not the list of offsets that the blank sheet has there")
