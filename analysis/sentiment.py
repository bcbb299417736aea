"""The tone of a statement's own words: VADER with the codebook's words, and the codebook's judging phrases."""

import importlib.resources
import re

import nltk
import pandas as pd
from nltk.sentiment.vader import SentimentIntensityAnalyzer

from analysis.evaluation import Cue, find_cues
from analysis.judgement import Judgement
from analysis.text import Span

THRESHOLD = 0.05  # of VADER's score alone, as its authors set it
NEGATIVE_FROM, POSITIVE_FROM = -0.3, 0.6  # of VADER's score with the judging words

_GLOOMY = ("blame", "attack", "harm", "oppose")
_GLOOM, _NO_GLOOM, _PRAISE = -1.0, 0.5, 0.8
_WORD = re.compile(r"[\w’'-]+")


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


def tone(
    text: str, content: list[Span], analyser: SentimentIntensityAnalyzer, readings: dict[str, re.Pattern]
) -> Judgement:
    """Code the tone of a statement's words.

    Parameters
    ----------
    text : str
        The article.
    content : list of Span
        The statement's pieces.
    analyser : SentimentIntensityAnalyzer
        From `tone_analyser`.
    readings : dict of str to re.Pattern
        From `analysis.evaluation.read_evaluation`.

    Returns
    -------
    Judgement
        The score is VADER's compound (-1 to 1), less 1 for each word of blame, attack, harm or opposition,
        plus 0.8 for each of support, plus 0.5 for what is denied ("nobody was hurt"); demands and declarations
        have no tone of their own. ``negative`` at
        -0.3 or less, ``positive`` at 0.6 or more, else ``neutral``. The evidence is the words with a
        valence and those that judge. The probability grows with the distance from the neutral range; it
        is not calibrated.

    References
    ----------
    Hutto, C. J. and Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment analysis
    of social media text. ICWSM.
    """
    compound = analyser.polarity_scores(" ".join(text[s.start : s.end] for s in content))["compound"]
    judging = [(cue.span, weight) for cue in find_cues(text, content, readings) if (weight := _weight(cue))]
    valued = [
        Span(m.start(), m.end())
        for span in content
        for m in _WORD.finditer(text, span.start, span.end)
        if analyser.lexicon.get(m.group().lower())
    ]
    score = compound + sum(weight for _, weight in judging)
    evidence = sorted({*valued, *(span for span, _ in judging)})
    if NEGATIVE_FROM < score < POSITIVE_FROM:
        return Judgement("neutral", 0.6, evidence)
    beyond = NEGATIVE_FROM - score if score < 0 else score - POSITIVE_FROM
    return Judgement("negative" if score < 0 else "positive", round(min(0.9, 0.5 + 0.4 * beyond), 3), evidence)


def _weight(cue: Cue) -> float:
    if cue.reading == "support":
        return _GLOOM if cue.negated else _PRAISE
    if cue.reading in _GLOOMY:
        return _NO_GLOOM if cue.negated else _GLOOM
    return 0
