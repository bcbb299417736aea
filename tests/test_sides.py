"""Groups of speakers without a telling title: from what the article says of them, never from what they think of it."""

import pandas as pd
import pytest

from analysis import code_articles, read_codebook
from analysis.learned_groups import needed
from analysis.settling import Speaker

CODEBOOK = read_codebook()


def last(text):
    statements = code_articles(pd.DataFrame({"article": ["a"], "text": [text]}), CODEBOOK).statements
    row = statements.iloc[-1]
    return row["speaker"], row["group"], [text[start:end] for start, end in row["evidence"]["group"]]


@pytest.mark.parametrize(
    "text, speaker, group",
    [
        ("“It was cold,” said Ann Bell, who joined the march.", "Ann Bell", "protesters"),
        ("“It was cold,” said Ann Bell, who was watching from her window.", "Ann Bell", "public"),
        (
            "The farmers’ convoy left at noon. “They blocked the road and I lost a day,” said Ann Bell, a farmer.",
            "Ann Bell",
            "protesters",
        ),
        (
            "The students’ march left at noon.\n“They blocked the road and I lost a day,” said Ann Bell, a farmer.",
            "Ann Bell",
            "public",
        ),
        ("“We are not leaving until they listen,” Ann Bell said.", "Ann Bell", "protesters"),
        ("On the picket line, Ann Bell said it was cold.", "Ann Bell", "protesters"),
        ("Residents are angry.\n“It was loud,” said Ann Bell.", "Ann Bell", "public"),
        ("Nurses marched in the rain. The nurses said pay had fallen.", "Protesters", "protesters"),
        (
            "The march was organised by Raise The Roof. Raise The Roof said rents were high.",
            "Raise The Roof",
            "protesters",
        ),
        ("Nurses marched. “We are worried,” said the union that represents officers.", "Union", "police"),
        ("Farmers blocked the bridge. The Rail Workers' Guild said trains were late.", "Rail Workers' Guild", "other"),
        ("Protester Ann Bell said it was cold. Her friend Mary Cole said it was late.", "Mary Cole", "protesters"),
        ("The mayor said it was over.\n“Go home,” Joanne Wick said.", "Joanne Wick", "council"),
        ("A spokesman for Gov. Mary Cole said it was over.", "Mary Cole's spokesman", "government"),
        ("The group, a coalition calling itself Stop The Burn, said it would stay.", "Stop The Burn", "protesters"),
        ("One driver, who gave his name as Mitch, said it was cold.", "Mitch", "public"),
        ("Minister for Higher Education Ann Bell said it was over.", "Ann Bell", "government"),
        ("The Minister for Education, Ann Bell, said it was over.", "Ann Bell", "government"),
        ("In a letter to the minister, Ann Bell said it was over.", "Ann Bell", "other"),
        ("Local mayor Ann Bell said it was over.", "Ann Bell", "council"),
        ("Former mayor Ann Bell said it was over.", "Ann Bell", "other"),
        ("Labour MP Ann Bell said it was over.", "Ann Bell", "opposition"),
        ("The Labour government fell. Labour MP Ann Bell said it was over.", "Ann Bell", "government"),
        ("Students were arrested. Their lawyer, Ann Bell, said they would appeal.", "Ann Bell", "protesters"),
        ("Ann Bell, a lawyer at the march as an observer, said it was cold.", "Ann Bell", "other"),
        ("“It was cold,” said Ann Bell, who runs a café on the square.", "Ann Bell", "public"),
        (
            "Protesters met.\n“It was cold,” said Ann Bell, a cook.\n“It is late,” Ms Bell told the crowd.",
            "Ann Bell",
            "protesters",
        ),
        ("A march over the death of Tom Hill began. His family said it was sad.", "Family", "protesters"),
        (
            "The Independent Office for Police Conduct said it was over.",
            "Independent Office for Police Conduct",
            "other",
        ),
        ("A march began. The Builders Union said the marchers were not its people.", "Builders Union", "other"),
        ("One of the nurses, who gave only her first name, Odette, said it was cold.", "Odette", "public"),
    ],
)
def test_side(text, speaker, group):
    assert last(text)[:2] == (speaker, group)


