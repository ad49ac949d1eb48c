"""A clock starts, is met, is dropped, starts again: parts of the act that calls, whose journal row tells of it."""

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, case, select, update

from shared import procedure
from shared.deadlines import wake
from shared.deadlines.model import OPEN, Deadline
from shared.deadlines.plan import plan
from shared.deadlines.views import DUE, Due, Met
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.db import UTC, act_time

_D: Any = Deadline.__table__.c
_INSERT = db.PreparedInsert(Deadline, returning="id")
_this = (_D.subject == bindparam("subject_"), _D.key == bindparam("key_"))
_RUNNING = db.Prepared(select(*DUE).where(OPEN, *_this))
_ENDED = (_D.id, _D.key, _D.subject, _D.starts_at, _D.due_at, _D.breach_at, _D.met_at)
_at = bindparam("at_", type_=UTC)
_not_before = case((_D.starts_at > _at, _D.starts_at), else_=_at)  # the machine's clock may have been set back
_end = update(Deadline).where(OPEN, _D.subject == bindparam("subject_")).returning(*_ENDED)
_met: dict[str, Any] = {"state": "met", "met_at": _not_before, "met_by": bindparam("by_"), "next_at": None}
_dropped: dict[str, Any] = {
    "state": "dropped",
    "dropped_at": bindparam("at_"),
    "reason": bindparam("reason_"),
    "next_at": None,
}
_MEET = db.Prepared(_end.where(_D.key == bindparam("key_")).values(**_met))
_MEET_ALL = db.Prepared(_end.values(**_met))
_DROP = db.Prepared(_end.where(_D.key == bindparam("key_")).values(**_dropped))
_GO = db.Prepared(_end.where(_D.key == bindparam("key_")).values(subject=bindparam("new_")))
_DROP_ALL = db.Prepared(_end.values(**_dropped))


@db.act
def start(
    key: str,
    subject: str,
    *,
    at: datetime | None = None,
    visit_id: int | None = None,
    person_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> Due:
    """Starts the clock `key` for `subject` ("visit:TOKEN", "room:3"); when it runs already, that one goes on.

    `at` is when what it measures began, now when not given; KeyError for a clock that is not in the catalogue.
    """
    running = _RUNNING.first({"subject_": subject, "key_": key})
    if running is not None:
        return Due(*running)
    begin, clock = at or act_time(), procedure.clock(key)
    times, kept = plan(clock, begin), data or {}
    warn, due, red, breach = begin + times.warn, begin + times.due, begin + times.red, begin + times.breach
    made = _INSERT.first(
        {
            "key": key,
            "clause": clock.clause_key,
            "subject": subject,
            "visit_id": visit_id,
            "person_id": person_id,
            "starts_at": begin,
            "warn_at": warn,
            "due_at": due,
            "red_at": red,
            "breach_at": breach,
            "next_at": begin + times.first,
            "plan": times.stages,
            "data": kept,
        }
    )
    db.on_commit(partial(wake.at, begin + times.first))
    return Due(made.id, key, clock.clause_key, subject, visit_id, person_id, begin, warn, due, red, breach, 0, kept)


@db.act
def meet(key: str, subject: str, *, at: datetime | None = None) -> Met | None:
    """What was asked for has happened (at `at`, or now); None when that clock does not run."""
    ended = _MEET.first({"subject_": subject, "key_": key, **_by(at)})
    return Met(*ended) if ended is not None else None


@db.act
def meet_all(subject: str, *, at: datetime | None = None) -> list[Met]:
    """Everything that runs for `subject` has happened."""
    return [Met(*row) for row in _MEET_ALL.all({"subject_": subject, **_by(at)})]


@db.act
def drop(key: str, subject: str, reason: str, *, at: datetime | None = None) -> bool:
    """The clock is not needed any more, and counts for nothing (unless it was late by `at`, or now); whether it ran."""
    return _DROP.first({"subject_": subject, "key_": key, "reason_": reason, "at_": at or act_time()}) is not None


@db.act
def drop_all(subject: str, reason: str, *, at: datetime | None = None) -> int:
    """Nothing that runs for `subject` is needed any more, since `at` or from now on; how many there were."""
    return len(_DROP_ALL.all({"subject_": subject, "reason_": reason, "at_": at or act_time()}))


@db.act
def move(key: str, old: str, new: str) -> bool:
    """What runs for `old` runs on for `new`, for which that clock does not run; what it has told is not told again."""
    return _GO.first({"subject_": old, "key_": key, "new_": new}) is not None


@db.act
def restart(
    key: str,
    subject: str,
    *,
    reason: str = "restarted",
    at: datetime | None = None,
    visit_id: int | None = None,
    person_id: int | None = None,
    data: dict[str, Any] | None = None,
) -> Due:
    """The clock starts from the beginning, whether it ran or not; what ran is dropped with `reason`."""
    drop(key, subject, reason)
    return start(key, subject, at=at, visit_id=visit_id, person_id=person_id, data=data)


def _by(at: datetime | None) -> dict[str, Any]:
    return {"at_": at or act_time(), "by_": actor().ref}
