"""`./desk purge [--dry-run]`: erases everything whose time is over, as the desk does every night."""

import argparse

from shared import badges, roll_call
from shared.lib import control
from shared.migrations import models


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = "Erases what the retention schedule says; the desk does so by itself every night."
    parser.add_argument("--dry-run", action="store_true", help="count what would be erased, erase nothing")


def main(args: argparse.Namespace) -> int:
    """Runs the schedule here or in the desk that is running; a line a code."""
    models.load()  # every register is there, and the lists of roll calls and printed badges follow
    roll_call.join()
    badges.join()
    done = control.call("register.purge", rehearsal=args.dry_run)
    for code, count in done["counts"].items():
        print(f"{code}: {count}")
    if done["held"]:
        print(f"held: {done['held']}")
    print("Nothing was erased: this was a rehearsal." if args.dry_run else "Done.")
    return 0
