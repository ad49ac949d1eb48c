"""Taking back: a clock runs again as if it had never been stopped (rulings 12)."""

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, or_, select, update

from shared.deadlines import wake
from shared.deadlines.model import OPEN, Deadline
from shared.deadlines.plan import next_at
from shared.lib import db
from shared.lib.db import act_time

_D: Any = Deadline.__table__.c
_OLD = (_D.id, _D.starts_at, _D.plan, _D.stage)
_then = or_(_D.met_at == bindparam("at_"), _D.dropped_at == bindparam("at_"))
_STOPPED = db.Prepared(select(*_OLD).where(_D.subject == bindparam("subject_"), _then))
_LAST = db.Prepared(
    select(*_OLD, _D.state)
    .where(_D.subject == bindparam("subject_"), _D.key == bindparam("key_"), _D.reason != "undone")
    .order_by(_D.id.desc())
    .limit(2)
)
_undone: dict[str, Any] = {"state": "dropped", "dropped_at": bindparam("now_"), "reason": "undone", "next_at": None}
_BEGUN = db.Prepared(
    update(Deadline)
    .where(OPEN, _D.subject == bindparam("subject_"), _D.starts_at == bindparam("at_"))
    .values(**_undone)
)
_NEVER = db.Prepared(update(Deadline).where(_D.id == bindparam("id_")).values(**_undone))
_AGAIN = db.Prepared(
    update(Deadline)
    .where(_D.id == bindparam("id_"))
    .values(state="open", met_at=None, met_by="", dropped_at=None, reason="", next_at=bindparam("next_"))
)


@db.act
def undo(subject: str, at: datetime) -> None:
    """Puts the clocks of `subject` back to before the act at `at`: what it started is gone, what it stopped runs on."""
    _BEGUN.run({"subject_": subject, "at_": at, "now_": act_time()})
    for row in _STOPPED.all({"subject_": subject, "at_": at}):
        _run_on(row)


@db.act
def reopen(key: str, subject: str) -> bool:
    """The clock that was stopped last runs on as it did, and one that was started since is gone; whether there was one.

    Who calls it has checked that it is not too late (15 s).
    """
    rows = _LAST.all({"subject_": subject, "key_": key})
    if rows and rows[0].state == "open":
        if len(rows) == 1:
            return False
        _NEVER.run({"id_": rows.pop(0).id, "now_": act_time()})
    if not rows:
        return False
    _run_on(rows[0])
    return True


def _run_on(row: Any) -> None:
    following = next_at(row.starts_at, row.plan, row.stage)
    _AGAIN.run({"id_": row.id, "next_": following})
    db.on_commit(partial(wake.at, following))
