"""What README and CONTRIBUTING name exists, what they tell to type works, what they report was measured."""

import json
import re
from pathlib import Path

import pytest

from analysis.__main__ import main

ROOT = Path(__file__).parents[1]
DOCUMENTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}
MADE = ("build/", ".venv")  # exist once make has run
each_document = pytest.mark.parametrize("text", DOCUMENTS.values(), ids=DOCUMENTS)

FENCED = re.compile(r"^```.*?^```", re.M | re.S)
PATH = re.compile(r"(?=.*/|.*\.(?:md|py|csv|txt|json|jsonl|ipynb|yml|toml|lock|cff|png|svg|pdf|html)$)[\w.*/-]+")
PLACEHOLDER = re.compile(r"/|[A-Z]+(/|$)|\.\w+$")  # /any/folder, OUT/site, .txt
MEASURED = re.compile(r"([\d.,]+)(?: ?%)? ?<!-- ([\w-]+\.json): ([\w.-]+) -->")


def code_words(text):
    """Give every word set as code, in fences and in backticks."""
    blocks = [block.strip("`") for block in FENCED.findall(text)]
    return " ".join(blocks + re.findall(r"`([^`\n]+)`", FENCED.sub("", text))).split()


def named_paths(text):
    paths = [word.rstrip(".,:;") for word in code_words(text) if PATH.fullmatch(word.rstrip(".,:;"))]
    links = re.findall(r"\]\(([^)\s#]+)", text) + re.findall(r'src="([^"]+)"', text)
    paths += [link for link in links if not re.match(r"https?://|mailto:", link)]
    return sorted({path for path in paths if not PLACEHOLDER.match(path)})


def commands(text, start):
    lines = "\n".join(FENCED.findall(text) + re.findall(r"`([^`\n]+)`", FENCED.sub("", text)))
    return re.findall(rf"^(?:\$ )?{start} +(.*)$", lines, re.M)


@each_document
def test_every_path_named_exists(text):
    paths = [path for path in named_paths(text) if not path.startswith(MADE)]
    assert paths
    # A bare file name (articles.csv) may stand for one in some folder of the repository.
    assert not [path for path in paths if not [*ROOT.glob(path.rstrip("/")), *ROOT.glob(f"[a-z]*/{path}")]]


@each_document
def test_every_make_target_named_exists(text):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    words = [word for line in commands(text, "make") for word in line.partition("#")[0].split() if "=" not in word]
    assert set(words) <= targets


@each_document
def test_every_command_named_exists(text, capsys):
    for line in commands(text, "python -m analysis"):
        with pytest.raises(SystemExit, match="0"):
            main([line.split()[0], "--help"])
        shown = capsys.readouterr().out
        assert all(option in shown for option in re.findall(r"--[a-z-]+", line)), line


def test_readme_shows_figures_with_a_description():
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", DOCUMENTS["README.md"])
    assert len([path for _, path in pictures if path.startswith("figures/")]) >= 3
    assert all(len(alt) > 40 for alt, path in pictures if path.startswith("figures/"))


def test_readme_reports_what_was_measured():
    """Each figure is followed by the place it is from, as in ``97.1<!-- seeds.json: direct.overlap -->``."""
    reported = MEASURED.findall(DOCUMENTS["README.md"])
    assert reported
    for printed, file, key in reported:
        value = json.loads((ROOT / "benchmarks" / "results" / file).read_text(encoding="utf-8"))
        for step in key.split("."):
            value = value[step]
        decimals = len(printed.partition(".")[2])
        assert printed == f"{value:,.{decimals}f}", f"{file}: {key} is {value}, README says {printed}"


def test_readme_tables_hold_no_number_without_its_source():
    cells = [cell.strip() for row in re.findall(r"^\|(.*)\|$", DOCUMENTS["README.md"], re.M) for cell in row.split("|")]
    assert not [cell for cell in cells if re.fullmatch(r"[*±]*[\d.,]+ ?%?[*]*", cell)]
