"""Tables for the reader: every row can be looked up by article and offset."""

import html
from importlib.metadata import version

import pandas as pd
from IPython.display import HTML

from analysis.corrections import STANCE, by_hand
from analysis.text import Span, paragraphs, quotations, sentences

PLACE = ["article", "offset"]
PACKAGES = ["jupyterlab", "pandas", "matplotlib", "seaborn", "scikit-learn", "nltk", "nbval"]


def show_whole_tables() -> None:
    """Let notebooks show long texts and up to 200 rows of a table."""
    pd.options.display.max_colwidth = 400
    pd.options.display.max_rows = 200


def articles(table: pd.DataFrame) -> pd.DataFrame:
    """List what is known of each article, and how it divides: words, paragraphs, sentences, quotations."""
    counts = {
        "paragraphs": [len(paragraphs(text)) for text in table["text"]],
        "sentences": [len(sentences(text)) for text in table["text"]],
        "quotations": [len(quotations(text)) for text in table["text"]],
    }
    known = table[["article", "outlet", "date", "headline", "byline", "encoding", "words"]]
    return known.assign(**counts).set_index("article")


def statements(table: pd.DataFrame, articles: pd.DataFrame, *fields: str) -> pd.DataFrame:
    """List statements by article and offset.

    Parameters
    ----------
    table, articles : DataFrame
        Statements, and the articles they are from.
    *fields : str
        Columns to add. ``cue``: the words at its offsets; a judged field (``group``, ``sentiment``): the label
        with the words of the article it rests on.

    Returns
    -------
    DataFrame
        ``speaker``, ``text``, then the fields; the index is ``article`` and ``offset``.
    """
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    shown = _places(table, "content").assign(speaker=table["speaker"], text=table["text"])
    for field in fields:
        shown[field] = table[field]
        if field == "cue":
            spans = [[cue] if isinstance(cue, list) else [] for cue in table["cue"]]
            shown["cue"] = _words(table, spans, texts)
        elif field in ("group", "sentiment"):
            shown[f"{field} rests on"] = _grounds(table, field, texts)
    return shown.set_index(PLACE)


def stances(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """List positions, one row a statement and target, with the words each rests on."""
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    rows = [
        [row["article"], row["content"][0][0], row["speaker"], row["text"], target, position]
        + [by_hand(row, f"{STANCE}{target}") or _joined(texts[row["article"]], row["evidence"]["stance"][target])]
        + [row["probability"]["stance"][target]]
        for row in table.to_dict("records")
        for target, position in row["stance"].items()
    ]
    columns = ["article", "offset", "speaker", "text", "target", "position", "rests on", "probability"]
    return pd.DataFrame(rows, columns=columns).set_index(PLACE)


def grievances(table: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """List grievance mentions by article and offset, with the keywords that named the theme."""
    texts = dict(zip(articles["article"], articles["text"], strict=True))
    shown = _places(table, "span").assign(**{name: table[name] for name in ("side", "theme", "voice", "text")})
    shown["rests on"] = _grounds(table, "theme", texts)
    return shown.set_index(PLACE)


def spans(text: str, found: list[Span]) -> pd.DataFrame:
    """List spans of a text with their words."""
    rows = [(span.start, span.end, text[span.start : span.end]) for span in found]
    return pd.DataFrame(rows, columns=["start", "end", "words"])


def marked(articles: pd.DataFrame, statements: pd.DataFrame) -> HTML:
    """Show the first article with its statements marked and their speakers named; the text is escaped."""
    if articles.empty:
        return HTML("<p>No article was read.</p>")
    article, text = articles[["article", "text"]].iloc[0]
    here = statements[statements["article"] == article]
    pieces = sorted(
        (start, end, f"{row.speaker}, {row.type}") for row in here.itertuples() for start, end in row.content
    )
    parts, at = [], 0
    for start, end, who in pieces:
        mark = f'<mark title="{html.escape(who)}">{html.escape(text[start:end])}</mark>'
        parts += [html.escape(text[at:start]), mark, f" <small>[{html.escape(who)}]</small>"]
        at = end
    lines = ("".join(parts) + html.escape(text[at:])).splitlines()
    return HTML("".join(f"<p>{line}</p>" for line in lines if line.strip()))


def versions() -> pd.DataFrame:
    """Versions of the packages that the results may depend on."""
    return pd.DataFrame({"version": [version(name) for name in PACKAGES]}, index=PACKAGES)


def _places(table: pd.DataFrame, spans: str) -> pd.DataFrame:
    first = [span[0][0] if spans == "content" else span[0] for span in table[spans]]
    return pd.DataFrame({"article": table["article"], "offset": pd.Series(first, index=table.index, dtype=int)})


def _grounds(table: pd.DataFrame, field: str, texts: dict[str, str]) -> list[str]:
    """Words that a label rests on, or who corrected it."""
    words = _words(table, [row[field] for row in table["evidence"]], texts)
    return [by_hand(row, field) or found for row, found in zip(table.to_dict("records"), words, strict=True)]


def _words(table: pd.DataFrame, spans: list[list], texts: dict[str, str]) -> list[str]:
    return [_joined(texts[article], found) for article, found in zip(table["article"], spans, strict=True)]


def _joined(text: str, spans: list) -> str:
    return " … ".join(text[start:end] for start, end in spans)
