"""Charts: whatever the table, all text is there, whole, large enough and apart from other text."""

import functools
import itertools

import matplotlib.pyplot as plt
import pytest
from codings import CODINGS, LARGE, NO_STATEMENT, ONE, article, coding, compared, statement
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from analysis import charts, summaries, validation_tables
from analysis.drawing import WIDTH

OF_CODING = ["articles", "words_by_group", "positions", "reporting_verbs", "speakers", "statement_types"]
OF_CODING += ["sentiment", "stance", "grievance_themes", "grievance_voices"]
OF_COMPARISON = ["extraction", "agreement", "coverage"]
each_chart = pytest.mark.parametrize("name", OF_CODING + OF_COMPARISON)
each_coding = pytest.mark.parametrize("case", CODINGS)


@functools.cache
def drawn(name, case):
    """Draw a chart as for print; give the figure and its visible texts with their boxes in pixels."""
    coded = CODINGS[case]
    compares = name in OF_COMPARISON
    table = getattr(validation_tables if compares else summaries, name)(compared(coded) if compares else coded)
    return laid_out(getattr(charts, name)(table))


def laid_out(figure):
    figure.set_dpi(300)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    hidden = {text for ax in figure.axes if not ax.get_visible() for text in ax.findobj(Text)}
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    # axis tick labels beyond the axis limits exist but are not drawn
    drawn_ticks = {tick for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for tick in axis._update_ticks()}
    ticks = {label for ax in figure.axes for axis in (ax.xaxis, ax.yaxis) for label in axis.get_ticklabels()}
    on_axis = {label for tick in drawn_ticks for label in (tick.label1, tick.label2)}
    texts = [text for text in texts if text not in hidden and (text in on_axis or text not in ticks)]
    return figure, [(text, text.get_window_extent(canvas.get_renderer())) for text in texts]


def words(texts):
    return " ".join(text.get_text() for text, _ in texts)


@each_chart
@each_coding
def test_text_is_whole_and_at_least_8_points(name, case):
    figure, texts = drawn(name, case)
    assert figure.get_figwidth() == WIDTH
    assert texts
    for text, box in texts:
        assert text.get_fontsize() >= 8, text.get_text()
        whole = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1
        assert whole, f"{text.get_text()!r} is cut"


@each_chart
@each_coding
def test_texts_do_not_collide(name, case):
    upright = [(text, box) for text, box in drawn(name, case)[1] if text.get_rotation() == 0]
    for (one, box), (other, its_box) in itertools.combinations(upright, 2):
        assert not box.overlaps(its_box), f"{one.get_text()!r} on {other.get_text()!r}"


@each_chart
def test_chart_of_nothing_says_so(name):
    figure, texts = drawn(name, "no_article")
    assert not figure.axes
    assert words(texts).startswith("No ")


@pytest.mark.parametrize("name", OF_CODING)
def test_number_of_cases_is_stated(name):
    subtitle = words(drawn(name, "large")[1])
    n = {"grievance_themes": "600 mentions", "grievance_voices": "600 mentions", "stance": "1,200 positions"}
    assert n.get(name, "600 statements") in subtitle
    singular = {"grievance_themes": "1 mention;", "grievance_voices": "1 mention ", "stance": "1 position;"}
    assert singular.get(name, "1 statement") in words(drawn(name, "one")[1]) + " "


def test_names_of_the_codebook_are_written_as_words():
    for name in ["words_by_group", "positions", "sentiment", "reporting_verbs", "stance"]:
        shown = words(drawn(name, "several")[1])
        assert "Iwi maori" in shown or name == "stance", name
        assert "_" not in shown, name


def test_names_of_speakers_are_written_as_they_are():
    names = ["_bell $5 & $6 <b>", "bell_hooks", r"$\frac{1}{2}$"]
    table = summaries.speakers(coding([statement(speaker=name) for name in names]))
    shown = words(laid_out(charts.speakers(table))[1])
    assert all(name in shown for name in names)


def test_few_articles_are_told_apart_by_marker_and_many_are_not():
    few, many = words(drawn("words_by_group", "several")[1]), words(drawn("words_by_group", "large")[1])
    assert "Post, 2020-02-01: 7 words" in few and "A single article" not in few
    assert "A single article" in many and "2020" not in many


def test_places_are_drawn_by_article_up_to_three():
    assert len(drawn("positions", "several")[0].axes) == 2
    assert len(drawn("positions", "large")[0].axes) == 1
    marks = sum(len(line.get_xdata()) for line in drawn("positions", "large")[0].axes[0].lines)
    assert marks == 600


@pytest.mark.parametrize("name", ["speakers", "statement_types", "grievance_voices", "articles", "sentiment"])
def test_bars_are_told_apart_by_more_than_colour(name):
    figure, _ = drawn(name, "several")
    looks = {(bar.get_facecolor(), bar.get_hatch()) for bars in figure.axes[0].containers for bar in bars}
    light = [sum(colour[:3]) / 3 for colour, hatch in looks if not hatch]
    assert len(light) == len(looks) - 1 or len(looks) == 2
    assert all(abs(one - other) > 0.1 for one, other in itertools.combinations(light, 2))


def test_marks_are_told_apart_by_more_than_colour():
    for name in ["positions", "words_by_group"]:
        lines = [line for line in drawn(name, "several")[0].axes[0].lines if line.get_label()[0] != "_"]
        assert len({line.get_marker() for line in lines}) == len(lines) > 1


def test_undefined_alpha_is_said():
    table = validation_tables.agreement(compared(ONE))
    assert table["alpha"].isna().any()
    assert "undefined: the labels do not vary" in words(drawn("agreement", "one")[1])


def test_no_figure_is_left_open():
    before = plt.get_fignums()
    charts.articles(summaries.articles(NO_STATEMENT))
    charts.stance(summaries.stance(LARGE))
    assert plt.get_fignums() == before


def test_one_article_has_no_mark_of_its_own():
    table = summaries.words_by_group(coding([statement()], articles=[article()]))
    assert not charts.words_by_group(table).axes[0].lines
