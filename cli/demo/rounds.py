"""Tea, rooms and messages at the demo desk until yesterday: kept as well as procedure 5.2 says, the same for a seed."""

import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import count, groupby
from random import Random
from typing import Any

from sqlalchemy import select

from shared import calendar, rooms
from shared.deadlines import history as old_clocks
from shared.lib import db
from shared.lib.config import settings
from shared.lib.i18n import local
from shared.visits import Visit

AT_ONCE = 450
SEATED = frozenset({"business", "meeting", "tour", "interview", "government"})  # those who are shown to a room
LONG = timedelta(minutes=15)
TEA, CLEAR, FIRST_TEA = 0.12, 0.09, 0.06  # late
RELAY, CONFIRM, REPLY = 14, 33, 10  # every so many messages one is late: few enough that dice would not do
_V: Any = Visit.__table__.c
Clock = dict[str, Any]


def keep(seed: int, after: date, until: date, desk: Sequence[int]) -> None:
    """Writes the clocks of every day from `after` on and before `until`, with the visits as the register has them."""
    made: list[Clock] = []
    messages, places = count(RELAY // 2), [room.id for room in rooms.rooms() if not room.waiting]
    for day, visits in groupby(_visits(after, until), key=lambda visit: local(visit.arrived_at).date()):
        made += Day(Random(f"{seed} rounds {day}"), desk, places, messages).clocks(list(visits))
    for begin in range(0, len(made), AT_ONCE):
        old_clocks.insert_many(made[begin : begin + AT_ONCE])


def _visits(after: date, until: date) -> list[Any]:
    start, end = (datetime.combine(day, time(), settings().zone) for day in (after, until))
    query = select(Visit.__table__).where(_V.arrived_at >= start, _V.arrived_at < end)
    with db.looking() as on:
        return list(on.execute(query.order_by(_V.arrived_at, _V.id)))


class Day:
    """One day at the desk, with its own dice."""

    def __init__(self, random: Random, desk: Sequence[int], places: Sequence[int], messages: Iterator[int]) -> None:
        self.random, self.places, self.messages = random, places, messages
        self.desk = [f"account:{one}" for one in desk] or ["system"]
        self.busy_until: dict[int, datetime] = {}

    def clocks(self, visits: Sequence[Any]) -> Iterator[Clock]:
        """Every clock of the day, visit after visit."""
        for visit in visits:
            if visit.met_at is not None and visit.purpose in SEATED:
                yield from self._seated(visit)
            if visit.host_answer == "cannot" and self.random.random() < 0.75:
                yield from self._message(visit)

    def _seated(self, visit: Any) -> Iterator[Clock]:
        """Tea in a room until the last guest leaves, and then the room is cleared."""
        seated, left = visit.met_at, visit.left_at
        place = next((one for one in self.places if self.busy_until.get(one, seated) <= seated), None)
        if place is None or left - seated < LONG:
            return
        about = {"subject": rooms.subject(place)}
        begun, end = seated, self._took(seated, 180, self._dice(FIRST_TEA), usual=0.5)
        yield self._met("T03", begun, end, **about)
        while True:
            begun, end = end, self._served(end)
            if end >= left:
                break
            yield self._met("T04", begun, end, **about)
        yield {"key": "T04", "starts_at": begun, "dropped_at": left, "reason": "left", **about}
        self.busy_until[place] = self._took(left, 120, self._dice(CLEAR), usual=0.72, spread=0.22)
        yield self._met("T05", left, self.busy_until[place], **about)

    def _served(self, begun: datetime) -> datetime:
        """Most are a little before or after the quarter of an hour, some late."""
        minutes = self.random.triangular(11, 17.9, 14.5)
        if self._dice(TEA):
            minutes = self.random.triangular(18.1, 30, 19)
        return begun + timedelta(seconds=round(minutes * 60))

    def _message(self, visit: Any) -> Iterator[Clock]:
        """Passed on, repeated correctly, and answered the same day (procedure 0.8)."""
        about: dict[str, Any] = {"subject": f"visit:{visit.token}", "visit_id": visit.id, "person_id": visit.host_id}
        nth = next(self.messages)
        saved = min(visit.host_answered_at + timedelta(seconds=self.random.randint(60, 240)), visit.left_at)
        reached = self._took(saved, 300, nth % RELAY == 0, usual=0.45)
        yield self._met("T06", saved, reached, **about)
        confirmed = self._in_office_hours(reached, timedelta(minutes=60), nth % CONFIRM == 0)
        yield self._met("T10", reached, confirmed, **about)
        evening = calendar.end_of_workday(confirmed)
        left_today = calendar.business_between(confirmed, evening)
        yield self._met("T11", confirmed, self._in_office_hours(confirmed, left_today, nth % REPLY == 0), **about)

    def _met(self, key: str, start: datetime, end: datetime, **about: Any) -> Clock:
        return {"key": key, "starts_at": start, "met_at": end, "met_by": self.random.choice(self.desk), **about}

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
