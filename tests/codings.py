"""Small and large codings made by hand, for the tests of tables, charts and findings."""

import random

import pandas as pd

from analysis import Coding
from analysis.agreement import compare

ARTICLES = ["article", "outlet", "date", "words", "text"]
STATEMENTS = ["article", "content", "text", "type", "cue", "speaker", "group", "sentiment", "stance", "themes"]
STATEMENTS += ["probability"]
GRIEVANCES = ["article", "span", "text", "side", "theme", "voice", "probability"]
FRAMING = ["article", "span", "text", "kind", "label", "group", "evidence"]
NAMED = ["article", "span", "text", "target", "voice", "group", "sentiment", "sure", "probability", "evidence"]


def article(name="a", outlet="", date="", text="Mana Tau said no. " * 20):
    return dict(article=name, outlet=outlet, date=date, words=len(text.split()), text=text)


def statement(group="police", article="a", text="we said no", start=0, cue=(9, 13), **fields):
    standard = dict(type="direct", speaker="Mana Tau", sentiment="neutral", stance={}, themes=[])
    cue = list(cue) if cue else None
    row = dict(article=article, content=[[start, start + 4]], text=text, cue=cue, group=group) | standard | fields
    sure = {"group": 0.9, "sentiment": 0.6 + len(text) % 4 / 10, "stance": dict.fromkeys(row["stance"], 0.7)}
    return {"probability": sure} | row


def mention(theme="wages", side="of_protest", voice="reporter", article="a", span=(0, 5)):
    row = dict(article=article, span=list(span), text="Mana ", side=side, theme=theme, voice=voice)
    return row | {"probability": {"theme": 0.6}}


def frame(kind="loaded", label="disparaging", group="police", article="a", span=(0, 4)):
    return dict(article=article, span=list(span), text="Mana", kind=kind, label=label, group=group, evidence=[5, 8])


def naming(target="protest", sentiment="negative", group="police", article="a", sure=True):
    voice = "reporter" if group == "reporter" else "Mana Tau"
    place = dict(article=article, span=[0, 4], text="Mana", target=target, voice=voice, group=group)
    return place | dict(sentiment=sentiment, sure=sure, probability=0.7, evidence=[[5, 8]])


def coding(statements=(), grievances=(), articles=None, framing=(), named=()):
    return Coding(
        articles=pd.DataFrame([article()] if articles is None else articles, columns=ARTICLES),
        statements=pd.DataFrame(list(statements), columns=STATEMENTS),
        grievances=pd.DataFrame(list(grievances), columns=GRIEVANCES),
        framing=pd.DataFrame(list(framing), columns=FRAMING),
        named=pd.DataFrame(list(named), columns=NAMED),
        problems=pd.DataFrame(columns=["file", "problem"]),
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
    framing, named = [], []
    kinds = ["neutral", "doubting", "conceding", "asserting", "attacking", "not_classed"]
    for row in statements:
        if row["cue"]:
            framing.append(frame("cue", draw.choice(kinds), row["group"], row["article"], row["cue"]))
        framing.append(frame("named", "", row["group"], row["article"]))
        if draw.random() < 0.3:
            kind, label = draw.choice([("loaded", "disparaging"), ("loaded", "approving"), ("scare_quote", "")])
            framing.append(frame(kind, label, row["group"], row["article"]))
        tone = draw.choice(["negative", "neutral", "positive"])
        voice = draw.choice(["reporter", row["group"]])
        named.append(naming(draw.choice(targets), tone, voice, row["article"], draw.random() < 0.5))
    return coding(statements, grievances, articles, framing, named)


def compared(coded):
    """Compare a coding with itself as hand coding, but for every third statement."""
    hand = coded.statements.iloc[::3], coded.grievances
    return compare(hand, (coded.statements, coded.grievances), coded.articles)


NO_ARTICLE = coding(articles=[])
NO_STATEMENT = coding()
ONE = coding(
    [statement(stance={"wages": "against"})],
    [mention()],
    framing=[frame("cue", "neutral", span=(9, 13)), frame("named", ""), frame()],
    named=[naming("wages")],
)
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
    [
        *[frame("cue", "neutral", "iwi_maori", where, (9, 13)) for where in "ab"],
        *[frame("named", "", group, "a") for group in ("iwi_maori", "police", "police")],
        frame("loaded", "approving", "police"),
        frame("scare_quote", "", "iwi_maori"),
    ],
    [naming("wages", sure=False), naming("wages", "positive", "reporter", "b"), naming("rent", "neutral")],
)
LARGE = large()
CODINGS = dict(no_article=NO_ARTICLE, no_statement=NO_STATEMENT, one=ONE, several=SEVERAL, large=LARGE)
