"""A summary table to one or two plain sentences: what stands under the chart, in "What we found" and in its alt text."""


def count(n: int, noun: str) -> str:
    """Write a number with its noun: "1 word", "1,140 words"."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def label(name: str) -> str:
    """Write a snake_case name as words with a capital."""
    words = " ".join(str(name).replace("_", " ").split())
    return words[:1].upper() + words[1:]
