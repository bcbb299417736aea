"""The tables of the validation to plain sentences, as ``analysis.findings`` does for the other tables."""

import pandas as pd

from analysis.findings import between, count, in_words, label, listed

NO_HAND_CODING = "There is no hand coding to compare with."
GROUP = "group, targets known"


def extraction(table: pd.DataFrame) -> str:
    """Tell how well statements and grievances are found."""
    if table.empty:
        return NO_HAND_CODING
    whole = table[(table["measure"] == "overlap") & ~table["unit"].str.contains(r": (?!all$)")]
    sentences = []
    for row in whole.itertuples():
        text = f"{label(row.unit.removesuffix(': all'))}: {row.gold:,} by hand, {row.pred:,} by machine"
        if row.f1 >= 0:  # not where it is undefined
            text += f", found with an F1 of {row.f1:.0f} % (95 % interval {row.f1_low:.0f} to {row.f1_high:.0f} %), "
            text += f"a precision of {row.precision:.0f} % and a recall of {row.recall:.0f} %"
        sentences.append(f"{text}.")
    return " ".join(sentences)


def agreement(table: pd.DataFrame) -> str:
    """Tell for which variables agreement allows firm, tentative or no conclusions."""
    if table.empty:
        return NO_HAND_CODING
    variables = table.set_index("variable")["alpha"].rename(in_words)
    levels = (
        ("at .800 or more", variables[variables >= 0.8]),
        ("from .667 to below .800", variables[(variables >= 0.667) & (variables < 0.8)]),
        ("below .667", variables[variables < 0.667]),
        ("undefined, as labels do not vary,", variables[variables.isna()]),
    )
    parts = [f"{level} for {len(some):,} ({listed(some.index)})" for level, some in levels if len(some)]
    return f"Of {count(len(table), 'variable')} (n = {between(table['n'])}), Krippendorff's alpha is {listed(parts)}."


def coverage(table: pd.DataFrame) -> str:
    """Tell how much more often the labels of which the machine is surest are right."""
    if table.empty:
        return NO_HAND_CODING
    parts = []
    for variable, part in table.groupby("variable", sort=False):
        best, whole = part.iloc[0], part.iloc[-1]
        text = f"{in_words(variable)} {whole.percent_right:.0f} % of all {whole.n:,}"
        if len(part) > 1:
            text += f" and {best.percent_right:.0f} % of the {best.n:,} it is surest of"
        parts.append(text)
    return f"Of the labels that the machine gives, these are right: {listed(parts)}."


def stance_baseline(table: pd.DataFrame) -> str:
    """Tell whether the machine codes stance better than a guess from the speaker's group."""
    if table.empty:
        return NO_HAND_CODING
    scores = table.set_index(["measure", "system"])["score"]
    parts = [
        f"a {measure} of {rows['machine']:.0f}, against {rows['group']:.0f} for what the group's other statements hold "
        f"and {rows[GROUP]:.0f} for the same told which targets are taken up"
        for measure, rows in ((name, scores[name]) for name in dict.fromkeys(table["measure"]))
    ]
    return f"On stance the machine reaches {listed(parts)}."
