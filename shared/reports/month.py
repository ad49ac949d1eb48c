"""A month of the site: where it begins and ends, and the one before."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select

from shared.deadlines import Deadline
from shared.lib import clock, db
from shared.lib.config import settings
from shared.lib.i18n import today

MONTHS = 12
_D: Any = Deadline.__table__.c
_FIRST = db.Prepared(select(func.min(_D.starts_at).label("at")).where(_D.clause == bindparam("clause_")))


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month on the calendar of the site."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def now(cls) -> "Month":
        return cls.of(today(clock.now()))

    @property
    def first(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time.min, settings().zone)

    @property
    def end(self) -> datetime:
        """The first moment that is not in it any more."""
        return self.before(-1).start

    @property
    def days(self) -> list[date]:
        count = (self.before(-1).first - self.first).days
        return [self.first + timedelta(days=place) for place in range(count)]

    def before(self, count: int = 1) -> "Month":
        """`count` months earlier."""
        months = self.year * 12 + self.number - 1 - count
        return Month(months // 12, months % 12 + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def first_month(clauses: tuple[str, ...]) -> Month:
    """The month in which the first clock ran; this one when none has."""
    with db.looking() as on:
        found = [_FIRST.first({"clause_": clause}, on).at for clause in clauses]
    return min((Month.of(today(at)) for at in found if at is not None), default=Month.now())
