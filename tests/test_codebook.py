import re
import shutil

import pytest

from analysis.articles import InputError
from analysis.codebook import SHIPPED, phrase_pattern, read_codebook, verb_forms


def test_shipped_codebook_is_sound():
    codebook = read_codebook()
    assert set(codebook.speakers["group"]) <= set(codebook.roles["group"]) | {"iwi_maori"}
    assert {"said", "told", "yelled", "asked for", "replied"} <= set(verb_forms(codebook.verbs))
    assert codebook.themes["keywords"].map(len).min() > 0
    assert (codebook.verbs["source"] != "").all()
    assert (codebook.loaded[["plainer", "source"]] != "").all(axis=None)
    listed = [phrase for phrases in codebook.loaded["words"] for phrase in phrases]
    assert len(listed) == len(set(listed)) > 100


@pytest.mark.parametrize(
    "name, old, new, sentence",
    [
        (
            "themes",
            "policing,of_protest",
            "policing,of_protestors",
            "line 6, column side: 'of_protestors' is not one of",
        ),
        ("themes", "policing,of_protest", "mandates,of_protest", "column theme: 'mandates' stands twice"),
        ("themes", "keywords", "keyword", "unknown column 'keyword'"),
        ("verbs", "accuse,attacking", "accuse,hostile", "column class: 'hostile' is not one of neutral, doubting"),
        ("sentiment", "gutless,-2.4", "gutless,minus", "column valence: 'minus' is not a number from -4 to 4"),
        ("loaded", "mobs,disparaging", "mobs,rude", "line 2, column direction: 'rude' is not one of disparaging"),
        ("grievances", "about_protest,any", "protest_about,any", "column side: 'protest_about' is not one of"),
        ("grievances", ",said,", ",spoken,", "column voice: 'spoken' is not one of any, said, own, rest"),
        ("targets", "police,Their", ",Their", "column target: is empty"),
        (
            "evaluation",
            "verdicts,blame",
            "verdicts,blames",
            "line 2, column reading: 'blames' is not one of blame, attack",
        ),
    ],
)
def test_a_typo_is_named_with_file_line_and_what_is_allowed(tmp_path, name, old, new, sentence):
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    path = tmp_path / f"{name}.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(sentence)) as error:
        read_codebook(tmp_path)
    assert str(path) in str(error.value)


def test_missing_tables_are_those_shipped_and_a_missing_folder_is_an_error(tmp_path):
    (tmp_path / "themes.csv").write_text("theme,side,keywords\nwages,of_protest,pay*; wage*\n", encoding="utf-8")
    codebook = read_codebook(tmp_path)
    assert list(codebook.themes["theme"]) == ["wages"] and codebook.themes["keywords"][0] == ("pay*", "wage*")
    assert len(codebook.verbs) > 100
    with pytest.raises(InputError, match="no such folder"):
        read_codebook(tmp_path / "none")


@pytest.mark.parametrize(
    "phrase, text, found",
    [
        ("abus*", "He ABUSED them", "ABUSED"),
        ("abus*", "disabused", None),
        ("go home", "Go, home", "Go, home"),
        ("asked ... to leave", "asked some of the people to leave", "asked some of the people to leave"),
        ("asked ... to leave", "asked. They had to leave", None),
        ("stand/stands with", "She stands with them", "stands with"),
        ("can't ignore", "We can’t ignore it", "can’t ignore"),
        ("end {target}", "End the mandates now", "End the mandates"),
    ],
)
def test_phrases_read_as_their_rules_say(phrase, text, found):
    pattern = phrase_pattern(phrase, {"target": r"(?:the )?mandates"})
    match = re.search(pattern, text, re.IGNORECASE)
    assert (match and match.group()) == found
