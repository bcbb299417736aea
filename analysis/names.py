"""Names and role words in a stretch of text: people, organisations, and what they are called by."""

import bisect
import functools
import re
from typing import NamedTuple

import pandas as pd

from analysis.text import Span

_TITLES = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady prof professor rev reverend hon rep sen gov gen col lt capt captain sgt det"
    " insp supt cllr coun justice sheikh".split()
)
_PARTICLES = frozenset("de da di del della van von der den ter bin ibn al el la le du dos das".split())
_LINKS = frozenset("of for and the &".split())
_LOWER = re.compile(r"\b[a-z]+\b")
_NAMES_AND_WORDS = frozenset("will mark rose grace may bill frank jack pat rich grant hope joy dean drew josh art rob don".split())
_WORD = re.compile(r"[^\W_][\w’'.&/-]*[\w.]|[^\W_]|&")
_FEMALE = re.compile(
    r"\b(?:mrs|ms|miss|dame|lady|\w*woman|mother|grandmother|sister|daughter|actress|queen|wife)\b", re.I
)
_MALE = re.compile(
    r"\b(?:mr|sir|lord|(?:\w*[^o\W]|spokes|police|sales|business)?man|father|grandfather|brother|son|king|husband)\b",
    re.I,
)


class Role(NamedTuple):
    """A role word where it stands: its group and kind from the codebook."""

    start: int
    end: int
    word: str
    group: str
    kind: str


class Name(NamedTuple):
    """A capitalised name where it stands; ``kind`` is ``person``, ``organisation`` or ``surname``."""

    start: int
    end: int
    text: str
    kind: str


class Roles:
    """The codebook's role words, compiled once."""

    def __init__(self, table: pd.DataFrame):
        self._known = {row.role.lower(): (row.group, row.kind) for row in table.itertuples()}
        words = sorted(self._known, key=len, reverse=True)
        self._pattern = re.compile(
            r"(?<![\w’'])(?:" + "|".join(map(re.escape, words)) + r")(?![\w-])" if words else r"(?!)", re.IGNORECASE
        )

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Role]:
        """Role words in ``text[start:end]``, the longest at each place."""
        matches = self._pattern.finditer(text, start, len(text) if end is None else end)
        return [Role(m.start(), m.end(), m.group().lower(), *self._known[m.group().lower()]) for m in matches]

    def get(self, word: str) -> tuple[str, str] | None:
        """Group and kind of one role word, None if it is not one."""
        return self._known.get(word.lower())


def gender(mention: str) -> str:
    """``female`` or ``male`` where a title or noun says so, else empty; never from a first name."""
    if _FEMALE.search(mention):
        return "female"
    return "male" if _MALE.search(mention) else ""


def names_in(text: str, roles: Roles) -> list[Name]:
    """Capitalised names in a text, without the titles and role words before them.

    Parameters
    ----------
    text : str
        The article.
    roles : Roles
        Role words of the codebook.

    Returns
    -------
    list of Name
        A name of two to five words without a word for an organisation is a ``person``, one word is a
        ``surname``, the rest are ``organisation``. A rule, not a model: names that hold a lower-case word
        other than a particle are cut. A word that opens a sentence and stands in lower case elsewhere in
        the text is no part of a name.
    """
    held = roles.find(text)
    starts = [role.start for role in held]
    common = set(_LOWER.findall(text)) - _NAMES_AND_WORDS
    found = []
    for run in _capitalised_runs(text):
        if text[run[0].start : run[0].end].lower() in common and _opens_sentence(text, run[0].start):
            run = _trim(text, run[1:])
        if run:
            inside = held[bisect.bisect_left(starts, run[0].start) : bisect.bisect_left(starts, run[-1].end)]
            found += _name_of(text, run, inside)
    return found


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \t\"“‘'")
    return not before or before[-1] in ".?!:\n\r"


def _capitalised_runs(text: str) -> list[list[Span]]:
    runs: list[list[Span]] = [[]]
    for match in _WORD.finditer(text):
        word = Span(match.start(), match.end() - (2 if re.search(r"['’]s$", match.group()) else 0))
        if word.end > word.start and text[word.end - 1] == "." and not _is_title(text[word.start : word.end]):
            word = Span(word.start, word.end - (0 if re.fullmatch(r"[A-Z]\.", match.group()) else 1))
        capital = text[word.start].isupper() or text[word.start].isdigit()
        linking = text[word.start : word.end].lower() in _PARTICLES | _LINKS
        broken = runs[-1] and re.search(r"[^ \t]", text[runs[-1][-1].end : word.start])
        if broken or not (capital or linking):
            runs.append([])
        if capital or (linking and runs[-1]):
            runs[-1].append(word)
        if re.search(r"['’]s$", match.group()):
            runs.append([])
    return [trimmed for run in runs if (trimmed := _trim(text, run))]


def _is_title(word: str) -> bool:
    return word.lower().rstrip(".") in _TITLES


def _trim(text: str, run: list[Span]) -> list[Span]:
    while run and not text[run[-1].start].isupper():
        run = run[:-1]
    while run and not (
        text[run[0].start].isupper() and text[run[0].start : run[0].end].lower() not in _LINKS | {"a", "an", "one"}
    ):
        run = run[1:]
    return run


def _name_of(text: str, run: list[Span], held: list[Role]) -> list[Name]:
    titles = [i for i, word in enumerate(run) if _is_title(text[word.start : word.end])]
    if titles:
        run = run[titles[-1] + 1 :]
    if not run:
        return []
    held = [role for role in held if role.start >= run[0].start and role.end <= run[-1].end]
    offices = [role for role in held if role.kind in ("person", "office")]
    if offices and offices[-1].end < run[-1].start:
        run = [word for word in run if word.start >= offices[-1].end]
        held = []
    elif offices and offices[-1].end >= run[-1].end:
        run = [word for word in run if word.end <= offices[-1].start]
        held = [role for role in held if role not in offices]
    words = [text[word.start : word.end] for word in run]
    if not words:
        return []
    name = Span(run[0].start, run[-1].end)
    linked = any(word.lower() in _LINKS for word in words)
    if held or linked or any(word[:1].isdigit() for word in words) or len(words) > 5:
        kind = "organisation"
    elif len(words) == 1:
        kind = "organisation" if len(words[0]) > 1 and words[0].isupper() else "surname"
    else:
        kind = "person"
    return [Name(name.start, name.end, text[name.start : name.end], kind)]


@functools.lru_cache(maxsize=65536)
def surname(name: str) -> str:
    """The last word of a name in lower case, without a suffix such as Jr."""
    words = [word for word in name.lower().split() if word.rstrip(".") not in {"jr", "sr", "ii", "iii"}]
    return words[-1] if words else ""
