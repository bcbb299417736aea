"""Names to counts: in order of size, rare ones pooled, crossed with others, as shares with intervals."""

import pandas as pd
from scipy.stats import binomtest

TOP = 15  # bars that a reader of a printed chart follows


def by_size(sizes: pd.Series) -> list:
    """Order names (the index) from the largest size to the smallest, ties in alphabetical order."""
    return sorted(sizes.index, key=lambda name: (-sizes[name], name))


def known_first(known: list[str], values: pd.Series) -> list[str]:
    """List known values in their own order, then those that occur and are not known."""
    return known + sorted(set(values) - set(known))


def most_frequent(names: pd.Series, plural: str) -> list[str]:
    """List the ``TOP`` most frequent names, then one entry for all others ("9 other verbs") if they are two or more."""
    ranked = by_size(names.value_counts())
    rest = len(ranked) - TOP
    return ranked if rest < 2 else [*ranked[:TOP], f"{rest} other {plural}"]


def pooled(names: pd.Series, plural: str) -> pd.Series:
    """Replace all names but the most frequent by the entry that stands for them."""
    kept = most_frequent(names, plural)
    return names.where(names.isin(kept), kept[-1] if kept else "")


def stands_for(name: str, names: pd.Series) -> int:
    """Count the names that an entry of ``most_frequent`` stands for."""
    return 1 if (names == name).any() else names.nunique() - TOP


def crossed(
    rows: pd.Series, row_order: list, columns: pd.Series, column_order: list, names: tuple[str, str, str]
) -> pd.DataFrame:
    """Count every pair of a row and a column, pairs that do not occur included.

    Parameters
    ----------
    rows, columns : Series
        One value each a statement or mention.
    row_order, column_order : list
        Values in order; columns that occur and are not listed come last.
    names : tuple of str
        Names of the row, column and count in the result.

    Returns
    -------
    DataFrame
        Tidy, row by row.
    """
    pairs = pd.Series(list(zip(rows, columns, strict=True)), dtype=object).value_counts()
    every = [(row, column) for row in row_order for column in known_first(column_order, columns)]
    table = pd.DataFrame(every, columns=list(names[:2]))
    return table.assign(**{names[2]: [int(pairs.get(pair, 0)) for pair in every]})


def with_shares(table: pd.DataFrame, whole: str, count: str) -> pd.DataFrame:
    """Add ``n`` (the sum of ``count`` within ``whole``), ``share`` (0 to 1), and its interval ``low``, ``high``.

    Notes
    -----
    95 % intervals of E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference",
    JASA 22, 209-212. They take statements for independent, which those of one article are not quite: read them as
    the least uncertainty there is.
    """
    table = table.assign(n=table.groupby(whole)[count].transform("sum").astype(int))
    shares = [wilson(part, n) for part, n in zip(table[count], table["n"], strict=True)]
    return table.assign(**pd.DataFrame(shares, table.index, ["share", "low", "high"], dtype=float).round(4))


def wilson(part: int, whole: int) -> tuple[float, float, float]:
    """Give ``part / whole`` (0 to 1) and its 95 % interval, low and high (E. B. Wilson 1927)."""
    interval = binomtest(int(part), int(whole)).proportion_ci(method="wilson")
    return part / whole, float(interval.low), float(interval.high)
