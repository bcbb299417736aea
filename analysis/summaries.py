"""A coding to small tables: each is exactly what one chart plots and what one finding tells.

Every function takes a ``Coding`` and gives a tidy table: one row a mark or bar segment, in the order in which
the chart draws them. Without statements, mentions or articles the table has its columns and no row.
Groups stand by size, ties by name. Intervals are 95 % Wilson intervals for a share [1]_; they take the statements
as independent of one another, which statements of one article are not quite.

References
----------
.. [1] E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference,
   Journal of the American Statistical Association 22, 209-212.
"""

import re
from typing import TYPE_CHECKING

import pandas as pd
from scipy.stats import binomtest

from analysis.text import is_word, tokens

if TYPE_CHECKING:
    from analysis.pipeline import Coding

TYPES = ["direct", "mixed", "indirect"]
SENTIMENTS = ["negative", "neutral", "positive"]
POSITIONS = ["against", "neutral", "favour"]
SIDES = ["of_protest", "about_protest"]
ALL_ARTICLES = "all articles"
NO_CUE = "no reporting verb"
TOP = 15

_NOT_A_VERB = set("a an also as be been being did do does had has have he is it later she the then they was were".split())


def articles(coding: "Coding") -> pd.DataFrame:
    """Length and statements of each article.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row an article, in the order of the articles: ``article`` (id), ``label`` (outlet and date where known),
        ``words``, ``quoted_words`` (words inside statements, paraphrases included), ``statements``, ``grievances``.
    """
    table = coding.articles[["article", "words"]].reset_index(drop=True)
    table.insert(1, "label", table["article"].map(_article_labels(coding.articles)))
    statements = coding.statements.assign(words=_words(coding.statements)).groupby("article")["words"]
    quoted = table["article"].map(statements.sum()).fillna(0)
    table["quoted_words"] = quoted.clip(upper=table["words"]).astype(int)
    table["statements"] = table["article"].map(statements.size()).fillna(0).astype(int)
    table["grievances"] = table["article"].map(coding.grievances["article"].value_counts()).fillna(0).astype(int)
    return table


def words_by_group(coding: "Coding") -> pd.DataFrame:
    """Words that each speaker group is given, over all articles and in each.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a group and article, and one a group for ``all articles``: ``group``, ``article``, ``label``,
        ``statements``, ``words`` (quoted or paraphrased), ``n`` (such words of all groups), ``share`` (0 to 1).
    """
    statements = coding.statements.assign(words=_words(coding.statements))
    labels = _article_labels(coding.articles)
    keys = [ALL_ARTICLES, *(article for article in labels if article in set(statements["article"]))]
    order = _by_size(statements.groupby("group")["words"].sum())
    rows = []
    for group in order:
        for key in keys:
            here = statements if key == ALL_ARTICLES else statements[statements["article"] == key]
            words, n = here.loc[here["group"] == group, "words"], int(here["words"].sum())
            share = round(int(words.sum()) / max(n, 1), 4)
            rows.append([group, key, labels.get(key, key), len(words), int(words.sum()), n, share])
    return pd.DataFrame(rows, columns=["group", "article", "label", "statements", "words", "n", "share"])


def positions(coding: "Coding") -> pd.DataFrame:
    """Where in its article each statement starts.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a statement: ``group``, ``speaker``, ``article``, ``label``, ``type``, ``position`` (of the
        statement's first character, in per cent of the article's characters: 0 is the top).
    """
    statements = coding.statements[coding.statements["article"].isin(coding.articles["article"])]
    lengths = coding.articles.set_index("article")["text"].str.len()
    table = statements[["group", "speaker", "article", "type"]].copy()
    table.insert(3, "label", table["article"].map(_article_labels(coding.articles)))
    starts = [content[0][0] for content in statements["content"]]
    table["position"] = [round(100 * start / lengths[a], 1) for start, a in zip(starts, table["article"], strict=True)]
    rank = {group: place for place, group in enumerate(_by_size(table["group"].value_counts()))}
    return table.sort_values(["group", "article", "position"], key=lambda c: c.map(rank) if c.name == "group" else c)


