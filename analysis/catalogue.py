"""Every figure once: how its table is made, how it is drawn, how it is told."""

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from analysis import (
    charts,
    findings,
    layer_charts,
    layer_findings,
    layer_summaries,
    network,
    network_charts,
    network_findings,
    sensitivity,
    sensitivity_charts,
    sensitivity_findings,
    summaries,
    topic_charts,
    topic_findings,
    topic_tables,
    validation_findings,
    validation_tables,
)


class Plot(NamedTuple):
    """One figure: its file name (the number is that of the notebook that tells of it) and what makes it."""

    name: str
    summarise: Callable[..., pd.DataFrame]
    chart: Callable[[pd.DataFrame], Figure]
    finding: Callable[[pd.DataFrame], str]
    kind: str


OF_CODING = (
    Plot(
        "01-articles",
        summaries.articles,
        charts.articles,
        findings.articles,
        "Stacked bars of the words in each article, those quoted or paraphrased and all others.",
    ),
    Plot(
        "02-words-by-group",
        summaries.words_by_group,
        charts.words_by_group,
        findings.words_by_group,
        "Bars of the share of all quoted or paraphrased words by speaker group, with a mark for each article.",
    ),
    Plot(
        "02-speakers",
        summaries.speakers,
        charts.speakers,
        findings.speakers,
        "Stacked bars of the statements by speaker, split into direct, mixed and indirect.",
    ),
    Plot(
        "02-statement-types",
        summaries.statement_types,
        charts.statement_types,
        findings.statement_types,
        "Stacked bars of the statements in each article, split into direct, mixed and indirect.",
    ),
    Plot(
        "02-positions",
        summaries.positions,
        charts.positions,
        findings.positions,
        "One mark a statement, by speaker group (rows) and place in the article (from top to end, in per cent).",
    ),
    Plot(
        "02-reporting-verbs",
        summaries.reporting_verbs,
        charts.reporting_verbs,
        findings.reporting_verbs,
        "A table of shaded counts of statements, by reporting verb (rows) and speaker group (columns).",
    ),
    Plot(
        "03-sentiment",
        summaries.sentiment,
        charts.sentiment,
        findings.sentiment,
        "By speaker group, stacked bars of negative, neutral and positive statements beside shares with intervals.",
    ),
    Plot(
        "03-named-targets",
        layer_summaries.named_targets,
        layer_charts.named_targets,
        layer_findings.named_targets,
        "Stacked bars of the mentions of each target by the sentiment toward it: quoted left, by the reporter right.",
    ),
    Plot(
        "03-cue-classes",
        layer_summaries.cue_classes,
        layer_charts.cue_classes,
        layer_findings.cue_classes,
        "Stacked bars of the statements of each group by the class of the verb that introduces them.",
    ),
    Plot(
        "03-loaded-words",
        layer_summaries.loaded_words,
        layer_charts.loaded_words,
        layer_findings.loaded_words,
        "Stacked bars of the reporter's loaded words and scare quotes by the speaker group named nearest to them.",
    ),
    Plot(
        "04-stance",
        summaries.stance,
        charts.stance,
        findings.stance,
        "Shaded counts of statements against, neutral to and in favour of each target (columns), by group (rows).",
    ),
    Plot(
        "04-stance-baseline",
        layer_summaries.stance_baseline,
        layer_charts.stance_baseline,
        layer_findings.stance_baseline,
        "Stacked bars of the positions of each group by whether they are what the group usually holds.",
    ),
    Plot(
        "05-grievance-themes",
        summaries.grievance_themes,
        charts.grievance_themes,
        findings.grievance_themes,
        "Dots with intervals: share of each theme in the grievance mentions of a side, one panel a side.",
    ),
    Plot(
        "05-grievance-voices",
        summaries.grievance_voices,
        charts.grievance_voices,
        findings.grievance_voices,
        "Stacked bars of the grievance mentions by who voices them, split by side.",
    ),
    Plot(
        "05-mention-map",
        topic_tables.mention_map,
        topic_charts.mention_map,
        topic_findings.mention_map,
        "One mark a grievance mention, near others that share its words; colour and shape tell the codebook's theme.",
    ),
    Plot(
        "05-dendrogram",
        topic_tables.dendrogram,
        topic_charts.dendrogram,
        topic_findings.dendrogram,
        "Lines that join grievance mentions, from left to right, the sooner the more words they share.",
    ),
    Plot(
        "06-affiliations",
        network.affiliations,
        network_charts.affiliations,
        network_findings.affiliations,
        "Two columns joined by lines, speakers and targets: the line's style tells the position, its width how often.",
    ),
    Plot(
        "06-agreements",
        network.agreements,
        network_charts.agreements,
        network_findings.agreements,
        "Speaker groups in two columns joined by lines, solid for agreement and dashed for conflict, wide for strong.",
    ),
    Plot(
        "07-robustness",
        sensitivity.robustness,
        sensitivity_charts.robustness,
        sensitivity_findings.robustness,
        "A table with a mark in each cell: findings (rows) that hold or do not under other decisions (columns).",
    ),
)
OF_COMPARISON = (
    Plot(
        "08-extraction",
        validation_tables.extraction,
        charts.extraction,
        validation_findings.extraction,
        "Dots with intervals: F1 of finding hand-coded statements and grievances, by kind and by three measures.",
    ),
    Plot(
        "08-agreement",
        validation_tables.agreement,
        charts.agreement,
        validation_findings.agreement,
        "Dots with intervals: Krippendorff's alpha of machine and hand coding by variable; lines at .667 and .800.",
    ),
    Plot(
        "08-coverage",
        validation_tables.coverage,
        charts.coverage,
        validation_findings.coverage,
        "Dots with intervals: share of right labels among the surest ones, one panel a variable.",
    ),
)
