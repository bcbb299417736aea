"""A summary table to one or two plain sentences: under its chart, in "What we found" and in the chart's alt text.

Every function takes the table of the same name from ``analysis.summaries`` and returns plain text; ``as_markdown``
makes it safe to show, for names come out of articles. Numbers stand with what they are a share of. "Only" marks totals
below 30; groups with fewer than 5 statements are not compared with others.
"""

import re

import pandas as pd
from IPython.display import Markdown

from analysis.clauses import REPORTER
from analysis.phrases import agreeing, between, count, in_words, label, listed, percent, total
from analysis.summaries import ALL_ARTICLES

VERY_FEW = 5
NO_STATEMENTS = "No statements were found."
_POSITIONS = {"favour": "in favour"}
_SIDES = {"of_protest": "Complaints and demands of the protesters", "about_protest": "Complaints about the protest"}


def as_markdown(*findings: str) -> Markdown:
    """Show findings in a notebook: one as a paragraph, several as a list; nothing in them acts as Markdown or HTML."""
    bullet = "- " if len(findings) > 1 else ""
    shown = Markdown()  # set afterwards, because IPython opens data that looks like an address or the name of a file
    shown.data = "\n".join(bullet + _escaped(finding) for finding in findings)
    return shown


def articles(table: pd.DataFrame) -> str:
    """Tell how long the articles are and how much of them is quoted or paraphrased."""
    if table.empty:
        return "No articles were read."
    words, quoted = int(table["words"].sum()), int(table["quoted_words"].sum())
    text = f"{count(len(table), 'article')} with {count(words, 'word')} {agreeing(len(table), 'hold')} "
    text += f"{count(int(table['statements'].sum()), 'statement')}; {quoted:,} of the words ({percent(quoted, words)}) "
    text += f"{agreeing(quoted, 'are')} quoted or paraphrased."
    if len(table) == 1:
        return text
    return (
        f"{text} A single article holds {between(table['statements'])} statements in {between(table['words'])} words."
    )


def words_by_group(table: pd.DataFrame) -> str:
    """Tell which groups are given most words, and how far single articles differ in it."""
    if table.empty:
        return NO_STATEMENTS
    pooled, single = table[table["article"] == ALL_ARTICLES], table[table["article"] != ALL_ARTICLES]
    words = pooled.set_index("group")["words"].rename(in_words)
    statements, n = int(pooled["statements"].sum()), int(words.sum())
    text = f"In {total(statements, 'statement')}, {count(n, 'word')} quoted or paraphrased {agreeing(n, 'go')} "
    text += f"to {_ranking(words, 'group', n)}."
    first = single[single["group"] == pooled["group"].iloc[0]]
    if len(first) < 2:
        return text
    share = between(100 * first["share"])
    return f"{text} In single articles, the share of {in_words(first['group'].iloc[0])} is {share} %."


def positions(table: pd.DataFrame) -> str:
    """Tell which groups stand highest and lowest in the articles."""
    if table.empty:
        return NO_STATEMENTS
    n = len(table)
    text = (
        f"{_capital(total(n, 'statement'))} {agreeing(n, 'start')} at {between(table['position'])} % of the article's "
    )
    text += "length." if n == 1 else f"length, the median being {table['position'].median():.0f} %."
    groups = table.groupby("group")["position"].agg(["median", "size"])
    groups = groups[groups["size"] >= VERY_FEW].rename(in_words)
    if len(groups) < 2:
        return f"{text} There are not two groups with {VERY_FEW} statements or more to compare."
    high, low = (
        listed(f"{group} ({row['median']:.0f} %, n = {row['size']:.0f})" for group, row in ends.iterrows())
        for ends in (groups[groups["median"] == bound] for bound in (groups["median"].min(), groups["median"].max()))
    )
    text += f" Of groups with {VERY_FEW} statements or more, the median is nearest the top for {high} "
    return f"{text}and nearest the end for {low}."


