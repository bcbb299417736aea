"""Stance learnt from hand coding: refused where it is too little, used only where it beats the patterns."""

import json
import random
import shutil

import numpy as np
import pytest

from analysis import InputError, code_folder, read_codebook
from analysis.__main__ import main
from analysis.learned_stance import _judgement, _learned, read_model, stems
from analysis.stance_training import _fitted, _table, hand_coded, learn_stance
from analysis.text import Span

TARGETS = """target,aliases,groups,favour,against,exclude
protest,protest*; rally,protesters,,,
levy,levy,,back {target},scrap {target},
"""
WORDS = {
    "favour": "fair helps welcome schools funds sensible".split(),
    "against": "ruin hurts robbery families crushed burden".split(),
    "none": "rain weather match goals market prices".split(),
}
FILLER = "today people here think that it will be a long year for us all".split()


def statement(position, article, draw):
    words = draw.choices(FILLER, k=8) + draw.choices(WORDS[position], k=3)
    draw.shuffle(words)
    stance = {} if position == "none" else {"levy": position}
    span, text = [draw.randrange(10**6)], " ".join(words)
    fields = {"article": article, "content": [[span[0], span[0] + len(text)]], "text": text, "type": "direct"}
    fields |= {"cue": None, "speaker_mention": None, "speaker": "Ana Bell", "group": "public", "themes": []}
    return fields | {"sentiment": "neutral", "stance": stance}


