import pytest

from analysis.articles import InputError, read_articles


def problems(folder):
    return dict(read_articles(folder).problems.itertuples(index=False))


def test_reads_utf8_and_cp1252_and_keeps_the_text_as_it_is(tmp_path):
    (tmp_path / "b.txt").write_bytes("Café owners\r\nspoke.\r\n".encode())
    (tmp_path / "a.txt").write_bytes(b"Caf\xe9 owners said \x93no\x94.")
    articles = read_articles(tmp_path).articles
    assert list(articles["article"]) == ["a", "b"]
    assert list(articles["encoding"]) == ["cp1252", "utf-8"]
    assert list(articles["text"]) == ["Café owners said “no”.", "Café owners\r\nspoke.\r\n"]
    assert list(articles["words"]) == [4, 3]


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x7fELF\x02\x00\x00 text", "not plain text"),
        ("Wörter".encode("utf-16"), "not plain text"),
        (b"odd \x81 byte", "neither UTF-8 nor cp1252"),
        (b"word " * 1_000_000, "holds 5.0 MB"),
    ],
)
def test_a_bad_file_is_named_and_the_good_ones_are_read(tmp_path, content, sentence):
    (tmp_path / "bad.txt").write_bytes(content)
    (tmp_path / "good.txt").write_text("A protest was held.", encoding="utf-8")
    assert sentence in problems(tmp_path)["bad.txt"]
    assert list(read_articles(tmp_path).articles["article"]) == ["good"]


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    (tmp_path / "secret.txt").write_text("not for you", encoding="utf-8")
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    assert "leads out of the folder" in problems(folder)["link.txt"]


@pytest.mark.parametrize("make, sentence", [(False, "no such folder"), (True, "no .txt file")])
def test_missing_and_empty_folders_stop_the_run(tmp_path, make, sentence):
    folder = tmp_path / "articles"
    if make:
        folder.mkdir()
    with pytest.raises(InputError, match=sentence):
        read_articles(folder)


def test_metadata_comes_from_articles_csv(tmp_path):
    (tmp_path / "a.txt").write_text("A protest was held.", encoding="utf-8")
    (tmp_path / "articles.csv").write_text(
        "id,outlet,date,known_from\na,The Post,2022-02-21,masthead\n", encoding="utf-8"
    )
    row = read_articles(tmp_path).articles.iloc[0]
    assert (row["outlet"], row["date"], row["headline"], row["known_from"]) == (
        "The Post",
        "2022-02-21",
        "",
        "masthead",
    )


@pytest.mark.parametrize(
    "table, sentence",
    [
        ("id,paper\na,The Post\n", "unknown column 'paper'"),
        ("outlet\nThe Post\n", "no column 'id'"),
        ("id,outlet\nnone,The Post\n", "line 2: no article 'none'"),
        ("id,date\na,last week\n", "line 2: date 'last week'"),
        ("id,date\na,2022\na,2023\n", "line 3: 'a' stands twice"),
        ("", "cannot be read as a UTF-8 CSV table"),
    ],
)
def test_a_wrong_cell_of_articles_csv_is_reported_and_the_article_read(tmp_path, table, sentence):
    (tmp_path / "a.txt").write_text("A protest was held.", encoding="utf-8")
    (tmp_path / "articles.csv").write_text(table, encoding="utf-8")
    assert sentence in problems(tmp_path)["articles.csv"]
    assert len(read_articles(tmp_path).articles) == 1