def reporting_verbs(coding: "Coding") -> pd.DataFrame:
    """Reporting verbs by speaker group.

    A cue is reduced to its first word that is no auxiliary, adverb in -ly or article, in lower case ("has repeatedly
    told" is *told*; "according to" stays whole). Inflected forms are not merged.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them; a cue is looked up in the article's text.

    Returns
    -------
    DataFrame
        One row a verb and group: ``verb`` (the 15 most frequent, then the rest as one, last ``no reporting verb``),
        ``group``, ``statements``.
    """
    texts = coding.articles.set_index("article")["text"]
    statements = coding.statements[coding.statements["article"].isin(texts.index)]
    verbs = [
        _verb(texts[article][cue[0] : cue[1]]) if isinstance(cue, list | tuple) else NO_CUE
        for article, cue in zip(statements["article"], statements["cue"], strict=True)
    ]
    verbs = pd.Series(verbs, index=statements.index, dtype=object)
    cued = verbs[verbs != NO_CUE]
    verbs = verbs.where(verbs == NO_CUE, _pooled(cued, "verbs").reindex(verbs.index))
    order = [verb for verb in _order(cued, "verbs") + [NO_CUE] if verb in set(verbs)]
    return _crossed(verbs, order, statements["group"], _by_size(statements["group"].value_counts()), "verb", "group")


def speakers(coding: "Coding") -> pd.DataFrame:
    """Statements of each speaker, by type.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a speaker and type: ``speaker`` (the 15 with most statements, then all others as one), ``type``,
        ``statements``, ``group`` (empty for the others), ``speakers`` (how many the row stands for).
    """
    names = coding.statements["speaker"].astype(object)
    order = _order(names, "speakers")
    table = _crossed(_pooled(names, "speakers"), order, coding.statements["type"], TYPES, "speaker", "type")
    groups = coding.statements.groupby("speaker")["group"].agg(lambda groups: _by_size(groups.value_counts())[0])
    table["group"] = table["speaker"].map(groups).fillna("")
    others = names.nunique() - len(order) + 1
    table["speakers"] = [1 if speaker in groups.index else others for speaker in table["speaker"]]
    return table


def statement_types(coding: "Coding") -> pd.DataFrame:
    """Direct, mixed and indirect statements of each article.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row an article and type: ``article``, ``type``, ``statements``, ``label``.
    """
    labels = _article_labels(coding.articles)
    statements = coding.statements
    order = [article for article in labels if len(statements)]
    table = _crossed(statements["article"], order, statements["type"], TYPES, "article", "type")
    table["label"] = table["article"].map(labels)
    return table


def sentiment(coding: "Coding") -> pd.DataFrame:
    """Sentiment of the statements of each speaker group.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a group and sentiment: ``group``, ``sentiment``, ``statements``, ``n`` (statements of the group),
        ``share`` (0 to 1), ``low`` and ``high`` (its interval).
    """
    groups = coding.statements["group"]
    order = _by_size(groups.value_counts())
    table = _crossed(groups, order, coding.statements["sentiment"], SENTIMENTS, "group", "sentiment")
    return _with_shares(table, "group")


def stance(coding: "Coding") -> pd.DataFrame:
    """Positions of each speaker group toward each target; a statement counts once for each target it takes up.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a group, target and position: ``target`` (by number of statements), ``group``, ``position``,
        ``statements``.
    """
    pairs = [
        (target, group, position)
        for group, stance in zip(coding.statements["group"], coding.statements["stance"], strict=True)
        for target, position in stance.items()
    ]
    pairs = pd.DataFrame(pairs, columns=["target", "group", "position"], dtype=object)
    groups, tables = _by_size(pairs["group"].value_counts()), []
    for target in _by_size(pairs["target"].value_counts()):
        taken = pairs[pairs["target"] == target]
        table = _crossed(taken["group"], groups, taken["position"], POSITIONS, "group", "position")
        tables.append(table.assign(target=target))
    columns = ["target", "group", "position", "statements"]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def grievance_themes(coding: "Coding") -> pd.DataFrame:
    """Grievance mentions by side and theme.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a side and theme that occurs: ``side``, ``theme``, ``mentions``, ``n`` (mentions of the side),
        ``share`` (of the side's mentions, 0 to 1), ``low`` and ``high`` (its interval).
    """
    rows = []
    for side in _known_first(SIDES, coding.grievances["side"]):
        counts = coding.grievances.loc[coding.grievances["side"] == side, "theme"].value_counts()
        rows += [(side, theme, int(counts[theme])) for theme in _by_size(counts)]
    return _with_shares(pd.DataFrame(rows, columns=["side", "theme", "mentions"]), "side", "mentions")


