"""Texts to the themes of a codebook: by its keywords first, then by a classifier learnt from what they hit.

The keyword step is that of dictionary tools: phrases, ``*`` for any ending, inflected forms by the Snowball stemmer
(M. F. Porter, 2001), and a hit inside a longer hit of another theme does not count (as with ``nested_scope`` of
quanteda's ``tokens_lookup``; K. Benoit and others, 2018, JOSS 3(30), 774). The classifier is learnt with the hits
blanked out: it knows the company that keywords keep, so it adds to them instead of repeating them.
"""

import bisect
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import pandas as pd
import scipy.sparse as sp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.codebook import compile_phrases, find_phrases
from analysis.stems import stem
from analysis.text import Span

UNSURE = "unsure"
# A theme is a guess, not an answer, where its odds are below this many times those of a draw among the themes.
ABOVE_CHANCE = 1.6
# Below scikit-learn's 1, so that a guess comes back in a subsample of the texts or is "unsure": of the values tried on
# corpora of clear and of blurred themes, that with the highest adjusted Rand index.
STRENGTH = 0.3
DEFINITION_WEIGHT = 10  # texts that a theme's definition counts for
# How far themes that keywords reach seldom are made up for: 1 wholly, 0 not at all. They are learnt from little, so
# what is guessed for them differs most between subsamples.
BALANCE = 0.8
HITS = ["text", "theme", "keyword", "start", "end"]

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
ADDRESS = re.compile(r"https?://\S+|(?<!\w)@\w+")  # of pages and of users: names that say nothing of a theme


def assign_themes(texts: Iterable[str], themes: pd.DataFrame) -> pd.DataFrame:
    """Assign each text the likeliest theme of a codebook.

    Parameters
    ----------
    texts : iterable of str
        Statements, mentions or other short texts; a missing one counts as empty. The classifier learns from these
        texts alone, so the more there are, the better it fills what no keyword reaches.
    themes : DataFrame
        One row a theme: ``theme``, and optionally ``definition``, ``keywords`` and ``exclude`` (tuples as
        ``read_codebook`` gives them, or strings separated by ``;``); other columns are ignored.

    Returns
    -------
    DataFrame
        One row a text, in order. ``theme``: that with most different keywords in the text, on a tie the one
        named first; where no keyword hits the classifier's, or ``unsure``. ``probability``: 0 to 1, with keywords
        the share of the votes (a keyword has one, the classifier one shared among the themes), without them the
        classifier's, for ``unsure`` that of its best guess. ``matched``: list of the keywords hit, the theme's own
        first. ``how``: ``keyword``, ``classifier`` or ``unsure``. ``others``: list of further themes with a keyword.

    Warns
    -----
    UserWarning
        For themes without keywords and for keywords that no text holds; both do no harm.

    Notes
    -----
    The classifier is a multinomial logistic regression over TF-IDF of words, word pairs and 4-letter pieces. Themes
    that keywords reach seldom weigh nearly as much in it as others, for what keywords miss has less in common with
    those that they reach often. Definitions are learnt from as well. Same texts and codebook, same result.
    """
    texts = ["" if pd.isna(text) else str(text) for text in texts]
    themes = _readable(themes)
    names, hits = list(themes["theme"]), keyword_hits(texts, themes)
    _warn(themes, hits)
    votes, first = _votes(hits, len(texts), len(names))
    shares = _classified(_blanked(texts, hits), list(themes["definition"]), votes)
    keywords = hits.groupby(["text", "theme"], sort=False)["keyword"].agg(lambda found: list(dict.fromkeys(found)))
    keywords = keywords.to_dict()
    rows = []
    for row in range(len(texts)):
        order = sorted(np.flatnonzero(votes[row]), key=lambda theme, row=row: (-votes[row, theme], first[row, theme]))
        guess = int(shares[row].argmax()) if names else 0
        best = order[0] if order else guess
        probability = (votes[row, best] + shares[row, best]) / (votes[row].sum() + shares[row].sum()) if order else 0.0
        how = "keyword"
        if not order:
            probability = shares[row, guess] if names else 0.0
            sure = probability * (len(names) - 1) > ABOVE_CHANCE * (1 - probability)
            how = "classifier" if sure else UNSURE
        matched = [keyword for theme in order for keyword in keywords[row, theme]]
        theme = UNSURE if how == UNSURE else names[best]
        rows.append((theme, round(float(probability), 3), matched, how, [names[other] for other in order[1:]]))
    return pd.DataFrame(rows, columns=["theme", "probability", "matched", "how", "others"])


