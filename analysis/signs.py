"""Words that tell a complaint or demand, and the theme it is about: the codebook's tables, compiled and applied."""

import bisect
import re
from collections import Counter
from typing import NamedTuple

import pandas as pd

from analysis.codebook import compile_phrases, find_phrases
from analysis.judgement import Judgement
from analysis.text import Span

OF_PROTEST, ABOUT_PROTEST = "of_protest", "about_protest"
_GAP = r"[^\w.?!;\n]+"
_NEGATION = re.compile(rf"(?:\b(?:not|never|without|hardly|nor)|n['’]t){_GAP}(?:\w+{_GAP}){{0,2}}$", re.IGNORECASE)
_NEGATED_WITHIN = 40  # characters before a word in which its negation is looked for


class Theme(NamedTuple):
    """A theme of the codebook with its compiled keywords."""

    name: str
    side: str
    keywords: re.Pattern
    exclude: re.Pattern


class Sign(NamedTuple):
    """A class of words that tell a complaint, a demand, or that there is none; see the codebook's README."""

    name: str
    side: str
    voice: str
    themes: tuple[str, ...]
    phrases: re.Pattern


class Signs(NamedTuple):
    """The codebook's themes and signs of grievances, and the words for the protest."""

    themes: list[Theme]
    signs: list[Sign]
    protest: list[re.Pattern]


class Evidence(NamedTuple):
    """What a stretch of text holds for one side: themes with their keywords, signs with their words."""

    side: str
    themes: list[tuple[Theme, list[Span]]]
    signs: list[tuple[Sign, list[Span]]]

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return bool(self.themes or self.signs)

    @property
    def weight(self) -> int:
        """Words found; a keyword of a theme counts as two."""
        return 2 * len(self.themes) + sum(len(hits) for _, hits in self.signs)

    @property
    def faint(self) -> bool:
        """Whether there are only words that tell a complaint in a complainer's mouth alone."""
        return not self.themes and all(sign.voice == "own" for sign, _ in self.signs)


def read_themes(table: pd.DataFrame) -> list[Theme]:
    """Compile the keywords of the codebook's themes."""
    return [
        Theme(row.theme, row.side, compile_phrases(row.keywords), compile_phrases(row.exclude))
        for row in table.itertuples()
    ]


def read_signs(table: pd.DataFrame, themes: list[Theme], protest: re.Pattern) -> Signs:
    """Compile the codebook's signs of grievances; ``protest`` are the aliases of that target."""
    rows = [Sign(r.sign, r.side, r.voice, r.themes, compile_phrases(r.phrases)) for r in table.itertuples()]
    signs = [row for row in rows if row.side != "protest"]
    return Signs(themes, signs, [protest, *(row.phrases for row in rows if row.side == "protest")])


def themes_of(text: str, content: list[Span], themes: list[Theme]) -> dict[str, Judgement]:
    """Code the themes that a statement's words express: those with a keyword in it.

    Returns
    -------
    dict of str to Judgement
        By theme, in the codebook's order; the evidence is the keywords found.
    """
    found = {theme.name: find_phrases(text, content, theme.keywords, theme.exclude) for theme in themes}
    return {name: Judgement(name, 0.7, hits) for name, hits in found.items() if hits}


