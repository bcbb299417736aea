"""Words that tell a complaint or demand, and the theme it is about: the codebook's tables, compiled and applied."""

import re
from typing import NamedTuple

import pandas as pd

from analysis.codebook import compile_phrases, find_phrases
from analysis.judgement import Judgement
from analysis.text import Span

OF_PROTEST, ABOUT_PROTEST = "of_protest", "about_protest"
_NEGATION = re.compile(r"(?:\b(?:not|never|without|hardly|nor)|n['’]t)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_NEGATED_WITHIN = 40  # characters before a word in which its negation is looked for
_NOTHING = compile_phrases(())


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


def themes_of(text: str, content: list[Span], themes: list[Theme]) -> dict[str, Judgement]:
    """Code the themes that a statement's words express: those with a keyword in it.

    Returns
    -------
    dict of str to Judgement
        By theme, in the codebook's order; the evidence is the keywords found.
    """
    found = {theme.name: find_phrases(text, content, theme.keywords, theme.exclude) for theme in themes}
    return {name: Judgement(name, 0.7, hits) for name, hits in found.items() if hits}


class Signs:
    """The codebook's signs of grievances, its themes, and the words for the protest, compiled."""

    def __init__(self, table: pd.DataFrame, themes: list[Theme], protest: re.Pattern):
        """Take the codebook's ``grievances``, the themes from `read_themes`, the aliases of the protest."""
        self._themes = themes
        rows = [Sign(r.sign, r.side, r.voice, r.themes, compile_phrases(r.phrases)) for r in table.itertuples()]
        self._signs = [row for row in rows if row.side != "protest"]
        self._protest = [protest, *(row.phrases for row in rows if row.side == "protest")]

    def names_protest(self, text: str, span: Span) -> bool:
        """Whether the protest or its people are named in a stretch of text."""
        return any(pattern.search(text, span.start, span.end) for pattern in self._protest)

    def evidence(self, text: str, span: Span, side: str, voices: tuple[str, ...]) -> Evidence:
        """Find what a stretch of text holds for one side.

        Parameters
        ----------
        text : str
            The article.
        span : Span
            A clause, sentence or statement of it.
        side : str
            ``of_protest``, ``about_protest``, or ``neither`` for signs of calm.
        voices : tuple of str
            Which signs count, see the column ``voice`` in the codebook's README. A negated word does not.

        Returns
        -------
        Evidence
            False where nothing was found.
        """
        themes = [
            (theme, find_phrases(text, [span], theme.keywords, theme.exclude))
            for theme in self._themes
            if theme.side == side
        ]
        signs = [
            (sign, [hit for hit in find_phrases(text, [span], sign.phrases, _NOTHING) if not _negated(text, span, hit)])
            for sign in self._signs
            if sign.side == side and sign.voice in voices
        ]
        return Evidence(side, [pair for pair in themes if pair[1]], [pair for pair in signs if pair[1]])

    def theme(self, found: Evidence, issue: str) -> Judgement:
        """Give a complaint the likeliest theme.

        That with most characters of keywords; without a keyword the one that the signs speak for; else the
        ``issue`` (see `issue`). The less direct, the lower the probability; the last one is not ``sure``.
        """
        if found.themes:
            theme, hits = max(found.themes, key=_characters)
            return Judgement(theme.name, 0.6, hits)
        names = {theme.name for theme in self._themes if theme.side == found.side}
        for sign, hits in sorted(found.signs, key=_characters, reverse=True):
            spoken_for = next((name for name in sign.themes if name in names), None)
            if spoken_for:
                return Judgement(spoken_for, 0.4, hits)
        return Judgement(issue, 0.25, sorted(hit for _, hits in found.signs for hit in hits), sure=False)

    def issue(self, text: str, complaints: list[Evidence], side: str) -> str:
        """Tell what an article's complaints of a side are about where their words do not tell it.

        An article reports one protest, so that is the theme whose keywords its complaints hold most often,
        or else the article; themes that signs speak for stand for themselves and are passed over. Without
        any keyword it is the theme that the side's sign for the rest names, else the first of the side.
        """
        names = [theme.name for theme in self._themes if theme.side == side]
        told = {name for sign in self._signs for name in sign.themes if sign.voice != "rest"}
        rest = [name for sign in self._signs if (sign.side, sign.voice) == (side, "rest") for name in sign.themes]
        count = {
            theme.name: (
                sum(len(hits) for found in complaints for other, hits in found.themes if other.name == theme.name),
                len(find_phrases(text, [Span(0, len(text))], theme.keywords, theme.exclude)),
            )
            for theme in self._themes
            if theme.side == side and theme.name not in told
        }
        most = max(count, key=count.get, default="")
        return most if any(count.get(most, ())) else next((name for name in (*rest, *names) if name in names), "")


def _characters(pair: tuple) -> int:
    return sum(hit.end - hit.start for hit in pair[1])


def _negated(text: str, span: Span, hit: Span) -> bool:
    return bool(_NEGATION.search(text, max(span.start, hit.start - _NEGATED_WITHIN), hit.start))
