"""`./desk people import FILE`: takes a list of people (CSV or XLSX) into the directory, all of it or nothing."""

import argparse
import sys
from typing import Any

from cli import typed_path
from shared import directory
from shared.lib import control, sheets
from shared.lib.i18n import _

SIGNS = {"new": "+", "changed": "~", "unchanged": "=", "error": "!"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="import|template")
    bring = verbs.add_parser("import", help="take a list into the directory, all of it or nothing")
    bring.add_argument("file", metavar="FILE", type=typed_path, help="CSV or XLSX with headings in Chinese or English")
    bring.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
    give = verbs.add_parser("template", help="write an empty list with every heading")
    give.add_argument("file", metavar="FILE", type=typed_path)
    give.add_argument("--language", choices=("zh_Hans", "en"), default="zh_Hans")


def main(args: argparse.Namespace) -> int:
    """Reads the file here; the directory takes it in the desk that is running, or in this process."""
    if args.verb == "template":
        args.file.write_bytes(directory.template(args.language))
        return 0
    cells = sheets.read(args.file.read_bytes())
    print(_("Reading %(count)s rows ...") % {"count": len(cells)}, file=sys.stderr, flush=True)
    report = control.call("people.import", cells=cells, rehearse=args.dry_run)
    for line in report["lines"]:
        print(row(*line))
    for sentence in summary(report, args.dry_run):
        print(sentence)
    return 1 if report["counts"]["error"] else 0


def row(number: int, name: str, what: str, sentence: str) -> str:
    """One row of the report: sign, number of the row in the file, name, and what there is to say."""
    words = {"new": _("new"), "changed": _("changed"), "unchanged": _("unchanged"), "error": _("error")}
    return f"{SIGNS[what]} {number:>5}  {name}  {words[what]}{': ' if sentence else ''}{sentence}"


def summary(report: dict[str, Any], dry_run: bool) -> list[str]:
    counts = _("%(new)s new, %(changed)s changed, %(unchanged)s unchanged, %(error)s with an error.") % report["counts"]
    said = [counts]
    if report["departments"]:
        said.append(_("New departments: %(names)s.") % {"names": ", ".join(report["departments"])})
    if report["ignored"]:
        said.append(_("Columns left alone: %(names)s.") % {"names": ", ".join(report["ignored"])})
    if report["counts"]["error"]:
        said.append(_("Nothing was changed. Put the rows with an error right and import the file again."))
    elif dry_run:
        said.append(_("Nothing was changed: this was a rehearsal."))
    return said
