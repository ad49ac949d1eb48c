"""The clocks that ran at the demo desk until yesterday: kept as well as procedure 5.2 says, the same for one seed."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count, groupby
from random import Random
from typing import Any

from sqlalchemy import select

from shared import calendar
from shared.deadlines import history
from shared.lib import db
from shared.lib.config import settings
from shared.lib.i18n import local
from shared.visits import Visit

AN_ACT = 400  # clocks
ROOMS = (1, 2, 3)
SEATED = frozenset({"business", "meeting", "tour", "interview", "government"})  # those who are shown to a room
LONG = timedelta(minutes=15)
TEA, CLEAR, GREET, FIRST_TEA = 0.12, 0.09, 0.08, 0.06  # late
RELAY, CONFIRM, REPLY = 14, 33, 10  # every so many messages one is late: few enough that dice would not do


@dataclass(frozen=True, slots=True)
class Ran:
    """A clock that was met, or dropped for `reason`, at `end`."""

    key: str
    subject: str
    start: datetime
    end: datetime
    reason: str = ""
    visit_id: int | None = None
    person_id: int | None = None
    by: str = ""

    def row(self) -> dict[str, Any]:
        ended = {"dropped_at": self.end, "reason": self.reason} if self.reason else {"met_at": self.end}
        about = {"subject": self.subject, "visit_id": self.visit_id, "person_id": self.person_id, "met_by": self.by}
        return {"key": self.key, "starts_at": self.start, **about, **ended}


def keep(seed: int, after: date, until: date, desk: Sequence[int]) -> None:
    """Writes the clocks of every day from `after` on and before `until`, with the visits as the register has them."""
    waiting: list[dict[str, Any]] = []
    messages = count(RELAY // 2)
    for day, visits in groupby(_visits(after, until), key=lambda visit: local(_arrived(visit)).date()):
        waiting += [ran.row() for ran in Day(Random(f"{seed} clocks {day}"), desk, messages).clocks(list(visits))]
    for begin in range(0, len(waiting), AN_ACT):
        history.insert_many(waiting[begin : begin + AN_ACT])


def _visits(after: date, until: date) -> list[Any]:
    start, end = (datetime.combine(day, time(), settings().zone) for day in (after, until))
    of_visit: Any = Visit.__table__.c
    query = select(Visit.__table__).where(of_visit.arrived_at >= start, of_visit.arrived_at < end)
    with db.looking() as on:
        return list(on.execute(query.order_by(of_visit.arrived_at, of_visit.id)))


class Day:
    """One day at the desk, with its own dice."""

    def __init__(self, random: Random, desk: Sequence[int], messages: Iterator[int]) -> None:
        self.messages = messages
        self.random, self.desk = random, [f"account:{one}" for one in desk] or [""]
        self.busy_until: dict[int, datetime] = {}

    def clocks(self, visits: Sequence[Any]) -> Iterator[Ran]:
        """Every clock of the day, visit after visit."""
        for visit in visits:
            yield from self._greeted(visit)
            yield from self._answered(visit)
            if visit.met_at is not None and visit.purpose in SEATED:
                yield from self._seated(visit)
            if visit.host_answer == "cannot" and self.random.random() < 0.75:
                yield from self._message(visit)

    def _greeted(self, visit: Any) -> Iterator[Ran]:
        if visit.device_id is None:
            return
        end = self._took(_arrived(visit), 60, self._dice(GREET), usual=0.4)
        yield Ran("T01", f"visit:{visit.token}", _arrived(visit), end, visit_id=visit.id, by=self._somebody())

    def _answered(self, visit: Any) -> Iterator[Ran]:
        if visit.host_id is None or visit.state == "refused":
            return
        told = {"visit_id": visit.id, "person_id": visit.host_id}
        end, reason = visit.host_answered_at, ""
        if end is None:
            end, reason = visit.left_at, "left"
        yield Ran("T02", f"visit:{visit.token}", _arrived(visit), end, reason, **told)

    def _seated(self, visit: Any) -> Iterator[Ran]:
        """Tea in a room until the last guest leaves, and then the room is cleared."""
        seated, left = visit.met_at, visit.left_at
        room = next((one for one in ROOMS if self.busy_until.get(one, seated) <= seated), None)
        if room is None or left - seated < LONG:
            return
        about = f"room:{room}"
        begun, end = seated, self._took(seated, 180, self._dice(FIRST_TEA), usual=0.5)
        yield Ran("T03", about, begun, end, by=self._somebody())
        while True:
            begun, end = end, self._served(end)
            if end >= left:
                break
            yield Ran("T04", about, begun, end, by=self._somebody())
        yield Ran("T04", about, begun, left, "left")
        cleared = self._took(left, 120, self._dice(CLEAR), usual=0.72, spread=0.22)
        yield Ran("T05", about, left, cleared, by=self._somebody())
        self.busy_until[room] = cleared

    def _served(self, begun: datetime) -> datetime:
        """Most are a little before or after the quarter of an hour, some late."""
        minutes = self.random.triangular(11, 17.9, 14.5)
        if self._dice(TEA):
            minutes = self.random.triangular(18.1, 30, 19)
        return begun + timedelta(seconds=round(minutes * 60))

    def _message(self, visit: Any) -> Iterator[Ran]:
        """Passed on, repeated correctly, and answered the same day (procedure 0.8)."""
        about: dict[str, Any] = {"subject": f"visit:{visit.token}", "visit_id": visit.id, "person_id": visit.host_id}
        nth = next(self.messages)
        saved = min(visit.host_answered_at + timedelta(seconds=self.random.randint(60, 240)), visit.left_at)
        reached = self._took(saved, 300, nth % RELAY == 0, usual=0.45)
        yield Ran("T06", start=saved, end=reached, by=self._somebody(), **about)
        confirmed = self._in_office_hours(reached, timedelta(minutes=60), nth % CONFIRM == 0)
        yield Ran("T10", start=reached, end=confirmed, by=self._somebody(), **about)
        evening = calendar.end_of_workday(confirmed)
        replied = self._in_office_hours(confirmed, calendar.business_between(confirmed, evening), nth % REPLY == 0)
        yield Ran("T11", start=confirmed, end=replied, by=self._somebody(), **about)

    def _took(self, start: datetime, limit: int, late: bool, *, usual: float, spread: float = 0.45) -> datetime:
        """When something was done; `usual` is what it mostly takes of the limit."""
        part = min(self.random.lognormvariate(math.log(usual), spread), self.random.uniform(0.9, 0.999))
        if late:
            part = 1.02 + self.random.expovariate(2.5)
        return start + timedelta(seconds=round(part * limit))

    def _in_office_hours(self, start: datetime, limit: timedelta, late: bool) -> datetime:
        part = self.random.uniform(1.05, 1.6) if late else self.random.uniform(0.05, 0.8)
        end = calendar.add_business(start, limit * part)
        return end.replace(microsecond=0) + timedelta(seconds=1)

    def _dice(self, share: float) -> bool:
        return self.random.random() < share

    def _somebody(self) -> str:
        return self.random.choice(self.desk)


def _arrived(visit: Any) -> datetime:
    arrived: datetime = visit.arrived_at
    return arrived
