"""Statements to what they take up: one row a statement and concept, without duplicates, by period.

A *concept* is a stance target or a theme, as the Discourse Network Analyzer (DNA) has it; see ``analysis.network``.
"""

import datetime
import re

import pandas as pd

from analysis.codebook import Codebook
from analysis.names import Roles, names_in
from analysis.pipeline import PROTEST, Coding

POSITIONS = ("favour", "against", "neutral", "unsigned")
DUPLICATES = ("include", "document", "week", "month", "year", "acrossrange")
PERIODS = ("week", "month", "year")
NO_DATE = "no date"

_COLUMNS = "statement document date source speaker group kind concept position agreement start stop text".split()
_NOT_IN_XML = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COMPLEMENT = re.compile(r"\s(?:of|for|in|at|from)\s")


def statement_list(coding: Coding, codebook: Codebook) -> pd.DataFrame:
    """List what each statement takes up, one row a statement and concept, as DNA counts statements.

    Parameters
    ----------
    coding : Coding
        Articles and their statements, coded by machine or by hand.
    codebook : Codebook
        Its role words tell a person ("resident") from an organisation or a body of people ("party", "residents").

    Returns
    -------
    DataFrame
        In order of date, document and offset: ``statement`` (document and first offset), ``document``, ``date`` (as
        known: YYYY, YYYY-MM, YYYY-MM-DD or empty), ``source`` (outlet), ``speaker``, ``person`` and ``organisation``
        (one is the speaker, the other empty: a rule over the name, for the coding does not tell them apart),
        ``group``, ``kind`` (target or theme), ``concept``, ``position`` (favour, against, neutral; unsigned for any
        other label), ``agreement`` (1 favour, 0 against, else missing), ``start``, ``stop`` (offsets in the article),
        ``text``.

    Notes
    -----
    The position on a theme is whether the statement bears the complaint out. It is read from the stance toward the
    protest in the same statement: who takes up a complaint of the protesters is in favour of it with the protest and
    against it against the protest; a complaint about the protest, the other way round. Without a stance toward the
    protest a theme is unsigned.
    """
    sides = dict(zip(codebook.themes["theme"], codebook.themes["side"], strict=True))
    statements, roles = taken_up(coding, sides), Roles(codebook.roles)
    people = {name for name in set(statements["speaker"]) if _is_person(name, roles)}
    person = statements["speaker"].isin(people)
    place = statements.columns.get_loc("group")
    statements.insert(place, "person", statements["speaker"].where(person, ""))
    statements.insert(place + 1, "organisation", statements["speaker"].mask(person, ""))
    return statements


def without_duplicates(statements: pd.DataFrame, duplicates: str = "document", actor: str = "speaker") -> pd.DataFrame:
    """Count a position that an actor repeats only once.

    Parameters
    ----------
    statements : DataFrame
        From :func:`statement_list`.
    duplicates : {"include", "document", "week", "month", "year", "acrossrange"}
        DNA's settings: keep all, or one a document, calendar week (ISO), month, year, or one in all. DNA compares
        the numbers of weeks and months alone; here those of two years differ.
    actor : str
        Column whose repetitions count: ``speaker``, ``person``, ``organisation`` or ``group``.

    Returns
    -------
    DataFrame
        The first of each set of rows with the same actor, concept and position. Where a date is not known to the
        period, the document stands for it: its repetitions count once, those elsewhere are not known to be any.

    Raises
    ------
    ValueError
        For a setting that is not one of these.
    """
    allowed("duplicates", duplicates, DUPLICATES)
    statements = in_order(statements)
    if duplicates == "include":
        return statements
    within = statements["document"]
    if duplicates in PERIODS:
        periods = [_period(date, duplicates) for date in statements["date"]]
        within = [period or f"in {document}" for period, document in zip(periods, within, strict=True)]
    same = statements[[actor, "kind", "concept", "position"]].assign(
        within="" if duplicates == "acrossrange" else within
    )
    return statements[~same.duplicated()].reset_index(drop=True)


