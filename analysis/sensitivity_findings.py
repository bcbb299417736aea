"""The table of ``analysis.sensitivity`` to plain sentences."""

import pandas as pd

from analysis.phrases import agreeing, count, listed

NO_FINDING = "No finding could be drawn."
# decision: its heading, and its place in a sentence
DECISIONS = {
    "as_coded": ("As coded", "as coded"),
    "every_label": ("Unsure labels too", "with unsure labels too"),
    "surer_half": ("Surer half only", "with the surer half of the labels only"),
    "published_lexicon": ("Lexicon as published", "with the lexicon as published"),
    "direct_quotes": ("Direct quotes only", "with direct quotes only"),
    "one_article_left_out": ("One article left out", "with one article left out"),
}
MOST = 4  # findings named in a sentence


def robustness(table: pd.DataFrame) -> str:
    """Tell how many findings hold under every decision, and which do not under which."""
    others = table[(table["decision"] != "as_coded") & (table["runs"] > 0)]
    if others.empty:
        return NO_FINDING
    fails = others[others["holds"] < others["runs"]]
    n, frail = others["finding"].nunique(), list(fails["finding"].unique())
    text = f"Of {count(n, 'finding')} that could be asked again, {n - len(frail):,} "
    text += f"{agreeing(n - len(frail), 'hold')} under every other decision."
    if frail:
        named = [
            f"“{finding}” ({listed(DECISIONS[d][1] for d in fails.loc[fails['finding'] == finding, 'decision'])})"
            for finding in frail[:MOST]
        ]
        more = f", and {count(len(frail) - MOST, 'other')}" if len(frail) > MOST else ""
        text += f" Not to be relied on: {listed(named)}{more}."
    few = table.loc[table["runs"] == 0, "finding"].nunique()
    return f"{text} For {count(few, 'finding')}, at least one decision leaves too few cases to ask." if few else text