def reporting_verbs(table: pd.DataFrame) -> str:
    """Tell the most frequent reporting verbs."""
    if table.empty:
        return NO_STATEMENTS
    verbs = table.groupby("verb", sort=False).agg({"statements": "sum", "verbs": "first"})
    n, used = int(verbs["statements"].sum()), verbs[verbs["verbs"] > 0]
    with_verb = int(used["statements"].sum())
    text = f"Of {total(n, 'statement')}, {with_verb:,} ({percent(with_verb, n)}) {agreeing(with_verb, 'have')} "
    if used.empty:
        return text + "a reporting verb."
    single = used.loc[used["verbs"] == 1, "statements"].rename(lambda verb: f"“{verb}”")
    return f"{text}a reporting verb: {_ranking(single, 'verb', n, int(used['verbs'].sum()))}."


def speakers(table: pd.DataFrame) -> str:
    """Tell who makes most statements."""
    if table.empty:
        return NO_STATEMENTS
    each = table.groupby("speaker", sort=False).agg({"statements": "sum", "speakers": "first"})
    n, single = int(each["statements"].sum()), each.loc[each["speakers"] == 1, "statements"]
    text = f"{_capital(total(n, 'statement'))} {agreeing(n, 'come')} from "
    return text + _ranking(single, "speaker", n, int(each["speakers"].sum())) + "."


def statement_types(table: pd.DataFrame) -> str:
    """Tell how many statements are direct, mixed and indirect."""
    if table.empty:
        return NO_STATEMENTS
    text = _shares_of(table, "type", "statement")
    articles = table.pivot(index="article", columns="type", values="statements")
    articles = articles[articles.sum(axis=1) > 0]
    if len(articles) < 2:
        return text
    shares = 100 * articles["direct"] / articles.sum(axis=1)
    return f"{text} In single articles, {between(shares)} % of the statements are direct."


def sentiment(table: pd.DataFrame) -> str:
    """Tell the sentiment of all statements, and which groups' statements are negative most and least often."""
    if table.empty:
        return NO_STATEMENTS
    text = _shares_of(table, "sentiment", "statement")
    negative = table[(table["sentiment"] == "negative") & (table["n"] >= VERY_FEW)]
    if len(negative) < 2:
        return f"{text} There are not two groups with {VERY_FEW} statements or more to compare."
    most, least = negative["share"].max(), negative["share"].min()
    if most == least:
        return f"{text} The share of negative statements is the same in all groups with {VERY_FEW} statements or more."
    high, low = negative[negative["share"] == most], negative[negative["share"] == least]
    apart = "do not overlap" if high["low"].min() > low["high"].max() else "overlap"
    return (
        f"{text} Of groups with {VERY_FEW} statements or more, the share of negative statements is highest for "
        f"{_with_intervals(high)} and lowest for {_with_intervals(low)}; the intervals {apart}."
    )


def stance(table: pd.DataFrame) -> str:
    """Tell how many positions are taken, and which groups are most often against and in favour of what."""
    if table.empty:
        return "No statement takes a position."
    text = _shares_of(table, "position", "position")
    taken = table[table["statements"] > 0]
    names = [f"{in_words(row.group)} on {in_words(row.target)}" for row in taken.itertuples()]
    counts = pd.Series(taken["statements"].to_numpy(), index=names)
    sides = []
    for position in ("against", "favour"):
        leading = _leading(counts[(taken["position"] == position).to_numpy()])
        if len(leading):
            sides.append(
                f"{_POSITIONS.get(position, position)}: {listed(f'{name} ({n:,})' for name, n in leading.items())}"
            )
    return f"{text} Most often {'; most often '.join(sides)}." if sides else text


