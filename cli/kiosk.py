"""`./desk kiosk add NAME`: a kiosk that is known by a secret instead of a code."""

import argparse

from shared import accounts  # noqa: F401 - its commands
from shared.lib import control


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add")
    add = verbs.add_parser("add", help="take a kiosk into service; prints its secret once")
    add.add_argument("name", metavar="NAME", help="where it stands")


def main(args: argparse.Namespace) -> int:
    """Makes the kiosk, here or in the desk that is running."""
    made = control.call("kiosk.add", name=args.name)
    print(f"{made['name']} is in service. Its secret, as a bearer token, shown only here:")
    print(made["secret"])
    return 0
