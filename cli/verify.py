"""`./desk verify`: recomputes the hash chain of the archived volumes, and holds every line against its row."""

import argparse
import os
import sys

from shared import volumes
from shared.lib import db
from shared.lib.config import settings
from shared.lib.errors import Refused
from shared.migrations import models
from shared.volumes import Proof

CALM = 10  # whoever checks in comes first


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        "Recomputes the hash chain of every register's volumes and compares each line with its row; "
        "exits with 1 when something was changed."
    )


def main(args: argparse.Namespace) -> int:
    """A line a register, a line for all that is wrong; the exit status is 1 when anything is.

    It reads in this process, however long that takes: a desk that serves goes on meanwhile.
    """
    models.load()  # every register and its book is there
    os.nice(CALM)
    status = 0
    given = settings()
    if not given.database_url and not (given.data / "desk.db").is_file():
        raise Refused(f"{given.data} holds no database yet; ./desk run makes it.")
    db.start_reading(given.database)
    try:
        for proof in volumes.verify():
            status |= bool(proof.wrong)
            for words in proof.wrong:
                print(f"{proof.register}: {words}", file=sys.stderr, flush=True)
            print(f"{proof.register}: {_told(proof)}", flush=True)
    finally:
        db.stop()
    return status


def _told(proof: Proof) -> str:
    """How much was proven, and the last hash, to be compared with the cover of the last volume."""
    if not proof.volumes:
        return "no volume has been closed yet"
    said = f"volumes {proof.volumes}, editions {proof.editions}, lines {proof.lines}"
    said += f" (with names {proof.sealed})" if proof.sealed else ""
    said += f", destroyed {proof.destroyed}" if proof.destroyed else ""
    return f"{said}; last {proof.last}"
