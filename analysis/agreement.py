"""Two codings of the same articles, side by side: which units both found, how well, and what differs, by name."""

import bisect
import collections
import re
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.corrections import machine_labels
from analysis.reliability import NONE, resampled, with_interval
from analysis.text import is_word, tokens

PAIRS = ["article", "gold", "pred", "jaccard"]
UNITS = ["unit", "article", "offset", "hand", "machine", "hand_text", "machine_text", "hand_type", "machine_type"]
UNITS += ["hand_label", "machine_label", "group", "jaccard", "same_speaker"]
LABELS = ["pair", "unit", "article", "offset", "text", "group", "variable", "hand", "machine", "probability"]
EXTRACTION = ["unit", "measure", "gold", "pred", "precision", "recall", "f1", "f1_low", "f1_high"]
MISSES = ["unit", "article", "offset", "text", "problem", "variable", "machine", "hand"]
_STATEMENTS = (lambda statement: statement["content"]), 0.5
_GRIEVANCES = (lambda mention: [mention["span"]]), 0.3
_TITLES = frozenset(
    "mr mrs ms dr sir dame supt superintendent sgt sergeant chief commissioner minister prime president mayor "
    "speaker councillor cllr coun leader chair interim the a an".split()
)


class Comparison(NamedTuple):
    """Two codings of the same articles: ``units`` found by either, ``labels`` of those found by both."""

    units: pd.DataFrame
    labels: pd.DataFrame


