"""What changed since a back-up, in the second place: numbered sealed parts, each with some whole transactions."""

import json
import os
import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from shared.backups.sealed import Key, NotOpened, Opening, Sealing
from shared.lib.db import Piece
from shared.lib.i18n import _
from shared.lib.in_place import sync

PIECE = struct.Struct(">IIII")  # log, first frame, frames, bytes


class Stream:
    """A folder `changes-NAME` that one process fills, from where it began to follow on."""

    def __init__(self, folder: Path, key: Key) -> None:
        self.name = os.urandom(6).hex()
        self.folder, self.key = folder / f"changes-{self.name}", key
        self.number = 0

    def add(self, pieces: list[Piece]) -> None:
        """They are in the second place, on its disk, when this returns; OSError when they are not."""
        if not self.number:
            self.folder.mkdir(mode=0o700, exist_ok=True)
        path = self.folder / f"{self.number + 1:08d}-{pieces[0].log:08d}"
        beside = self.folder / f".{path.name}"
        try:
            self._write(beside, pieces)
        except OSError:
            beside.unlink(missing_ok=True)  # half of it would take room from the next try
            raise
        beside.rename(path)
        sync(self.folder)
        self.number += 1

    def _write(self, path: Path, pieces: list[Piece]) -> None:
        with path.open("wb") as file:
            sealing = Sealing(file, self.key)
            sealing.write(_title(self.name, self.number + 1))
            for piece in pieces:
                sealing.write(PIECE.pack(piece.log, piece.first, piece.frames, len(piece.data)) + piece.data)
            sealing.close()
            file.flush()
            os.fsync(file.fileno())

    def reach(self) -> None:
        """OSError when the second place is not there."""
        (self.folder if self.number else self.folder.parent).stat()

    def is_gone(self) -> bool:
        """Whether the place is there and this stream is not: somebody has emptied it, or put another disk there."""
        return bool(self.number) and self.folder.parent.is_dir() and not self.folder.exists()

    def forget(self, log: int) -> None:
        """Parts that hold nothing of the `log`th log or a later one are deleted."""
        paths = parts(self.folder)
        for path, following in pairwise(paths):
            if log_of(following) < log:
                path.unlink(missing_ok=True)


def parts(folder: Path) -> list[Path]:
    """The parts of a stream, in order."""
    return sorted(folder.glob("[0-9]*-[0-9]*"))


def number_of(path: Path) -> int:
    """The number of a part, from one."""
    return int(path.name.partition("-")[0])


def log_of(path: Path) -> int:
    """Of which log the first piece of a part is."""
    return int(path.name.partition("-")[2])


def read(path: Path, key: Key) -> list[Piece]:
    """The pieces of a part; NotOpened when it is damaged, cut off or not the one its name says."""
    with path.open("rb") as file:
        opening = Opening(file, key)
        title = _title(path.parent.name.partition("-")[2], number_of(path))
        if opening.read(len(title)) != title:
            raise NotOpened(_("%(path)s is not what its name says.") % {"path": path})
        pieces = list(_pieces(opening))
        opening.end()
    return pieces


def _pieces(opening: Opening) -> Iterator[Piece]:
    while head := opening.read(PIECE.size):
        log, first, frames, size = PIECE.unpack(head)
        yield Piece(log, first, frames, opening.read(size))


def _title(name: str, number: int) -> bytes:
    return json.dumps([name, number]).encode() + b"\n"