def grievance_themes(table: pd.DataFrame) -> str:
    """Tell the most frequent themes of each side."""
    if table.empty:
        return "No grievances were found."
    sides = []
    for side, part in table.groupby("side", sort=False):
        n, leading = int(part["n"].iloc[0]), _leading(part.set_index("theme")["mentions"])
        text = f"{_SIDES.get(side, label(side))}: {total(n, 'mention')} of {count(len(part), 'theme')}"
        best = part[part["theme"].isin(leading.index)]
        sides.append(
            text + (f", led by {_with_intervals(best, 'theme', 'mentions')}." if len(best) else ", none ahead.")
        )
    return " ".join(sides)


def grievance_voices(table: pd.DataFrame) -> str:
    """Tell who voices most grievances."""
    if table.empty:
        return "No grievances with a voice were found."
    each = table.groupby("voice", sort=False).agg({"mentions": "sum", "voices": "first"})
    n, single = int(each["mentions"].sum()), each.loc[each["voices"] == 1, "mentions"]
    text = f"{_capital(total(n, 'mention'))} {agreeing(n, 'have')} "
    single = single.rename({REPORTER: "the article's own words"})
    return text + _ranking(single, "voice", n, int(each["voices"].sum())) + "."


def problems(table: pd.DataFrame) -> str:
    """Tell how many problems were met in reading the articles."""
    if table.empty:
        return "Every article and every row of articles.csv could be read."
    return f"{count(len(table), 'problem')} {agreeing(len(table), 'were')} met in reading: see the table above."


def figures(table: pd.DataFrame) -> str:
    """Tell how many figures were written."""
    return f"{count(len(table), 'figure')} {agreeing(len(table), 'were')} written, each in five files."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _leading(sizes: pd.Series) -> pd.Series:
    """Those in the first three places, ties included; fewer places where more than five would share them."""
    sizes = sizes[sizes > 0].sort_values(ascending=False, kind="stable")
    for places in (3, 2, 1):
        leading = sizes[sizes >= sizes.iloc[min(places, len(sizes)) - 1]] if len(sizes) else sizes
        if len(leading) <= 5:
            return leading
    return sizes.iloc[:0]


def _ranking(sizes: pd.Series, noun: str, n: int, whole: int | None = None) -> str:
    """Tell how many there are and which lead: "10 groups, led by police (294, 22 %) and public (107, 8 %)"."""
    whole, leading = whole or len(sizes), _leading(sizes)
    if whole == 1:
        return f"1 {noun}, {sizes.index[0]}"
    if leading.empty:
        return f"{count(whole, noun)}, none far ahead ({sizes.max():,} at most)"
    shares = listed(f"{name} ({size:,}, {percent(size, n)})" for name, size in leading.items())
    return f"{count(whole, noun)}, led by {shares}"


def _shares_of(table: pd.DataFrame, column: str, noun: str) -> str:
    counts = table.groupby(column, sort=False)["statements"].sum().sort_values(ascending=False, kind="stable")
    n, counts = int(counts.sum()), counts[counts > 0]
    shares = [f"{size:,} ({percent(size, n)}) {_POSITIONS.get(kind, in_words(kind))}" for kind, size in counts.items()]
    shares[0] = shares[0].replace(")", f") {agreeing(counts.iloc[0], 'are')}", 1)
    return f"Of {total(n, noun)}, {listed(shares)}."


def _with_intervals(rows: pd.DataFrame, name: str = "group", number: str = "statements") -> str:
    return listed(
        f"{in_words(row[name])} ({row[number]:,} of {row['n']:,}, {100 * row['share']:.0f} %, "
        f"{'' if place else '95 % interval '}{100 * row['low']:.0f} to {100 * row['high']:.0f} %)"
        for place, row in enumerate(rows.to_dict("records"))
    )


def _escaped(text: str) -> str:
    """Write as entities whatever Markdown, HTML or MathJax would act on, addresses included."""
    text = " ".join(text.split())
    return re.sub(r"[\\`*_{}\[\]#|~$<>&@]|:(?=//)|(?<=www)\.", lambda match: f"&#{ord(match[0])};", text)
