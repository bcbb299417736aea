"""How far two codings of the same statements agree: labels to percent agreement, alpha, F1, each with an interval.

The tables come from :func:`analysis.agreement.compare`. Krippendorff's alpha is that of the ``krippendorff`` package;
its interval needs 1,000 resamples of every variable, for which whole stacks of cross-tabulations are worked on at once.
"""

import krippendorff
import numpy as np
import pandas as pd

from analysis.counting import wilson
from analysis.judgement import NONE

SEED, DRAWS = 1, 1000
SENTIMENT = ("negative", "neutral", "positive")
POSITION = ("against", "neutral", "favour")
AGREEMENT = ["variable", "level", "n", "percent_agreement", "alpha", "alpha_low", "alpha_high"]
SCORES = ["variable", "measure", "n", "score", "low", "high"]
RELIABILITY = ["group", "variable", "n", "right", "percent_right", "low", "high"]


def resampled(counts: np.ndarray) -> np.ndarray:
    """Sum counts over units, once as observed and once for every bootstrap resample of the units.

    Parameters
    ----------
    counts : ndarray, shape (units, ...)
        What each unit adds to the sums.

    Returns
    -------
    ndarray, shape (1 + DRAWS, ...)
        The observed sums, then those of ``DRAWS`` samples of the units with replacement (seed ``SEED``).
    """
    n = len(counts)
    drawn = np.random.default_rng(SEED).integers(max(n, 1), size=(DRAWS, n))
    weights = np.bincount((drawn + n * np.arange(DRAWS)[:, None]).ravel(), minlength=DRAWS * n).reshape(DRAWS, n)
    return np.tensordot(np.vstack([np.ones((1, n)), weights]), counts, 1)


def with_interval(values: np.ndarray) -> tuple[float, float, float]:
    """Observed value and 95 % percentile interval of a statistic.

    ``values`` has shape (1 + draws,), the observed value first. Resamples in which the statistic is undefined (NaN)
    are left out; where it is undefined as observed, so is its interval.
    """
    observed, drawn = float(values[0]), values[1:][~np.isnan(values[1:])]
    if np.isnan(observed):
        return observed, np.nan, np.nan
    return observed, *(float(bound) for bound in np.percentile(drawn, [2.5, 97.5]))


def alpha(crosstab: np.ndarray, ordinal: bool = False) -> float:
    """Krippendorff's alpha of two coders; NaN where the labels do not vary (or there are none).

    ``crosstab``, shape (values, values), tells how often the first coder gave the row's value and the second the
    column's; values in order if ``ordinal``.
    """
    held = [value for value, n in enumerate(crosstab.sum(0) + crosstab.sum(1)) if n]
    if len(held) < 2:
        return np.nan
    pairs = np.eye(len(crosstab))[:, None] + np.eye(len(crosstab))
    counts = np.repeat(pairs.reshape(-1, len(crosstab)), crosstab.ravel().astype(int), axis=0)
    level = "ordinal" if ordinal else "nominal"
    return float(krippendorff.alpha(value_counts=counts[:, held], value_domain=held, level_of_measurement=level))


def alphas(crosstab: np.ndarray, ordinal: bool = False) -> np.ndarray:
    """:func:`alpha` of each of a stack of cross-tabulations at once.

    Parameters
    ----------
    crosstab : ndarray, shape (..., values, values)
        As for :func:`alpha`.
    ordinal : bool
        Weigh a difference by how many labels lie between the two values; otherwise all differences are alike.

    Returns
    -------
    ndarray, shape (...)
        1 is perfect agreement, 0 what chance would give; NaN where the labels do not vary (or there are none).

    Notes
    -----
    K. Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability". By his rule of thumb conclusions need
    alpha >= .800, tentative ones >= .667.
    """
    coincidences = crosstab + np.swapaxes(crosstab, -1, -2)
    margin = coincidences.sum(-1)
    if ordinal:
        rank = margin.cumsum(-1) - margin / 2
        distance = (rank[..., :, None] - rank[..., None, :]) ** 2
    else:
        distance = 1 - np.eye(crosstab.shape[-1])
    observed = (coincidences * distance).sum((-2, -1)) * (margin.sum(-1) - 1)
    expected = (margin[..., :, None] * margin[..., None, :] * distance).sum((-2, -1))
    return 1 - np.divide(observed, expected, out=np.full(expected.shape, np.nan), where=expected > 0)


