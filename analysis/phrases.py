"""Numbers and names as parts of sentences."""

import pandas as pd

FEW = 30


def count(n: int, noun: str) -> str:
    """Write a number with its noun: "1 word", "1,140 words"."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def total(n: int, noun: str) -> str:
    """Write a number with its noun; "only" marks totals below ``FEW``."""
    return f"only {count(n, noun)}" if n < FEW else count(n, noun)


def agreeing(n: int, plural: str) -> str:
    """Make a verb agree with ``n``."""
    return plural if n != 1 else {"are": "is", "were": "was", "have": "has", "go": "goes"}.get(plural, f"{plural}s")


def percent(part: int, whole: int) -> str:
    """Write a share: "40 %"."""
    return f"{100 * part / whole:.0f} %" if whole else "0 %"


def in_words(name: str) -> str:
    """Write a snake_case name as words."""
    return str(name).replace("_", " ").strip()


def label(name: str) -> str:
    """Write a snake_case name as words, the first with a capital."""
    words = in_words(name)
    return words[:1].upper() + words[1:]


def listed(parts) -> str:
    """Write a list: "a, b and c"."""
    *most, last = parts
    return f"{', '.join(most)} and {last}" if most else last


def between(values: pd.Series) -> str:
    """Write the least and the greatest value: "3 to 12"."""
    low, high = f"{values.min():,.0f}", f"{values.max():,.0f}"
    return low if low == high else f"{low} to {high}"
