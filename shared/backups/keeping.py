"""What goes on beside the desk where a second place is set: changes follow at once, a whole back-up every night.

A second place that is full, slow or away holds nobody up: it is tried again, and told after a minute.
"""

import logging
import math
import threading
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from shared.backups import copying, folder, noting, postgres
from shared.backups.contents import About
from shared.backups.following import Following
from shared.backups.making import Taking, make
from shared.backups.place import Place, last_night, why
from shared.backups.sealed import Key
from shared.lib import clock, db
from shared.lib.config import settings

log = logging.getLogger("foyer.backups")
LOOK, AGAIN = 1.0, 15.0  # seconds between two looks, and after a back-up that could not be made
POSTGRES = "postgresql"  # where a stream would be named
_running: list["Keeping"] = []


def trouble() -> str:
    """One sentence for reception when the second place has not taken anything for a minute; empty when all is well."""
    return _running[-1].place.trouble() if _running else ""


def state() -> str:
    """How the second place stands; empty where none is set."""
    return _running[-1].place.state() if _running else ""


def ready() -> dict[str, bool]:
    """Whether the second place is at work; nothing where none is set."""
    return {"backup": not _running[-1].place.late()} if _running else {}


def second_place() -> "Keeping | None":
    """What looks after the second place of this desk; None where none is set."""
    place = settings().backup_folder
    return Keeping(place) if place else None


class Keeping:
    """The threads of one process."""

    def __init__(self, path: Path) -> None:
        self.place = Place(path, Key(settings().passphrase()))
        self.following = None if postgres.in_use() else Following(self.place)
        self.logs: list[tuple[str, int]] = []
        self.told, self.again = False, 0.0
        self.stopping = threading.Event()
        self.making = threading.Thread()
        self.thread = threading.Thread(target=self._watch, name="back-ups", daemon=True)

    def start(self) -> None:
        if self.following:
            self.following.start()
        else:
            self.place.reached, self.place.stream = (
                math.inf,
                POSTGRES,
            )  # PostgreSQL has ways of its own to follow every change
        self.thread.start()
        _running.append(self)

    def stop(self) -> None:
        """No new back-up begins; what is entered until the database closes still follows."""
        self.stopping.set()
        self.thread.join(5)
        if self in _running:
            _running.remove(self)

    def _watch(self) -> None:
        while not self.stopping.wait(LOOK):
            try:
                self._tell()
                if self._wants_one():
                    self.making = threading.Thread(target=self._make, name="back-up", daemon=True)
                    self.making.start()
            except Exception as error:
                log.warning("looking after back-ups stumbled: %s", type(error).__name__)

    def _wants_one(self) -> bool:
        idle = not self.making.is_alive() and time.monotonic() >= self.again
        return bool(self.place.stream) and self.place.due() and idle

    def _tell(self) -> None:
        """Writes down once that nothing arrives any more, and once that it does again."""
        late = self.place.late()
        if late != self.told:
            db.write(lambda: noting.failed(self.place.reason()) if late else noting.resumed())
            self.told = late

    def _make(self) -> None:
        try:
            self._back_up()
            self.place.unmade = ""
        except Exception as error:
            self.place.unmade, self.again = why(error), time.monotonic() + AGAIN
            if not self.stopping.is_set():
                log.warning("no back-up could be made: %s", why(error))

    def _back_up(self) -> None:
        began = clock.now()
        if not self.place.path.is_dir():
            raise FileNotFoundError(2, "No such file or directory")
        if self.following:
            self._with_its_stream(self.following, began)
        else:
            self._of_postgres(began)

    def _with_its_stream(self, following: Following, began: datetime) -> None:
        source, stream, number, frames = following.pinned()

        def take(to: Path) -> About:
            return replace(copying.copy(source, to), stream=stream, log=number, frames=frames)

        self._write(began, stream, take)
        folder.tidy(self.place.path, clock.now().date(), following.name())
        self.logs = [*(known for known in self.logs if known[0] == stream), (stream, number)][-folder.NEWEST :]
        if len(self.logs) == folder.NEWEST and following.stream and following.name() == stream:
            following.stream.forget(self.logs[0][1])

    def _of_postgres(self, began: datetime) -> None:
        """Of several processes one does it; the others see that it is done."""
        with postgres.turn() as mine:
            newest = folder.backups(self.place.path)[:1]
            if newest and newest[0].stat().st_mtime >= last_night(began).timestamp():
                self.place.made = (POSTGRES, began)
            elif mine:
                self._write(began, POSTGRES, postgres.copy)
                folder.tidy(self.place.path, clock.now().date())

    def _write(self, began: datetime, stream: str, take: Taking) -> None:
        file = self.place.path / folder.name_of(began, stream)
        about = make(file, self.place.key, take=take)
        self.place.made = (stream, began)
        noting.made(about.visits, about.seq, file.stat().st_size, True)
