"""A comparison with the hand coding to small tables: what is found, how labels agree, which labels to trust.

Every function takes a ``Comparison`` and gives what one chart or table shows.
"""

import collections
import math

import pandas as pd

from analysis.agreement import Comparison, extraction_scores
from analysis.counting import wilson
from analysis.reliability import NONE, label_agreement, label_scores

COVERAGE = ["variable", "coverage", "n", "least_probability", "percent_right", "low", "high"]
BASELINES = ["system", "measure", "n", "score", "low", "high"]
STEPS = (25, 50, 75, 100)
VARIABLES = ("group", "sentiment", "stance", "grievance theme")


def extraction(comparison: Comparison) -> pd.DataFrame:
    """How well the hand-coded statements and grievances are found.

    Parameters
    ----------
    comparison : Comparison
        Of the hand coding with the machine's, from :func:`analysis.agreement.compare`.

    Returns
    -------
    DataFrame
        As :func:`analysis.agreement.extraction_scores` gives it, to a tenth of a per cent.
    """
    return extraction_scores(comparison.units).round(1)


def agreement(comparison: Comparison) -> pd.DataFrame:
    """How far machine and hand coding agree on the labels of what both found.

    Parameters
    ----------
    comparison : Comparison
        Of the hand coding with the machine's, from :func:`analysis.agreement.compare`.

    Returns
    -------
    DataFrame
        As :func:`analysis.reliability.label_agreement` gives it, alpha to three digits.
    """
    return label_agreement(comparison.labels).round(3)


def coverage(comparison: Comparison) -> pd.DataFrame:
    """Tell how often the labels are right if only those that the method is surest of are kept.

    Parameters
    ----------
    comparison : Comparison
        Of the hand coding with the machine's, from :func:`analysis.agreement.compare`.

    Returns
    -------
    DataFrame
        One row a variable and share kept (the surest 25, 50, 75 and 100 %, with all that are as sure as the last of
        them; a share that keeps the same labels as the one before is left out): ``variable``, ``coverage`` (per cent
        kept), ``n``, ``least_probability``, ``percent_right`` with its 95 % Wilson interval ``low``, ``high``.
        Stance counts the positions that the machine gives.
    """
    labels = comparison.labels.dropna(subset=["probability"])
    stance = labels["variable"].str.startswith("stance: ")
    labels = labels.assign(variable=labels["variable"].where(~stance, "stance"))
    rows = []
    for variable in VARIABLES:
        part = labels[labels["variable"] == variable]
        surest = part["probability"].sort_values(ascending=False)
        bounds = (surest.iloc[math.ceil(len(part) * step / 100) - 1] for step in STEPS if len(part))
        for bound in dict.fromkeys(bounds):
            kept = part[part["probability"] >= bound]
            right = int((kept["hand"] == kept["machine"]).sum())
            shares = (100 * share for share in wilson(right, len(kept)))
            rows.append([variable, 100 * len(kept) / len(part), len(kept), bound, *shares])
    return pd.DataFrame(rows, columns=COVERAGE).round(3)


def stance_baseline(comparison: Comparison) -> pd.DataFrame:
    """Set the coding of stance beside what the speaker's group usually holds.

    Parameters
    ----------
    comparison : Comparison
        Of the hand coding with the machine's, from :func:`analysis.agreement.compare`.

    Returns
    -------
    DataFrame
        One row a system and measure, as :func:`analysis.reliability.label_scores` gives them: "machine"; "group"
        (the position most frequent in the hand coding of the group's other statements, "none" included); "group,
        targets known" (the same, told which targets the statement takes up). No baseline is an input of the coding.
    """
    stance = comparison.labels[comparison.labels["variable"].str.startswith("stance: ")]
    counts = collections.defaultdict(collections.Counter)
    for row in stance.itertuples():
        counts[row.variable, row.group][row.hand] += 1
    systems = {"machine": stance["machine"], "group": [], "group, targets known": []}
    for row in stance.itertuples():
        others = counts[row.variable, row.group] - collections.Counter([row.hand])
        taken = collections.Counter({position: n for position, n in others.items() if position != NONE})
        systems["group"].append(_usual(others))
        systems["group, targets known"].append(NONE if row.hand == NONE else _usual(taken, "neutral"))
    tables = [label_scores(stance.assign(machine=labels)).assign(system=name) for name, labels in systems.items()]
    return pd.concat(tables, ignore_index=True).round(1)[BASELINES]


def _usual(counts: collections.Counter, otherwise: str = NONE) -> str:
    """Give the most frequent position, ties in alphabetical order."""
    return min(counts, key=lambda position: (-counts[position], position), default=otherwise)
