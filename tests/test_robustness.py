"""Any text is read: without a crash, with offsets that give back its words, in time that grows with its length."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import read_codebook
from analysis.codebook import verb_forms
from analysis.layout import laid_out, with_fixed_forms
from analysis.names import names_in
from analysis.speakers import Speakers
from analysis.statements import find_statements
from analysis.tagger import Attribution
from analysis.text import Span, paragraphs, quotations

CODEBOOK = read_codebook()
VERBS = verb_forms(CODEBOOK.verbs)
KNOWN = Speakers(CODEBOOK)
NEWS = st.lists(
    st.sampled_from(
        "the a one police said told Police Ann Bell O’Neill Dr. mayor Mayor union spokesman of for who he they others"
        " farmers marched, According to according to, “ ” ‘ ’ \" ' ( ) — – - : . ? ! … \n \r\n > Q: A: İ é \u2028 ﬁ 42"
        " 👍 x".split(" ")
    ),
    max_size=80,
).map(" ".join)
ANY = st.one_of(NEWS, st.text(max_size=200), st.text(alphabet="aA “”‘’\"'()—-.,:!\n\rİ", max_size=200))


def attributed(text, every=150):
    """Attributions that pay no heed to the text, as a bad tagger would give."""
    return [
        Attribution([Span(i, i + 10)], [Span(i + 11, i + 15)], [Span(i + 16, i + every - 10)], 0.5)
        for i in range(0, len(text) - every, every)
    ]


def read(text, every=150):
    marked = quotations(text)
    labelled, spoken = laid_out(text, marked, VERBS)
    quoted = sorted(marked + spoken)
    found = with_fixed_forms(text, quoted, labelled + attributed(text, every))
    statements = find_statements(text, found, quoted, VERBS, "all")
    return statements, KNOWN.resolve(text, statements, quoted)


@pytest.mark.parametrize("pronoun", ["hİs", "hiſ", "ſhe"])
def test_letters_that_match_those_of_a_pronoun_make_none(pronoun):
    text = (
        f"Mayor Ann Bell came. {pronoun} tent stayed.\n“We will talk,” Bell said.\n{pronoun} office said it was late."
    )
    quoted = quotations(text)
    said = [Attribution([Span(text.index("Bell s"), text.index(" said"))], [], [quoted[0].inner], 0.9)]
    office = text.rindex(pronoun)
    said.append(Attribution([Span(office, office + len(pronoun) + 7)], [], [Span(len(text) - 12, len(text) - 1)], 0.9))
    statements = find_statements(text, said, quoted, VERBS, "all")
    assert {speaker.name for speaker in KNOWN.resolve(text, statements, quoted)} >= {"Ann Bell"}


@settings(max_examples=60, deadline=None)
@given(ANY)
def test_any_text_is_read_with_offsets_that_lie_in_it(text):
    statements, speakers = read(text, every=40)
    assert len(statements) == len(speakers)
    for statement, speaker in zip(statements, speakers, strict=True):
        spans = [*statement.content, *filter(None, (statement.cue, statement.source, speaker.evidence))]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert speaker.name.strip() and speaker.group
    taken = sorted(span for statement in statements for span in statement.content)
    assert all(one.end <= other.start for one, other in zip(taken, taken[1:], strict=False))


@given(ANY)
def test_names_and_role_words_are_the_words_at_their_offsets(text):
    roles, names = KNOWN.read(text)
    assert all(text[name.start : name.end] == name.text for name in names)
    assert all(len(role.word) == role.end - role.start for role in roles)
    assert names == names_in(text, roles)


@given(ANY)
def test_paragraphs_are_the_lines_without_their_margins(text):
    expected = [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]
    assert [text[p.start : p.end] for p in paragraphs(text)] == expected


SHAPES = {
    "blanks": " ",
    "stops": "!",
    "straight marks": '"',
    "opening marks": "“a ",
    "single marks": "‘a ",
    "words alone in marks": "“Go now please.” ",
    "capitals": "Abc ",
    "capitals and of": "Abc of ",
    "brackets": "(",
    "dashes": "— a said b, c\n",
    "labels": "A: b\n",
    "according": "a, according to ",
    "role words": "the mayor of the council who said ",
    "one name again and again": "Ann Bell, ",
    "quotations with cues": "“Go,” Ann Bell said. ",
    "signs": "a sign read “Go now please.” ",
    "plain news": "Police said that no. The farmers marched on. ",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_time_grows_with_the_length_only(shape):
    def seconds(length):
        text = shape * (length // len(shape))
        start = time.process_time()
        read(text)
        return time.process_time() - start

    short, long = (min(seconds(length) for _ in range(3)) for length in (10_000, 40_000))
    assert long < 10 * max(short, 0.03)  # linear is 4, quadratic 16
