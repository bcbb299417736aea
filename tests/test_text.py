import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text import is_word, paragraphs, quotations, sentences, tokens

MESSY = st.text(alphabet=st.sampled_from("ab Z.!?,\n\r\"'“”‘’«»„`-—0é👍\u2028\ufeff"), max_size=300) | st.text(
    max_size=200
)


def inner(text):
    return [text[q.inner.start : q.inner.end] for q in quotations(text)]


@pytest.mark.parametrize(
    "text, quoted",
    [
        ('"Go home," she said.', ["Go home,"]),
        ("“Go home,” she said. “Now.”", ["Go home,", "Now."]),
        ("'It's over,' said Bell. 'Go.'", ["It's over,", "Go."]),
        ("‘It’s the protesters’ camp,’ he said.", ["It’s the protesters’ camp,"]),
        ("«Rentrez chez vous», a-t-il dit.", ["Rentrez chez vous"]),
        ("„Geht nach Hause“, sagte er.", ["Geht nach Hause"]),
        ("“He told me ‘go’ and I went,” she said.", ["He told me ‘go’ and I went,"]),
        ("'I said \"no\" to him,' she said.", ['I said "no" to him,']),
        ("He called them 'thugs' at the protesters' camp.", ["thugs"]),
        ("``Go home,'' he said.", ["Go home,"]),
    ],
)
def test_quotation_marks_of_every_style(text, quoted):
    assert inner(text) == quoted


@pytest.mark.parametrize(
    "text",
    [
        "The protesters' camp wasn't theirs; it's the '90s again.",
        "Sing 'em rock 'n' roll, ’til dawn.",
        "A fence 6'2\" tall.",
        "Nobody said a word.",
        "",
    ],
)
def test_apostrophes_and_inches_quote_nothing(text):
    assert inner(text) == []


def test_unclosed_quotation_ends_with_its_paragraph():
    text = '"We stay.\n"We are many.\n"We win," they said.\nNobody moved.'
    assert inner(text) == ["We stay.", "We are many.", "We win,"]
    assert [q.closed for q in quotations(text)] == [False, False, True]


def test_quotation_runs_on_into_a_paragraph_that_closes_it():
    text = "“We stay.\nWe are many,” they said.\nNobody moved."
    assert inner(text) == ["We stay.", "We are many,"]


def test_stray_mark_harms_its_own_paragraph_only():
    text = 'He said "go and left.\nNobody moved.\n"Stay," she said.'
    assert inner(text) == ["go and left.", "Stay,"]


def test_sentences_know_abbreviations_and_closing_marks():
    text = 'Supt. Bell of the U.S. unit left. "Go." He did!\nA new line'
    assert [text[s.start : s.end] for s in sentences(text)] == [
        "Supt. Bell of the U.S. unit left.",
        '"Go."',
        "He did!",
        "A new line",
    ]


def test_tokens_split_contractions_and_keep_numbers():
    assert [t.text for t in tokens("They don't pay $1,000.50 at 3.30am")] == (
        ["They", "do", "n't", "pay", "$", "1,000.50", "at", "3.30am"]
    )
    assert [is_word(t) for t in tokens('Go ".')] == [True, False, False]


@given(MESSY)
def test_offsets_always_give_back_the_text(text):
    assert all(text[t.start : t.end] == t.text for t in tokens(text))
    for spans in (paragraphs(text), sentences(text), quotations(text)):
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        assert all(a.end <= b.start for a, b in zip(spans, spans[1:], strict=False))
    for quotation in quotations(text):
        assert quotation.start <= quotation.inner.start < quotation.inner.end <= quotation.end
        assert "\n" not in text[quotation.start : quotation.end]


@given(MESSY)
def test_sentences_hold_every_word(text):
    covered = sum(sum(map(is_word, tokens(text[s.start : s.end]))) for s in sentences(text))
    assert covered >= sum(map(is_word, tokens(text)))