class Reading:
    """An article with its keywords, signs and words for the protest; spans are looked up in it.

    A sign with "not", "never", "without" or the like up to two words before it is left out.
    """

    def __init__(self, text: str, signs: Signs):
        whole = [Span(0, len(text))]
        self._themes = [(t, find_phrases(text, whole, t.keywords, t.exclude)) for t in signs.themes]
        self._signs = [
            (sign, [hit for hit in _found(sign.phrases, text) if not _negated(text, hit)]) for sign in signs.signs
        ]
        self._protest = sorted(hit for words in signs.protest for hit in _found(words, text))

    def names_protest(self, span: Span) -> bool:
        """Whether the protest or its people are named in a stretch of the article."""
        first = bisect.bisect_left(self._protest, (span.start,))
        return any(hit.end <= span.end for hit in self._protest[first : first + 2])

    def evidence(self, span: Span, side: str, voices: tuple[str, ...]) -> Evidence:
        """Find what a stretch of the article holds for one side.

        Parameters
        ----------
        span : Span
            A clause, sentence or statement.
        side : str
            ``of_protest``, ``about_protest``, or ``neither`` for signs of calm.
        voices : tuple of str
            Which signs count, see the column ``voice`` in the codebook's README.

        Returns
        -------
        Evidence
            False where nothing was found.
        """
        themes = [(theme, _within(hits, span)) for theme, hits in self._themes if theme.side == side]
        signs = [
            (sign, _within(hits, span)) for sign, hits in self._signs if sign.side == side and sign.voice in voices
        ]
        return Evidence(side, [pair for pair in themes if pair[1]], [pair for pair in signs if pair[1]])

    def names(self, span: Span) -> list[str]:
        """Name what a stretch of the article holds: themes by their side, signs, and the signs' side and voice."""
        found = [f"theme {theme.side}" for theme, hits in self._themes if _within(hits, span)]
        signs = [sign for sign, hits in self._signs if _within(hits, span)]
        found += [name for sign in signs for name in (f"sign {sign.name}", f"{sign.voice} {sign.side}")]
        return list(dict.fromkeys(found))

    def theme(self, found: Evidence, issue: str) -> Judgement:
        """Give a complaint the likeliest theme.

        That with most characters of keywords; without a keyword the one that the signs speak for; else the
        ``issue`` (see `issue`). The less direct, the lower the probability; the last one is not ``sure``.
        """
        if found.themes:
            theme, hits = max(found.themes, key=_characters)
            return Judgement(theme.name, 0.6, hits)
        names = self._names(found.side)
        for sign, hits in sorted(found.signs, key=_characters, reverse=True):
            spoken_for = next((name for name in sign.themes if name in names), None)
            if spoken_for:
                return Judgement(spoken_for, 0.4, hits)
        return Judgement(issue, 0.25, sorted(hit for _, hits in found.signs for hit in hits), sure=False)

    def issue(self, complaints: list[Evidence], side: str) -> str:
        """Tell what an article's complaints of a side are about where their words do not tell it.

        An article reports one protest, so that is the theme whose keywords its complaints hold most often,
        or else the article; themes that signs speak for stand for themselves and are passed over. Without
        any keyword it is the theme that the side's sign for the rest names, else the first of the side.
        """
        told = {name for sign, _ in self._signs for name in sign.themes if sign.voice != "rest"}
        rest = [name for sign, _ in self._signs if (sign.side, sign.voice) == (side, "rest") for name in sign.themes]
        complained = Counter(name for found in complaints for (name, *_), hits in found.themes for _ in hits)
        count = {
            theme.name: (complained[theme.name], len(hits))
            for theme, hits in self._themes
            if theme.side == side and theme.name not in told
        }
        most = max(count, key=count.get, default="")
        if any(count.get(most, ())):
            return most
        names = self._names(side)
        return next((name for name in (*rest, *names) if name in names), "")

    def _names(self, side: str) -> list[str]:
        return [theme.name for theme, _ in self._themes if theme.side == side]


def _found(pattern: re.Pattern, text: str) -> list[Span]:
    return [Span(*match.span()) for match in pattern.finditer(text)]


def _within(hits: list[Span], span: Span) -> list[Span]:
    start, end = bisect.bisect_left(hits, (span.start,)), bisect.bisect_left(hits, (span.end,))
    return [hit for hit in hits[start:end] if hit.end <= span.end]


def _characters(pair: tuple) -> int:
    return sum(hit.end - hit.start for hit in pair[1])


def _negated(text: str, hit: Span) -> bool:
    return bool(_NEGATION.search(text, max(0, hit.start - _NEGATED_WITHIN), hit.start))
