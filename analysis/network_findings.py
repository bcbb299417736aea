"""The tables of the discourse network to plain sentences, as ``analysis.findings`` does for the other tables."""

from collections import Counter

import pandas as pd

from analysis.counting import by_size
from analysis.phrases import count, in_words, label

POSITIONS = {
    "favour": "in favour",
    "against": "against",
    "both": "both",
    "neutral": "neutral only",
    "unsigned": "of unknown position",
}
NOTHING = "No statement takes a position."
NO_PAIR = "No two take a position on the same target."


def affiliations(table: pd.DataFrame) -> str:
    """Tell how the actors stand to the targets most spoken of, and on how little each tie rests."""
    if table.empty:
        return NOTHING
    actors, targets = table["actor"].nunique(), table.groupby("target")["statements"].sum()
    text = f"{count(actors, table['unit'].iloc[0])} {'takes' if actors == 1 else 'take'} up "
    text += (
        f"{count(len(targets), 'target')} in {count(targets.sum(), 'statement')}, the same position counted once an "
    )
    text += f"article ({count(table['articles'].iloc[0], 'article')})."
    for target in by_size(targets)[:3]:
        here = Counter(table.loc[table["target"] == target, "position"])
        sides = [f"{here[name]:,} {words}" for name, words in POSITIONS.items() if here[name]]
        text += f" {label(target)}: {', '.join(sides)}."
    single = int((behind(table) == 1).sum())
    return f"{text} {single:,} of {count(len(table), 'tie')} {'rests' if single == 1 else 'rest'} on one statement."


def theme_ties(table: pd.DataFrame) -> str:
    """Tell how many ties of actors and themes have a sign, and which themes are taken up most."""
    if table.empty:
        return "No statement takes up a theme."
    sizes = table[["favour", "against", "neutral", "unsigned"]].sum(axis=1).groupby(table["theme"]).sum()
    signed = int(table["position"].isin(["favour", "against", "both"]).sum())
    text = f"{count(table['actor'].nunique(), 'actor')} and {count(len(sizes), 'theme')} in "
    text += f"{count(int(sizes.sum()), 'statement')}; {signed:,} of {count(len(table), 'tie')} "
    text += f"{'is' if signed == 1 else 'are'} in favour or against."
    for theme in by_size(sizes)[:3]:
        here = table[table["theme"] == theme]
        sides = [
            f"{words} {', '.join(map(in_words, here.loc[here['position'] == name, 'actor']))}"
            for name, words in (("favour", "in favour"), ("against", "against"), ("both", "both ways"))
            if (here["position"] == name).any()
        ]
        text += f" {label(theme)}: {'; '.join(sides) or 'no position'}."
    return text


def agreements(table: pd.DataFrame) -> str:
    """Tell how many pairs agree and conflict, which do most, and on how little that rests."""
    if table.empty:
        return NO_PAIR
    agree, conflict = table[table["value"] > 0], table[table["value"] < 0]
    actors, balanced = int(table["actors"].iloc[0]), len(table) - len(agree) - len(conflict)
    text = f"{len(table):,} of the {count(actors * (actors - 1) // 2, 'pair')} of "
    text += f"{count(actors, table['unit'].iloc[0])} {'has' if len(table) == 1 else 'have'} a position on the same "
    text += f"target: {len(agree):,} agree more than they conflict, {len(conflict):,} conflict more, {balanced:,} both "
    text += f"alike.{_strongest_pairs(agree, 'agreement')}{_strongest_pairs(conflict, 'conflict')}"
    single = int((table["congruence"] + table["conflict"] == 1).sum())
    text += f" {single:,} of {count(len(table), 'tie')} {'rests' if single == 1 else 'rest'} on one statement of each, "
    return f"{text}and all on {count(table['articles'].iloc[0], 'article')}."


def behind(ties: pd.DataFrame) -> pd.Series:
    """Count the statements that a tie's position rests on: neutral ones only where there is no other."""
    signed = ties["favour"] + ties["against"]
    return signed.where(signed > 0, ties["statements"])


def _strongest_pairs(ties: pd.DataFrame, words: str) -> str:
    if ties.empty:
        return ""
    size = ties["value"].abs()
    most = ties[size == size.max()]
    pairs = [f"{in_words(row.one)} and {in_words(row.other)}" for row in most.itertuples()]
    those = "; ".join(pairs) if len(pairs) <= 3 else count(len(pairs), "pair")
    return f" Strongest {words} ({size.max():.2f}): {those}."
