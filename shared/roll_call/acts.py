"""A call begins with one tap, with everybody on its list, and somebody ends it."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from shared import journal
from shared.lib import db, text
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _
from shared.roll_call import listing, questions
from shared.roll_call.forms import StartForm
from shared.roll_call.listing import Listed
from shared.roll_call.model import OnCall, RollCall
from shared.roll_call.views import CallView

LONGEST_AWAY = timedelta(hours=24)


@db.act
def start(form: StartForm) -> tuple[CallView, bool]:
    """Everybody who is on site comes on the list. Whoever starts while the same runs joins it (then False).

    A real call ends a drill; a drill waits for the end of a real call: Conflict, but for a device that began it without
    a desk, whose marks go to the call that runs.
    """
    known = _by_key(form.key)
    if known is not None:
        return known, False
    now = questions.running()
    if now is not None and (now.drill == form.drill or (form.drill and form.key)):
        return now, False
    if now is not None and form.drill:
        raise Conflict(_("A real roll call is running. A drill has to wait."), code="runs")
    if now is not None:
        end(now.token)
    call = _begin(form)
    add_all(call, listing.on_site(), late=False)
    journal.record("roll_call.started", call.subject, drill=call.drill, new=questions.size(call))
    return call, True


@db.act
def end(token: str) -> CallView:
    """The call is over; Conflict when it already was."""
    call = questions.one(token)
    if call.ended_at is not None:
        raise Conflict(_("This roll call has ended."), code="ended")
    row = db.session().get_one(RollCall, call.id)
    row.running, row.ended_at, row.ended_by = None, max(act_time(), call.started_at), actor().ref
    db.session().flush()
    journal.record("roll_call.ended", call.subject, drill=call.drill)
    return questions.one(token)


def add_all(call: CallView, people: Iterable[Listed], *, late: bool) -> None:
    """Puts people on the list of a call."""
    rows = [
        {
            "roll_call_id": call.id,
            "subject": one.subject,
            "visit_id": one.visit_id,
            "person_id": one.person_id,
            "party_size": one.party_size,
            "facts": one.facts.kept() if one.facts else None,
            "since": one.since,
            "added_at": act_time(),
            "late": late,
        }
        for one in people
    ]
    if rows:
        _ADD.each(rows)


def on_list(call: CallView, subject: str) -> int | None:
    """The row of somebody on the list of a call."""
    query = select(OnCall.id).where(OnCall.roll_call_id == call.id, OnCall.subject == subject)
    return db.session().scalar(query)


_ADD = db.PreparedInsert(OnCall, returning="id")


def _begin(form: StartForm) -> CallView:
    row = RollCall(
        token=text.token(12),
        key=form.key,
        drill=form.drill,
        running=1,
        started_at=_began(form.at),
        started_by=actor().ref,
    )
    db.session().add(row)
    db.session().flush()
    return questions.one(row.token)


def _began(at: datetime | None) -> datetime:
    """When a device without a desk began it; not in the future, and not longer ago than a day."""
    return max(min(at, act_time()), act_time() - LONGEST_AWAY) if at else act_time()


def _by_key(key: str | None) -> CallView | None:
    try:
        return questions.one(key) if key else None
    except NotFound:
        return None
