"""Which days are worked: the calendar of the office, above the official one, above Monday to Friday (procedure 0.6)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import chinese_calendar
from sqlalchemy import Boolean, CheckConstraint, Date, String, select
from sqlalchemy.orm import Mapped, mapped_column

from shared import journal
from shared.lib import clock, db
from shared.lib.db import Base
from shared.lib.i18n import lazy, today

KINDS = {
    "workday": lazy("Working day"),
    "weekend": lazy("Weekend"),
    "holiday": lazy("Holiday"),
    "makeup_workday": lazy("Make-up working day"),
}
WORKED = ("workday", "makeup_workday")
DECEMBER = 12


class CalendarDay(Base):
    """A day that the office has said something about; `imported` when it came with a whole calendar."""

    __tablename__ = "calendar_day"
    date: Mapped[date] = mapped_column(Date, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80), default="")
    imported: Mapped[bool] = mapped_column(Boolean, default=False)

    __table_args__ = (CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="kind"),)


@dataclass(frozen=True, slots=True)
class Day:
    """A day and what it is; `name` is the holiday's."""

    date: date
    kind: str
    name: str = ""

    @property
    def worked(self) -> bool:
        return self.kind in WORKED


@dataclass(frozen=True, slots=True)
class _Own:
    """What the office has said: about which days, and the years whose calendar it has imported."""

    days: Mapping[date, Day]
    years: frozenset[int]


_known: _Own | None = None


def own_days() -> Mapping[date, Day]:
    """The days the office has said something about, in order."""
    return _own().days


def _own() -> _Own:
    global _known
    if _known is None:
        with db.reading() as session:
            rows = session.scalars(select(CalendarDay).order_by(CalendarDay.date)).all()
        days = {row.date: Day(row.date, row.kind, row.name) for row in rows}
        _known = _Own(days, frozenset(row.date.year for row in rows if row.imported))
    return _known


def forget() -> None:
    """Reads the calendar again when it is next asked for."""
    global _known
    _known = None


db.when_closed(forget)
journal.keep_fresh(forget, "calendar")


def is_workday(day: date) -> bool:
    """Whether the office works on this day; make-up Saturdays and Sundays are worked."""
    own = own_days().get(day)
    return own.worked if own is not None else official(day) in WORKED


@cache
def official(day: date) -> str:
    """What the official calendar calls this day; in a year it does not know, Monday to Friday are worked."""
    weekday = day.weekday() < 5
    try:
        worked = bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return "workday" if weekday else "weekend"
    if worked:
        return "workday" if weekday else "makeup_workday"
    return "holiday" if weekday else "weekend"


def knows(year: int) -> bool:
    """Whether the holidays of a year are known, from the library or from a calendar that somebody has imported."""
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return year in _own().years
    return True


def unknown_years(on: date | None = None) -> list[int]:
    """Years to ask the administrator for: this one, and from 1 December the next, when nobody knows their holidays."""
    day = on or today(clock.now())
    years = [day.year, *([day.year + 1] if day.month == DECEMBER else [])]
    return [year for year in years if not knows(year)]


def workdays(first: date) -> Iterator[date]:
    """Working days from `first` on, for as long as somebody asks."""
    day = first
    while True:
        if is_workday(day):
            yield day
        day += timedelta(days=1)


def nth_workday(first: date, n: int) -> date:
    """The `n`th working day from `first` on; `first` is the first when it is worked (10th working day of January)."""
    if n < 1:
        raise ValueError("counted from one")
    days = workdays(first)
    return [next(days) for _ in range(n)][-1]


def as_row(day: Day) -> dict[str, Any]:
    """A day as a row of its table."""
    return {"date": day.date, "kind": day.kind, "name": day.name}
