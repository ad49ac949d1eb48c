"""When an alert is over: the visitor is with the host, has left, or belongs to somebody else now."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, delete, false, func, or_, select, true, update

from shared import deadlines, journal, watch_list
from shared.alerts.model import LIVE, Alert, AlertVisit, Delivery
from shared.alerts.raising import call
from shared.journal import Event
from shared.lib import db
from shared.lib.db import UTC
from shared.visits import Visit
from shared.visits.model import WAITING

UNDO = timedelta(seconds=20)
HOPELESS = ("no_page", "no_address", "not_set_up", "unknown_address")  # not to be tried once more

_A: Any = Alert.__table__.c
_D: Any = Delivery.__table__.c
_M: Any = AlertVisit.__table__.c
_of_visit = select(_A.id).where(_A.visit_id == bindparam("visit_"), _A.summary == false())
_summaries = select(_M.alert_id).where(_M.visit_id == bindparam("visit_"))
_waits_in = select(_M.alert_id).where(_M.visit_id == bindparam("visit_"), _M.waiting == true())
_ASKED = select(_A.person_id).where(or_(_A.id.in_(_of_visit), _A.id.in_(_waits_in)), _A.state.in_(LIVE))
_END = (
    update(Alert)
    .where(_A.id.in_(_of_visit), _A.state.in_(LIVE))
    .values(state=bindparam("state_"), ended_at=bindparam("at_"))
)
_QUIET = update(Delivery).where(_D.alert_id.in_(_of_visit), _D.next_at.is_not(None)).values(next_at=None)
_STAYS = update(AlertVisit).where(_M.visit_id == bindparam("visit_"), _M.waiting != bindparam("waiting_"))
_STAYS = _STAYS.values(waiting=bindparam("waiting_"))
_left = select(func.count()).select_from(AlertVisit).where(_M.alert_id == _A.id, _M.waiting == true()).scalar_subquery()
_RECOUNT = update(Alert).where(_A.id.in_(_summaries)).values(count=_left)
_EMPTY = (
    update(Alert)
    .where(_A.id.in_(_summaries), _A.state.in_(LIVE), _A.count == 0)
    .values(state="settled", ended_at=bindparam("at_"))
)
_REFILLED = (
    update(Alert)
    .where(_A.id.in_(_summaries), _A.state == "settled", _A.passed_to.is_(None), _A.count > 0)
    .values(state=case((_A.answer.is_(None), "open"), else_="answered"), ended_at=None)
)
_AGAIN = (
    update(Alert)
    .where(
        _A.id.in_(_of_visit),
        _A.person_id == bindparam("person_"),
        _A.state == "settled",
        _A.passed_to.is_(None),
        _A.ended_at > bindparam("since_"),
    )
    .values(state=case((_A.answer.is_(None), "open"), else_="answered"), ended_at=None)
)
_RESUME = (
    update(Delivery)
    .where(
        _D.alert_id.in_(_of_visit.where(_A.state == "open")),
        _D.state.in_(("queued", "sending", "failed")),
        _D.reason.not_in(HOPELESS),
        _D.next_at.is_(None),
    )
    .values(next_at=func.coalesce(_D.claimed_until, bindparam("at_", type_=UTC)))
)


def ended(event: Event) -> None:
    """The visitor was met, left or is not coming: nobody needs to answer any more."""
    _end(event.data["visit"], "settled", event.at)


def assigned(event: Event) -> None:
    """Reception chose the host: the alert of the one before is taken back, the new one is told, or will be."""
    take_back(event)
    if event.person_id is not None and not watch_list.holds(event.data["visit"]):
        call(event.data["visit"], event.subject, event.person_id, event.at)


def corrected(event: Event) -> None:
    """A host was put right while the visitor waits: the same as choosing another. Nothing else is news to a host."""
    if "host_id" in event.data["columns"] and event.person_id is not None and _waits(event.data["visit"]):
        assigned(event)


def undone(event: Event) -> None:
    """Met or left was a slip: the visitor waits again, and the alert goes on where it was on every channel."""
    visit_id = event.data["visit"]
    if event.person_id is None or not _waits(visit_id):
        return
    connection = db.connection()
    since = event.at - UNDO
    connection.execute(_AGAIN, {"visit_": visit_id, "person_": event.person_id, "since_": since})
    if connection.execute(_STAYS, {"visit_": visit_id, "waiting_": True}).rowcount:
        connection.execute(_RECOUNT, {"visit_": visit_id})
        connection.execute(_REFILLED, {"visit_": visit_id})
    connection.execute(_RESUME, {"visit_": visit_id, "at_": event.at})


def take_back(event: Event) -> None:
    """Cancels what is open about a visit; those who were asked hear that somebody else has taken over."""
    _cancel(event.data["visit"], event, "reassigned", event.person_id)


def hold_back(visit_id: int, event: Event) -> None:
    """Cancels what is open about a visit that waits for a decision of reception; whoever was asked hears it."""
    _cancel(visit_id, event, "held", None)


def _cancel(visit_id: int, event: Event, reason: str, but: int | None) -> None:
    before = {row.person_id for row in db.connection().execute(_ASKED, {"visit_": visit_id})}
    _end(visit_id, "cancelled", event.at)
    deadlines.drop("T02", event.subject, reason)
    db.connection().execute(delete(AlertVisit).where(_M.visit_id == visit_id))
    others = sorted(before - {but})
    if others:
        journal.record("alerts.cancelled", event.subject, visit=visit_id, people=others)


@db.act
def expire(moment: datetime) -> int:
    """Closes what nobody answered for a day; how many there were."""
    late = select(Alert.id, Alert.token, Alert.person_id).where(Alert.state.in_(LIVE), Alert.expires_at <= moment)
    rows = db.connection().execute(late.limit(200)).all()
    ids = [row.id for row in rows]
    if not ids:
        return 0
    db.connection().execute(update(Alert).where(_A.id.in_(ids)).values(state="expired", ended_at=moment))
    db.connection().execute(update(Delivery).where(_D.alert_id.in_(ids)).values(next_at=None))
    for row in rows:
        journal.record("alerts.expired", f"alert:{row.token}", person_id=row.person_id)
    return len(ids)


def _end(visit_id: int, state: str, at: datetime) -> None:
    connection = db.connection()
    connection.execute(_END, {"visit_": visit_id, "state_": state, "at_": at})
    connection.execute(_QUIET, {"visit_": visit_id})
    if connection.execute(_STAYS, {"visit_": visit_id, "waiting_": False}).rowcount:
        connection.execute(_RECOUNT, {"visit_": visit_id})
        connection.execute(_EMPTY, {"visit_": visit_id, "at_": at})


def _waits(visit_id: int) -> bool:
    return db.connection().execute(select(Visit.state).where(Visit.id == visit_id)).scalar() in WAITING
