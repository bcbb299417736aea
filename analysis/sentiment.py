"""The tone of a statement's own words: VADER with the codebook's words in place of its own."""

import importlib.resources
import re

import nltk
import pandas as pd
from nltk.sentiment.vader import SentimentIntensityAnalyzer

from analysis.judgement import Judgement
from analysis.text import Span

THRESHOLD = 0.05
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


def tone(text: str, content: list[Span], analyser: SentimentIntensityAnalyzer) -> Judgement:
    """Code the tone of a statement's words.

    Parameters
    ----------
    text : str
        The article.
    content : list of Span
        The statement's pieces.
    analyser : SentimentIntensityAnalyzer
        From `tone_analyser`.

    Returns
    -------
    Judgement
        ``negative`` at a compound score of -0.05 or less, ``positive`` at 0.05 or more, else ``neutral``
        (the authors' thresholds); the evidence is the words with a valence. The probability grows with
        the score; it is not calibrated.

    References
    ----------
    Hutto, C. J. and Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment analysis
    of social media text. ICWSM.
    """
    compound = analyser.polarity_scores(" ".join(text[s.start : s.end] for s in content))["compound"]
    evidence = [
        Span(m.start(), m.end())
        for span in content
        for m in _WORD.finditer(text, span.start, span.end)
        if analyser.lexicon.get(m.group().lower())
    ]
    if abs(compound) < THRESHOLD:
        return Judgement("neutral", 0.5 + 0.5 * (1 - abs(compound) / THRESHOLD) * (not evidence), evidence)
    return Judgement("negative" if compound < 0 else "positive", round(0.5 + abs(compound) / 2, 3), evidence)
