"""Text to the word pieces that a pretrained encoder reads [1]_.

.. [1] Wu et al. (2016), Google's neural machine translation system, arXiv 1609.08144, section 4.1.
"""

import re
import unicodedata

UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"
INNER = "##"  # begins a piece that goes on with a word
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_LONGEST = 50  # characters; a longer "word" is none
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "…": "."})


def pieces(text: str, rows: dict[str, int]) -> list[int]:
    """Cut text into word pieces.

    Parameters
    ----------
    text : str
        Any text; capitals, accents and the shape of quotation marks and dashes are not looked at.
    rows : dict of str to int
        The known pieces, ``UNKNOWN`` among them; those inside a word begin with ``##``.

    Returns
    -------
    list of int
        Rows of the pieces, in order: of each word the longest known one, then the longest of what is left of it;
        ``UNKNOWN`` for a word that cannot be made up of known ones.
    """
    plain = unicodedata.normalize("NFD", text.translate(_STRAIGHT).lower())
    plain = "".join(character for character in plain if unicodedata.category(character) != "Mn")
    return [row for word in _WORD.findall(plain) for row in _cut(word, rows)]


def _cut(word: str, rows: dict[str, int]) -> list[int]:
    if word in rows:
        return [rows[word]]
    found, start = [], 0
    while start < len(word) <= _LONGEST:
        before = INNER if start else ""
        end = next((end for end in range(len(word), start, -1) if before + word[start:end] in rows), None)
        if end is None:
            return [rows[UNKNOWN]]
        found.append(rows[before + word[start:end]])
        start = end
    return found or [rows[UNKNOWN]]
