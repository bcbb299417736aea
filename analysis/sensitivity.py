"""Do the findings survive other decisions? Each is asked again of codings that differ in one decision."""

import statistics
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.claims import LAYERS, Claim, Counts, Verdict, draw_claims, summed
from analysis.judgement import shown
from analysis.sentiment import tone_analyser

if TYPE_CHECKING:
    from analysis.pipeline import Coding

PUBLISHED_THRESHOLD = 0.05  # of the compound score, by VADER's authors
AS_CODED, LEFT_OUT = "as_coded", "one_article_left_out"
EVERY_LAYER = tuple(LAYERS)


def robustness(coding: "Coding") -> pd.DataFrame:
    """Ask each main finding again under other decisions.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a finding and decision that can touch it: ``layer``, ``finding``, ``decision`` (first ``as_coded``),
        ``runs`` (codings with enough cases to ask: one for each article left out), ``holds`` (runs in which it
        holds), ``low`` and ``high`` (over these runs, the share that the finding is about, 0 to 1), ``n`` (the
        fewest cases).

    Notes
    -----
    The findings are drawn from the coding as it is (`analysis.claims.draw_claims`). A finding holds where the same
    group, position or theme still leads, ties included.
    """
    decisions = {AS_CODED: (EVERY_LAYER, lambda same: same), **DECISIONS}
    as_coded = {name: count(coding) for name, count in LAYERS.items()}
    claims = draw_claims({name: summed(counts) for name, counts in as_coded.items()})
    rows = []
    for decision, (layers, decide) in decisions.items():
        other = decide(coding)
        totals = {name: summed(LAYERS[name](other)) for name in layers}
        rows += [_row(claim, decision, [claim.ask(totals[claim.layer])]) for claim in claims if claim.layer in layers]
    if len(coding.articles) > 1:
        rows += [_row(claim, LEFT_OUT, _left_out(claim, as_coded[claim.layer], coding)) for claim in claims]
    columns = ["layer", "finding", "decision", "runs", "holds", "low", "high", "n"]
    table = pd.DataFrame(rows, columns=columns)
    order = {claim.text: place for place, claim in enumerate(claims)}
    return table.sort_values("finding", key=lambda text: text.map(order), kind="stable").reset_index(drop=True)


def _row(claim: Claim, decision: str, verdicts: list[Verdict]) -> list:
    asked = [verdict for verdict in verdicts if verdict.holds is not None]
    shares = [round(v.part / v.whole, 4) if v.whole else 0.0 for v in asked or verdicts]
    n = min(v.whole for v in asked or verdicts)
    return [claim.layer, claim.text, decision, len(asked), sum(v.holds for v in asked), min(shares), max(shares), n]


def _left_out(claim: Claim, counts: Counts, coding: "Coding") -> list[Verdict]:
    """Ask a finding as often as there are articles, each time without one."""
    everything = summed(counts)
    return [claim.ask(everything - counts.get(article, Counter())) for article in coding.articles["article"]]


def _every_label(coding: "Coding") -> "Coding":
    return coding._replace(statements=coding.statements.drop(columns="probability", errors="ignore"))


def _surer_half(coding: "Coding") -> "Coding":
    """Let a label count from the median probability of its field on."""
    statements = coding.statements.reset_index(drop=True)
    for field in ("sentiment", "stance") if "probability" in statements else ():
        stated = [row[field] for row in coding.statements["probability"]]
        values = [p for one in stated for p in (one.values() if isinstance(one, dict) else [one])]
        least = statistics.median(values) if values else 0
        statements[field] = pd.Series(shown(coding.statements, field, least), dtype=object)
    return _every_label(coding._replace(statements=statements))


def _published_lexicon(coding: "Coding") -> "Coding":
    """Label the tone by VADER's own word list and its authors' thresholds."""
    analyser = tone_analyser(pd.DataFrame({"word": pd.Series(dtype=str), "valence": []}))
    scores = [analyser.polarity_scores(text.replace(" … ", " "))["compound"] for text in coding.statements["text"]]
    labels = ["neutral" if abs(s) < PUBLISHED_THRESHOLD else "negative" if s < 0 else "positive" for s in scores]
    return _every_label(coding._replace(statements=coding.statements.assign(sentiment=labels)))


def _direct_quotes(coding: "Coding") -> "Coding":
    """Keep direct quotes, and the grievances voiced in them."""
    statements = coding.statements[coding.statements["type"] == "direct"]
    pieces: dict[str, list] = {}
    for article, content in zip(statements["article"], statements["content"], strict=True):
        pieces.setdefault(article, []).extend(content)
    spoken = [
        any(start <= span[0] < end for start, end in pieces.get(article, []))
        for article, span in zip(coding.grievances["article"], coding.grievances["span"], strict=True)
    ]
    return coding._replace(statements=statements, grievances=coding.grievances.loc[np.array(spoken, bool)])


# The layers that a decision can touch, and the coding as it would be
DECISIONS: dict[str, tuple[tuple[str, ...], Callable[["Coding"], "Coding"]]] = {
    "every_label": (("sentiment", "stance"), _every_label),
    "surer_half": (("sentiment", "stance"), _surer_half),
    "published_lexicon": (("sentiment",), _published_lexicon),
    "direct_quotes": (EVERY_LAYER, _direct_quotes),
}


def changed(coding: "Coding") -> pd.DataFrame:
    """List the labels that a decision changes.

    Parameters
    ----------
    coding : Coding
        Articles and what was coded in them.

    Returns
    -------
    DataFrame
        One row a decision and label that it changes: ``decision``, ``article``, ``offset``, ``speaker``, ``text``,
        ``label`` (of what), ``as_coded``, ``then``.
    """
    rows = []
    for decision, (layers, decide) in DECISIONS.items():
        if layers == EVERY_LAYER:
            continue  # it leaves statements out and changes no label
        for row, label, then in zip(
            coding.statements.itertuples(), _labels(coding), _labels(decide(coding)), strict=True
        ):
            place = [decision, row.article, row.content[0][0], row.speaker, row.text]
            rows += [
                [*place, name, label[name], then[name]]
                for name in label
                if name.split(":")[0] in layers and label[name] != then[name]
            ]
    columns = ["decision", "article", "offset", "speaker", "text", "label", "as_coded", "then"]
    return pd.DataFrame(rows, columns=columns)


def _labels(coding: "Coding") -> list[dict[str, str]]:
    tones, stances = (shown(coding.statements, field) for field in ("sentiment", "stance"))
    return [
        {"sentiment": tone} | {f"stance: {target}": position for target, position in stance.items()}
        for tone, stance in zip(tones, stances, strict=True)
    ]
