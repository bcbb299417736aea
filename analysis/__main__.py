"""The command line: ``python -m analysis``."""

import argparse
import os
import sys
from pathlib import Path

from analysis.articles import InputError
from analysis.coding import write_coding
from analysis.pipeline import Coding, code_folder
from analysis.report import ROOT, build_site, run_notebooks, write_report
from analysis.statements import SCOPES


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


def _tell(coding: Coding, folder: str) -> None:
    for row in coding.problems.itertuples(index=False):
        print(f"{Path(folder) / row.file}: {row.problem}", file=sys.stderr)
    print(
        f"Coded {len(coding.articles)} articles: {len(coding.statements)} statements, "
        f"{len(coding.grievances)} grievance mentions; {len(coding.problems)} problems."
    )


if __name__ == "__main__":
    sys.exit(main())
