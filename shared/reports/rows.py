"""The rows behind a number of the report: page after page, the newest first; names as far as retention left them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, or_, select

from shared import procedure
from shared.deadlines import Deadline
from shared.lib import clock, db
from shared.lib.db import UTC as MOMENT
from shared.lib.i18n import local
from shared.procedure import Clause, Clock
from shared.reports import paging
from shared.reports.month import Month
from shared.reports.on_time import IN_TIME, clauses, late_at
from shared.reports.views import Outcome, bin_of, is_late
from shared.reports.views import outcome as outcome_of
from shared.visits import Visit

AT_ONCE = 500
_D: Any = Deadline.__table__.c
_V: Any = Visit.__table__.c
_COLUMNS = (
    _D.id, _D.key, _D.clause, _D.subject, _D.person_id, _D.starts_at, _D.due_at, _D.breach_at, _D.state, _D.met_at,
    _D.met_by, _D.dropped_at, _D.reason, _V.token, _V.reg_no, _V.visitor_name, _V.visitor_company, _V.language,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows: of a month, a clause, with an outcome; those that count when no outcome is named."""

    month: Month
    clause: str = ""
    outcome: Outcome | None = None
    day: date | None = None
    hour: int | None = None
    bar: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One clock with what became of it, and the visit it was about."""

    id: int
    key: str
    clause_key: str
    subject: str
    person_id: int | None
    starts: datetime
    due: datetime
    breach: datetime
    state: str
    met: datetime | None
    met_by: str
    dropped: datetime | None
    reason: str
    visit: str | None
    reg_no: str | None
    visitor_name: str | None
    visitor_company: str | None
    language: str | None

    @property
    def clause(self) -> Clause:
        return procedure.clause(self.clause_key)

    @property
    def clock(self) -> Clock:
        return procedure.clock(self.key)

    @property
    def seconds(self) -> float | None:
        """How long it took; None when it was never settled."""
        return (self.met - self.starts).total_seconds() if self.met is not None else None

    @property
    def over(self) -> float:
        """Seconds after the breach; negative for those that had time left."""
        return ((self.met or self.dropped or clock.now()) - self.breach).total_seconds()

    @property
    def outcome(self) -> Outcome:
        return outcome_of(self.state, self.reason, self.met, self.dropped, self.breach, clock.now())

    @property
    def bar(self) -> int:
        """The bar of the distribution that it stands in."""
        late = is_late(self.state, self.met, self.dropped, self.breach, clock.now())
        return bin_of(self.seconds, (self.breach - self.starts).total_seconds(), late)


def page(asked: Asked, *, after: str = "", limit: int = 50) -> tuple[list[Row], str | None]:
    """A page of rows, the newest first; the second value is the cursor of the next page."""
    found: list[Row] = []
    for row in every(asked, after=after, at_once=AT_ONCE if _looked_at(asked) else limit + 1):
        if len(found) == limit:
            return found, _cursor(found[-1])
        found.append(row)
    return found, None


def every(asked: Asked, *, after: str = "", at_once: int = AT_ONCE) -> Iterator[Row]:
    """All of them, fetched a few hundred at a time."""
    query = _query(asked).limit(at_once)
    while True:
        with db.looking() as on:
            rows = [Row(*row) for row in on.execute(query.where(paging.follows(_D.starts_at, _D.id, after)))]
        yield from (row for row in rows if _fits(row, asked))
        if len(rows) < at_once:
            return
        after = _cursor(rows[-1])


def _query(asked: Asked) -> Select[Any]:
    start, end = asked.month.start, asked.month.end
    if asked.day is not None:
        start = datetime.combine(asked.day, datetime.min.time(), start.tzinfo)
        end = datetime.combine(asked.day + timedelta(days=1), datetime.min.time(), start.tzinfo)
    return (
        select(*_COLUMNS)
        .select_from(Deadline.__table__.outerjoin(Visit.__table__, _D.visit_id == _V.id))
        .where(_D.clause.in_((asked.clause,) if asked.clause else clauses()))
        .where(_D.starts_at >= start, _D.starts_at < end, _with(asked.outcome))
        .order_by(_D.starts_at.desc(), _D.id.desc())
    )


def _with(outcome: Outcome | None) -> ColumnElement[bool]:
    now = literal(clock.now(), MOMENT)
    late = late_at(now)
    if outcome is None:
        return or_(IN_TIME, late)
    settled_before = and_(_D.state == "dropped", _D.dropped_at <= _D.breach_at, _D.reason != "undone")
    conditions: dict[str, ColumnElement[bool]] = {
        "in_time": IN_TIME,
        "late": late,
        "open": and_(_D.state == "open", _D.breach_at >= now),
        "dropped": settled_before,
        "undone": _D.reason == "undone",
    }
    return conditions[outcome]


def _looked_at(asked: Asked) -> bool:
    """Whether some of what is asked can only be told row by row."""
    return asked.hour is not None or asked.bar is not None


def _fits(row: Row, asked: Asked) -> bool:
    right_hour = asked.hour is None or local(row.starts).hour == asked.hour
    return right_hour and (asked.bar is None or row.bar == asked.bar)


def _cursor(row: Row) -> str:
    return paging.cursor(row.starts, row.id)