def keyword_hits(texts: list[str], themes: pd.DataFrame) -> pd.DataFrame:
    """Find the keywords of a codebook in texts.

    Parameters
    ----------
    texts : list of str
        The texts.
    themes : DataFrame
        As in `assign_themes`.

    Returns
    -------
    DataFrame
        One row a hit, by text and place: ``text`` and ``theme`` (row numbers of both inputs), ``keyword`` as the
        codebook has it, ``start``, ``end`` (code points). Hits within an excluded phrase of their theme, or within
        a longer hit of another theme, are left out.
    """
    index = _Index(texts)
    found = []
    for number, row in enumerate(_readable(themes).itertuples()):
        exclude = compile_phrases(tuple(index.inflected(phrase)[0] for phrase in row.exclude))
        for keyword in row.keywords:
            phrase, rows = index.inflected(keyword)
            pattern = compile_phrases((phrase,))
            for text in rows:
                spans = find_phrases(texts[text], [Span(0, len(texts[text]))], pattern, exclude)
                found += [(text, number, keyword, *span) for span in spans]
    hits = pd.DataFrame(found, columns=HITS).sort_values(["text", "start", "end", "theme"], kind="stable")
    return _outermost(hits).reset_index(drop=True)


class _Index:
    """Which texts hold which word, by word and by stem."""

    def __init__(self, texts: list[str]):
        self.texts = defaultdict(set)
        for number, text in enumerate(texts):
            for word in _words(text):
                for form in {word, *re.findall(r"\w+", word)}:
                    self.texts[form].add(number)
        self.words = sorted(self.texts)
        self.forms = defaultdict(list)
        for word in self.words:
            self.forms[stem(word)].append(word)
        self.all = set(range(len(texts)))

    def inflected(self, phrase: str) -> tuple[str, list[int]]:
        """Give a phrase with every form of its words that occurs (as ``a/b``), and the texts that may hold it."""
        words, rows = [], self.all
        for word in phrase.lower().replace("’", "'").split():
            if word == "...":
                words.append(word)
                continue
            forms = {form for either in word.split("/") for form in (either, *self._forms(either))}
            words.append("/".join(sorted(forms)))
            rows = rows & set().union(*(self._holding(form) for form in forms))
        return " ".join(words), sorted(rows)

    def _forms(self, word: str) -> list[str]:
        return [] if "*" in word else self.forms.get(stem(word), [])

    def _holding(self, form: str) -> set[int]:
        if "*" not in form:
            # A word with other marks in it ("#metoo", "u.s.") is not in the index: look everywhere.
            return self.texts.get(form, set()) if _WORD.fullmatch(form) else self.all
        start = form.split("*")[0]
        if not _WORD.fullmatch(start):
            return self.all
        low, high = bisect.bisect_left(self.words, start), bisect.bisect_right(self.words, start + "\U0010ffff")
        return set().union(*(self.texts[word] for word in self.words[low:high]))


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


def _readable(themes: pd.DataFrame) -> pd.DataFrame:
    """Fill in absent columns and split cells that hold several phrases."""
    table = themes.reindex(columns=["theme", "definition", "keywords", "exclude"]).reset_index(drop=True)
    table["definition"] = ["" if pd.isna(cell) else str(cell) for cell in table["definition"]]
    for column in ("keywords", "exclude"):
        table[column] = pd.Series([_phrases(cell) for cell in table[column]], dtype=object)
    return table


