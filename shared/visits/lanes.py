"""Today at the desk: the lanes of the board, read with statements built once."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select

from shared.lib import db, i18n
from shared.lib.clock import now
from shared.visits.model import ON_SITE, Visit
from shared.visits.views import COLUMNS, Board, Lane, VisitView

LANE = 30
_V: Any = Visit.__table__.c


class _Shown:
    """The visits of one state as far as a lane shows them, and the number of all of them."""

    def __init__(self, state: str, order: Any, day: Any = None) -> None:
        where = [_V.state == state]
        if day is not None:
            where += [day >= bindparam("start"), day < bindparam("end")]
        query = select(*COLUMNS).where(*where).order_by(order).limit(LANE)
        self._rows = db.Prepared(query, of=VisitView, kept=10 * LANE)
        self._count = db.Prepared(select(func.count().label("visits")).select_from(Visit).where(*where))

    def rows(self, on: Connection, **day: datetime) -> list[VisitView]:
        return self._rows.all(day, on)

    def lane(self, on: Connection, **day: datetime) -> Lane:
        rows = self.rows(on, **day)
        return Lane(tuple(rows), len(rows) if len(rows) < LANE else self._count.first(day, on).visits)


_EXPECTED = _Shown("expected", _V.expected_at, day=_V.expected_at)
_ARRIVED = _Shown("arrived", _V.arrived_at.desc())
_ABSENT_HOST = _Shown("absent_host", _V.arrived_at.desc())
_MEETING = _Shown("meeting", _V.met_at.desc())
_LEFT = _Shown("left", _V.left_at.desc(), day=_V.left_at)
_PRESENT = db.Prepared(
    select(_V.state, func.count().label("visits"), func.sum(_V.party_size).label("people"))
    .where(or_(*(_V.state == state for state in ON_SITE)))
    .group_by(_V.state)
)


def day_bounds(moment: datetime) -> tuple[datetime, datetime]:
    """Start and end of the site's day around `moment`."""
    return i18n.day_bounds(i18n.today(moment))


def board() -> Board:
    """The lanes of today; everybody who is still on site is on it, whichever day they came."""
    start, end = day_bounds(now())
    with db.looking() as on:
        present = {row.state: row for row in _PRESENT.all({}, on)}
        count = {state: row.visits for state, row in present.items()}
        here = sorted(_ARRIVED.rows(on) + _ABSENT_HOST.rows(on), key=_arrival, reverse=True)[:LANE]
        return Board(
            expected=_EXPECTED.lane(on, start=start, end=end),
            waiting=Lane(tuple(here), count.get("arrived", 0) + count.get("absent_host", 0)),
            meeting=Lane(tuple(_MEETING.rows(on)), count.get("meeting", 0)),
            left=_LEFT.lane(on, start=start, end=end),
            people_on_site=sum(int(row.people) for row in present.values()),
        )


def _arrival(visit: VisitView) -> tuple[datetime, int]:
    return visit.arrived_at or visit.created_at, visit.id