def macro_f1(crosstab: np.ndarray, classes: list[int]) -> np.ndarray:
    """Macro F1 in percent over those classes that the rows (the hand coding) hold.

    Parameters
    ----------
    crosstab : ndarray, shape (..., values, values)
        Hand coding by machine coding.
    classes : list of int
        Positions of the classes to average over.

    Returns
    -------
    ndarray, shape (...)
        0 to 100; NaN where the hand coding holds none of the classes.
    """
    hand, machine = crosstab.sum(-1)[..., classes], crosstab.sum(-2)[..., classes]
    hits = np.diagonal(crosstab, axis1=-2, axis2=-1)[..., classes]
    held = hand > 0
    scores = np.divide(200 * hits, hand + machine, out=np.zeros(hits.shape), where=held).sum(-1)
    return np.divide(scores, held.sum(-1), out=np.full(scores.shape, np.nan), where=held.any(-1))


def label_agreement(labels: pd.DataFrame) -> pd.DataFrame:
    """Percent agreement and Krippendorff's alpha for every variable, on units that both codings hold.

    Parameters
    ----------
    labels : DataFrame
        As :func:`analysis.agreement.compare` gives it.

    Returns
    -------
    DataFrame
        One row a variable: ``variable``, ``level`` (nominal or ordinal), ``n`` (labels compared),
        ``percent_agreement`` (0 to 100), ``alpha`` with its 95 % bootstrap interval ``alpha_low``, ``alpha_high``.

    Notes
    -----
    - Sentiment is ordinal (negative, neutral, positive); a label off that scale leaves the unit out.
    - ``stance: <target>`` is nominal over all matched statements, with "none" where a coding does not take the target
      up, so statements that both pass over count as agreement; "stance: all targets" pools these. "stance: position" is
      ordinal (against, neutral, favour) over those that both take up.
    - ``themes: whole set`` counts only equal sets; ``themes: one by one`` asks of every theme whether it is named.
    - What is resampled is the matched unit with all its labels. Units of an article are not independent and the worked
      example has two articles of one protest, so intervals are too narrow for coverage at large. Labels without a
      fault get an interval without width, however few they are: read n beside it.
    """
    rows = []
    for variable, ordered, part in _variables(labels):
        values = list(ordered) or _values(part)
        part = part[part["hand"].isin(values) & part["machine"].isin(values)]
        sums = resampled(_crosstabs(part, values))
        agreement = 100 * np.trace(sums[0]) / len(part) if len(part) else np.nan
        level = "ordinal" if ordered else "nominal"
        interval = with_interval(alphas(sums, bool(ordered)))[1:]
        rows.append([variable, level, len(part), agreement, alpha(sums[0], bool(ordered)), *interval])
    return pd.DataFrame(rows, columns=AGREEMENT)


def label_scores(labels: pd.DataFrame) -> pd.DataFrame:
    """Accuracy and F1 of the labels against the hand coding, on units that both codings hold.

    Parameters
    ----------
    labels : DataFrame
        As :func:`analysis.agreement.compare` gives it.

    Returns
    -------
    DataFrame
        One row a score: ``variable``, ``measure`` (accuracy, macro F1, favour/against F1, micro F1), ``n`` (labels),
        ``score`` (0 to 100; NaN if undefined) with its 95 % bootstrap interval ``low``, ``high``; limits as in
        :func:`label_agreement`. Macro F1 averages over the classes that the hand coding holds; for stance, over the
        pairs of statement and target that either coding takes up, "none" being a class unless left out by name.
    """
    stance, themes = _taken_up(_stance(labels)), _each_theme(labels)
    measures = [(name, "accuracy", _part(labels, name), None) for name in ("type", "speaker", "group")] + [
        ("sentiment", "macro F1", _part(labels, "sentiment"), SENTIMENT),
        ("stance", "macro F1", stance, (*POSITION, NONE)),
        ("stance", "favour/against F1", stance, ("favour", "against")),
        ("themes", "micro F1", themes, ("named",)),
        ("grievance theme", "accuracy", _part(labels, "grievance theme"), None),
        ("grievance side", "accuracy", _part(labels, "grievance side"), None),
    ]
    rows = []
    for variable, measure, part, classes in measures:
        values = sorted({*_values(part), *(classes or ())})
        sums = resampled(_crosstabs(part, values))
        if classes:
            score = macro_f1(sums, [values.index(name) for name in classes])
        else:
            right, total = np.trace(sums, axis1=-2, axis2=-1), sums.sum((-2, -1))
            score = 100 * np.divide(right, total, out=np.full(total.shape, np.nan), where=total > 0)
        if len(part):
            rows.append([variable, measure, len(part), *with_interval(score)])
    return pd.DataFrame(rows, columns=SCORES)


