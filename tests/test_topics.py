import itertools
import math

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from analysis.telling import telling_phrases
from analysis.topic_charts import dendrogram, mention_map
from analysis.topic_tables import text_map, tree
from analysis.topics import NO_CLUSTER, agreement, cluster

SUBJECTS = {
    "bus": ["bus fares", "late buses", "the timetable", "bus drivers", "empty stops"],
    "river": ["dirty river water", "dead fish", "river banks", "the water plant", "fish in the river"],
    "school": ["school lunch", "crowded classrooms", "pupils", "school teachers", "lunch for pupils"],
}
TEXTS = [
    f"{a} and {b} and {c}" for words in SUBJECTS.values() for a, b, c in itertools.permutations(words, 3)
]  # 60 a subject
LABELS = [name for name in SUBJECTS for _ in range(60)]


@pytest.fixture(scope="module")
def found():
    return cluster(TEXTS, 3)


def test_clear_subjects_come_out_as_stable_named_clusters(found):
    assert list(found.clusters["mentions"]) == [60, 60, 60]
    assert (found.clusters["stability"] == 1).all() and found.stability == 1
    names = " | ".join(sorted(found.clusters["name"]))
    assert all(subject in names for subject in SUBJECTS)
    assert found.clusters["suggestion"].str.endswith("a theme of their own?").all()
    assert agreement(found.members, LABELS)["value"].tolist() == [1, 1]


def test_examples_and_phrases_are_of_the_cluster(found):
    for row in found.clusters.itertuples():
        own = [text for text, member in zip(TEXTS, found.members, strict=True) if member == row.cluster]
        assert row.example in own
        assert sum(row.phrase in text for text in own) >= 2


def test_the_order_of_the_texts_does_not_matter(found):
    turned = cluster(TEXTS[::-1], 3)
    assert turned.clusters.equals(found.clusters) and turned.members[::-1] == found.members


def test_a_number_is_looked_for_from_100_texts_on():
    chosen = cluster(TEXTS)
    assert agreement(chosen.members, LABELS)["value"].tolist() == [1, 1]
    assert chosen.note.startswith("3 clusters: of the numbers from 2 to 18 ")
    few = cluster(TEXTS[:99])
    assert few.clusters.empty and set(few.members) == {NO_CLUSTER} and math.isnan(few.stability)
    assert "Below 100 the number of clusters is arbitrary" in few.note
    assert len(cluster(TEXTS[20:80], 2).clusters) == 2


def test_clusters_without_ground_are_not_proposed():
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = [a + b + "x" for a in letters[:6] for b in letters[:5]]
    texts = [f"{words[n % 30]} {words[(7 * n + n // 30) % 30]} {words[(11 * n + n // 7) % 30]}" for n in range(120)]
    shaky = cluster(texts, 8).clusters
    shaky = shaky[shaky["stability"] < 0.6]
    assert len(shaky) and shaky["suggestion"].str.contains("no theme without reading them").all()


def test_texts_that_share_no_word_are_in_no_cluster():
    assert cluster([*TEXTS, "zebra", ""], 3).members[-2:] == [NO_CLUSTER, NO_CLUSTER]


@pytest.mark.parametrize("texts", [[], [""], ["one text"], ["aa bb"] * 2, ["zebra", "quagga", "okapi"]])
def test_too_little_to_cluster_is_said_in_words(texts):
    assert cluster(texts).note and cluster(texts, 2).clusters.empty
    for figure in (mention_map(text_map(texts, ["a"] * len(texts))), dendrogram(tree(texts))):
        figure.savefig("/dev/null", format="png")


def test_fewer_than_two_clusters_is_an_error():
    with pytest.raises(ValueError, match="at least 2"):
        cluster(TEXTS, 1)


def test_agreement_leaves_out_what_has_no_label():
    table = agreement([0, 0, 1, 1, NO_CLUSTER, 0], ["a", "a", "b", "b", "b", "unsure"])
    assert table["value"].tolist() == [1, 1] and table["n"].tolist() == [4, 4]
    assert agreement([], [])["value"].isna().all()


def test_telling_phrases_are_those_of_one_group_only():
    texts = ["red apples fall", "red apples rot", "red pears fall", "red pears rot"]
    assert telling_phrases(texts, [0, 0, 1, 1], 1, 1, most=1) == [["apples"], ["pears"]]
    assert telling_phrases(texts, [0, 0, 1, 1], 2, 2) == [["red apples"], ["red pears"]]


def test_the_map_puts_like_texts_together():
    table = text_map(TEXTS, LABELS)
    centres = table.groupby("theme")[["x", "y"]].mean()
    own = centres.loc[table["theme"]].to_numpy()
    spread = ((table[["x", "y"]].to_numpy() - own) ** 2).sum(axis=1).mean()
    between = ((own - table[["x", "y"]].mean().to_numpy()) ** 2).sum(axis=1).mean()
    assert between > spread
    assert table[["x", "y"]].abs().max().max() <= 1


def test_the_tree_joins_every_text_once():
    table = tree(TEXTS, leaves=10)
    leaves, joins = table[table["left"] < 0], table[table["left"] >= 0]
    assert len(leaves) == 10 and leaves["mentions"].sum() == len(TEXTS) == joins["mentions"].iloc[-1]
    assert sorted([*joins["left"], *joins["right"]]) == list(range(len(table) - 1))
    assert joins["height"].is_monotonic_increasing and leaves["label"].ne("").all()


@pytest.mark.parametrize(
    "figure", [mention_map(text_map(TEXTS, LABELS)), dendrogram(tree(["a very long " * 20 + text for text in TEXTS]))]
)
def test_words_in_the_charts_do_not_collide_or_leave_the_page(figure):
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    renderer, page = canvas.get_renderer(), figure.bbox
    texts = [*figure.texts, *(t for legend in figure.legends for t in legend.get_texts())]
    for ax in figure.axes:
        ticks = [tick for tick in ax.xaxis.get_major_ticks() if tick.get_loc() <= ax.get_xlim()[1]]
        texts += [*ax.get_yticklabels(), *(tick.label1 for tick in ticks), ax.xaxis.label]
    boxes = [text.get_window_extent(renderer) for text in texts if text.get_text() and text.get_visible()]
    assert len(boxes) > 4
    assert all(page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1 for box in boxes)
    assert not any(a.shrunk(0.98, 0.8).overlaps(b.shrunk(0.98, 0.8)) for a, b in itertools.combinations(boxes, 2))