def match_statements(gold: pd.DataFrame, pred: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Pair the statements of two codings one to one, by the words that they share.

    Parameters
    ----------
    gold, pred : DataFrame
        Statements with the columns ``article`` and ``content`` (list of [start, end]).
    articles : DataFrame
        ``article`` and ``text`` of the articles to compare; statements of other articles are passed over.

    Returns
    -------
    DataFrame
        One row a pair: ``article``, ``gold`` and ``pred`` (row positions, from 0), ``jaccard`` (words in both over
        words in either, at least 0.5). Within an article the best pair is taken first; punctuation never counts.
    """
    return _pairs(_align(gold, pred, articles, *_STATEMENTS))


def match_grievances(gold: pd.DataFrame, pred: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """Pair grievance mentions (``article``, ``span``) as :func:`match_statements` does, from a Jaccard of 0.3 on."""
    return _pairs(_align(gold, pred, articles, *_GRIEVANCES))


def compare(hand, machine, articles: pd.DataFrame | None = None) -> Comparison:
    """Set a coding beside the hand coding, or one coder beside another.

    Parameters
    ----------
    hand, machine : tuple of two DataFrames
        Statements and grievances. For two coders, the first stands in the hand coding's place.
    articles : DataFrame, optional
        ``article`` and ``text``. Only articles for which ``hand`` holds a statement or a grievance are compared.
        Without it units are paired by the characters that they share, not the words.

    Returns
    -------
    Comparison
        ``units``, one row a statement or grievance of either coding: ``unit``, ``article``, ``offset`` (the hand
        coding's first, else the machine's), ``hand`` and ``machine`` (row positions in the tables given, -1 if not
        found), words, type and label of each, ``group`` (of the speaker, by hand), ``jaccard``, ``same_speaker``.
        ``labels``, one row a label of a unit that both hold: ``pair`` (row of ``units``), ``unit``, ``article``,
        ``offset``, ``text``, ``group``, ``variable`` (type, speaker, group, sentiment, "stance: <target>", themes,
        grievance theme, grievance side), ``hand``, ``machine``, ``probability`` (0 to 1, as the machine gives it; NaN
        where it gives none).

    Notes
    -----
    - Themes are joined by "; ". Stance is "none" where a coding does not take up a target that some statement does.
    - Labels corrected by hand are not the machine's: what the machine had said stands in their place.
    - A speaker is the same if the names are equal but for case, titles and articles, if the name stands in the hand
      coding's ``speaker_also``, or if a full name has the same surname; both sides then bear the hand coding's name.
    """
    coded = {row["article"] for table in hand for row in table.to_dict("records")}
    if articles is None:
        articles = pd.DataFrame({"article": sorted(coded), "text": None})
    coded &= set(articles["article"])
    articles = articles[articles["article"].isin(coded)]
    hand, machine = ([machine_labels(table) for table in coding] for coding in (hand, machine))
    statements, grievances = ([hand[i].to_dict("records"), machine[i].to_dict("records")] for i in (0, 1))
    targets = sorted({name for side in statements for row in side if row["article"] in coded for name in row["stance"]})
    aligned = _align(hand[0], machine[0], articles, *_STATEMENTS), _align(hand[1], machine[1], articles, *_GRIEVANCES)
    units = [_unit("statement", statements, *place) for place in aligned[0]]
    units += [_unit("grievance", grievances, *place) for place in aligned[1]]
    units.sort(key=lambda unit: (unit["unit"] != "statement", unit["article"], unit["offset"]))
    labels = []
    for pair, unit in enumerate(units):
        if unit["hand"] < 0 or unit["machine"] < 0:
            continue
        rows = statements if unit["unit"] == "statement" else grievances
        gold, pred = rows[0][unit["hand"]], rows[1][unit["machine"]]
        judged = _statement_labels(gold, pred, targets) if rows is statements else _grievance_labels(gold, pred)
        place = [pair, unit["unit"], unit["article"], unit["offset"], unit["hand_text"], unit["group"]]
        labels += [[*place, variable, *values, _probability(pred, variable)] for variable, values in judged.items()]
    return Comparison(pd.DataFrame(units, columns=UNITS), pd.DataFrame(labels, columns=LABELS))


def extraction_scores(units: pd.DataFrame) -> pd.DataFrame:
    """Precision, recall and F1 of finding the hand-coded units.

    Parameters
    ----------
    units : DataFrame
        As :func:`compare` gives it.

    Returns
    -------
    DataFrame
        One tidy row a kind of unit ("statements: direct" …, "statements: all", "grievances") and ``measure``: overlap
        (matched), exact (matched with the same words), e2e (matched, and the right speaker; statements only).
        ``gold`` and ``pred`` are counts; ``precision``, ``recall``, ``f1`` and its 95 % percentile bootstrap interval
        ``f1_low``, ``f1_high`` are percentages. A type's recall is over the units to which the hand coding gives that
        type, its precision over those to which the machine coding does.

    Notes
    -----
    What is resampled, 1,000 times, is the unit: a pair, a unit missed or a unit too many. Units of an article are not
    independent, and the worked example has two articles of one protest: the intervals say how much the figures owe to
    single statements of these articles, not how they would vary over other coverage. A score without a fault gets an
    interval without width, however few the units: read ``gold`` and ``pred`` beside it.
    """
    rows = []
    statements = units["unit"] == "statement"
    types = sorted({*units["hand_type"], *units["machine_type"]} - {""})
    kinds = [(f"statements: {kind}", units["hand_type"] == kind, units["machine_type"] == kind) for kind in types]
    kinds += [("statements: all", statements & (units["hand"] >= 0), statements & (units["machine"] >= 0))]
    kinds += [("grievances", ~statements & (units["hand"] >= 0), ~statements & (units["machine"] >= 0))]
    matched = (units["hand"] >= 0) & (units["machine"] >= 0)
    measures = {"overlap": matched, "exact": matched & (units["jaccard"] == 1), "e2e": matched & units["same_speaker"]}
    for kind, gold, pred in kinds:
        for measure, hit in measures.items():
            if not (gold | pred).any() or (kind == "grievances" and measure == "e2e"):
                continue
            counts = np.column_stack([gold, pred, gold & hit, pred & hit])[gold | pred].astype(float)
            sums = resampled(counts)
            recall, precision = _share(sums[:, 2], sums[:, 0]), _share(sums[:, 3], sums[:, 1])
            f1 = with_interval(_share(2 * precision * recall, precision + recall))
            shares = (100 * value for value in (precision[0], recall[0], *f1))
            rows.append([kind, measure, int(gold.sum()), int(pred.sum()), *shares])
    return pd.DataFrame(rows, columns=EXTRACTION)


def misses(units: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """List by name everything in which two codings differ.

    Parameters
    ----------
    units, labels : DataFrame
        As :func:`compare` gives them.

    Returns
    -------
    DataFrame
        By article and offset: ``unit``, ``article``, ``offset``, ``text`` (by hand, else by machine),
        ``problem`` ("not found", "not in the hand coding", "other words", "other label"), ``variable``, ``machine``,
        ``hand``. Of a unit that only one coding holds, its speaker and type (a grievance's side and theme) are given.
    """
    rows = []
    for unit in units.to_dict("records"):
        place = [unit["unit"], unit["article"], unit["offset"], unit["hand_text"] or unit["machine_text"]]
        if unit["machine"] < 0:
            rows.append([*place, "not found", "", "", unit["hand_label"]])
        elif unit["hand"] < 0:
            rows.append([*place, "not in the hand coding", "", unit["machine_label"], ""])
        elif unit["jaccard"] < 1:
            rows.append([*place, "other words", "words", unit["machine_text"], unit["hand_text"]])
    for label in labels[labels["hand"] != labels["machine"]].to_dict("records"):
        place = [label[column] for column in ("unit", "article", "offset", "text")]
        rows.append([*place, "other label", label["variable"], label["machine"], label["hand"]])
    rows.sort(key=lambda row: (row[1], row[2], row[0]))
    return pd.DataFrame(rows, columns=MISSES)


def _pairs(places):
    return pd.DataFrame([place for place in places if place[1] >= 0 and place[2] >= 0], columns=PAIRS)


def _align(gold, pred, articles, spans_of, least):
    """All units of the articles as (article, gold position, pred position, jaccard), -1 where one coding lacks it."""
    places, sides = [], [_by_article(table) for table in (gold, pred)]
    for article, text in zip(articles["article"], articles["text"], strict=True):
        words = None if text is None else [token for token in tokens(text) if is_word(token)]
        mine, theirs = (
            {position: _words_in(words, spans_of(row)) for position, row in side.get(article, [])} for side in sides
        )
        candidates = [
            (len(mine[g] & theirs[p]) / len(mine[g] | theirs[p]), g, p)
            for g in mine
            for p in theirs
            if mine[g] & theirs[p]
        ]
        for jaccard, g, p in sorted(candidates, key=lambda candidate: (-candidate[0], *candidate[1:])):
            if jaccard >= least and g in mine and p in theirs:
                places.append((article, g, p, jaccard))
                del mine[g], theirs[p]
        places += [(article, g, -1, 0.0) for g in mine] + [(article, -1, p, 0.0) for p in theirs]
    return places


def _by_article(table):
    rows = collections.defaultdict(list)
    for position, row in enumerate(table.to_dict("records")):
        rows[row["article"]].append((position, row))
    return rows


def _words_in(words, spans):
    if words is None:
        return frozenset().union(*(range(start, end) for start, end in spans))
    ranges = [
        range(
            bisect.bisect_right(words, start, key=lambda word: word.end),
            bisect.bisect_left(words, end, key=lambda word: word.start),
        )
        for start, end in spans
    ]
    return frozenset().union(*ranges)


def _unit(name, rows, article, g, p, jaccard):
    gold, pred = (table[i] if i >= 0 else None for table, i in zip(rows, (g, p), strict=True))
    known, statement = gold or pred, name == "statement"
    return {
        "unit": name,
        "article": article,
        "offset": known["content"][0][0] if statement else known["span"][0],
        "hand": g,
        "machine": p,
        "hand_text": gold["text"] if gold else "",
        "machine_text": pred["text"] if pred else "",
        "hand_type": gold["type"] if gold and statement else "",
        "machine_type": pred["type"] if pred and statement else "",
        "hand_label": _label(gold, statement) if gold else "",
        "machine_label": _label(pred, statement) if pred else "",
        "group": gold["group"] if gold and statement else "",
        "jaccard": jaccard,
        "same_speaker": bool(gold and pred and statement) and _same_speaker(gold, pred),
    }


def _label(row, statement):
    return f"{row['speaker']}, {row['type']}" if statement else f"{row['side']}: {row['theme']}"


def _statement_labels(gold, pred, targets):
    speaker = gold["speaker"] if _same_speaker(gold, pred) else pred["speaker"]
    labels = {name: (gold[name], pred[name]) for name in ("type", "group", "sentiment")}
    labels |= {
        f"stance: {target}": tuple(row["stance"].get(target, NONE) for row in (gold, pred)) for target in targets
    }
    themes = tuple("; ".join(sorted(set(row["themes"]))) for row in (gold, pred))
    return labels | {"speaker": (gold["speaker"], speaker), "themes": themes}


def _grievance_labels(gold, pred):
    return {f"grievance {name}": (gold[name], pred[name]) for name in ("theme", "side")}


def _probability(row, variable):
    given = row.get("probability")
    given = given if isinstance(given, dict) else {}
    if variable.startswith("stance: "):
        return given.get("stance", {}).get(variable.removeprefix("stance: "), np.nan)
    return np.nan if variable == "themes" else given.get(variable.removeprefix("grievance "), np.nan)


def _same_speaker(gold, pred):
    also = gold.get("speaker_also")
    names = [gold["speaker"], *(also if isinstance(also, list) else [])]
    return any(_same_name(name, pred["speaker"]) for name in names)


def _same_name(gold, pred):
    """Equal but for case, titles and articles, or the same surname where the first is a person's full name."""
    parts = [[w for w in re.findall(r"[\w'’-]+", name.casefold()) if w not in _TITLES] for name in (gold, pred)]
    if parts[0] == parts[1]:
        return True
    full_name = len(parts[0]) > 1 and all(word[0].isupper() for word in re.findall(r"[\w'’-]+", gold))
    return full_name and parts[0][-1:] == parts[1][-1:]


def _share(part, whole):
    return np.divide(part, whole, out=np.zeros(np.shape(part)), where=whole > 0)
