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
