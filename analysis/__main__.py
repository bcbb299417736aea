"""The command line: ``python -m analysis``."""

import argparse
import math
import os
import sys
from pathlib import Path

import pandas as pd

from analysis.articles import InputError
from analysis.codebook import SHIPPED, read_codebook
from analysis.coders import agreement, read_coder
from analysis.coding import write_coding
from analysis.corrections import told
from analysis.files import write_table
from analysis.pipeline import Coding, code_folder
from analysis.report import ROOT, build_site, run_notebooks, write_report
from analysis.sheets import write_sheet
from analysis.stance_training import hand_coded, learn_stance, write_model
from analysis.statements import SCOPES

WIDEST = 50  # characters of a cell that is printed


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 if articles were coded, 1 with one sentence on standard error if nothing could be done."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except InputError as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description="Analyse the coverage of a protest.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    code = commands.add_parser("code", help="code a folder of articles into statements.jsonl and grievances.jsonl")
    code.add_argument("--scope", choices=SCOPES, default="speech", help="all: beliefs and intentions too")
    code.set_defaults(run=_code)
    report = commands.add_parser("report", help="code a folder, execute the notebooks on it, build figures and site")
    report.add_argument(
        "--coding", metavar="DIR", help="hand coding of the articles (default: FOLDER/coding, if there)"
    )
    report.set_defaults(run=_report)
    for command in (code, report):
        command.add_argument(
            "folder", metavar="FOLDER", help="the articles: one .txt file each, articles.csv if wanted"
        )
        command.add_argument("--out", required=True, metavar="OUT", help="folder for what is made")
        command.add_argument("--codebook", metavar="DIR", help="your own codebook (default: the one shipped)")
    sheet = commands.add_parser("coding-sheet", help="write a blank sheet for a second coder, to fill in a spreadsheet")
    sheet.add_argument("out", metavar="OUT", help="results of code or report; gets sheet-NAME.csv")
    sheet.add_argument("--coder", required=True, metavar="NAME", help="who will fill it in")
    sheet.set_defaults(run=_coding_sheet)
    agree = commands.add_parser(
        "agreement", help="how far two coders agree: percent, Krippendorff's alpha, differences"
    )
    for name in ("A", "B"):
        agree.add_argument(name, help="a filled coding sheet, or a folder with statements.jsonl and grievances.jsonl")
    agree.add_argument("--out", metavar="FILE", help="write the disagreements to this CSV file too")
    agree.set_defaults(run=_agreement)
    train = commands.add_parser("train-stance", help="learn stance from 200 hand-coded statements or more")
    train.add_argument("coding", metavar="CODING_DIR", help="your hand coding: a folder as for agreement, or a sheet")
    train.set_defaults(run=_train_stance)
    for command in (sheet, agree, train):
        command.add_argument("--codebook", metavar="DIR", help="your own codebook (default: the one shipped)")
    notebooks = commands.add_parser("notebooks", help="execute the project's notebooks in place")
    notebooks.set_defaults(run=lambda _: bool(not run_notebooks(ROOT / "notebooks", ROOT / "notebooks", {})))
    site = commands.add_parser("site", help="build build/site from the executed notebooks and figures")
    site.set_defaults(run=lambda _: bool(not build_site(ROOT / "notebooks", ROOT / "figures", ROOT / "build" / "site")))
    return parser


def _code(options: argparse.Namespace) -> int:
    coding = code_folder(options.folder, options.codebook, options.scope)
    _tell(coding, options.folder)
    if coding.articles.empty:
        raise InputError(f"{options.folder}: none of the articles could be read, so nothing is coded")
    write_coding(coding, options.out)
    return 0


def _report(options: argparse.Namespace) -> int:
    out, hand = Path(options.out), Path(options.coding or Path(options.folder) / "coding")
    if out.resolve() == Path(options.folder).resolve():
        raise InputError(
            f"{out}: holds the articles and perhaps their hand coding; give another folder for the results"
        )
    coding = code_folder(options.folder, options.codebook)
    _tell(coding, options.folder)
    if coding.articles.empty:
        raise InputError(f"{options.folder}: none of the articles could be read, so nothing is coded")
    write_coding(coding, out / "coding")
    codebook = options.codebook or ROOT / "codebook"
    index = write_report(options.folder, codebook, hand if hand.is_dir() else None, out)
    print(f"Read the analysis: {os.path.relpath(index)}")
    return 0


def _coding_sheet(options: argparse.Namespace) -> int:
    path = write_sheet(options.out, options.coder, read_codebook(options.codebook))
    print(f"Fill in {path}, save it as CSV in UTF-8, then: python -m analysis agreement A B")
    return 0


def _agreement(options: argparse.Namespace) -> int:
    codebook = read_codebook(options.codebook)
    variables, disagreements, units = agreement(*(read_coder(path, codebook) for path in (options.A, options.B)))
    print(f"A is {options.A}, B is {options.B}: {units['both']} statements and mentions in both, ", end="")
    print(f"{units['A']} only in A, {units['B']} only in B.\n\n{_table(variables)}\n")
    print(f"{len(disagreements)} disagreements\n{_table(disagreements)}")
    if options.out:
        write_table(Path(options.out), disagreements)
    return 0


def _train_stance(options: argparse.Namespace) -> int:
    codebook = read_codebook(options.codebook)
    compared, learned = learn_stance(hand_coded(options.coding, codebook), codebook)
    path = write_model(learned, options.codebook or SHIPPED)
    print(f"Macro F1 of stance, listed words (patterns) and what was learnt (cross-validated):\n\n{_table(compared)}\n")
    if learned:
        print(f"Wrote {path}: the next run with this codebook uses it for {', '.join(learned)}.")
    else:
        print("The shipped coding stays in use for every target: nothing learnt beats the listed words beyond chance.")
    return 0


def _table(table: pd.DataFrame) -> str:
    rows = [list(table.columns), *([_cell(cell) for cell in row] for row in table.itertuples(index=False))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _cell(value) -> str:
    """Give a number with two decimals, and words as far as they fit, without signs that could steer the terminal."""
    if isinstance(value, float):
        return "–" if math.isnan(value) else f"{value:.2f}"
    text = "".join(sign if sign.isprintable() else " " for sign in str(value))
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _tell(coding: Coding, folder: str) -> None:
    for row in coding.problems.itertuples(index=False):
        print(f"{Path(folder) / row.file}: {row.problem}", file=sys.stderr)
    print(
        f"Coded {len(coding.articles)} articles: {len(coding.statements)} statements, "
        f"{len(coding.grievances)} grievance mentions; {len(coding.problems)} problems."
    )
    if corrections := told(coding.statements, coding.grievances):
        print(corrections)


if __name__ == "__main__":
    sys.exit(main())
