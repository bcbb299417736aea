"""Write the measured figures and the descriptions of the charts into the README, each where its source is named.

Usage: python benchmarks/readme.py    (after benchmarks/*.py and `python -m analysis notebooks`)
"""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MEASURED = re.compile(r"[\d.,]+<!-- (?P<file>[\w-]+\.json): (?P<key>[\w.-]+) -->")
PICTURE = re.compile(r"!\[[^\]]*\]\((?P<stem>figures/[\w-]+)\.png\)")


def main() -> None:
    """Rewrite README.md."""
    readme = ROOT / "README.md"
    text = MEASURED.sub(_measured, readme.read_text(encoding="utf-8"))
    temporary = readme.with_suffix(".part")
    temporary.write_text(PICTURE.sub(_picture, text), encoding="utf-8")
    temporary.replace(readme)


def _measured(found: re.Match) -> str:
    value = json.loads((ROOT / "benchmarks" / "results" / found["file"]).read_text(encoding="utf-8"))
    for step in found["key"].split("."):
        value = value[step]
    decimals = len(found[0].partition("<")[0].partition(".")[2])
    return f"{value:,.{decimals}f}<!-- {found['file']}: {found['key']} -->"


def _picture(found: re.Match) -> str:
    alt = (ROOT / f"{found['stem']}.txt").read_text(encoding="utf-8").strip()
    return f"![{alt}]({found['stem']}.png)"


if __name__ == "__main__":
    main()
