"""Names and role words in a stretch of text: people, organisations, and what they are called by."""

import bisect
import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from analysis.text import Span

_TITLES = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady prof professor rev reverend hon rep sen gov gen col lt capt captain sgt"
    " det insp supt cllr coun justice sheikh shri smt sri madam alhaji alhaja datuk tan rt fr most".split()
)
_POST_NOMINALS = frozenset("KC QC SC MP MPP MLA MSP MS TD MEP MNA PhD MD OBE MBE CBE JP RN Esq".split())
_PARTICLES = frozenset("de da di del della van von der den ter bin ibn al el la le du dos das".split())
_CAPITAL_PARTICLES = frozenset("Ní Nic Ó Uí Mac De La Le Van Von Al El Te Da Di".split())
_LINKS = frozenset("of for and the &".split())
_JOINING = _PARTICLES | _LINKS
_NICKNAME = re.compile(r" [“\"‘][A-Z][\w-]*(?: [A-Z][\w-]*){0,2}[”\"’] [A-Z]")
_INITIAL = re.compile(r"[A-Z]\.")
_ROLE_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_LOWER = re.compile(r"\b[a-z]+\b")
_NEVER = frozenset(
    "the a an he she it they we i you who this that these those there here his her its their our my your and but or nor"
    " so yet if when while after before since until because although though as at by for from in into of off on onto"
    " out"
    " over to up with within without under between about against during despite like not no now then what why how where"
    " which one two three four five six many most more some several few all both each every other another however"
    " meanwhile"
    " earlier later also still only even just today yesterday tomorrow speaking asked according".split()
)
_DAYS = frozenset("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_NAMES_AND_WORDS = frozenset(
    "will mark rose grace may bill frank jack pat rich grant hope joy dean drew josh art rob don".split()
)
_CAUSE = frozenset(
    "For Against Stop Save Defend Reclaim Resist Fight Justice Solidarity Rebellion Rising Not No Now United Before"
    " Over Action Abolish Scrap Boycott Together Protect Cancel".split()
)  # in the names of campaigns, not of people
_WORD = re.compile(r"[^\W_][\w’'.&/-]*[\w.]|[^\W_]|&")
_CAPITAL = re.compile(r"(?<!\w)(?<!\w[’'.&/-])[^\W_a-z](?:[\w’'.&/-]*[\w.])?")  # and letters that have no case
_APART = 30  # no more characters than that stand between two words of a name
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
    """The codebook's role words, looked up word by word, a person's regular plural, too.

    A role written with a capital is found with a capital only.
    """

    def __init__(self, table: pd.DataFrame):
        self._known = {_plain(row.role): (row.group, row.kind) for row in table.itertuples() if row.role.islower()}
        for word, (group, kind) in list(self._known.items()):
            if kind == "person" and not word.endswith("s"):
                self._known.setdefault(word[:-1] + "ies" if word.endswith("y") else word + "s", (group, "people"))
        self._cased = {row.role: (row.group, row.kind) for row in table.itertuples() if not row.role.islower()}
        lengths: dict[str, set[int]] = {}
        for role in (*self._known, *map(_plain, self._cased)):
            first, *rest = role.split()
            for begin in (first, first + "'s"):
                lengths.setdefault(begin, set()).add(1 + len(rest))
        # words of the roles that begin with a word, the longest first
        self._lengths = {begin: sorted(found, reverse=True) for begin, found in lengths.items()}

    def find(self, text: str) -> list[Role]:
        """Role words of a text, the longest at each place; a possessive ending is left out."""
        plain = _plain(text)
        places = [match.span() for match in _ROLE_WORD.finditer(plain)]
        lengths = map(self._lengths.get, _ROLE_WORD.findall(plain))
        found, free = [], 0
        for i, held in [(i, held) for i, held in enumerate(lengths) if held]:
            for n in held if i >= free else ():
                role = self._role(text, plain, places[i][0], places[i + n - 1][1]) if i + n <= len(places) else None
                if role:
                    found.append(role)
                    free = i + n
                    break
        return found

    def _role(self, text: str, plain: str, start: int, end: int) -> Role | None:
        for last in (end, end - 2) if plain.endswith("'s", start, end) else (end,):
            word = plain[start:last]
            known = self._cased.get(text[start:last]) or self._known.get(word)
            if known:
                return Role(start, last, word, *known)
        return None


def _plain(text: str) -> str:
    """Lower case and straight apostrophes, every character in its place."""
    lower = text.lower()
    if len(lower) != len(text):  # İ becomes two
        lower = "".join(low if len(low := character.lower()) == 1 else character for character in text)
    return lower.replace("’", "'")


@functools.lru_cache(maxsize=65536)
def gender(mention: str) -> str:
    """``female`` or ``male`` where a title or noun says so, else empty; never from a first name."""
    if _FEMALE.search(mention):
        return "female"
    return "male" if _MALE.search(mention) else ""


def names_in(text: str, held: list[Role]) -> list[Name]:
    """Capitalised names in a text, without the titles and role words before them.

    Parameters
    ----------
    text : str
        The article.
    held : list of Role
        Role words of the article, from `Roles.find`.

    Returns
    -------
    list of Name
        A name of two to five words without a word for an organisation is a ``person``, one word is a
        ``surname``, the rest are ``organisation``. A rule, not a model: names that hold a lower-case word
        other than a particle are cut. A word that opens a sentence and stands in lower case elsewhere in
        the text is no part of a name.
    """
    starts = [role.start for role in held]
    common = set(_LOWER.findall(text)) - _NAMES_AND_WORDS
    found = []
    for run in _split_off(text, _capitalised_runs(text), held, starts):
        while run and _opens_no_name(text, run[0], common):
            run = _trim(text, run[1:])
        if run:
            first = bisect.bisect_left(starts, run[0].start)
            found += _name_of(text, run, held[first : bisect.bisect_left(starts, run[-1].end)])
    return found


