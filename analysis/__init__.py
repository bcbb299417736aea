"""Who gets to speak in the coverage of a protest, in what tone, on whose side, about which grievances."""

from analysis.articles import InputError, read_articles
from analysis.codebook import read_codebook
from analysis.coding import read_coding, write_coding
from analysis.pipeline import Coding, code_articles, code_folder
from analysis.themes import assign_themes
from analysis.toward import toward

__all__ = [
    "assign_themes",
    "toward",
    "Coding",
    "InputError",
    "code_articles",
    "code_folder",
    "read_articles",
    "read_codebook",
    "read_coding",
    "write_coding",
]
