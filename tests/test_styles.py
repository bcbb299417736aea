"""Ways of reporting speech that articles use, each with what must not be taken for it."""

import pandas as pd
import pytest

from analysis import code_articles, read_codebook

CODEBOOK = read_codebook()
STYLES = {
    "British single marks": (
        "‘We won’t go,’ said Ann Bell, a farmer. ‘It’s the farmers’ land.’\nThe ‘tractor camp’ grew.",
        [("direct", "Ann Bell", "public", "We won’t go, … It’s the farmers’ land.")],
    ),
    "straight single marks": (
        "'We won't go,' said Ann Bell, 45, a farmer from Kent. 'It's the farmers' land.'",
        [("direct", "Ann Bell", "public", "We won't go, … It's the farmers' land.")],
    ),
    "guillemets": (
        "«We will stay», said Marie Petit, a nurse. «All of us».",
        [("direct", "Marie Petit", "protesters", "We will stay … All of us")],
    ),
    "nested marks": (
        "“He told me ‘go home’ and I said no,” Ms Cole said.",
        [("direct", "Cole", "other", "He told me ‘go home’ and I said no,")],
    ),
    "cue before": (
        "Bell said: “We stay.” She added, “And we win.”",
        [("direct", "Bell", "protesters", "We stay."), ("direct", "Bell", "protesters", "And we win.")],
    ),
    "cue between": (
        "“We stay,” Ms Bell said, “and we win.”",
        [("direct", "Bell", "protesters", "We stay, … and we win.")],
    ),
    "inverted cue": (
        "“We stay,” said Bell.\n“And we win,” added Mary Cole, a student.",
        [("direct", "Bell", "protesters", "We stay,"), ("direct", "Mary Cole", "public", "And we win,")],
    ),
    "according to": (
        "The march drew 4,000 people, according to police. According to the council, nobody was hurt.",
        [
            ("indirect", "Police", "police", "The march drew 4,000 people"),
            ("indirect", "Council", "council", "nobody was hurt"),
        ],
    ),
    "an attitude voiced": (
        "The mayor, Ann Bell, voiced support for police and traders.",
        [("indirect", "Ann Bell", "council", "support for police and traders")],
    ),
    "no cue": (
        "Ann Bell, a nurse, stood at the gate.\n“We have waited long enough.”",
        [("direct", "Ann Bell", "public", "We have waited long enough.")],
    ),
    "colon": ("Mayor Ruiz: “The road must open.”", [("direct", "Ruiz", "council", "The road must open.")]),
    "signature": (
        "The page was full.\n“I am ashamed of this town.” — Ann Bell\n“It is the road I use.” – Tom Hill, a driver.\n"
        "“They may stay.” — which few had expected.",
        [
            ("direct", "Ann Bell", "other", "I am ashamed of this town."),
            ("direct", "Tom Hill", "public", "It is the road I use."),
            ("direct", "Tom Hill", "public", "They may stay."),
        ],
    ),
    "tweet": (
        "In a tweet, the Farmers Union wrote that it would return on Monday.",
        [("indirect", "Farmers Union", "protesters", "it would return on Monday")],
    ),
    "press statement": (
        "In a statement, the Dockers Union said: “Pay has fallen.”",
        [("direct", "Dockers Union", "protesters", "Pay has fallen.")],
    ),
    "dash dialogue": (
        "— We will not move, said Mary Cole.\n— Nobody asked us.\nThe crowd left.",
        [
            ("direct", "Mary Cole", "protesters", "We will not move,"),
            ("direct", "Mary Cole", "protesters", "Nobody asked us."),
        ],
    ),
    "question and answer": (
        "We spoke to Ann Bell, a striking nurse.\nQ: Why are you here?\nA: Because pay has fallen.\nQ: Since?\nA: Ten.",
        [
            ("direct", "Ann Bell", "protesters", "Because pay has fallen."),
            ("direct", "Ann Bell", "protesters", "Ten."),
        ],
    ),
    "interview": (
        "Ann Bell: We have waited.\nTom Hill: That is not true.",
        [("direct", "Ann Bell", "other", "We have waited."), ("direct", "Tom Hill", "other", "That is not true.")],
    ),
    "live blog": (
        "10.35am\nPolice say three people were arrested.\n11:02: Mayor Ana Ruiz says the road will open at noon.",
        [
            ("indirect", "Police", "police", "three people were arrested"),
            ("indirect", "Ana Ruiz", "council", "the road will open at noon"),
        ],
    ),
    "block quote": (
        "The union published a letter:\n> We will not move until the talks begin.\nThe ministry did not reply.",
        [("direct", "Union", "protesters", "We will not move until the talks begin.")],
    ),
    "headline and subheads": (
        "POLICE MOVE IN\nPolice said the camp was closed.\nWhat next\n“We will return,” organiser Jo Park said.",
        [
            ("indirect", "Police", "police", "the camp was closed"),
            ("direct", "Jo Park", "protesters", "We will return,"),
        ],
    ),
    "all capitals": (
        'MAYOR SAYS MARCH IS OVER\n"GO HOME NOW," MAYOR ANA RUIZ SAID.',
        [("direct", "Mayor Ana Ruiz", "council", "GO HOME NOW,")],
    ),
    "paragraphs re-opened": (
        "“We stay.\n“We are many.\n“We win,” organiser Jo Park said.",
        [("direct", "Jo Park", "protesters", words) for words in ("We stay.", "We are many.", "We win,")],
    ),
    "paragraphs run on": (
        "“We stay here tonight and tomorrow.\nWe are many and we win,” organiser Jo Park said.",
        [
            ("direct", "Jo Park", "protesters", "We stay here tonight and tomorrow."),
            ("direct", "Jo Park", "protesters", "We are many and we win,"),
        ],
    ),
    "signs and chants": (
        "One sign read “Pay up”. Protesters chanted “Whose streets? Our streets!”",
        [
            ("direct", "Protesters", "protesters", "Pay up"),
            ("direct", "Protesters", "protesters", "Whose streets? Our streets!"),
        ],
    ),
    "spokespeople": (
        "A spokesperson for the Ministry of Health said the clinics were open. Police spokesman Carl Dent said three "
        "people were hurt.",
        [
            ("indirect", "Ministry of Health", "government", "the clinics were open"),
            ("indirect", "Carl Dent", "police", "three people were hurt"),
        ],
    ),
    "stray mark": (
        "He said “we stay and left.\nNobody moved.\n“Go,” police said.",
        [("direct", "Unknown", "other", "we stay and left."), ("direct", "Police", "police", "Go,")],
    ),
    "scare quotes and titles": ("The so-called “freedom camp” stood. He read “War and Peace” by the “admin tent”.", []),
    "wishes and beliefs": ("Organisers want the road to stay closed. Police believe the march is over.", []),
    "no speech at all": ("Snow fell on the square. The tents stood empty and the road was closed.", []),
    "labels that name nobody": ("Update: the road is open.\nPhoto: three tents.\nRead more: our live page.", []),
}


def coded(text, scope="speech"):
    statements = code_articles(pd.DataFrame({"article": ["a"], "text": [text]}), CODEBOOK, scope).statements
    return list(statements[["type", "speaker", "group", "text"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("text, expected", STYLES.values(), ids=STYLES)
def test_style(text, expected):
    assert coded(text) == expected


def test_scope_all_takes_in_beliefs_and_wishes():
    text = "Organisers want the road to stay closed. Police believe the march is over."
    assert [words for *_, words in coded(text, "all")] == ["the road to stay closed", "the march is over"]