def time_slices(statements: pd.DataFrame, period: str = "week") -> dict[str, pd.DataFrame]:
    """Cut a statement list by calendar week (ISO: "2022-W06"), month ("2022-02") or year.

    Parameters
    ----------
    statements : DataFrame
        From :func:`statement_list`.
    period : {"week", "month", "year"}
        Length of a slice.

    Returns
    -------
    dict of str to DataFrame
        The slices that have statements, in order of time; last, under "no date", what is not dated to the period.

    Raises
    ------
    ValueError
        For another period.
    """
    allowed("period", period, PERIODS)
    statements = in_order(statements)
    keys = pd.Series([_period(date, period) or NO_DATE for date in statements["date"]], statements.index, dtype=object)
    order = sorted(set(keys), key=lambda key: (key == NO_DATE, key))
    return {key: statements[keys == key].reset_index(drop=True) for key in order}


def taken_up(coding: Coding, sides: dict[str, str]) -> pd.DataFrame:
    """List as :func:`statement_list` does, without ``person`` and ``organisation``; themes without a side unsigned."""
    articles = coding.articles
    known = dict(zip(articles["article"], zip(articles["date"], articles["outlet"], strict=True), strict=True))
    rows = []
    for row in coding.statements.to_dict("records"):
        start, stop, article = row["content"][0][0], row["content"][-1][1], row["article"]
        speaker = _plain(row["speaker"]), _plain(row["group"])
        first = [f"{article}:{start}", article, *known.get(article, ("", "")), *speaker]
        concepts = [("target", target, position) for target, position in row["stance"].items()]
        concepts += [("theme", theme, _on_theme(sides.get(theme), row["stance"])) for theme in row["themes"]]
        for kind, concept, position in concepts:
            position = position if position in POSITIONS else "unsigned"
            agreement = {"favour": 1, "against": 0}.get(position, pd.NA)
            rows.append([*first, kind, concept, position, agreement, start, stop, row["text"]])
    table = pd.DataFrame(rows, columns=_COLUMNS)
    return in_order(table.astype({"agreement": "Int64", "start": int, "stop": int}))


def _on_theme(side: str | None, stance: dict[str, str]) -> str:
    position = stance.get(PROTEST, "unsigned")
    if side == "about_protest":
        return {"favour": "against", "against": "favour"}.get(position, position)
    return position if side == "of_protest" else "unsigned"


def in_order(statements: pd.DataFrame) -> pd.DataFrame:
    """Sort by date, document and offset, so that nothing depends on the order in which rows came."""
    keys = ["date", "document", "start", "kind", "concept", "position", "speaker"]
    return statements.sort_values(keys, kind="stable", ignore_index=True)


def allowed(name: str, value: str, values: tuple[str, ...]) -> None:
    """Raise ValueError for a setting that is not among its values."""
    if value not in values:
        raise ValueError(f"{name} {value!r}: allowed are {', '.join(values)}")


def _plain(name: str) -> str:
    """Write a name on one line without the control characters that XML forbids."""
    return " ".join(_NOT_IN_XML.sub(" ", str(name)).split())


def _is_person(name: str, roles: Roles) -> bool:
    """Tell by the last role word before "of", "for" and the like, or by the form of the name."""
    head = _COMPLEMENT.split(name)[0]
    held = roles.find(head)
    if held:
        return held[-1].kind in ("person", "office")
    return all(found.kind != "organisation" for found in names_in(name, roles.find(name)))


def _period(date: str, period: str) -> str:
    """Give the calendar period of a date, empty where the date does not reach so far."""
    try:
        if period == "week":
            year, week, _ = datetime.date.fromisoformat(date).isocalendar()
            return f"{year}-W{week:02d}"
    except ValueError:
        return ""
    length = {"month": 7, "year": 4}[period]
    return date[:length] if len(date) >= length else ""
