"""What SQLite writes ahead (its WAL), taken piece by piece before it may be overwritten, by the writer's thread only.

Frames stand one behind another, all with the salts of their log; the last of a transaction carries the size of the
database. When every frame has been put back into the database, the next transaction begins a new log over the old one.
"""

import os
import struct
import threading
from dataclasses import dataclass
from pathlib import Path

HEAD, FRAME = 32, 24
PUT_BACK_AT = 4000  # frames: pages written often are put back once, and the file stays at 16 MB
AT_ONCE = 64  # frames read in one go
MOST_HELD = 64 << 20  # bytes that wait in memory for a place that is slow or away
MUCH = MOST_HELD // 8  # of which so many should not wait for their turn


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole transactions from the `log`th log: `frames` frames from number `first` on; the head before the first."""

    log: int
    first: int
    frames: int
    data: bytes


class Changes:
    """The pieces that were taken and have not arrived anywhere yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.guard = threading.Lock()
        self.file = -1
        self.broken = True
        self.much = threading.Event()
        self.begin()

    def begin(self) -> None:
        """From the beginning of the present log: whatever was missed before is missed for good."""
        self.close()
        self.file = os.open(self.path, os.O_RDONLY | os.O_CLOEXEC)
        with self.guard:
            self.pieces: list[Piece] = []
            self.held, self.broken = 0, False
            self.much.clear()
        self.log, self.at, self.salts = -1, 0, b""
        self.first: int | None = None

    def close(self) -> None:
        if self.file >= 0:
            os.close(self.file)
            self.file = -1

    def full(self) -> bool:
        """Whether there are enough frames to put back."""
        head = os.pread(self.file, HEAD, 0)
        return len(head) == HEAD and self._salts(PUT_BACK_AT - 1, _page(head)) == head[16:24]

    def take(self) -> None:
        """Takes what was committed since the last time."""
        if self.broken:
            return
        head = os.pread(self.file, HEAD, 0)
        if len(head) < HEAD:
            return
        if head[16:24] != self.salts:
            self.log, self.at, self.salts = self.log + 1, 0, head[16:24]
        data = self._committed(FRAME + _page(head))
        if data:
            self._keep(head, data, len(data) // (FRAME + _page(head)))

    def lose(self) -> None:
        """A commit failed half-way, or too much waits: nobody knows any more what follows what."""
        with self.guard:
            self.pieces, self.held, self.broken = [], 0, True
            self.much.clear()

    def waiting(self) -> list[Piece]:
        """What has not arrived yet, oldest first."""
        with self.guard:
            return list(self.pieces)

    def arrived(self, pieces: list[Piece]) -> None:
        """The oldest ones are safe elsewhere."""
        with self.guard:
            if self.pieces[: len(pieces)] == pieces:
                del self.pieces[: len(pieces)]
                self.held -= sum(len(piece.data) for piece in pieces)
                if self.held <= MUCH:
                    self.much.clear()

    def _keep(self, head: bytes, data: bytes, frames: int) -> None:
        piece = Piece(self.log, self.at, frames, data if self.at else head + data)
        self.at += frames
        with self.guard:
            self.pieces.append(piece)
            self.held += len(piece.data)
            if self.held > MUCH:
                self.much.set()
        if self.first is None:
            self.first = len(piece.data)
        if self.held > MOST_HELD + self.first:  # a log that a reader held up may be long before anything is missed
            self.lose()

    def _committed(self, size: int) -> bytes:
        """The frames of this log from `at` on, up to the last commit."""
        found, end, number = bytearray(), 0, self.at
        while True:
            read = os.pread(self.file, AT_ONCE * size, HEAD + number * size)
            for start in range(0, len(read) - size + 1, size):
                if read[start + 8 : start + 16] != self.salts:
                    return bytes(found[:end])
                found += read[start : start + size]
                if read[start + 4 : start + 8] != bytes(4):
                    end = len(found)
            if len(read) < AT_ONCE * size:
                return bytes(found[:end])
            number += AT_ONCE

    def _salts(self, number: int, page: int) -> bytes:
        return os.pread(self.file, 8, HEAD + number * (FRAME + page) + 8)


def _page(head: bytes) -> int:
    size: int = struct.unpack_from(">I", head, 8)[0]
    return 65536 if size == 1 else size