def grievance_voices(coding: "Coding") -> pd.DataFrame:
    """Who voices the grievances, by side.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them; a hand coding without voices gives no row.

    Returns
    -------
    DataFrame
        One row a voice and side: ``voice`` (a speaker or ``reporter``: the 15 with most mentions, then all others
        as one), ``side``, ``mentions``.
    """
    mentions = coding.grievances if "voice" in coding.grievances else coding.grievances.iloc[:0].assign(voice="")
    names = mentions["voice"].astype(object)
    order = _order(names, "voices")
    return _crossed(_pooled(names, "voices"), order, mentions["side"], SIDES, "voice", "side", "mentions")


def _words(statements: pd.DataFrame) -> list[int]:
    return [sum(map(is_word, tokens(text))) for text in statements["text"]]


def _article_labels(articles: pd.DataFrame) -> dict[str, str]:
    """Name articles by outlet and date where known, by their id where that does not tell them apart."""
    known = [
        ", ".join(part for part in (outlet or "unknown outlet", date) if part) if outlet or date else article
        for article, outlet, date in zip(articles["article"], articles["outlet"], articles["date"], strict=True)
    ]
    return {
        article: label if known.count(label) == 1 else f"{label} ({article})"
        for article, label in zip(articles["article"], known, strict=True)
    }


def _verb(cue: str) -> str:
    words = re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", cue.lower())
    verbs = [word for word in words if word not in _NOT_A_VERB and not word.endswith("ly")] or words
    if not verbs:
        return NO_CUE
    return "according to" if verbs[0] == "according" else verbs[0]


def _by_size(sizes: pd.Series) -> list:
    return sorted(sizes.index, key=lambda name: (-sizes[name], name))


def _known_first(known: list[str], values: pd.Series) -> list[str]:
    return known + sorted(set(values) - set(known))


def _order(names: pd.Series, plural: str) -> list[str]:
    """The most frequent names, then one entry for all others."""
    ranked = _by_size(names.value_counts())
    rest = len(ranked) - TOP
    return ranked if rest < 2 else [*ranked[:TOP], f"{rest} other {plural}"]


def _pooled(names: pd.Series, plural: str) -> pd.Series:
    order = _order(names, plural)
    return names.where(names.isin(order), order[-1] if order else "")


def _crossed(rows, row_order, columns, column_order, row_name, column_name, count="statements") -> pd.DataFrame:
    """Count every pair of row and column, pairs that do not occur included."""
    pairs = pd.Series(list(zip(rows, columns, strict=True)), dtype=object).value_counts()
    every = [(row, column) for row in row_order for column in _known_first(column_order, columns)]
    table = pd.DataFrame(every, columns=[row_name, column_name])
    return table.assign(**{count: [int(pairs.get(pair, 0)) for pair in every]})


def _with_shares(table: pd.DataFrame, whole: str, count: str = "statements") -> pd.DataFrame:
    table = table.assign(n=table.groupby(whole)[count].transform("sum").astype(int))
    tests = [binomtest(k, n).proportion_ci(method="wilson") for k, n in zip(table[count], table["n"], strict=True)]
    table["share"] = (table[count] / table["n"]).astype(float).round(4)
    table["low"] = [round(float(test.low), 4) for test in tests]
    table["high"] = [round(float(test.high), 4) for test in tests]
    return table
