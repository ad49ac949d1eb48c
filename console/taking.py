"""The process that writes one long list of the visit register, and says how far it is; the desk goes on meanwhile."""

import json
import os
import shutil
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from console.api import VisitQuery
from console.register_export import AT_ONCE, table, write
from console.registers import Cells
from shared import register, visits
from shared.lib import db, i18n, sandbox
from shared.lib.config import settings
from shared.register.taking import LIST

CALM = 10  # whoever checks in comes first


def main(folder: Path) -> None:
    """Writes the list into the folder; what it is told comes in as JSON."""
    asked = json.loads(sys.stdin.read())
    sandbox.follow_parent(partial(shutil.rmtree, folder, ignore_errors=True))
    os.nice(CALM)
    db.start_reading(settings().database)
    part = VisitQuery.model_validate(asked["part"])
    with i18n.use(asked["language"]), (folder / LIST).open("xb") as file:
        rows = _told(table(part, taken=asked["taken"]), _size(part))
        write(rows, asked["form"], file, folder)
    db.stop()


def _size(part: VisitQuery) -> int:
    """How many rows there will be; 0 when that is only known at the end."""
    if part.q:
        return 0
    size = visits.size(state=part.state, day=part.date, until=part.until, purpose=part.purpose, of=part.of)
    return min(size, register.MOST)


def _told(rows: Iterator[Cells], of: int) -> Iterator[Cells]:
    """The rows as they come: the headings, the visits, and who took them."""
    number = 0
    for number, row in enumerate(rows):
        if number % AT_ONCE == 0:
            print(number, of, flush=True)
        yield row
    print(number - 1, of, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
