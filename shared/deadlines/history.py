"""Clocks from before this register: written as they were; nothing fires, nobody is told."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from shared import procedure
from shared.deadlines.model import Deadline
from shared.deadlines.plan import plan, stages
from shared.lib import db

_INSERT = db.PreparedInsert(Deadline, "id")


@db.act
def insert_many(rows: Iterable[Mapping[str, Any]]) -> None:
    """Keeps clocks that were met (`met_at`) or dropped (`dropped_at`), at most 500 at once.

    A row says key, subject, starts_at, how it ended, and visit_id, person_id, met_by where they are known.
    """
    _INSERT.each([_row(**row) for row in rows])


def _row(key: str, starts_at: datetime, met_at: datetime | None = None, **more: Any) -> dict[str, Any]:
    clock = procedure.clock(key)
    times = plan(clock, starts_at)
    ended = met_at or more["dropped_at"]
    fired = sum(1 for seconds, *_what in stages(times.stages) if seconds <= (ended - starts_at).total_seconds())
    return {
        "key": key,
        "clause": clock.clause_key,
        "starts_at": starts_at,
        "warn_at": starts_at + times.warn,
        "due_at": starts_at + times.due,
        "red_at": starts_at + times.red,
        "breach_at": starts_at + times.breach,
        "state": "met" if met_at is not None else "dropped",
        "met_at": met_at,
        "stage": fired,
        "plan": times.stages,
        "data": {},
        **more,
    }
