"""The tables of ``analysis.layer_summaries`` to plain sentences, as ``analysis.findings`` does for the other tables."""

import pandas as pd

from analysis.findings import NO_STATEMENTS, VERY_FEW
from analysis.layer_summaries import COLOURED, VERB_CLASSES
from analysis.phrases import FEW, agreeing, count, in_words, listed, percent, total

NO_TARGET = "No target is named."
NO_POSITION = "No statement takes a position."
NO_LOADED = "The reporter names no group."


def named_targets(table: pd.DataFrame) -> str:
    """Tell how often those quoted and the reporter name targets, and in what light."""
    if not table["mentions"].sum():
        return NO_TARGET
    sentences = [
        _shares(part, opening)
        for (voice, part), opening in zip(
            table.groupby("voice", sort=False), ("Those quoted name", "The reporter names"), strict=True
        )
    ]
    return " ".join(sentences)


def stance_baseline(table: pd.DataFrame) -> str:
    """Tell how many positions a reader could guess from what the speaker's group usually holds."""
    if table.empty:
        return NO_POSITION
    n = table.groupby("answer")["positions"].sum()
    compared = int(n["as_usual"] + n["unusual"])
    text = f"Of {total(int(n.sum()), 'position')}, {compared:,} {agreeing(compared, 'have')} other statements of the "
    text += f"group to compare with: {n['as_usual']:,} ({percent(n['as_usual'], compared)}) "
    text += f"{agreeing(n['as_usual'], 'are')} what the group usually holds, {n['unusual']:,} other than that."
    unusual = table[(table["answer"] == "unusual") & (table["positions"] > 0)]
    ranked = unusual.sort_values("positions", ascending=False, kind="stable").head(3)
    if len(ranked):
        named = (f"{in_words(row.group)} ({row.positions:,})" for row in ranked.itertuples())
        text += f" Most often other: {listed(named)}."
    return text


def cue_classes(table: pd.DataFrame) -> str:
    """Tell how many statements are introduced by a verb that is not neutral, and whose most often."""
    if table.empty:
        return NO_STATEMENTS
    counts = table.pivot(index="group", columns="verb_class", values="statements")
    with_verb, kinds = counts[VERB_CLASSES].sum(axis=1), counts[COLOURED].sum()
    n, used = int(with_verb.sum()), [f"{kinds[kind]:,} {kind}" for kind in COLOURED if kinds[kind]]
    text = f"Of {total(n, 'statement')} with a reporting verb of the codebook, {int(kinds.sum()):,} "
    text += f"({percent(kinds.sum(), n)}) {agreeing(kinds.sum(), 'have')} one that is not neutral"
    text += f" ({listed(used)})." if used else "."
    shares = (counts[COLOURED].sum(axis=1) / with_verb)[with_verb >= VERY_FEW]
    if len(shares) < 2 or not shares.max():
        return text
    most = [group for group in table["group"].unique() if shares.get(group, -1) == shares.max()]
    named = (f"{in_words(g)} ({int(counts.loc[g, COLOURED].sum()):,} of {int(with_verb[g]):,})" for g in most)
    return f"{text} Of groups with {VERY_FEW} or more, the share is highest for {listed(named)}."


def loaded_words(table: pd.DataFrame) -> str:
    """Tell how many loaded words the reporter uses, of what kind, and near whom."""
    if table.empty:
        return NO_LOADED
    groups = table.groupby("group", sort=False).agg({"words": "sum", "sentences": "first"})
    kinds = table.groupby("kind", sort=False)["words"].sum()
    n = int(groups["words"].sum())
    if not n:
        return f"The reporter uses no loaded word or scare quote near any of {count(len(groups), 'group')} named."
    used = listed(f"{words:,} {in_words(kind)}" for kind, words in kinds.items() if words)
    text = f"Near a group, the reporter uses {total(n, 'loaded word')} ({used})."
    ranked = groups[groups["words"] > 0].sort_values("words", ascending=False, kind="stable").head(3)
    near = (
        f"{in_words(group)} ({count(row.words, 'word')}, named in {count(row.sentences, 'sentence')})"
        for group, row in ranked.iterrows()
    )
    return f"{text} Most stand near {listed(near)}."


def first_and_last(table: pd.DataFrame) -> str:
    """Tell which groups are quoted first and last."""
    if table.empty:
        return NO_STATEMENTS
    ends = []
    for place in ("first", "last"):
        counts = table.loc[table["place"] == place, "group"].value_counts().sort_index()
        ranked = counts.sort_values(ascending=False, kind="stable").head(3)
        ends.append(listed(f"{in_words(group)} ({n:,})" for group, n in ranked.items()))
    articles = count(table["article"].nunique(), "article")
    return f"In {articles} with statements, the groups quoted first are {ends[0]}, those quoted last {ends[1]}."


def _shares(part: pd.DataFrame, opening: str) -> str:
    counts = part.groupby("sentiment", sort=False)["mentions"].sum()
    n = int(counts.sum())
    if not n:
        return f"{opening} no target."
    shares = [f"{size:,} ({percent(size, n)}) {in_words(name)}" for name, size in counts.items() if size]
    return f"{opening} targets {_times(n)}: {listed(shares)}."


def _times(n: int) -> str:
    return "only once" if n == 1 else f"{'only ' if n < FEW else ''}{n:,} times"