def test_a_side_comes_with_the_words_that_tell_it():
    assert last("“It was cold,” said Ann Bell, who joined the march.")[2] == ["who joined the march"]


@pytest.mark.parametrize("words", ["I support the march.", "The march is a disgrace.", "The marchers are heroes."])
def test_an_opinion_of_the_protest_tells_no_side(words):
    assert last(f"“{words}” Ann Bell said.") == ("Ann Bell", "other", [])


def test_a_title_tells_more_than_the_context():
    text = "Farmers blocked the bridge. “We are not leaving,” said Mayor Ann Bell, who joined the march."
    assert last(text)[:2] == ("Ann Bell", "council")


def test_an_event_is_nobody():
    assert last("The protest said it would go on.")[0] == "Protesters"


def test_who_is_warned_does_not_speak():
    text = "The council closed the road, the mayor said. Motorists are being warned that delays will last."
    assert last(text)[0] != "Motorists"


@pytest.mark.parametrize(
    "text",
    [
        "Asked whether he would stay, he left.",
        "A nurse, who asked not to be named, left.",
        "The minister defended the law.",
        "The road is open.\n'Up to the windows'\nSnow fell on the square.",
    ],
)
def test_questions_refusals_and_headings_are_no_statements(text):
    assert code_articles(pd.DataFrame({"article": ["a"], "text": [text]}), CODEBOOK).statements.empty


def test_words_on_a_sign_are_the_protesters_own():
    assert last("A bedsheet hung from a window. On a placard somebody had drawn a fish: “No water, no life!”")[1] == (
        "protesters"
    )


@pytest.mark.parametrize(
    "text, group",
    [
        (
            "A march closed the square. “We will keep fighting until they sign our demands,” said Ann Bell.",
            "protesters",
        ),
        ("A march closed the square. Ann Bell, who teaches law at the university, said courts were slow.", "other"),
        ("A march closed the square. Ann Bell, a café owner, said her customers had stayed away.", "public"),
    ],
)
def test_whom_no_office_places_is_placed_by_words_about_them_and_theirs(text, group):
    speaker, found, evidence = last(text)
    assert (speaker, found) == ("Ann Bell", group)
    assert len(evidence) == 1 and evidence[0] in text


def test_the_analysts_list_wins_over_what_was_learnt():
    listed = pd.DataFrame({"name": ["Ann Bell"], "group": ["media"], "aliases": [[]], "note": [""]})
    codebook = CODEBOOK._replace(speakers=pd.concat([CODEBOOK.speakers, listed], ignore_index=True))
    text = "A march closed the square. “We will keep fighting until they sign our demands,” said Ann Bell."
    statements = code_articles(pd.DataFrame({"article": ["a"], "text": [text]}), codebook).statements
    assert list(statements["group"]) == ["media"]


def test_one_speaker_has_one_group():
    text = (
        "A march closed the square. “We will keep fighting,” said Ann Bell, a cook.\n“It was cold,” Ms Bell said.\n"
        "“My shop stood empty,” she added."
    )
    statements = code_articles(pd.DataFrame({"article": ["a"], "text": [text]}), CODEBOOK).statements
    assert statements["speaker"].nunique() == 1 == statements["group"].nunique()


def test_the_table_needs_to_be_surer_than_an_office_or_a_part_in_the_protest():
    def spoken(group, probability, name="A", kind="person"):
        return [Speaker(name, group, kind, "", None, probability)]

    assert needed(spoken("public", 0.8)) == 0
    assert needed(spoken("protesters", 0.6)) == 0.6
    assert 0.6 < needed(spoken("police", 0.8)) < 1
    assert 0.6 < needed(spoken("media", 0.8)) < 1
    assert needed(spoken("media", 0.8, "Dover Times", "organisation")) == float("inf")
    assert needed(spoken("police", 0.95)) == needed(spoken("public", 0.3, "Unknown")) == float("inf")
