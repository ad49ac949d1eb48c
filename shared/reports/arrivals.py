"""Who came in a month: by hour, weekday, department and purpose, with the visits behind every number.

Days are counted by the day counters; hours, departments and reasons from the rows of the month.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, bindparam, select

from shared import directory, register
from shared.lib import db
from shared.lib.i18n import local, today
from shared.reports import paging
from shared.reports.month import Month
from shared.visits import REGISTER, Visit, VisitView
from shared.visits.views import COLUMNS

AT_ONCE = 500
UNKNOWN = 0  # the department of those who asked for somebody who could not be found
_V: Any = Visit.__table__.c
_ROWS = db.Prepared(
    select(_V.arrived_at, _V.purpose, _V.host_id).where(
        _V.arrived_at >= bindparam("start_"), _V.arrived_at < bindparam("end_")
    )
)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many came; `departments` are counted by the key of the department their host belongs to."""

    total: int
    hours: Mapping[int, int]
    weekdays: Mapping[int, int]
    departments: Mapping[int, int]
    purposes: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class VisitsAsked:
    """Which visits of a month."""

    month: Month
    hour: int | None = None
    weekday: int | None = None
    department: int | None = None
    purpose: str = ""
    day: date | None = None


def arrivals(month: Month) -> Arrivals:
    """Everybody who came in the month, counted."""
    weekdays = Counter[int]()
    with db.looking() as on:
        rows = _ROWS.all({"start_": month.start, "end_": month.end}, on)
        for day, visits in register.by_day(REGISTER, month.first, month.days[-1]).items():
            weekdays[day.weekday()] += visits
    return Arrivals(
        total=weekdays.total(),
        hours=_sorted(Counter(local(row.arrived_at).hour for row in rows)),
        weekdays=_sorted(weekdays),
        departments=dict(Counter(_department(row.host_id) for row in rows).most_common()),
        purposes=dict(Counter(row.purpose for row in rows).most_common()),
    )


def visits_page(asked: VisitsAsked, *, after: str = "", limit: int = 50) -> tuple[list[VisitView], str | None]:
    """A page of the visits behind a number, the newest first, and the cursor of the next."""
    found: list[VisitView] = []
    for visit in _every(asked, after):
        if len(found) == limit:
            return found, _cursor(found[-1])
        found.append(visit)
    return found, None


def _every(asked: VisitsAsked, after: str) -> Iterator[VisitView]:
    query = _query(asked).limit(AT_ONCE)
    while True:
        with db.looking() as on:
            rows = on.execute(query.where(paging.follows(_V.arrived_at, _V.id, after)))
            visits = [VisitView._make(row) for row in rows]
        yield from (visit for visit in visits if _fits(visit, asked))
        if len(visits) < AT_ONCE:
            return
        after = _cursor(visits[-1])


def _query(asked: VisitsAsked) -> Select[Any]:
    query = select(*COLUMNS).where(_V.arrived_at >= asked.month.start, _V.arrived_at < asked.month.end)
    if asked.purpose:
        query = query.where(_V.purpose == asked.purpose)
    return query.order_by(_V.arrived_at.desc(), _V.id.desc())


def _fits(visit: VisitView, asked: VisitsAsked) -> bool:
    assert visit.arrived_at is not None
    moment: datetime = local(visit.arrived_at)
    return (
        asked.day in (None, today(visit.arrived_at))
        and asked.hour in (None, moment.hour)
        and asked.weekday in (None, moment.weekday())
        and asked.department in (None, _department(visit.host_id))
    )


def _cursor(visit: VisitView) -> str:
    assert visit.arrived_at is not None
    return paging.cursor(visit.arrived_at, visit.id)


def _department(host_id: int | None) -> int:
    host = directory.person(host_id) if host_id is not None else None
    return host.department_id if host is not None else UNKNOWN


def _sorted(found: Counter[int]) -> dict[int, int]:
    return dict(sorted(found.items()))
