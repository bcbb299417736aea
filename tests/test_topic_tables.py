"""Themes of statements, map and tree of a coding: tables, what is told of them, how they are drawn."""

import re

import pandas as pd
import pytest
from codings import CODINGS, LARGE, NO_STATEMENT, SEVERAL, coding, mention, statement
from test_charts import laid_out, words

from analysis import read_codebook, topic_charts, topic_findings, topic_tables
from analysis.topics import agreement, cluster

CODEBOOK = read_codebook()
NAMES = ["mention_map", "dendrogram"]
HOMES, RIVERS = ["they want homes now", "homes for families", "no homes"], ["clean the river", "the river smells"]
TEXTS = [*HOMES, *RIVERS]
TWO = coding(grievances=[mention(t) | {"text": text} for t, text in zip("hhhrr", TEXTS, strict=True)])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("case", CODINGS)
def test_any_coding_is_drawn_and_told(name, case):
    table = getattr(topic_tables, name)(CODINGS[case])
    assert re.fullmatch(r"[A-Z\d].*\.", getattr(topic_findings, name)(table))
    figure, texts = laid_out(getattr(topic_charts, name)(table))
    assert texts and not table.isna().any(axis=None)
    for text, box in texts:
        assert box.x0 >= 0 and box.x1 <= figure.bbox.x1, text.get_text()


def test_neighbours_on_the_map_are_compared_with_chance():
    told = topic_findings.mention_map(topic_tables.mention_map(TWO))
    assert told == (
        "5 mentions of 2 themes: for 5 (100 %) the nearest mention on the map has the same theme; "
        "by chance it would be 40 %."
    )
    assert "5 mentions" in words(laid_out(topic_charts.mention_map(topic_tables.mention_map(TWO)))[1])


def test_the_last_join_of_the_tree_is_told():
    told = topic_findings.dendrogram(topic_tables.dendrogram(TWO))
    assert told.endswith("The last to join are a branch of 3 and one of 2 mentions.")


def test_statements_get_a_theme_by_keyword_or_stay_unsure():
    coded = coding([statement(text="End the mandates", start=7), statement(text="Good morning", start=40)])
    table = topic_tables.statement_themes(coded, CODEBOOK)
    assert table[["offset", "theme", "how"]].to_numpy().tolist() == [
        [7, "mandates", "keyword"],
        [40, "unsure", "unsure"],
    ]
    assert topic_findings.statement_themes(table) == (
        "Of 2 statements, 1 (50 %) holds a keyword of a theme; the classifier gives a theme to 0 (0 %) more, "
        "and 1 (50 %) stays unsure."
    )


def test_absent_keywords_are_no_warning_here(recwarn):
    topic_tables.statement_themes(SEVERAL, CODEBOOK)
    assert not recwarn.list


def test_no_statement_has_no_theme():
    table = topic_tables.statement_themes(NO_STATEMENT, CODEBOOK)
    assert table.empty and topic_findings.statement_themes(table) == "No statements were found."


def test_clusters_are_told_with_their_stability_and_agreement():
    found = cluster(TEXTS * 4, 2)
    told = topic_findings.clusters(found, agreement(found.members, list("hhhrr") * 4))
    assert told.startswith("2 clusters, as asked for.") and "2 of 2 clusters come back" in told
    assert told.endswith("an adjusted Rand index of 1.00 and a V-measure of 1.00 (n = 20).")


def test_too_few_texts_for_clusters_are_told_why():
    found = cluster(TEXTS)
    assert topic_findings.clusters(found, agreement(found.members, TEXTS)) == found.note
    assert "Below 100" in found.note


def test_order_of_the_mentions_does_not_move_the_map():
    turned = LARGE._replace(grievances=LARGE.grievances.iloc[::-1])
    assert topic_tables.mention_map(turned).equals(topic_tables.mention_map(LARGE))


def test_themes_by_keyword_are_the_same_in_every_subsample():
    texts = ["End the mandates", "Drop the mandates now", "No more police violence", "The police used force", "Hello"]
    index = topic_tables.theme_stability(texts, CODEBOOK.themes)
    assert index == topic_tables.theme_stability(texts[::-1], CODEBOOK.themes) == 1.0
    assert topic_findings.theme_stability(index).endswith("the mean adjusted Rand index of their themes is 1.00.")


def test_guessed_themes_depend_on_the_other_texts():
    themes = pd.DataFrame({"theme": ["homes", "rivers"], "keywords": ["homes", "river"]})
    texts = [f"homes {where}" for where in ("in town", "for the old town", "of the town", "near town")]
    texts += [f"a river {where}" for where in ("in the valley", "of the valley", "near the valley", "for a valley")]
    assert topic_tables.theme_stability(texts, themes) == 1
    assert topic_tables.theme_stability([*texts, "town", "valley", "the old town", "a valley of old"], themes) < 1


def test_two_texts_are_too_few_for_a_stability():
    index = topic_tables.theme_stability(["End the mandates", "Hello"], CODEBOOK.themes)
    assert topic_findings.theme_stability(index).startswith("There are too few")
