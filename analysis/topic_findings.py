"""The tables of themes, clusters, map and tree to plain sentences, as ``analysis.findings`` does for other tables."""

import numpy as np
import pandas as pd

from analysis.findings import count
from analysis.themes import UNSURE
from analysis.topics import STABLE, Topics

NOTHING = "No two mentions share a telling word."


def statement_themes(table: pd.DataFrame) -> str:
    """Tell how many statements got their theme by keywords and by the classifier, and how many got none."""
    if table.empty:
        return "No statements were found."
    n, how = len(table), table["how"]
    keyword, guessed, left = (int((how == name).sum()) for name in ("keyword", "classifier", UNSURE))
    text = f"Of {count(n, 'statement')}, {keyword:,} ({_percent(keyword, n)}) {'holds' if keyword == 1 else 'hold'} a "
    text += f"keyword of a theme; the classifier gives a theme to {guessed:,} ({_percent(guessed, n)}) more, and "
    return f"{text}{left:,} ({_percent(left, n)}) {'stays' if left == 1 else 'stay'} unsure."


def theme_stability(index: float) -> str:
    """Tell how far the themes of statements depend on which other statements there are."""
    if np.isnan(index):
        return "There are too few statements to tell how stable their themes are."
    text = "Between subsamples of 80 % of the statements, the mean adjusted Rand index of their themes is "
    return f"{text}{index:.2f}."


def clusters(found: Topics, agreement: pd.DataFrame | None = None) -> str:
    """Tell how the number of clusters came about, how stable they are, and how far they are the codebook's themes."""
    if found.clusters.empty:
        return found.note
    stable = int((found.clusters["stability"] >= STABLE).sum())
    text = f"{found.note} Between subsamples of 80 % of the texts, the mean adjusted Rand index is "
    text += f"{found.stability:.2f}; {stable:,} of {count(len(found.clusters), 'cluster')} "
    text += f"{'comes' if stable == 1 else 'come'} back with a stability of {STABLE:.2f} or more."
    if agreement is None or agreement["value"].isna().any():
        return text
    values = " and a ".join(f"{row.measure} of {row.value:.2f}" for row in agreement.itertuples())
    return f"{text} With the codebook's themes they agree to an {values} (n = {agreement['n'].iloc[0]:,})."


def mention_map(table: pd.DataFrame) -> str:
    """Tell how often neighbours on the map are of one theme, and how often they would be by chance."""
    if table.empty:
        return NOTHING
    places, themes = table[["x", "y"]].to_numpy(), table["theme"].to_numpy()
    distances = ((places[:, None] - places) ** 2).sum(axis=2).round(6)
    np.fill_diagonal(distances, np.inf)
    same = int((themes[distances.argmin(axis=1)] == themes).sum())
    n, sizes = len(table), table["theme"].value_counts()
    chance = (sizes * (sizes - 1)).sum() / (n * (n - 1))
    text = f"{count(n, 'mention')} of {count(len(sizes), 'theme')}: for {same:,} ({_percent(same, n)}) the nearest "
    return f"{text}mention on the map has the same theme; by chance it would be {100 * chance:.0f} %."


def dendrogram(table: pd.DataFrame) -> str:
    """Tell at which distances the branches join, and what the last join unites."""
    if table.empty:
        return NOTHING
    leaves, joins = table[table["left"] < 0], table[table["left"] >= 0]
    fewer, more = sorted(int(table["mentions"].iloc[joins[side].iloc[-1]]) for side in ("left", "right"))
    text = f"{count(int(leaves['mentions'].sum()), 'mention')} in {len(leaves):,} branches join at distances from "
    text += (
        f"{joins['height'].min():.2f} to {joins['height'].max():.2f}. The last to join are a branch of {more:,} and "
    )
    return f"{text}one of {count(fewer, 'mention')}."


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %"
