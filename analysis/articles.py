"""A folder of text files to the articles table; what cannot be read is reported, never raised."""

import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.text import is_word, tokens

METADATA = ["outlet", "date", "headline", "byline", "known_from"]
MAX_BYTES = 2_000_000
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


class InputError(Exception):
    """Input that stops the run; its message is one sentence for the person who ran it."""


class Articles(NamedTuple):
    """The articles that could be read and the problems met (tables)."""

    articles: pd.DataFrame
    problems: pd.DataFrame


def read_articles(folder: str | Path) -> Articles:
    """Read every ``.txt`` file of a folder, with ``articles.csv`` for what is known about them.

    Parameters
    ----------
    folder : str or Path
        Holds one UTF-8 or cp1252 ``.txt`` file an article (2 MB at most) and, if there is one,
        ``articles.csv`` with the columns ``id`` (file name without ``.txt``), ``outlet``, ``date``
        (YYYY, YYYY-MM or YYYY-MM-DD), ``headline``, ``byline``, ``known_from``; all but ``id`` may be missing.

    Returns
    -------
    Articles
        ``articles``: one row an article, sorted by file name: ``article``, the five metadata columns
        (empty where unknown), ``encoding``, ``words`` (tokens with a letter or digit), ``text`` as it
        stands in the file (a byte order mark and Windows line ends included, so offsets hold).
        ``problems``: ``file``, ``problem``.

    Raises
    ------
    InputError
        If the folder does not exist or holds no ``.txt`` file.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give the folder that holds the articles' .txt files")
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".txt" and path.name[0] != ".")
    if not files:
        raise InputError(f"{folder}: no .txt file in this folder; save each article as one .txt file")
    rows, problems = [], []
    for path in files:
        try:
            rows.append(_read_article(path, folder))
        except InputError as error:
            problems.append({"file": path.name, "problem": str(error)})
    known = _read_metadata(folder / "articles.csv", {path.stem for path in files}, problems)
    rows = [row | known.get(row["article"], dict.fromkeys(METADATA, "")) for row in rows]
    columns = ["article", *METADATA, "encoding", "words", "text"]
    return Articles(pd.DataFrame(rows, columns=columns), pd.DataFrame(problems, columns=["file", "problem"]))


def _read_article(path: Path, folder: Path) -> dict:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError("is a link that leads out of the folder; copy the file itself here")
    if not path.is_file():
        raise InputError("is not a file; each article is one .txt file")
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise InputError(f"holds {size / 1e6:.1f} MB; an article may have {MAX_BYTES / 1e6:.0f} MB at most")
    try:
        text, encoding = _decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}") from error
    if not any(map(str.isalnum, text)):
        raise InputError("is empty; an article holds text")
    return {
        "article": path.stem,
        "encoding": encoding,
        "words": sum(map(is_word, tokens(text))),
        "text": text,
    }


def _decode(content: bytes) -> tuple[str, str]:
    """Decode as UTF-8, else cp1252: detectors mistake short cp1252 texts."""
    for encoding in ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        control = _CONTROL.search(text)
        if control is None:
            return text, encoding
        raise InputError(f"is not plain text (control character at {control.start()}); save it as UTF-8 text")
    raise InputError("is neither UTF-8 nor cp1252 text; save it as UTF-8")


def _read_metadata(path: Path, articles: set[str], problems: list[dict]) -> dict[str, dict]:
    if not path.exists():
        return {}

    def problem(sentence):
        problems.append({"file": path.name, "problem": sentence})

    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, OSError) as error:
        problem(
            f"cannot be read as a UTF-8 CSV table ({str(error).splitlines()[0]}); the articles are coded without it"
        )
        return {}
    unknown = sorted(set(table.columns) - {"id", *METADATA})
    if "id" not in table.columns or unknown:
        named = f"unknown column {unknown[0]!r}" if unknown else "no column 'id'"
        problem(f"{named}; allowed are id, {', '.join(METADATA)}; the articles are coded without it")
        return {}
    known = {}
    for line, row in enumerate(table.to_dict("records"), start=2):
        if row["id"] not in articles:
            problem(f"line {line}: no article {row['id']!r} in the folder; an id is a file name without .txt")
        elif row["id"] in known:
            problem(f"line {line}: {row['id']!r} stands twice; the first row counts")
        else:
            if row.get("date") and not _DATE.fullmatch(row["date"]):
                problem(f"line {line}: date {row['date']!r} is left out; allowed are YYYY, YYYY-MM and YYYY-MM-DD")
                row["date"] = ""
            known[row["id"]] = {name: row.get(name, "") for name in METADATA}
    return known
