"""The tone of a statement: VADER with the codebook's words, the codebook's judging phrases, and how it is put."""

import importlib.resources
import math
import re

import nltk
import pandas as pd
from nltk.sentiment.vader import SentimentIntensityAnalyzer

from analysis.evaluation import Cue, find_cues
from analysis.judgement import SENTIMENTS, Judgement
from analysis.reference import Said
from analysis.text import Span

THRESHOLD = 0.05  # of VADER's score alone, as its authors set it

_GLOOMY = ("blame", "attack", "harm", "oppose")
# What each sign adds to the log odds of negative and of positive against neutral. Fitted by logistic regression on
# 633 statements of 19 articles; with each article left out in turn it is as good as on those fitted.
_LOG_ODDS = {
    "always": (-0.9, -1.6),
    "compound": (-0.6, 1.4),
    "gloom": (2.2, -0.8),
    "support": (0.0, 2.6),
    "dismissal": (-0.9, -3.5),
    "denial": (0.3, -0.2),
    "direct": (1.4, 0.4),
    "condemned": (3.3, -0.1),
    "requested": (-2.3, -4.3),
}
_MOST = 2  # words of one kind that count
_DENIAL = re.compile(
    r"\b(?:not|never|no|nor|nobody|nothing|none|neither|cannot|without|even|only|just|still|yet|zero)\b|n['’]t\b",
    re.IGNORECASE,
)
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
        The likeliest of ``negative``, ``neutral`` and ``positive``, with its probability. What counts, and how
        much, is one short table: VADER's compound; words of blame, attack, harm or opposition; of support; that
        send away; that deny or belittle ("not", "nothing", "only"); whether all of it is quoted; and whether the
        reporting verb condemns, complains or accuses, or asks for something. The evidence is the words
        with a valence and those that judge.

    References
    ----------
    Hutto, C. J. and Gilbert, E. (2014). VADER: a parsimonious rule-based model for sentiment analysis
    of social media text. ICWSM.
    """
    cues = find_cues(text, said.content, readings)
    signs = _signs(text, said, analyser, cues, readings)
    odds = [math.exp(sum(_LOG_ODDS[sign][side] * amount for sign, amount in signs.items())) for side in (0, 1)]
    shares = dict(zip(SENTIMENTS, (odds[0], 1.0, odds[1]), strict=True))
    label = max(SENTIMENTS, key=lambda name: shares[name])
    valued = [
        Span(m.start(), m.end())
        for span in said.content
        for m in _WORD.finditer(text, span.start, span.end)
        if analyser.lexicon.get(m.group().lower())
    ]
    evidence = sorted({*valued, *(cue.span for cue in cues if cue.reading in (*_GLOOMY, "support", "dismissal"))})
    return Judgement(label, round(shares[label] / sum(shares.values()), 3), evidence)


def _signs(
    text: str, said: Said, analyser: SentimentIntensityAnalyzer, cues: list[Cue], readings: dict[str, re.Pattern]
) -> dict[str, float]:
    """Measure the signs of tone in a statement and its reporting verb."""
    words = " ".join(text[span.start : span.end] for span in said.content)
    reported = {cue.reading for cue in find_cues(text, [said.cue] if said.cue else [], readings)}
    return {
        "always": 1,
        "compound": analyser.polarity_scores(words)["compound"],
        "gloom": any(cue.reading == "support" if cue.negated else cue.reading in _GLOOMY for cue in cues),
        "support": min(_MOST, sum(cue.reading == "support" and not cue.negated for cue in cues)),
        "dismissal": any(cue.reading == "dismissal" and not cue.negated for cue in cues),
        "denial": min(_MOST, len(_DENIAL.findall(words))),
        "direct": said.direct,
        "condemned": bool(reported & {"blame", "harm", "oppose"}),
        "requested": "demand" in reported,
    }
