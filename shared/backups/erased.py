"""What was erased since a back-up was made: kept in the second place too, and at hand before a restored desk opens."""

import os
from pathlib import Path

from shared.backups.sealed import BLOCK, Key, Opening, Sealing
from shared.lib.in_place import sync
from shared.register import purged

NAME = "erased.sealed"


class Erased:
    """Sends the list of what was erased to the second place whenever it has grown."""

    def __init__(self, place: Path, key: Key) -> None:
        self.place, self.key, self.size = place, key, 0

    def follow(self) -> None:
        """OSError when the place does not take it."""
        path = purged.path()
        size = path.stat().st_size if path.exists() else 0
        if size == self.size:
            return
        beside = self.place / f".{NAME}"
        with path.open("rb") as source, beside.open("wb") as target:
            sealing = Sealing(target, self.key)
            while block := source.read(BLOCK):
                sealing.write(block)
            sealing.close()
            target.flush()
            os.fsync(target.fileno())
        beside.rename(self.place / NAME)
        sync(self.place)
        self.size = size


def carry_over(place: Path, key: Key, making: Path) -> None:
    """What is known to be erased, by the data folder and by the second place, goes into the desk being restored."""
    lines = [*_there(place / NAME, key), *_here()]
    if lines:
        (making / purged.NAME).write_bytes(b"".join(dict.fromkeys(lines)))


def _here() -> list[bytes]:
    path = purged.path()
    return _whole_lines(path.read_bytes()) if path.exists() else []


def _there(path: Path, key: Key) -> list[bytes]:
    if not path.exists():
        return []
    with path.open("rb") as file:
        opening, found = Opening(file, key), bytearray()
        while block := opening.read(BLOCK):
            found += block
        opening.end()
    return _whole_lines(bytes(found))


def _whole_lines(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines(keepends=True) if line.endswith(b"\n")]
