import warnings

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import read_codebook
from analysis.codebook import SHIPPED
from analysis.themes import UNSURE, assign_themes

CODEBOOK = pd.DataFrame(
    [
        ("wages", "of_protest", "Pay and conditions of work", "wage; pay rise; strik*", "strike a pose"),
        ("housing", "of_protest", "Rents and homes", "rent; housing; landlord", ""),
        ("policing", "of_protest", "Conduct of the police", "police violence; baton", ""),
        ("violence", "about_protest", "Violence by protesters", "violence; threw", ""),
    ],
    columns=["theme", "side", "definition", "keywords", "exclude"],
)


def assign(*texts, themes=CODEBOOK):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return assign_themes(texts, themes)


@pytest.mark.parametrize(
    "text, theme, matched",
    [
        ("Their WAGES are too low", "wages", ["wage"]),
        ("two pay rises in ten years", "wages", ["pay rise"]),
        ("The striking drivers", "wages", ["strik*"]),
        ("#rent now", "housing", ["rent"]),
        ("the landlords’ lobby", "housing", ["landlord"]),
    ],
)
def test_keywords_hit_in_any_inflection_and_ending(text, theme, matched):
    row = assign(text).iloc[0]
    assert (row["theme"], row["matched"], row["how"]) == (theme, matched, "keyword")


@pytest.mark.parametrize("text", ["They strike a pose", "A parent spoke", "pay for the rise", "current affairs"])
def test_excluded_phrases_and_parts_of_words_do_not_hit(text):
    assert assign(text)["how"].iloc[0] != "keyword"


def test_most_keywords_win_then_the_first_named_and_the_others_are_listed():
    found = assign("Violence over rent and housing", "rent and wages", "wages and rent")
    assert list(found["theme"]) == ["housing", "housing", "wages"]
    assert list(found["others"]) == [["violence"], ["wages"], ["housing"]]
    assert found["matched"].iloc[1] == ["rent", "wage"]


def test_a_hit_inside_a_longer_hit_of_another_theme_does_not_count():
    row = assign("against police violence").iloc[0]
    assert (row["theme"], row["matched"], row["others"]) == ("policing", ["police violence"], [])
    assert assign("police violence, then violence of the crowd")["others"].iloc[0] == ["violence"]


def test_the_classifier_fills_what_no_keyword_reaches():
    texts = [f"wage talks between union and employers failed on day {n}" for n in range(8)]
    texts += [f"rent went up again for tenants in flat {n}" for n in range(8)]
    found = assign(*texts, "union and employers failed again", "tenants in their flat", "zzz")
    assert list(found["theme"].iloc[-3:]) == ["wages", "housing", UNSURE]
    assert list(found["how"].iloc[-3:]) == ["classifier", "classifier", UNSURE]
    assert (found["matched"].iloc[-3:].str.len() == 0).all()


def test_a_sure_keyword_is_more_probable_than_a_divided_one():
    one, two = assign("rent, housing", "rent, wages")["probability"]
    assert 0 < two < one <= 1


def test_absent_keywords_and_empty_themes_are_a_warning():
    themes = pd.concat([CODEBOOK, pd.DataFrame([{"theme": "nothing", "side": "of_protest"}])])
    with pytest.warns(UserWarning) as caught:
        found = assign_themes(["rent"], themes)
    said = " ".join(str(warning.message) for warning in caught)
    assert "no keywords: nothing" in said and "baton (policing)" in said and "rent (housing)" not in said
    assert found["theme"].iloc[0] == "housing"


def test_no_warning_where_every_keyword_is_found():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assign_themes(["rent housing landlord"], CODEBOOK.iloc[1:2])


@pytest.mark.parametrize("themes", [CODEBOOK, CODEBOOK.iloc[:0], CODEBOOK.iloc[:1], CODEBOOK[["theme"]]])
@pytest.mark.parametrize("texts", [[], [""], [None], ["rent"], ["one two"] * 3])
def test_no_text_one_text_no_theme(texts, themes):
    found = assign(*texts, themes=themes)
    assert len(found) == len(texts)
    assert list(found.columns) == ["theme", "probability", "matched", "how", "others"]
    assert set(found["theme"]) <= {*themes["theme"], UNSURE}


def test_cells_may_be_tuples_or_strings():
    as_tuples = CODEBOOK.assign(keywords=[tuple(cell.split("; ")) for cell in CODEBOOK["keywords"]])
    texts = ["rents and wages", "batons", "threw stones"]
    pd.testing.assert_frame_equal(assign(*texts), assign(*texts, themes=as_tuples))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.text("rent wages,;*[](\\’' #é\n", max_size=20) | st.sampled_from(["low wages", "the rent"]), max_size=8
    ),
    st.randoms(),
)
def test_any_text_gets_a_row_whatever_the_order(texts, random):
    found = assign(*texts)
    rows = list(range(len(texts)))
    random.shuffle(rows)
    shuffled = assign(*(texts[row] for row in rows))
    assert list(found["theme"].iloc[rows]) == list(shuffled["theme"])
    assert found["probability"].between(0, 1).all()
    assert (found["matched"].str.len().gt(0) == found["how"].eq("keyword")).all()


def test_the_general_codebook_reads_and_tells_issues_apart():
    themes = read_codebook(SHIPPED / "general").themes
    assert 25 <= len(themes) <= 40 and set(themes["side"]) == {"of_protest", "about_protest"}
    keywords = [keyword for cell in themes["keywords"] for keyword in cell]
    assert len(keywords) == len(set(keywords)), "a keyword stands in two themes"
    texts = {
        "Hundreds rallied against police brutality": "policing",
        "Nurses want better staffing levels in hospitals": "health_care",
        "students walked out over mass shootings": "guns",
        "residents say marchers smashed windows": "protest_violence",
    }
    assert list(assign(*texts, themes=themes)["theme"]) == list(texts.values())
