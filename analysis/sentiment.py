"""The tone of a statement: VADER with the codebook's words, judging phrases, and what hand-coded articles teach."""

import importlib.resources
import math
import re
from collections.abc import Iterator

import nltk
import pandas as pd
from nltk.sentiment.vader import SentimentIntensityAnalyzer

from analysis.evaluation import find_cues
from analysis.judgement import SENTIMENTS, Judgement
from analysis.reference import Said
from analysis.regression import Feature, read_table, weigh
from analysis.stems import in_one_piece, stems
from analysis.text import Span

THRESHOLD = 0.05  # of VADER's score alone, as its authors set it

TABLE = "tone"
_GLOOMY = ("blame", "attack", "harm", "oppose")
_MOST = 2  # words of denial that count
_CUE, _WORDS = 0.5, 1.5  # what the reporting words, and all words of a statement together, count beside a sign
_WORD = re.compile(r"[\w’'-]+")
_DENIAL = re.compile(
    r"\b(?:not|never|no|nor|nobody|nothing|none|neither|cannot|without|even|only|just|still|yet|zero)\b|n['’]t\b",
    re.IGNORECASE,
)


def tone_analyser(words: pd.DataFrame) -> SentimentIntensityAnalyzer:
    """Load VADER with the codebook's valences.

    Parameters
    ----------
    words : DataFrame
        ``word``, ``valence`` (-4 to 4): replaces the lexicon's valence, 0 takes a word out.

    Returns
    -------
    SentimentIntensityAnalyzer
        nltk's, over the lexicon that the vaderSentiment wheel carries, so nothing is downloaded.
    """
    folder = str(importlib.resources.files("vaderSentiment"))
    if folder not in nltk.data.path:  # nltk reads no file outside the folders listed there
        nltk.data.path.append(folder)
    analyser = SentimentIntensityAnalyzer(lexicon_file="nltk:vader_lexicon.txt")
    analyser.lexicon.update(zip(words["word"].str.lower(), words["valence"], strict=True))
    return analyser


def tone(text: str, said: Said, analyser: SentimentIntensityAnalyzer, readings: dict[str, re.Pattern]) -> Judgement:
    """Code the tone of a statement's words.

    Parameters
    ----------
    text : str
        The article.
    said : Said
        The statement; its group is not looked at.
    analyser : SentimentIntensityAnalyzer
        From `tone_analyser`.
    readings : dict of str to re.Pattern
        From `analysis.evaluation.read_evaluation`.

    Returns
    -------
    Judgement
        The likeliest of ``negative``, ``neutral`` and ``positive``, with its probability: a logistic regression over
        VADER's compound; words of blame, attack, harm, opposition, support and dismissal; denial; whether all of it
        is quoted; the reporting words; and the statement's own words and pairs of words, but for those that name
        people, events or things (valence 0 in the codebook). The evidence is the words with a valence, those that
        judge, and, unless the label is neutral, the words that spoke most for it.
        Learnt from invented English news (analysis/weights/tone.md); the seeds are no part of it.

    References
    ----------
    Hutto, C. J. and Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment analysis
    of social media text. ICWSM.
    """
    seen = list(signs(text, said, analyser, readings))
    weighed = weigh(read_table(TABLE), seen)
    label = max(SENTIMENTS, key=weighed.probabilities.__getitem__)
    hits = [Span(m.start(), m.end()) for span in said.content for m in _WORD.finditer(text, span.start, span.end)]
    evidence = {hit for hit in hits if analyser.lexicon.get(text[hit.start : hit.end].lower())}
    evidence |= {feature.place for feature in seen if feature.name.startswith("judging ")}
    if label != "neutral":
        evidence |= set(weighed.evidence(label))
    return Judgement(label, round(weighed.probabilities[label], 3), sorted(evidence))


def signs(
    text: str, said: Said, analyser: SentimentIntensityAnalyzer, readings: dict[str, re.Pattern]
) -> Iterator[Feature]:
    """Give the signs of tone in a statement and its reporting words."""
    content = " ".join(text[span.start : span.end] for span in said.content)
    yield Feature("compound", analyser.polarity_scores(content)["compound"])
    for cue in find_cues(text, said.content, readings):
        yield Feature(f"judging {cue.name}", 1.0, cue.span)
        if (cue.reading == "support") == cue.negated and cue.reading in (*_GLOOMY, "support"):
            yield Feature("gloom", 1.0, cue.span)
    yield Feature("denial", min(_MOST, len(_DENIAL.findall(content))))
    yield Feature("quoted", float(said.direct))
    reported = [said.cue] if said.cue else []
    yield from (Feature(f"reported {cue.reading}", 1.0, cue.span) for cue in find_cues(text, reported, readings))
    yield Feature(f"cue {text[said.cue.start : said.cue.end].lower() if said.cue else ''}", _CUE)
    words = stems(text, said.content)
    silent = [analyser.lexicon.get(text[place.start : place.end].lower()) == 0 for _, place in words]
    size = _WORDS / math.sqrt(max(1, 2 * len(words)))
    told = [None if hush else word for word, hush in zip(words, silent, strict=True)]
    for before, word in zip([None, *told], told, strict=False):
        if word:
            yield Feature(f"word {word[0]}", size, word[1])
        if before and word and in_one_piece(before[1], word[1], said.content):
            yield Feature(f"pair {before[0]} {word[0]}", size, Span(before[1].start, word[1].end))
