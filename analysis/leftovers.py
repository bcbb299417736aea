"""Statements to themes, and what is left: the texts that clusters are proposed for."""

import warnings
from typing import TYPE_CHECKING

import pandas as pd

from analysis.codebook import Codebook
from analysis.themes import assign_themes

if TYPE_CHECKING:
    from analysis.pipeline import Coding


def statement_themes(coding: "Coding", codebook: Codebook) -> pd.DataFrame:
    """Assign every statement one theme: by keywords, else by the classifier that learns from them, else none.

    Parameters
    ----------
    coding : Coding
        Articles and their statements.
    codebook : Codebook
        Its themes.

    Returns
    -------
    DataFrame
        One row a statement, in order: ``article``, ``offset`` (of its first character), ``speaker``, ``text``, and
        ``theme``, ``how``, ``probability``, ``matched`` as :func:`analysis.themes.assign_themes` gives them.
    """
    statements = coding.statements
    offsets = [content[0][0] for content in statements["content"]]
    with warnings.catch_warnings():
        # Most articles lack some of a codebook's keywords; only who edits the codebook wants to be told.
        warnings.simplefilter("ignore", UserWarning)
        found = assign_themes(statements["text"], codebook.themes)
    table = statements[["article", "speaker", "text"]].reset_index(drop=True)
    table.insert(1, "offset", pd.Series(offsets, dtype=int))
    return table.join(found[["theme", "how", "probability", "matched"]])
