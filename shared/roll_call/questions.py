"""Questions to the roll call: which one runs, who is on its list, what was said of them."""

from collections import defaultdict
from typing import Any

from sqlalchemy import bindparam, func, select

from shared.lib import db
from shared.lib.errors import NotFound
from shared.lib.i18n import _
from shared.roll_call.model import Mark, OnCall, RollCall
from shared.roll_call.states import state_of
from shared.roll_call.views import COLUMNS, MARKED, CallView, MarkView, PersonView, on_list

_C: Any = RollCall.__table__.c
_P: Any = OnCall.__table__.c
_M: Any = Mark.__table__.c
_RUNNING = db.Prepared(select(*COLUMNS).where(_C.running == 1))
_SIZE = db.Prepared(select(func.count().label("people")).where(_P.roll_call_id == bindparam("call")))
_SAID = (
    select(*MARKED, _P.subject)
    .join(OnCall.__table__, _P.id == _M.on_call_id)
    .where(_M.roll_call_id == bindparam("call"), _M.id > bindparam("after"))
    .order_by(_M.id)
)
_MARKS = db.Prepared(_SAID)
_PEOPLE = db.Prepared(select(OnCall.__table__).where(_P.roll_call_id == bindparam("call")).order_by(_P.id))


def running() -> CallView | None:
    """The call that runs now."""
    with db.looking() as on:
        row = _RUNNING.first({}, on)
    return CallView(*row) if row is not None else None


def one(name: str) -> CallView:
    """The call with this token, or with the key of the device that began it; NotFound when there is none."""
    found = _calls(select(*COLUMNS).where((_C.token == name) | (_C.key == name)).limit(1))
    if not found:
        raise NotFound(_("There is no such roll call."))
    return found[0]


def earlier(limit: int = 50) -> list[CallView]:
    """Calls that have ended, newest first."""
    return _calls(select(*COLUMNS).where(_C.ended_at.is_not(None)).order_by(_C.id.desc()).limit(limit))


def last(limit: int = 50) -> list[CallView]:
    """The last calls, the one that runs among them."""
    return _calls(select(*COLUMNS).order_by(_C.id.desc()).limit(limit))


def size(call: CallView) -> int:
    """How many rows its list has; it only grows."""
    with db.looking() as on:
        return int(_SIZE.first({"call": call.id}, on).people)


def marks_after(call: CallView, after: int = 0) -> list[MarkView]:
    """What was said since the mark with this number, in the order in which the desk heard it."""
    with db.looking() as on:
        return [_mark(row) for row in _MARKS.all({"call": call.id, "after": after}, on)]


def people(call: CallView) -> list[PersonView]:
    """The list with everything that was said: as it was frozen, then whoever came later."""
    said: dict[str, list[MarkView]] = defaultdict(list)
    with db.looking() as on:
        for mark in marks_after(call):
            said[mark.subject].append(mark)
        return [on_list(row, tuple(said[row.subject])) for row in _PEOPLE.all({"call": call.id}, on)]


def lines_of(subject: str) -> list[tuple[CallView, str]]:
    """The calls on whose list somebody stood, newest first, and how they were marked in each."""
    query = select(_C.id).join(RollCall.__table__, _C.id == _P.roll_call_id)
    with db.looking() as on:
        rows = on.execute(query.where(_P.subject == subject).order_by(_C.id.desc())).all()
        calls = {one.id: one for one in _calls(select(*COLUMNS).where(_C.id.in_([row.id for row in rows])))}
        return [(calls[row.id], _state(calls[row.id], subject)) for row in rows]


def _state(call: CallView, subject: str) -> str:
    return state_of([mark for mark in marks_after(call) if mark.subject == subject])


def _mark(row: Any) -> MarkView:
    return MarkView(row.id, row.subject, row.key, row.state, row.by, row.said_at, row.at, tuple(row.withdraws))


def _calls(query: Any) -> list[CallView]:
    with db.looking() as on:
        return [CallView(*row) for row in on.execute(query)]
