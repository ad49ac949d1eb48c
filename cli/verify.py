"""`./desk verify`: recomputes the hash chain of the archived volumes, and holds every line against its row."""

import argparse
import sys

from shared.lib import control
from shared.migrations import models


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Recomputes the hash chain of every register's volumes and compares each line with its row; "
        "exits with 1 when something was changed."
    )


def main(args: argparse.Namespace) -> int:
    """A line a register, a line for all that is wrong; the exit status is 1 when anything is."""
    models.load()  # every register and its book is there
    status = 0
    for proof in control.call("volumes.verify"):
        name = proof["register"]
        for words in proof["wrong"]:
            status = 1
            print(f"{name}: {words}", file=sys.stderr, flush=True)
        print(f"{name}: {_told(proof)}", flush=True)
    return status


def _told(proof: dict[str, int]) -> str:
    """How much was proven, and the last hash, to be compared with the cover of the last volume."""
    if not proof["volumes"]:
        return "no volume has been closed yet"
    said = f"volumes {proof['volumes']}, editions {proof['editions']}, lines {proof['lines']}"
    said += f" (with names {proof['sealed']})" if proof["sealed"] else ""
    said += f", {proof['destroyed']} destroyed" if proof["destroyed"] else ""
    return f"{said}; last {proof['last']}"