def _phrases(cell) -> tuple[str, ...]:
    parts = cell.split(";") if isinstance(cell, str) else cell if isinstance(cell, (list, tuple)) else ()
    return tuple(dict.fromkeys(phrase.strip() for phrase in parts if phrase.strip()))


def _outermost(hits: pd.DataFrame) -> pd.DataFrame:
    """Leave out hits that lie within a longer hit of another theme of the same text."""
    keep, spans = np.ones(len(hits), dtype=bool), hits[["theme", "start", "end"]].to_numpy()
    for rows in hits.groupby("text").indices.values():
        for row, (theme, start, end) in zip(rows, spans[rows], strict=True) if len(rows) > 1 else ():
            keep[row] = not any(
                t != theme and s <= start and end <= e and e - s > end - start for t, s, e in spans[rows]
            )
    return hits[keep]


def _warn(themes: pd.DataFrame, hits: pd.DataFrame) -> None:
    empty = [row.theme for row in themes.itertuples() if not row.keywords]
    if empty:
        warnings.warn(f"these themes of the codebook have no keywords: {', '.join(empty)}", stacklevel=3)
    held = set(zip(hits["theme"], hits["keyword"], strict=True))
    absent = [
        f"{keyword} ({row.theme})"
        for row in themes.itertuples()
        for keyword in row.keywords
        if (row.Index, keyword) not in held
    ]
    if absent:
        warnings.warn(f"no text holds these keywords of the codebook: {'; '.join(absent)}", stacklevel=3)


def _votes(hits: pd.DataFrame, texts: int, themes: int) -> tuple[np.ndarray, np.ndarray]:
    """Count the different keywords of each theme in each text, and give the place of the first."""
    votes, first = np.zeros((texts, themes)), np.full((texts, themes), np.inf)
    for hit in hits.drop_duplicates(["text", "theme", "keyword"]).itertuples():
        votes[hit.text, hit.theme] += 1
        first[hit.text, hit.theme] = min(first[hit.text, hit.theme], hit.start)
    return votes, first


def _blanked(texts: list[str], hits: pd.DataFrame) -> list[str]:
    """Cut the keywords, addresses and user names out of the texts."""
    blanked = list(texts)
    for hit in hits.itertuples():
        text = blanked[hit.text]
        blanked[hit.text] = text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
    return [ADDRESS.sub(" ", text) for text in blanked]


def _stems(text: str) -> list[str]:
    """Stems and pairs of neighbouring stems."""
    stems = [stem(word) for word in _words(text)]
    return stems + [" ".join(pair) for pair in zip(stems, stems[1:], strict=False)]


def _classified(texts: list[str], definitions: list[str], votes: np.ndarray) -> np.ndarray:
    """Learn the themes from the texts with votes; give each text's probability of each theme (rows sum to 1, or 0)."""
    shares = np.zeros(votes.shape)
    labelled = np.vstack([votes, np.eye(len(definitions)) * [[bool(words)] for words in definitions]])
    if not labelled.any(axis=0).sum() > 1 or not votes.any():
        return shares
    features = _features(texts + definitions)
    rows, labels = np.nonzero(labelled)
    weights = labelled[rows, labels] / labelled[rows].sum(axis=1)
    weights[rows >= len(texts)] *= DEFINITION_WEIGHT
    weights /= np.bincount(labels, weights)[labels] ** BALANCE
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    model.fit(features[rows], labels, sample_weight=weights * len(rows) / weights.sum())
    shares[:, model.classes_] = model.predict_proba(features[: len(texts)])
    known = features[: len(texts)].getnnz(axis=1) > 0
    return shares * known[:, None]


def _features(texts: list[str]) -> sp.csr_matrix:
    words = TfidfVectorizer(analyzer=_stems, sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 4), sublinear_tf=True)
    return sp.hstack([words.fit_transform(texts), pieces.fit_transform(texts)]).tocsr()
