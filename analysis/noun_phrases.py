"""What a mention's words say by themselves: pronouns, determiners, whose letter or spokesman it is."""

import re

_PRONOUN = re.compile(
    r"(?:he|she|they|it|who|we|i)\b"
    r"|(?:that|which|those|these|another|others|one|many|some|him|her|them)(?:\s+(?:who|that)\b.*|,.*)?$",
    re.IGNORECASE | re.DOTALL,
)
_DETERMINER = re.compile(
    r"^(?:(?:(?:some|many|most|several|few|one|two|others|all|members?) (?:of|in|among)(?: those)?|a|an|the|one"
    r"|another|some|several|many|most|two|three|four|five|six|other"
    r"|(?:about |around |nearly |almost |over |more than |up to |at least |some )?\d[\d,.]*"
    r"|(?:hundreds|thousands|dozens|scores|crowds|(?:a )?(?:group|handful|number|couple|crowd)s?) of|male|female|young"
    r"|elderly|local|fellow"
    r"|his|her|their|its|this|that|these|those|both|few|a few)\s+)+",
    re.IGNORECASE,
)
PREPOSITIONS = (
    r"(?:of|in|at|on|near|from|for|by|outside|inside|with|without|around|behind|opposite|along|across|beside|among"
    r"|between|against|to|before|after|into|off)"
)
# A participle with its preposition or object: "records obtained by", "a man selling umbrellas"; not "retired nurse".
PARTICIPLE = (
    rf"[a-zà-ÿ]+(?:ed|ing|ung|eld|nown|een|orn|ent)(?=\s(?:(?:up|down|out)\s)?(?:{PREPOSITIONS}|an?|the|his|her|their)\s)"
    r"|[a-zà-ÿ]+ing(?=\s[a-zà-ÿ]+s\b)"
)
_CUT = re.compile(
    rf"\s+(?:(?:who|that|which|whose|wearing|holding|carrying|standing|outside|inside|in \d"
    rf"|issued|signed|posted|released|said|says|told|wrote)\b|{PARTICIPLE}).*|\s*(?:,(?!\d)|[(–—]).*|\s+-\s.*",
    re.DOTALL,
)
_DOCUMENT = re.compile(
    r"(?:(?P<owner>.+?)\s+)?(?:press |media |written |joint )?"
    r"(?:statement|release|letter|note|email|e-mail|tweet|post|website|petition|(?:official "
    r"|social media )*accounts?|spokes(?:man|woman|person)|representatives?)(?:\s+.*?\b(?:of|from|by"
    r"|for)\s+(?P<by>.+))?$"
    r"|(?:an? |the )?(?:[\w-]+ )?(?:poll|survey|study|report|analysis|review|briefing)\s.*?\b(?:from|by)"
    r"\s+(?P<maker>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_POST = re.compile(r"['’]s(?:\s+\w+)?$")  # of "the minister's official spokesman", "the minister"


def is_pronoun(words: str) -> bool:
    """Whether a mention is a pronoun, with or without a clause behind it ("those who …")."""
    return _PRONOUN.match(words) is not None


def cut(words: str) -> str:
    """Drop relative clauses and what follows a comma."""
    return (_CUT.sub("", words).strip() or words) if " " in words else words


def bare(words: str) -> str:
    """Drop determiners and quantities: "hundreds of protesters" is "protesters"."""
    return _DETERMINER.sub("", words)


def author(words: str) -> tuple[int, int] | None:
    """Where a statement, letter or spokesperson names whose it is, None if it does not."""
    found = _DOCUMENT.fullmatch(words)
    part = found and next((part for part in ("by", "maker") if found[part]), "owner")
    if not part or not found[part]:
        return None
    start, end = found.span(part)
    return start, end - len(found[part]) + len(_POST.sub("", found[part]))