def reliability_by_group(units: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """How often the coding is right, by the speaker's group as coded by hand.

    Parameters
    ----------
    units, labels : DataFrame
        As :func:`analysis.agreement.compare` gives them.

    Returns
    -------
    DataFrame
        ``group``, ``variable``, ``n``, ``right``, ``percent_right`` (0 to 100) with its 95 % Wilson interval ``low``,
        ``high``. Variable "found" is the share of hand-coded statements found; the others are labels on statements that
        were; "all labels" pools them. Stance counts the targets that either coding takes up. The interval takes labels
        for independent; those of one statement are not, so it is too narrow for "stance" and "all labels".
    """
    statements = units[(units["unit"] == "statement") & (units["hand"] >= 0)]
    judged = labels[labels["unit"] == "statement"]
    judged = judged.assign(right=judged["hand"] == judged["machine"])
    parts = {"found": statements.assign(right=statements["machine"] >= 0)}
    parts |= {name: _part(judged, name) for name in ("type", "speaker", "group", "sentiment")}
    parts |= {"stance": _taken_up(_stance(judged)), "themes": _part(judged, "themes")}
    parts |= {"all labels": pd.concat([parts[name] for name in parts if name != "found"])}
    rows = []
    for group in sorted(set(statements["group"])):
        for variable, part in parts.items():
            right = part["right"][part["group"] == group]
            if len(right):
                shares = (100 * share for share in wilson(right.sum(), len(right)))
                rows.append([group, variable, len(right), int(right.sum()), *shares])
    return pd.DataFrame(rows, columns=RELIABILITY)


def _variables(labels):
    """Every variable that has labels: (name, its values in order or (), its rows)."""
    stance = _stance(labels)
    named = [(name, (), _part(labels, name)) for name in ("type", "speaker", "group")]
    named += [("sentiment", SENTIMENT, _part(labels, "sentiment"))]
    named += [
        (name, (), _part(labels, name)) for name in sorted(set(labels["variable"])) if name.startswith("stance: ")
    ]
    named += [("stance: all targets", (), stance), ("stance: position", POSITION, stance)]
    named += [("themes: whole set", (), _part(labels, "themes")), ("themes: one by one", (), _each_theme(labels))]
    named += [(name, (), _part(labels, name)) for name in ("grievance theme", "grievance side")]
    return [entry for entry in named if len(entry[2])]


def _part(labels, variable):
    return labels[labels["variable"] == variable]


def _stance(labels):
    return labels[labels["variable"].str.startswith("stance: ")].assign(variable="stance")


def _taken_up(stance):
    return stance[(stance["hand"] != NONE) | (stance["machine"] != NONE)]


def _each_theme(labels):
    """One row a statement and theme, over the themes that either coding names anywhere."""
    part = _part(labels, "themes")
    sets = {side: [set(filter(None, themes.split("; "))) for themes in part[side]] for side in ("hand", "machine")}
    every = sorted(set().union(*sets["hand"], *sets["machine"]))
    rows = [
        (pair, *("named" if theme in themes else "not named" for themes in both))
        for pair, *both in zip(part["pair"], sets["hand"], sets["machine"], strict=True)
        for theme in every
    ]
    return pd.DataFrame(rows, columns=["pair", "hand", "machine"])


def _values(part):
    return sorted({*part["hand"], *part["machine"]})


def _crosstabs(part, values):
    """Hand by machine counts of every unit, shape (units, values, values)."""
    units, code = pd.factorize(part["pair"])[0], {value: i for i, value in enumerate(values)}
    counts = np.zeros((units.max(initial=-1) + 1, len(values), len(values)))
    np.add.at(counts, (units, part["hand"].map(code).to_numpy(int), part["machine"].map(code).to_numpy(int)), 1)
    return counts
