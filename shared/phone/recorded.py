"""Questions to what the exchange knows: which calls nobody wrote down (B3.2), and how fast they were answered (B1.1).

A record is forgotten when the register forgets the calls of its year (P1).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, delete, func, select

from shared.lib import db, i18n, phone
from shared.lib.i18n import lazy
from shared.phone import matching
from shared.phone.matching import Rung
from shared.phone.records import SEEN, PhoneRecord
from shared.phone.register import KEPT_DAYS, SINCE
from shared.register import Log

ONE_RING = 6.0  # seconds (procedure 0.7, T07)
AT_ONCE = 500
_R: Any = PhoneRecord.__table__.c
_CAME = (_R.direction == "in", _R.answered.is_(True), SEEN)


@dataclass(frozen=True, slots=True)
class RecordView:
    """A call that was answered, as the exchange knows it."""

    at: datetime
    number: str | None
    ring_seconds: float | None
    talk_seconds: float | None

    @property
    def shown_number(self) -> str:
        """The number for the eye; empty when it was hidden."""
        return phone.shown(self.number) if self.number else ""

    @property
    def masked_number(self) -> str:
        """The number for a screen that visitors may see."""
        return phone.mask(self.number) if self.number else ""

    @property
    def late(self) -> bool:
        """Whether it rang more than once before somebody answered."""
        return self.ring_seconds is not None and self.ring_seconds > ONE_RING


@dataclass(frozen=True, slots=True)
class Answering:
    """How many calls were answered with the first ring, and how many late."""

    in_time: int
    late: int


def unrecorded(day: date) -> list[RecordView]:
    """The calls of a day that somebody answered and nobody has written down (procedure B3.2), oldest first."""
    query = select(_R.at, _R.number, _R.ring_seconds, _R.talk_seconds, _R.number_key)
    mine = (*_CAME, _R.call_id.is_(None), *_on(day, day))
    with db.looking() as on:
        rows = on.execute(query.where(*mine).order_by(_R.at, _R.id)).all()
    found = matching.match([Rung(row.number_key, row.at, True) for row in rows])
    return [RecordView(*row[:4]) for row, call in zip(rows, found, strict=True) if call is None]


def answering(first: date, last: date) -> Answering:
    """How fast the calls of these days were answered (procedure B1.1); those of which no seconds are known do not
    count.
    """
    late = func.coalesce(func.sum(case((_R.ring_seconds > ONE_RING, 1), else_=0)), 0)
    query = select(func.count(_R.ring_seconds), late).where(*_CAME, *_on(first, last))
    with db.looking() as on:
        known, slow = on.execute(query).one()
    return Answering(known - slow, slow)


def _on(first: date, last: date) -> tuple[Any, ...]:
    return _R.at >= i18n.day_bounds(first)[0], _R.at < i18n.day_bounds(last)[1]


def _over(before: datetime) -> Any:
    return _R.at < i18n.day_bounds(i18n.today(before).replace(month=1, day=1))[0]


def _count(before: datetime) -> int:
    with db.looking() as on:
        return on.scalar(select(func.count()).where(_over(before))) or 0


@db.act
def _erase(before: datetime) -> int:
    some = select(_R.id).where(_over(before)).limit(AT_ONCE)
    return int(db.connection().execute(delete(PhoneRecord).where(_R.id.in_(some))).rowcount)


LOG = Log(
    "P3", lazy("What the telephone exchange knows of calls"), lazy("erased"), lambda: KEPT_DAYS, _count, _erase, SINCE
)
