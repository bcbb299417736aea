"""A coding to small tables: each is exactly what one chart plots and what one finding tells.

Every function takes a ``Coding`` and gives a tidy table: one row a mark or bar segment, in the order in which
the chart draws them. Without statements, mentions or articles the table has its columns and no row.
Groups stand by size, ties by name. Intervals are 95 % Wilson intervals of ``analysis.counting``.
"""

import re
from typing import TYPE_CHECKING

import pandas as pd

from analysis.counting import by_size, crossed, known_first, most_frequent, pooled, stands_for, with_shares
from analysis.judgement import shown
from analysis.text import is_word, tokens

if TYPE_CHECKING:
    from analysis.pipeline import Coding

TYPES = ["direct", "mixed", "indirect"]
SENTIMENTS = ["negative", "neutral", "positive"]
POSITIONS = ["against", "neutral", "favour"]
SIDES = ["of_protest", "about_protest"]
ALL_ARTICLES = "all articles"
NO_CUE = "no reporting verb"

_NOT_A_VERB = set(
    "a an also as be been being did do does had has have he is it later she the then they was were".split()
)


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
    statements = coding.statements.assign(words=word_counts(coding.statements)).groupby("article")["words"]
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
    statements = coding.statements.assign(words=word_counts(coding.statements))
    labels = _article_labels(coding.articles)
    keys = [ALL_ARTICLES, *(article for article in labels if article in set(statements["article"]))]
    order = by_size(statements.groupby("group")["words"].sum())
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
    rank = {group: place for place, group in enumerate(by_size(table["group"].value_counts()))}
    return table.sort_values(["group", "article", "position"], key=lambda c: c.map(rank) if c.name == "group" else c)


def reporting_verbs(coding: "Coding") -> pd.DataFrame:
    """Count reporting verbs by speaker group.

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
        ``group``, ``statements``, ``verbs`` (how many the row stands for).
    """
    texts = coding.articles.set_index("article")["text"]
    statements = coding.statements[coding.statements["article"].isin(texts.index)]
    verbs = [
        _verb(texts[article][cue[0] : cue[1]]) if isinstance(cue, list | tuple) else NO_CUE
        for article, cue in zip(statements["article"], statements["cue"], strict=True)
    ]
    verbs = pd.Series(verbs, index=statements.index, dtype=object)
    cued = verbs[verbs != NO_CUE]
    verbs = verbs.where(verbs == NO_CUE, pooled(cued, "verbs").reindex(verbs.index))
    order = [verb for verb in most_frequent(cued, "verbs") + [NO_CUE] if verb in set(verbs)]
    groups = by_size(statements["group"].value_counts())
    table = crossed(verbs, order, statements["group"], groups, ("verb", "group", "statements"))
    table["verbs"] = [0 if verb == NO_CUE else stands_for(verb, cued) for verb in table["verb"]]
    return table


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
    order = most_frequent(names, "speakers")
    table = crossed(
        pooled(names, "speakers"), order, coding.statements["type"], TYPES, ("speaker", "type", "statements")
    )
    groups = coding.statements.groupby("speaker")["group"].agg(lambda groups: by_size(groups.value_counts())[0])
    table["group"] = table["speaker"].map(groups).fillna("")
    table["speakers"] = [stands_for(speaker, names) for speaker in table["speaker"]]
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
    table = crossed(statements["article"], order, statements["type"], TYPES, ("article", "type", "statements"))
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
        One row a group and sentiment ("unsure" where the label is): ``group``, ``sentiment``, ``statements``, ``n``
        (statements of the group), ``share`` (0 to 1), ``low`` and ``high`` (its interval).
    """
    groups, labels = coding.statements["group"], pd.Series(shown(coding.statements, "sentiment"), dtype=object)
    order = by_size(groups.value_counts())
    table = crossed(groups, order, labels, SENTIMENTS, ("group", "sentiment", "statements"))
    return with_shares(table, "group", "statements")


def stance(coding: "Coding") -> pd.DataFrame:
    """Positions of each speaker group toward each target; a statement counts once for each target it takes up.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a group, target and position ("unsure" where the label is): ``target`` (by number of statements),
        ``group``, ``position``, ``statements``.
    """
    pairs = [
        (target, group, position)
        for group, stance in zip(coding.statements["group"], shown(coding.statements, "stance"), strict=True)
        for target, position in stance.items()
    ]
    pairs = pd.DataFrame(pairs, columns=["target", "group", "position"], dtype=object)
    groups, tables = by_size(pairs["group"].value_counts()), []
    columns = known_first(POSITIONS, pairs["position"])
    for target in by_size(pairs["target"].value_counts()):
        taken = pairs[pairs["target"] == target]
        table = crossed(taken["group"], groups, taken["position"], columns, ("group", "position", "statements"))
        tables.append(table.assign(target=target))
    names = ["target", "group", "position", "statements"]
    return pd.concat(tables, ignore_index=True)[names] if tables else pd.DataFrame(columns=names)


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
    for side in known_first(SIDES, coding.grievances["side"]):
        counts = coding.grievances.loc[coding.grievances["side"] == side, "theme"].value_counts()
        rows += [(side, theme, int(counts[theme])) for theme in by_size(counts)]
    return with_shares(pd.DataFrame(rows, columns=["side", "theme", "mentions"]), "side", "mentions")


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
        as one), ``side``, ``mentions``, ``voices`` (how many the row stands for).
    """
    mentions = coding.grievances if "voice" in coding.grievances else coding.grievances.iloc[:0].assign(voice="")
    names = mentions["voice"].astype(object)
    order = most_frequent(names, "voices")
    table = crossed(pooled(names, "voices"), order, mentions["side"], SIDES, ("voice", "side", "mentions"))
    table["voices"] = [stands_for(voice, names) for voice in table["voice"]]
    return table


def word_counts(statements: pd.DataFrame) -> list[int]:
    """Count the words of each statement: tokens that hold a letter or digit."""
    return [sum(map(is_word, tokens(text))) for text in statements["text"]]


def _article_labels(articles: pd.DataFrame) -> dict[str, str]:
    """Name articles by outlet and date where known, by their id where that does not tell them apart."""
    known = [
        ", ".join(part for part in (outlet or "Unknown outlet", date) if part) if outlet or date else article
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
