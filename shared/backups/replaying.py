"""What came after a back-up is put on top of it, by SQLite itself, as far as it follows without a hole."""

import contextlib
import sqlite3
from pathlib import Path

from shared.backups import stream
from shared.backups.contents import About
from shared.backups.sealed import Key, NotOpened
from shared.lib.db import Piece
from shared.lib.i18n import _


class Replay:
    """The database `desk.db` in `folder`, as it was when `about` was made, and the logs that follow."""

    def __init__(self, folder: Path, about: About) -> None:
        self.folder, self.about = folder, about
        self.log, self.at, self.parts = about.log, 0, 0
        self.wal = folder / "desk.db-wal"
        self.file = self.wal.open("wb")

    def add(self, piece: Piece) -> bool:
        """Takes the piece that follows; whether it does. What is older than the back-up is passed over."""
        if (piece.log, piece.first) < (self.log, self.at):
            return True
        if piece.log == self.log + 1 and piece.first == 0 and self._reaches():
            self.put_back()
            self.log, self.at = piece.log, 0
            self.file = self.wal.open("wb")
        if (piece.log, piece.first) != (self.log, self.at):
            return False
        self.file.write(piece.data)
        self.at += piece.frames
        return True

    def put_back(self) -> None:
        """SQLite puts what it finds whole into the database; all of it must be."""
        self.file.close()
        if not self.at or not self._reaches():
            self.wal.unlink(missing_ok=True)
            return
        with contextlib.closing(sqlite3.connect(self.folder / "desk.db", isolation_level=None)) as connection:
            found = connection.execute("PRAGMA wal_checkpoint(FULL)").fetchone()
        if tuple(found) != (0, self.at, self.at):
            raise NotOpened(_("What came after the back-up does not follow it."))

    def _reaches(self) -> bool:
        """Whether the log goes as far as the back-up: less of it would take the database back."""
        return self.log > self.about.log or self.at >= self.about.frames


def replay(folder: Path, place: Path, about: About, key: Key) -> tuple[int, Path | None]:
    """Puts everything on top that follows `about` in `place`; how many parts were left out, and the last that was not.

    What stands behind a part that is missing or damaged does not follow any more.
    """
    paths = stream.parts(place / f"changes-{about.stream}") if about.stream else []
    begin = max((at for at, path in enumerate(paths) if stream.log_of(path) < about.log), default=0)
    going, used = Replay(folder, about), begin
    for path in paths[begin:]:
        if not _fits(going, path, key, paths[begin]):
            break
        used += 1
    going.put_back()
    return len(paths) - used, paths[used - 1] if used > begin else None


def _fits(going: Replay, path: Path, key: Key, first: Path) -> bool:
    if stream.number_of(path) != stream.number_of(first) + going.parts:
        return False
    going.parts += 1
    try:
        return all(going.add(piece) for piece in stream.read(path, key))
    except NotOpened:
        return False