def write_hand(folder, n=210, articles=10, seed=1, **change):
    draw = random.Random(seed)
    rows = [statement(list(WORDS)[i % 3], f"a{i % articles}", draw) | change for i in range(n)]
    folder.mkdir(exist_ok=True)
    (folder / "statements.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (folder / "grievances.jsonl").write_text("", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def codebook(tmp_path_factory):
    folder = tmp_path_factory.mktemp("codebook")
    (folder / "targets.csv").write_text(TARGETS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def trained(codebook, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained")
    shutil.copytree(codebook, folder, dirs_exist_ok=True)
    assert main(["train-stance", str(write_hand(folder / "coding")), "--codebook", str(folder)]) == 0
    return folder


def learnt(folder, codebook):
    tables = read_codebook(codebook)
    compared, model = learn_stance(hand_coded(folder, tables), tables)
    return compared.set_index("target"), model


def test_what_is_learnt_replaces_the_patterns_only_where_it_is_better(tmp_path, codebook):
    compared, model = learnt(write_hand(tmp_path / "coding"), codebook)
    levy = compared.loc["levy"]
    assert levy[["n", "favour", "against", "neutral", "used"]].tolist() == [210, 70, 70, 0, "yes"]
    assert levy["learned"] > 90 > levy["patterns"] and levy["low"] > 0
    assert compared.loc["protest", "used"] == "too few" and list(model) == ["levy"]
    assert set(model["levy"]["labels"]) == {"favour", "against", "none"}


def test_patterns_that_are_right_stay(tmp_path, codebook):
    folder = write_hand(tmp_path / "coding")
    phrase = {"favour": " back the levy", "against": " scrap the levy", None: ""}
    rows = [json.loads(line) for line in (folder / "statements.jsonl").read_text("utf-8").splitlines()]
    lines = [json.dumps(row | {"text": row["text"] + phrase[row["stance"].get("levy")]}) for row in rows]
    (folder / "statements.jsonl").write_text("\n".join(lines), encoding="utf-8")
    compared, model = learnt(folder, codebook)
    assert compared.loc["levy", "patterns"] == 100 and compared.loc["levy", "used"] == "no" and not model


def test_words_without_a_bearing_on_the_position_teach_nothing(tmp_path, codebook):
    """Cross-validation keeps what was learnt by heart from passing for knowledge."""
    folder = write_hand(tmp_path / "coding")
    rows = [json.loads(line) for line in (folder / "statements.jsonl").read_text("utf-8").splitlines()]
    texts = [row["text"] for row in rows]
    random.Random(2).shuffle(texts)
    lines = [json.dumps(row | {"text": text}) for row, text in zip(rows, texts, strict=True)]
    (folder / "statements.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert learnt(folder, codebook)[0].loc["levy", "learned"] < 50


@pytest.mark.parametrize("articles", [1, 2])
def test_one_or_two_articles_are_enough_to_compare(tmp_path, codebook, articles):
    compared, _ = learnt(write_hand(tmp_path / "coding", articles=articles), codebook)
    assert compared.loc["levy", "learned"] > 80


def test_training_twice_gives_the_same_bytes(trained, tmp_path, codebook):
    shutil.copytree(codebook, tmp_path / "again")
    assert main(["train-stance", str(write_hand(tmp_path / "coding")), "--codebook", str(tmp_path / "again")]) == 0
    files = [folder / "stance_model.json" for folder in (trained, tmp_path / "again")]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert not list((tmp_path / "again").glob("*.part"))


def test_the_pipeline_uses_what_was_learnt_and_shows_the_words(trained, codebook, tmp_path):
    text = "It is robbery, a burden, families are crushed,"
    (tmp_path / "a.txt").write_text(f"“{text}” Ana Bell said. “The weather was fine,” he said.", encoding="utf-8")
    before, after = (code_folder(tmp_path, folder).statements for folder in (codebook, trained))
    assert not any("levy" in stance for stance in before["stance"])
    assert [stance.get("levy") for stance in after["stance"]] == ["against", None]
    row = after.iloc[0]
    words = {f"“{text}"[start:end] for start, end in row["evidence"]["stance"]["levy"]}
    assert words and words <= {"robbery", "burden", "families", "crushed"}
    assert 0.5 < row["probability"]["stance"]["levy"] <= 1


@pytest.mark.parametrize("labels", [["against", "none"], ["against", "favour", "none"]])
def test_the_coefficients_as_written_give_the_probabilities_of_the_classifier(labels):
    draw = random.Random(3)
    hand = np.array([labels[i % len(labels)] for i in range(90)])
    texts = np.array([statement(position, "a", draw)["text"] for position in hand])
    vectors, model = _fitted(texts, hand, labels)
    table = _learned(_table(vectors, model))
    expected = model.predict_proba(vectors.transform(texts))
    for text, probabilities in zip(texts, expected, strict=True):
        judgement = _judgement(stems(text, [Span(0, len(text))]), [Span(0, len(text))], table)
        assert judgement.label == model.classes_[probabilities.argmax()]
        assert judgement.probability == pytest.approx(probabilities.max(), abs=2e-3)


def test_command_says_what_it_found_and_takes_back_a_model_that_no_longer_wins(trained, tmp_path, capsys):
    shutil.copytree(trained, tmp_path / "codebook")
    written = tmp_path / "codebook" / "stance_model.json"
    assert written.exists()
    nothing = write_hand(tmp_path / "coding", stance={})
    assert main(["train-stance", str(nothing), "--codebook", str(tmp_path / "codebook")]) == 0
    assert "The shipped coding stays in use for every target" in capsys.readouterr().out and not written.exists()
    assert main(["train-stance", str(write_hand(nothing)), "--codebook", str(tmp_path / "codebook")]) == 0
    assert "uses it for levy" in (output := capsys.readouterr().out) and "Macro F1" in output


def test_too_few_statements_are_refused(tmp_path, codebook, capsys):
    coding = write_hand(tmp_path / "coding", n=199)
    assert main(["train-stance", str(coding), "--codebook", str(codebook)]) == 1
    error = capsys.readouterr().err
    assert error == f"{coding}: holds 199 hand-coded statements; learning stance takes 200\n"
    assert not (codebook / "stance_model.json").exists()


def test_machine_coding_is_refused_even_where_it_is_corrected(tmp_path, codebook, capsys):
    coding = write_hand(tmp_path / "coding", corrected={"stance.levy": {"machine": "none", "coder": "Eva"}})
    assert main(["train-stance", str(coding), "--codebook", str(codebook)]) == 1
    assert "is machine coding, even where it is corrected" in capsys.readouterr().err


@pytest.mark.parametrize(
    "content, sentence",
    [
        ("[]", "is no stance model"),
        ("{", "is no stance model"),
        ('{"targets": {"levy": {"labels": ["for"], "bias": [0], "words": {}}}}', "is no stance model"),
        ('{"targets": {"levy": {"labels": ["favour"], "bias": [0], "words": {"a": [1]}}}}', "is no stance model"),
        ('{"targets": {"levy": {"labels": [], "bias": [], "words": {}}}}', "is no stance model"),
        ('{"targets": {"levy": {"labels": ["favour"], "bias": [], "words": {}}}}', "is no stance model"),
        ('{"targets": {"tax": {"labels": ["none"], "bias": [0], "words": {}}}}', "target 'tax' is not in targets.csv"),
    ],
)
def test_a_model_that_cannot_be_used_is_named(tmp_path, content, sentence):
    (tmp_path / "stance_model.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=f"stance_model.json: {sentence}"):
        read_model(tmp_path, ["levy"])


def test_without_a_model_the_patterns_code_alone(tmp_path):
    assert read_model(tmp_path, ["levy"]) == {}
