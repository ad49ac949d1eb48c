"""Changes go to the second place every few seconds: what was acknowledged is there well within a minute."""

import logging
import sqlite3
import threading
import time

from shared.backups import copying
from shared.backups.erased import Erased
from shared.backups.place import Place, why
from shared.backups.stream import Stream
from shared.lib import clock, db

log = logging.getLogger("foyer.backups")
EVERY = 5.0
LAST_WORDS = 2.0


class Following:
    """One stream after another: a new one begins whenever something was missed."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.changes: db.Changes | None = None
        self.stream: Stream | None = None
        self.erased = Erased(place.path, place.key)
        self.turn = threading.Lock()
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="changes", daemon=True)

    def start(self) -> None:
        self.changes = db.follow_changes()
        db.before_close(self._last_words)
        self.thread.start()

    def name(self) -> str:
        """The stream that is being filled; empty before there is one."""
        return self.stream.name if self.stream else ""

    def pinned(self) -> tuple[sqlite3.Connection, str, int, int]:
        """The database as it is now, and where in which stream that is: the log and how many frames of it."""
        changes, name = self.changes, self.name()
        assert changes is not None

        def now() -> tuple[sqlite3.Connection, str, int, int]:
            changes.take()
            return copying.pinned(), name, changes.log, changes.at

        return db.between(now)

    def _run(self) -> None:
        while not self.stopping.is_set():
            rest = self.changes.much if self.changes else self.stopping  # when much is written it goes at once
            try:
                self._look()
            except Exception as error:
                rest = self.stopping
                if why(error) != self.place.away and not self.stopping.is_set():
                    log.warning("changes do not reach the second place: %s", why(error))
                self.place.away = why(error)
            rest.wait(EVERY)

    def _look(self) -> None:
        changes = self.changes
        assert changes is not None
        if self.stream is None or changes.broken or self.stream.is_gone():
            db.between(changes.begin)
            self.stream = Stream(self.place.path, self.place.key)
            self.place.stream = self.stream.name
            self.erased = Erased(self.place.path, self.place.key)
        began, moment = time.monotonic(), clock.now()
        db.between(changes.take)
        self._ship()
        self.erased.follow()
        self.place.took_everything(began, moment)

    def _ship(self) -> None:
        assert self.changes is not None and self.stream is not None
        with self.turn:
            pieces = self.changes.waiting()
            if pieces:
                self.stream.add(pieces)
                self.changes.arrived(pieces)
            else:
                self.stream.reach()

    def _ship_last(self) -> None:
        try:
            self._ship()
        except OSError as error:
            log.warning("the last changes do not reach the second place: %s", why(error))

    def _last_words(self) -> None:
        """The writer has stopped: what it wrote last goes too, if the place takes it at once."""
        self.stopping.set()
        if self.changes is not None:
            self.changes.much.set()
        if self.changes is None or self.stream is None:
            return
        self.changes.take()
        last = threading.Thread(target=self._ship_last, name="last changes", daemon=True)
        last.start()
        last.join(LAST_WORDS)
        self.changes.close()
