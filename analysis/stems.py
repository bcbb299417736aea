"""Words to their stems, each with its place."""

import functools

from nltk.stem.snowball import SnowballStemmer

from analysis.text import Span, is_word, tokens


def stems(text: str, content: list[Span]) -> list[tuple[str, Span]]:
    """Give the stem of every word of a statement, with the word's place."""
    return [
        (stem(token.text.casefold()), Span(token.start + span.start, token.end + span.start))
        for span in content
        for token in tokens(text[span.start : span.end])
        if is_word(token)
    ]


def in_one_piece(first: Span, last: Span, content: list[Span]) -> bool:
    """Whether two words stand in the same piece of a statement, with no reporting clause between."""
    return any(piece.start <= first.start and last.end <= piece.end for piece in content)


@functools.cache
def _stemmer() -> SnowballStemmer:
    return SnowballStemmer("english")


@functools.lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Give the Snowball stem of a word in lower case."""
    return _stemmer().stem(word)
