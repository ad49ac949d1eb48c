"""Questions to the deadlines: what is due now, what was settled, how well a clause was kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, literal, or_, select

from shared.deadlines.model import OPEN, Deadline
from shared.deadlines.views import DONE, DUE, Done, Due
from shared.lib import clock, db
from shared.lib.db import UTC

LATELY = timedelta(seconds=8)
MOST = 500
_D: Any = Deadline.__table__.c
_OPEN = db.Prepared(select(*DUE).where(OPEN).order_by(_D.due_at, _D.id).limit(MOST))
_LATELY = db.Prepared(select(*DONE).where(_D.met_at > bindparam("since_")).order_by(_D.met_at.desc()).limit(MOST))
_OF_SUBJECT = db.Prepared(select(*DONE).where(_D.subject == bindparam("subject_")).order_by(_D.id))
_RUNNING = db.Prepared(select(*DUE).where(OPEN, _D.subject == bindparam("subject_")).order_by(_D.due_at, _D.id))


@dataclass(frozen=True, slots=True)
class Kept:
    """How well something was kept: `rows` are those that count, late ones among them."""

    rows: tuple[Done, ...]

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def in_time(self) -> int:
        return sum(1 for row in self.rows if row.in_time)

    @property
    def late(self) -> tuple[Done, ...]:
        """The rows that were not in time."""
        return tuple(row for row in self.rows if not row.in_time)

    @property
    def share(self) -> float | None:
        """In time of all, 0 to 1; None when there was nothing to keep."""
        return self.in_time / self.total if self.rows else None

    @property
    def seconds(self) -> list[float]:
        """How long those took that were met, the shortest first."""
        return sorted(row.seconds for row in self.rows if row.seconds is not None)


def open_now() -> list[Due]:
    """Everything that runs, by when it is due; of two at the same moment the red one first. At most 500."""
    moment = clock.now()
    with db.looking() as on:
        rows = [Due(*row) for row in _OPEN.all({}, on)]
    return sorted(rows, key=lambda row: (row.due, row.red >= moment, row.id))


def done_lately(within: timedelta = LATELY) -> list[Done]:
    """What was settled in the last seconds, the latest first."""
    since = clock.now() - within
    with db.looking() as on:
        return [Done(*row) for row in _LATELY.all({"since_": since}, on)]


def of_subject(subject: str) -> list[Done]:
    """Every clock that runs or ran for `subject`, in the order in which they were started."""
    with db.looking() as on:
        return [Done(*row) for row in _OF_SUBJECT.all({"subject_": subject}, on)]


def running(subject: str) -> list[Due]:
    """The clocks that run for `subject`, by when they are due."""
    with db.looking() as on:
        return [Due(*row) for row in _RUNNING.all({"subject_": subject}, on)]


def page(state: str, *, after: int = 0, limit: int = 50) -> tuple[list[Done], str | None]:
    """A page of those in a state, the newest first; the second value is the cursor of the next page."""
    query = select(*DONE).where(_D.state == state).order_by(_D.id.desc()).limit(limit + 1)
    if after:
        query = query.where(_D.id < after)
    with db.looking() as on:
        rows: Any = on.execute(query).all()
    found = [Done(*row) for row in rows[:limit]]
    return found, str(found[-1].id) if len(rows) > limit else None


def kept(start: datetime, end: datetime, *, clause: str = "", keys: Sequence[str] = ()) -> Kept:
    """How well a clause, or some clocks, were kept among what started from `start` on and before `end`.

    What counts: what was met; what is late and still runs; what was dropped only after it was late.
    """
    ended: Any = func.coalesce(_D.dropped_at, literal(clock.now(), UTC))
    counts = or_(_D.state == "met", ended > _D.breach_at)
    query = select(*DONE).where(_D.starts_at >= start, _D.starts_at < end, counts, _D.reason != "undone")
    if clause:
        query = query.where(_D.clause == clause)
    if keys:
        query = query.where(_D.key.in_(keys))
    with db.looking() as on:
        rows: Any = on.execute(query.order_by(_D.starts_at, _D.id))
        return Kept(tuple(Done(*row) for row in rows))
