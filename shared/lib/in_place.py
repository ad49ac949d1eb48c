"""Another database takes the place of the one in the data folder: all of it or nothing, whenever the power goes.

What is to come is made in `restoring`. Renamed to `restored` it counts: whoever holds the folder next puts it in place,
however often that is interrupted. What was there before is set aside, not deleted.
"""

import os
import shutil
from pathlib import Path

MAKING, MADE, ASIDE = "restoring", "restored", "aside.txt"
NAMES = ("desk.db", "secret_key.txt", "data_key.txt", "purged.jsonl")
BESIDE = ("desk.db-wal", "desk.db-shm")


def prepare(folder: Path) -> Path:
    """An empty folder beside the database, for what is to take its place; call it holding the data folder."""
    finish(folder)
    (folder / MAKING).mkdir(mode=0o700)
    return folder / MAKING


def commit(folder: Path, aside: str) -> None:
    """From here on the new database counts; what it replaces goes to the folder `aside`."""
    made = folder / MAKING
    (made / ASIDE).write_text(aside)
    for path in made.iterdir():
        sync(path)
    sync(made)
    made.rename(folder / MADE)
    sync(folder)
    finish(folder)


def finish(folder: Path) -> None:
    """Puts in place what counts, throws away what was not finished; does nothing when there is neither."""
    if (folder / MAKING).exists():
        shutil.rmtree(folder / MAKING)
    made = folder / MADE
    if not made.exists():
        return
    aside = folder / (made / ASIDE).read_text()
    for name in NAMES:
        if (made / name).exists():
            _set_aside(folder, name, aside)
            (made / name).rename(folder / name)
    sync(folder)
    shutil.rmtree(made)


def _set_aside(folder: Path, name: str, aside: Path) -> None:
    """The old one goes first, with the journal that belongs to it: a database never meets that of another."""
    for old in (name, *(BESIDE if name == "desk.db" else ())):
        if (folder / old).exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            (folder / old).rename(aside / old)
    if aside.exists():
        sync(aside)


def sync(path: Path) -> None:
    """A file or the names in a folder are on the disk when this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
