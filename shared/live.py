"""Tells open screens that something changed: it tails the journal, and says which topics, never what."""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from shared import journal
from shared.journal import Event

log = logging.getLogger("foyer.live")
WINDOW = 0.05
BUSY_WINDOW = 0.2
POLL = 0.25
GATHER = 0.02
BATCH = 500
Room = tuple[str, str]
_before: dict[str, list[Callable[[], None]]] = defaultdict(list)
_running: list["Pump"] = []


def alive() -> bool:
    """Whether the screens of this process hear what changes."""
    return bool(_running) and _running[-1].thread.is_alive()


def before(namespace: str, make_ready: Callable[[], None]) -> None:
    """`make_ready` runs before the screens at `namespace` are told to ask again, so that none of them waits for it."""
    _before[namespace].append(make_ready)


@dataclass
class Nudge:
    """What a room has not been told yet."""

    topics: set[str] = field(default_factory=set)
    seq: int = 0


def rooms_of(event: Event) -> list[Room]:
    """Who wants to know: every console, the person concerned, the page of that visit."""
    rooms = [("/console", "console")]
    if event.person_id is not None:
        rooms.append(("/me", f"person:{event.person_id}"))
    for person in event.data.get("people", ()):
        rooms.append(("/me", f"person:{person}"))
    visit = event.data.get("visit")
    if visit is not None:
        rooms += [("/v", f"visit:{visit}"), ("/kiosk", f"visit:{visit}")]
    if event.subject.startswith("device:"):
        rooms.append(("/kiosk", event.subject))
    return rooms


class Pump:
    """One thread a process: reads what is new, nudges each room at most once in 50 ms."""

    def __init__(self, emit: Callable[[str, str, dict[str, Any]], None], *, hear: Callable[[Event], None]) -> None:
        self.emit, self.hear = emit, hear
        self.waiting: dict[Room, Nudge] = defaultdict(Nudge)
        self.told: dict[Room, tuple[float, float]] = {}
        self.signal = threading.Event()
        self.stopping = False
        self.seq = 0
        self.thread = threading.Thread(target=self._run, name="live pump", daemon=True)

    def start(self) -> None:
        self.seq = journal.follow()
        self.thread.start()
        _running.append(self)

    def stop(self) -> None:
        self.stopping = True
        self.signal.set()
        self.thread.join(5)
        journal.follow_no_more()
        if self in _running:
            _running.remove(self)

    def wake(self) -> None:
        """Something was committed."""
        self.signal.set()

    def _run(self) -> None:
        while not self.stopping:
            self.signal.wait(self._patience())
            self.signal.clear()
            try:
                self._read()
                self._tell()
                time.sleep(GATHER)  # what is committed meanwhile is read together
            except Exception:
                log.exception("the live pump stumbled")
                time.sleep(POLL)

    def _patience(self) -> float:
        if not self.waiting:
            return POLL
        soonest = min(sum(self.told.get(room, (0.0, 0.0))) for room in self.waiting)
        return max(0.001, soonest - time.monotonic())

    def _read(self) -> None:
        while events := journal.events(self.seq, BATCH):
            for event in events:
                self.seq = event.seq
                self.hear(event)
                for room in rooms_of(event):
                    nudge = self.waiting[room]
                    nudge.topics.add(event.topic)
                    nudge.seq = event.seq
            if len(events) < BATCH:
                return

    def _tell(self) -> None:
        """A quiet room hears at once, then after 50 ms; one that never rests each 200 ms, so that cost has an end."""
        moment = time.monotonic()
        for room in list(self.waiting):
            before, window = self.told.get(room, (0.0, WINDOW))
            if moment - before < window:
                continue
            nudge = self.waiting.pop(room)
            busy = moment - before < BUSY_WINDOW * 2
            self.told[room] = (moment, min(window * 2, BUSY_WINDOW) if busy else WINDOW)
            for make_ready in _before[room[0]]:
                self._make_ready(make_ready)
            self.emit(room[0], room[1], {"topics": sorted(nudge.topics), "seq": nudge.seq})
        if len(self.told) > 1000:
            self.told = {room: kept for room, kept in self.told.items() if moment - kept[0] < 1}

    def _make_ready(self, make_ready: Callable[[], None]) -> None:
        try:
            make_ready()
        except Exception:
            log.exception("a screen could not be made ready")
