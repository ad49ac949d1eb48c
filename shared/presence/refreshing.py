"""Asks the calendars that are subscribed every quarter of an hour, a few at a time; one that hangs delays no other."""

import logging
import threading
from datetime import timedelta

from shared import journal
from shared.journal import Event
from shared.lib import clock
from shared.lib.fetch import Fetcher, NotFetched
from shared.lib.ics import Unreadable
from shared.presence import calendars
from shared.presence.calendars import Asked

log = logging.getLogger("foyer.calendars")
THREADS, POLL = 3, 5.0
LEASE = timedelta(minutes=1)
_waiting: list[threading.Event] = []


def join() -> None:
    """A calendar that was added is asked at once; one whose owner leaves is forgotten in the same act."""
    journal.within("directory.person_retired", calendars.left)
    journal.after_commit(heard)


def heard(event: Event) -> None:
    """An event of this process or another one."""
    if event.action == "presence.calendar_added":
        for signal in _waiting:
            signal.set()


def ask(asked: Asked, fetcher: Fetcher) -> None:
    """One calendar, to the end: what it says is kept, or why it says nothing. The address is in no log."""
    try:
        data = fetcher.get(asked.address)
        digest = calendars.digest_of(data)
        same = digest == asked.digest and calendars.reaches(asked, clock.now())
        calendars.was_read(asked, digest, None if same else calendars.read_calendar(data, clock.now()))
    except NotFetched as failed:
        calendars.was_not_read(asked, f"{failed.reason} {failed.status}" if failed.status else failed.reason)
    except Unreadable as failed:
        calendars.was_not_read(asked, failed.reason)
    except Exception as error:
        log.warning("a calendar stumbled: %s", type(error).__name__)
        calendars.was_not_read(asked, "accident")


class Refreshing:
    """The threads of one process."""

    def __init__(self, fetcher: Fetcher | None = None) -> None:
        self.fetcher = fetcher or Fetcher()
        self.signal, self.stopping = threading.Event(), threading.Event()
        names = [f"calendars {at}" for at in range(THREADS)]
        self.threads = [threading.Thread(target=self._run, name=name, daemon=True) for name in names]

    def start(self) -> None:
        _waiting.append(self.signal)
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        _waiting.remove(self.signal)
        self.stopping.set()
        self.signal.set()
        for thread in self.threads:
            thread.join(1)  # one that waits for a stranger is left behind; its claim ends by itself

    def step(self) -> bool:
        """Asks one calendar when one is due; whether there was one."""
        due = calendars.next_due()
        asked = calendars.claim(LEASE) if due is not None and due <= clock.now() else None
        if asked is not None:
            ask(asked, self.fetcher)
        return asked is not None

    def _run(self) -> None:
        while not self.stopping.is_set():
            try:
                again = self.step()
            except Exception as error:
                log.warning("a calendar has to wait: %s", type(error).__name__)
                again = False
            if not again:
                self.signal.wait(POLL)
                self.signal.clear()
