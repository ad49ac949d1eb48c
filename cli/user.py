"""`./desk user add NAME --role ROLE`: somebody who may sign in."""

import argparse
import sys

from shared import accounts, directory  # noqa: F401 - the directory's commands
from shared.lib import control
from shared.lib.errors import Invalid


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="add")
    add = verbs.add_parser("add", help="make an account; prints a password once when none is given")
    add.add_argument("name", metavar="NAME", help="name on screen; signs in with it in lower case, without spaces")
    add.add_argument(
        "--role",
        dest="roles",
        action="append",
        required=True,
        choices=accounts.ROLES,
        help="repeat it for more",
    )
    add.add_argument("--email", help="for sign-in links; links the account to the person with this address")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")


def main(args: argparse.Namespace) -> int:
    """Makes the account, here or in the desk that is running."""
    password = _given() if args.password_stdin else None
    owner = control.call("people.account_owner", name=args.name, email=args.email)
    made = control.call(
        "user.add", name=args.name, roles=args.roles, email=args.email, password=password, person_id=owner
    )
    print(f"{args.name} signs in as {made['login']} ({', '.join(made['roles'])}).")
    if made["secret"]:
        print("Password, shown only here:")
        print(made["secret"])
    return 0


def _given() -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    if not password:
        raise Invalid("No password came on standard input.")
    return password
