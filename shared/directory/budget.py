"""How much a tablet may ask: enough for every visitor, too little to copy the directory."""

import threading
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from shared.directory.kiosk_search import long_enough
from shared.directory.questions import folded
from shared.lib import clock

Found = TypeVar("Found")

A_SESSION, AN_HOUR, UNFINISHED = 5, 30, 10
LEARNED = 50
HOUR, WHILE = timedelta(hours=1), timedelta(minutes=10)


class _Session:
    """One visitor's searches: what was asked, the furthest form of the last one, and how many they were."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.last, self.count = "", 0
        self.asked: set[str] = set()


class _Device:
    """What one tablet has asked and shown."""

    def __init__(self) -> None:
        self.searches: deque[datetime] = deque()
        self.unfinished: deque[datetime] = deque()
        self.learned: dict[Hashable, datetime] = {}
        self.sessions: dict[str, _Session] = {}

    def drop_old(self, at: datetime) -> None:
        for times, kept in ((self.searches, HOUR), (self.unfinished, WHILE)):
            while times and at - times[0] >= kept:
                times.popleft()
        self.learned = {key: since for key, since in self.learned.items() if at - since < WHILE}
        self.sessions = {key: one for key, one in self.sessions.items() if at - one.at < HOUR}


class SearchBudget:
    """Limits by tablet and visitor, in this process: 5 searches a visitor, 30 an hour, and in 10 minutes without a
    finished check-in 10 searches and 50 different people. A question that extends the last one, or repeats an
    earlier one, is no new search. Over a limit the answer is an empty list, like for a name nobody has.
    """

    def __init__(self, now: Callable[[], datetime] = clock.now) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._devices: dict[str, _Device] = {}

    def search(
        self,
        device: str,
        session: str,
        query: str,
        ask: Callable[[str], Sequence[Found]],
        who: Callable[[Found], Hashable] = lambda found: found,
    ) -> list[Found]:
        """What `ask` finds, when the budget allows the question and the answer; `who` tells people apart."""
        if not self.allow(device, session, query):
            return []
        found = list(ask(query))
        return found if self.learn(device, {who(one) for one in found}) else []

    def allow(self, device: str, session: str, query: str) -> bool:
        """Counts a question; False when it is too short to be one, or one too many."""
        asked = folded(query)
        if not long_enough(asked):
            return False
        with self._lock:
            at, known = self._now(), self._known(device)
            one = known.sessions.get(session) or _Session(at)
            if asked in one.asked:
                return True
            if not (one.last and asked.startswith(one.last)):
                if one.count >= A_SESSION or len(known.searches) >= AN_HOUR or len(known.unfinished) >= UNFINISHED:
                    return False
                one.count += 1
                known.searches.append(at)
                known.unfinished.append(at)
            one.at, one.last = at, asked
            one.asked.add(asked)
            known.sessions[session] = one
            return True

    def learn(self, device: str, people: set[Hashable]) -> bool:
        """Counts the people who would be shown; False when they would be too many different ones."""
        with self._lock:
            at, known = self._now(), self._known(device)
            fresh = people - known.learned.keys()
            if len(known.learned) + len(fresh) > LEARNED:
                return False
            known.learned |= dict.fromkeys(fresh, at)
            return True

    def finished(self, device: str) -> None:
        """A check-in was finished on this tablet: what was asked had its reason."""
        with self._lock:
            known = self._known(device)
            known.unfinished.clear()
            known.learned.clear()

    def _known(self, device: str) -> _Device:
        known = self._devices.setdefault(device, _Device())
        known.drop_old(self._now())
        return known
