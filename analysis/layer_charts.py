"""The tables of ``analysis.layer_summaries`` to figures, as ``analysis.charts`` does for the other tables."""

import pandas as pd
from matplotlib.figure import Figure

from analysis import drawing
from analysis.layer_findings import NO_LOADED, NO_POSITION, NO_STATEMENTS, NO_TARGET
from analysis.phrases import count, label

NAMES = {"quoted": "Quoted or paraphrased", "reporter": "The reporter"}


@drawing.chart(NO_TARGET)
def named_targets(table: pd.DataFrame) -> Figure:
    """Mentions of each target by the sentiment toward it (stacked bars): quoted at the left, the reporter's right."""
    voices = dict(list(table.groupby("voice", sort=False)))
    subtitle = f"{count(table['mentions'].sum(), 'mention')}; read from the sentence around the name"
    rows = 1.15 * table["target"].nunique() + 1
    figure, axes = drawing.layout("In what light the targets are named", subtitle, rows, columns=len(voices))
    for ax, (voice, part) in zip(axes, voices.items(), strict=True):
        drawing.bars(ax, drawing.wide(part, "target", "sentiment", "mentions").rename(label))
        ax.set_title(f"{NAMES.get(voice, label(voice))} ({part['mentions'].sum():,})")
        ax.set_xlabel("Mentions")
        _from_zero(ax, part.groupby("target")["mentions"].sum().max())
    drawing.legend(figure, axes[0])
    return figure


@drawing.chart(NO_POSITION)
def stance_baseline(table: pd.DataFrame) -> Figure:
    """Positions of each group by whether the group's other statements usually take the same (stacked bars)."""
    return _bars(table, "answer", "positions", "Positions beside what the speaker's group usually holds", "Positions")


@drawing.chart(NO_STATEMENTS)
def cue_classes(table: pd.DataFrame) -> Figure:
    """Statements of each group by the class of the reporting verb (stacked bars)."""
    return _bars(table, "verb_class", "statements", "Reporting verbs by class and speaker group", "Statements")


@drawing.chart(NO_LOADED)
def loaded_words(table: pd.DataFrame) -> Figure:
    """Count the reporter's loaded words and scare quotes by the group named nearest (stacked bars)."""
    sentences = table.groupby("group", sort=False)["sentences"].first()
    words = table.groupby("group", sort=False)["words"].sum()
    subtitle = f"{count(words.sum(), 'word')} or scare quotes, by the group named nearest in the sentence"
    figure, (ax,) = drawing.layout("Loaded words in the reporter's own words", subtitle, len(sentences))
    ends = [f"{n:,} in {count(m, 'sentence')}" for n, m in zip(words, sentences, strict=True)]
    drawing.bars(ax, drawing.wide(table, "group", "kind", "words").rename(label), ends)
    _from_zero(ax, words.max())
    ax.set_xlabel("Loaded words and scare quotes")
    drawing.legend(figure, ax)
    return figure


def _bars(table: pd.DataFrame, kind: str, number: str, title: str, axis: str) -> Figure:
    counts = drawing.wide(table, "group", kind, number).rename(label)
    counts = counts.loc[:, counts.sum() > 0]
    subtitle = f"{count(counts.to_numpy().sum(), number.removesuffix('s'))} of {count(len(counts), 'group')}"
    figure, (ax,) = drawing.layout(title, subtitle, len(counts))
    drawing.bars(ax, counts)
    ax.set_xlabel(axis)
    drawing.legend(figure, ax)
    return figure


def _from_zero(ax, most: int) -> None:
    """Start at zero and leave room for the numbers, also where there is nothing to show."""
    ax.set_xlim(0, max(1.12 * most, 1))