def _split_off(text: str, runs: list[list[Span]], held: list[Role], starts: list[int]) -> Iterator[list[Span]]:
    """Part somebody from whom they belong to: "Aoife Kelly of Students Against Rents"."""
    for run in runs:
        at = next((i for i in range(2, len(run) - 1) if text[run[i].start : run[i].end] == "of"), 0)
        roles = held[bisect.bisect_left(starts, run[0].start) : bisect.bisect_left(starts, run[at].start)] if at else ()
        named = [word for word in run[:at] if not is_title(text[word.start : word.end])]
        named = [word for word in named if not any(role.start <= word.start < role.end for role in roles)]
        if 0 < len(named) < 4 and all(
            role.kind in ("person", "office") and role.end <= run[at].start for role in roles
        ):
            yield run[:at]
            yield run[at + 1 :]
        else:
            yield run


def _opens_no_name(text: str, word: Span, common: set[str]) -> bool:
    first = text[word.start : word.end].lower()
    return first in _NEVER or (first in common and _opens_sentence(text, word.start))


def _opens_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" \t\"“‘'")
    return not before or before[-1] in ".?!:\n\r"


def _capitalised_runs(text: str) -> list[list[Span]]:
    runs: list[list[Span]] = []
    end, open_ended = -1, False  # of the last run; whether it goes on
    for match in _CAPITAL.finditer(text):
        (start, stop), written = match.span(), match.group()
        if not (written[0].isupper() or written[0].isdigit()):
            continue
        possessive = written.endswith(("'s", "’s"))
        stop -= 2 if possessive else 0
        if text[stop - 1] == "." and not _INITIAL.fullmatch(written) and not is_title(written):
            stop -= 1
        word, joined = Span(start, stop), False
        if open_ended and start - end < _APART:
            between = list(_WORD.finditer(text, end, start))
            joined = _joins(text, end, start, between) or _nicknamed(text, end, start)
        if joined:
            runs[-1] += [Span(*link.span()) for link in between]
        else:
            runs.append([])
        runs[-1].append(word)
        end, open_ended = word.end, not possessive
    return [trimmed for run in runs if (trimmed := _trim(text, run))]


def _joins(text: str, start: int, end: int, between: list[re.Match]) -> bool:
    """Whether nothing but "of", "de" and the like stands between two capitalised words."""
    gap = text[start:end]
    return "\n" not in gap and "\r" not in gap and gap.split() == [w.group() for w in between if w.group() in _JOINING]


def _nicknamed(text: str, start: int, end: int) -> bool:
    """Whether a nickname in quotation marks opens or closes between two capitalised words: Dai “Spanner” Hopkin."""
    if text[start:end] in (" “", ' "', " ‘"):
        return _NICKNAME.match(text, start) is not None
    return text[start:end] in ("” ", '" ', "’ ") and any(
        _NICKNAME.match(text, opening) for opening in range(max(0, start - 30), start) if text[opening] == " "
    )


def has_cause(name: str) -> bool:
    """Whether a name speaks of a cause, as those of campaigns do: "Homes For All"."""
    return not _CAUSE.isdisjoint(name.split()) or bool({"for", "against"}.intersection(name.split()[1:]))


def is_title(word: str) -> bool:
    """Whether a word is a title such as Mr, Dr or Supt, with or without its full stop."""
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
    titles = [i for i, word in enumerate(run) if is_title(text[word.start : word.end]) and (i == 0 or word != run[-1])]
    if titles:
        run = run[titles[-1] + 1 :]
    if not run:
        return []
    held = [role for role in held if role.start >= run[0].start and role.end <= run[-1].end]
    whole = held and held[-1].kind == "organisation" and held[-1].end == run[-1].end
    offices = [r for r in held if r.kind in ("person", "office") and not (whole and r.group == "public")]
    if offices and offices[-1].end < run[-1].start:
        run = [word for word in run if word.start >= offices[-1].end]
        portfolio = text[run[0].start : run[0].end] in _LINKS or offices[-1].word.endswith((" for", " of"))
        run = _behind_portfolio(text, run) if portfolio else run
        held = []
    elif offices and offices[-1].end >= run[-1].end:
        run = [word for word in run if word.end <= offices[-1].start]
        held = [role for role in held if role not in offices]
    while len(run) > 2 and text[run[-1].start : run[-1].end] in _POST_NOMINALS:
        run = run[:-1]
    words = [text[word.start : word.end] for word in run]
    if not words or (len(words) == 1 and words[0] in _DAYS):
        return []
    name = Span(run[0].start, run[-1].end)
    linked = any(word.lower() in _LINKS for word in words)
    if held or linked or _CAUSE.intersection(words) or any(word[:1].isdigit() for word in words) or len(words) > 5:
        kind = "organisation"
    elif len(words) == 1:
        kind = "organisation" if len(words[0]) > 1 and words[0].isupper() else "surname"
    else:
        kind = "person"
    return [Name(name.start, name.end, text[name.start : name.end], kind)]


def _behind_portfolio(text: str, run: list[Span]) -> list[Span]:
    """Take the name behind "Minister for": the last two words; fewer than three are all portfolio."""
    name = -3 if len(run) > 3 and text[run[-2].start : run[-2].end] in _CAPITAL_PARTICLES else -2
    return run[name:] if len(run) > 2 else []


@functools.lru_cache(maxsize=65536)
def surname(name: str) -> str:
    """Take the last word of a name in lower case, without a suffix such as Jr."""
    words = [word for word in name.lower().split() if word.rstrip(".") not in {"jr", "sr", "ii", "iii"}]
    return words[-1] if words else ""
