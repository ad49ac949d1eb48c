"""A stage that has come: the row is read again, moved on, and one journal row says so (never early, never twice)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, select, update

from shared import journal
from shared.deadlines.model import OPEN, Deadline
from shared.deadlines.plan import MARKS, next_at, stages
from shared.journal import Event
from shared.lib import db
from shared.lib.db import act_time

MOST = 200
_D: Any = Deadline.__table__.c
_SOONEST = db.Prepared(select(func.min(_D.next_at).label("at")).where(_D.next_at.is_not(None)))
_LATE = db.Prepared(
    select(_D.id).where(_D.next_at <= bindparam("moment_")).order_by(_D.next_at, _D.id).limit(bindparam("most_"))
)
_ROW = db.Prepared(
    select(_D.key, _D.clause, _D.subject, _D.visit_id, _D.person_id, _D.starts_at, _D.plan, _D.stage).where(
        OPEN, _D.id == bindparam("id_"), _D.next_at <= bindparam("moment_")
    )
)
_MOVE = db.Prepared(
    update(Deadline).where(_D.id == bindparam("id_")).values(stage=bindparam("stage_"), next_at=bindparam("next_"))
)


def soonest() -> datetime | None:
    """When the next stage comes; None when nothing runs."""
    with db.looking() as on:
        found: datetime | None = _SOONEST.first({}, on).at
        return found


def come(moment: datetime) -> list[int]:
    """Which deadlines have a stage that has come by `moment`, the longest waiting first; at most 200."""
    with db.looking() as on:
        return [row.id for row in _LATE.all({"moment_": moment, "most_": MOST}, on)]


@db.act
def fire(deadline_id: int) -> Event | None:
    """Moves a deadline to the highest stage that has come, and tells it once however many were passed.

    The event is the most that has happened (warned, due, escalated, breached); its `steps` are all steps of the ladder
    that have come with it. None when somebody else was quicker, or when nothing has come yet.
    """
    row = _ROW.first({"id_": deadline_id, "moment_": act_time()})
    if row is None:
        return None
    known, gone, stage = stages(row.plan), act_time() - row.starts_at, row.stage
    while stage < len(known) and timedelta(seconds=known[stage][0]) <= gone:
        stage += 1
    _MOVE.run({"id_": deadline_id, "stage_": stage, "next_": next_at(row.starts_at, row.plan, stage)})
    passed = [what for _seconds, *whats in known[row.stage : stage] for what in whats]
    steps = [what for what in passed if what not in MARKS]
    return journal.record(
        _action(passed, steps), row.subject, person_id=row.person_id, key=row.key, clause=row.clause,
        deadline=deadline_id, visit=row.visit_id, mark=_mark(known[:stage]), steps=steps,
    )  # fmt: skip


def _action(passed: Iterable[str], steps: list[str]) -> str:
    """What the event is called: late outweighs a step of the ladder, that outweighs due, and that a warning."""
    if "breached" in passed:
        return "deadlines.breached"
    return "deadlines.escalated" if steps else "deadlines.due" if "due" in passed else "deadlines.warned"


def _mark(stages: Iterable[list[Any]]) -> str:
    """How far the clock is: warned, due or breached; empty before the first."""
    return next((what for what in reversed([w for _s, *whats in stages for w in whats]) if what in MARKS), "")
