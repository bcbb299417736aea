import pandas as pd
import pytest

from analysis import code_articles, read_codebook

CODEBOOK = read_codebook()


def coded(*texts):
    articles = pd.DataFrame({"article": [f"a{i}" for i in range(len(texts))], "text": list(texts)})
    return code_articles(articles, CODEBOOK).statements


def speakers(*texts):
    return list(zip(coded(*texts)["speaker"], coded(*texts)["group"], strict=True))


@pytest.mark.parametrize(
    "text, expected",
    [
        ('"Go," Sergeant Mary Hill said.\n"Now," Sgt Hill said.', [("Mary Hill", "police")] * 2),
        ('"Go," said Mayor Ana Ruiz.\n"It is time," the mayor said.', [("Ana Ruiz", "council")] * 2),
        ("Resident Jo Park said it was loud. He said it was late.", [("Jo Park", "public")] * 2),
        ("A nurse said it was loud.\n“I could not sleep.”", [("Nurse", "public")] * 2),
        ("The Dockers Union said pay was low. The union said it would strike.", [("Dockers Union", "protesters")] * 2),
        ("Police said the road was shut. They said it would open.", [("Police", "police")] * 2),
        ("A police statement said the road was shut.", [("Police", "police")]),
    ],
)
def test_mentions_lead_to_one_speaker(text, expected):
    assert speakers(text) == expected


def test_pronouns_go_to_the_gender_the_text_gives():
    text = "Mr Ivan Petrov said the march was over.\nMs Ada Blum said it was not.\nHe said the road was shut."
    assert [name for name, _ in speakers(text)] == ["Ivan Petrov", "Ada Blum", "Ivan Petrov"]


def test_surname_is_completed_from_another_article_only_where_one_person_has_it():
    first, second, third = "“Go,” said Mr Blum.", "“No,” said Ada Blum.", "“Yes,” said Tom Blum."
    assert [name for name, _ in speakers(first, second)] == ["Ada Blum", "Ada Blum"]
    assert speakers(first, second, third)[0][0] == "Blum"


def test_order_of_articles_changes_no_coding():
    texts = ["“Go,” said Mr Blum.", "“No,” said Ada Blum.", "Police said it was over."]
    one, other = coded(*texts), coded(*reversed(texts))
    assert sorted(zip(one["text"], one["speaker"], strict=True)) == sorted(
        zip(other["text"], other["speaker"], strict=True)
    )


def test_codebook_overrides_role_words():
    assert speakers("“Go,” said Police Minister Jacinda Ardern.")[0] == ("Jacinda Ardern", "government")


def test_unknown_speaker_is_other_and_says_why_not():
    row = coded("“Go,” Ada Blum said.").iloc[0]
    assert (row["group"], row["evidence"]["group"]) == ("other", [])
    assert row["probability"]["group"] < 0.5


@pytest.mark.parametrize(
    "mention, speaker",
    [
        ("Deputy Ada Blum of the Land Reform caucus", "Ada Blum"),
        ("A spokeswoman for the ministry, Ada Blum,", "Ada Blum"),
        ("Dock Union convenor Ada “Spanner” Blum", "Ada “Spanner” Blum"),
        ("Its barrister, Ada Blum KC,", "Ada Blum"),
        ("Minister for Water and Energy Ada Blum", "Ada Blum"),
        ("A cleaner, Omar,", "Omar"),
        ("A woman wrapped in a Harbour Rovers blanket", "Woman"),
        ("A man in an Ada Blum shirt", "Man"),
        ("The governor's office", "Governor's office"),
        ("The far-right AfD", "AfD"),
        ("Groups of residents", "Residents"),
    ],
)
def test_a_mention_is_named_by_its_head(mention, speaker):
    assert speakers(f"Road shut\n{mention} said the road was shut.")[0][0] == speaker


def test_one_word_of_a_full_name_means_its_bearer_only_where_one_has_it():
    text = "Road shut\nAda Blum, 30, came by bus.\n“We were late,” Ada said."
    assert speakers(text)[0][0] == "Ada Blum"
    assert speakers(text + "\nAda Holt, 31, came by car.")[0][0] == "Ada"


@pytest.mark.parametrize(
    "text, speaker",
    [
        ("A cardboard panel read: “Smile, you are paying.”", "Protesters"),
        ("On the fence somebody had hung a sheet with red paint. “You too will get old.”", "Protesters"),
        ("Ada Blum told them on a card that she was well. “They may seal my office.”", "Ada Blum"),
    ],
)
def test_what_bears_words_is_the_protesters(text, speaker):
    assert speakers(f"Road shut\n{text}")[-1][0] == speaker


@pytest.mark.parametrize(
    "text, speaker, group",
    [
        ("Police remove sergeant at Ada Blum rally\n“We go on,” Ada Blum said.", "Ada Blum", "opposition"),
        ("Sergeant Tom Ash, who was pushed by Ada Blum, left.\n“I fell,” Ms Blum said.", "Ada Blum", "other"),
        ("Sergeant Ida Reed, met Tom Ash on Monday.\n“It was loud,” Tom Ash said.", "Tom Ash", "other"),
        ("Ada Blum, 31, stood there with a sergeant.\n“It was loud,” Ada Blum said.", "Ada Blum", "protesters"),
        ("Sergeant Tom Reed was sitting in his car.\n“He had gone,” Ida Reed said.", "Ida Reed", "other"),
        ("Sergeants saw Ida Reed leave.\n“It was cold,” Ida Reed said.", "Ida Reed", "other"),
        ("“It was wrong,” said Ada Blum, a former Holt administration official.", "Ada Blum", "other"),
        ("The road was shut, the Dover Sun-Times reported.", "Dover Sun-Times", "media"),
        ("The road was shut, the Dover Observer reported.", "Dover Observer", "media"),
    ],
)
def test_nobody_takes_on_the_title_of_somebody_else_in_the_sentence(text, speaker, group):
    assert (speaker, group) in speakers(text)


@pytest.mark.parametrize(
    "what, group",
    [
        ("campaign", "opposition"),
        ("re-election campaign", "opposition"),
        ("government", "government"),
        ("car", "protesters"),
    ],
)
def test_whose_name_a_campaign_or_a_government_bears_is_a_politician(what, group):
    text = f"Protesters marched past. The Holt {what} was stuck.\n“We will stay and march on,” Ida Holt said."
    assert speakers(text)[-1] == ("Ida Holt", group)


def test_a_day_is_no_speaker():
    assert [name for name, _ in speakers("Sergeant Ada Blum Friday said the road was shut. Friday was calm.")] != [
        "Friday"
    ]
    assert speakers("“It is over,” a Friday statement said.")[0][0] == "Friday statement"
    assert speakers("“It is over,” said Friday Okoro.")[0][0] == "Friday Okoro"
