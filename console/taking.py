"""The process that writes one long list of a register, and says how far it is; the desk goes on meanwhile."""

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from console import register_export, registers, taken
from console.api import VisitQuery
from console.taken import Cells
from shared import register, visits
from shared.lib import db, i18n, sandbox
from shared.lib.config import settings
from shared.migrations import models
from shared.register.taking import LIST

Wanted = tuple[Iterator[Cells], int, Sequence[int]]
CALM = 10  # whoever checks in comes first


def main(folder: Path) -> None:
    """Writes the list into the folder; what it is told comes in as JSON."""
    asked = json.loads(sys.stdin.read())
    sandbox.follow_parent(partial(shutil.rmtree, folder, ignore_errors=True))
    os.nice(CALM)
    db.start_reading(settings().database)
    with i18n.use(asked["language"]), (folder / LIST).open("xb") as file:
        rows, size, wide = (_plain if "register" in asked else _visits)(asked)
        taken.write(_told(rows, min(size, register.MOST)), asked["form"], file, wide, folder)
    db.stop()


def _visits(asked: Mapping[str, Any]) -> Wanted:
    """The rows, how many there will be (0 when that is only known at the end), and how wide they are."""
    part = VisitQuery.model_validate(asked["part"])
    size = (
        0
        if part.q
        else visits.size(state=part.state, day=part.date, until=part.until, purpose=part.purpose, of=part.of)
    )
    return register_export.table(part, asked["taken"]), size, register_export.WIDTHS


def _plain(asked: Mapping[str, Any]) -> Wanted:
    """The same of a plain register."""
    models.load()
    known, part = register.of(asked["register"]), registers.Asked.model_validate(asked["part"]).part
    pages = register.every(known, **part, at_once=taken.AT_ONCE)
    size = 0 if part.pop("q") else register.size(known, **part)
    return taken.table(known, pages, asked["taken"]), size, taken.widths(known)


def _told(rows: Iterator[Cells], of: int) -> Iterator[Cells]:
    """The rows as they come: the headings, the visits, and who took them."""
    number = 0
    for number, row in enumerate(rows):
        if number % taken.AT_ONCE == 0:
            print(number, of, flush=True)
        yield row
    print(number - 1, of, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
