"""`./desk token create NAME --scope SCOPE`: a program that may ask."""

import argparse

from shared import accounts
from shared.lib import control


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="create")
    create = verbs.add_parser("create", help="make an API token; prints it once")
    create.add_argument("name", metavar="NAME", help="what will use it")
    create.add_argument("--scope", required=True, choices=accounts.SCOPES)
    create.add_argument("--account", default="", help="whose page the scope me reads; that scope needs it")


def main(args: argparse.Namespace) -> int:
    """Makes the token, here or in the desk that is running."""
    made = control.call("token.create", name=args.name, scope=args.scope, account=args.account)
    print(f"{made['name']} may ask with the scope {made['scope']}. Its token, shown only here:")
    print(made["secret"])
    return 0
