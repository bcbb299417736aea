"""Small and large codings made by hand, for the tests of tables, charts and findings."""

import random

import pandas as pd

from analysis import Coding
from analysis.agreement import compare

ARTICLES = ["article", "outlet", "date", "words", "text"]
STATEMENTS = ["article", "content", "text", "type", "cue", "speaker", "group", "sentiment", "stance", "themes"]
STATEMENTS += ["probability"]
GRIEVANCES = ["article", "span", "text", "side", "theme", "voice", "probability"]


def article(name="a", outlet="", date="", text="Mana Tau said no. " * 20):
    return dict(article=name, outlet=outlet, date=date, words=len(text.split()), text=text)


def statement(group="police", article="a", text="we said no", start=0, cue=(9, 13), **fields):
    standard = dict(type="direct", speaker="Mana Tau", sentiment="neutral", stance={}, themes=[])
    cue = list(cue) if cue else None
    row = dict(article=article, content=[[start, start + 4]], text=text, cue=cue, group=group) | standard | fields
    sure = {"group": 0.9, "sentiment": 0.5 + len(text) % 5 / 10, "stance": dict.fromkeys(row["stance"], 0.7)}
    return {"probability": sure} | row


def mention(theme="wages", side="of_protest", voice="reporter", article="a", span=(0, 5)):
    row = dict(article=article, span=list(span), text="Mana ", side=side, theme=theme, voice=voice)
    return row | {"probability": {"theme": 0.6}}


def coding(statements=(), grievances=(), articles=None):
    return Coding(
        pd.DataFrame([article()] if articles is None else articles, columns=ARTICLES),
        pd.DataFrame(list(statements), columns=STATEMENTS),
        pd.DataFrame(list(grievances), columns=GRIEVANCES),
        pd.DataFrame(columns=["file", "problem"]),
    )


def large(seed=1):
    """Make 30 articles, 12 groups, 40 speakers, 8 targets and 30 themes, with long and hostile names."""
    draw = random.Random(seed)
    verbs = "said told added claimed wrote denied asked yelled announced tweeted insisted argued warned admitted noted"
    verbs = [*verbs.split(), "conceded", "shouted", "stated", "has repeatedly explained", "according to"]
    text = " ".join(verbs) * 10
    outlets = ["", "Post", "The Daily Example Gazette of the Northern Province"]
    articles = [
        article(f"{n:03d}_outlet-{draw.random()}", outlets[n % 3], f"2020-02-{n % 28 + 1:02d}" if n % 4 else "", text)
        for n in range(30)
    ]
    groups = [f"group_{n}" for n in range(10)] + ["experts_and_researchers", "trade_unions_and_employers"]
    speakers = [f"Speaker Number {n}" for n in range(38)]
    speakers += ["_under $5 & $6 <b>bold</b>", "Te Rūnanga o Ngāti Example Whenua Tūpuna Trust Board spokesperson"]
    targets = [f"target_{n}" for n in range(7)] + ["employers_and_trade_unions"]
    statements, grievances = [], []
    for _ in range(600):
        verb = verbs[min(int(draw.expovariate(0.25)), 19)]
        start = text.index(verb)
        statements.append(
            statement(
                groups[min(int(draw.expovariate(0.3)), 11)],
                draw.choice(articles)["article"],
                "word " * draw.randrange(3, 50),
                draw.randrange(len(text) - 9),
                (start, start + len(verb)) if draw.random() < 0.8 else None,
                type=draw.choice(["direct", "mixed", "indirect"]),
                speaker=speakers[min(int(draw.expovariate(0.1)), 39)],
                sentiment=draw.choice(["negative", "neutral", "positive", "unsure"]),
                stance={target: draw.choice(["against", "neutral", "favour"]) for target in draw.sample(targets, 2)},
            )
        )
        theme = f"theme_{min(int(draw.expovariate(0.15)), 29)}"
        side = draw.choice(["of_protest", "about_protest"])
        place = draw.randrange(len(text) - 9)
        where = draw.choice(articles)["article"]
        grievances.append(mention(theme, side, draw.choice(["reporter", *speakers]), where, (place, place + 5)))
    return coding(statements, grievances, articles)


def compared(coded):
    """Compare a coding with itself as hand coding, but for every third statement."""
    hand = coded.statements.iloc[::3], coded.grievances
    return compare(hand, (coded.statements, coded.grievances), coded.articles)


NO_ARTICLE = coding(articles=[])
NO_STATEMENT = coding()
ONE = coding([statement(stance={"wages": "against"})], [mention()])
SEVERAL = coding(
    [
        statement("police", "a", stance={"protest": "against"}, sentiment="negative"),
        statement("police", "a", cue=None, type="mixed", stance={"protest": "against", "police": "favour"}),
        statement("iwi_maori", "a", "yes", 20, speaker="Rua Tau", sentiment="positive"),
        statement("protesters", "b", "go home now please", 40, speaker="Hemi Poi", stance={"police": "neutral"}),
        *[statement("protesters", "b", "go", 50 + 9 * n, speaker="Hemi Poi", type="indirect") for n in range(6)],
        *[statement("council", "b", "no", 9 + n, speaker=f"Councillor {n}", sentiment="negative") for n in range(5)],
    ],
    [mention(), mention("rent"), mention("noise", "about_protest", "Rua Tau", "b"), mention("noise", "about_protest")],
    [article("a", "Post", "2020-02-01"), article("b")],
)
LARGE = large()
CODINGS = dict(no_article=NO_ARTICLE, no_statement=NO_STATEMENT, one=ONE, several=SEVERAL, large=LARGE)
