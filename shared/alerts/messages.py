"""A message for somebody rings on their page and in their mailbox, until it is confirmed or somebody else has it."""

from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from shared import journal
from shared.alerts.model import LIVE, Alert, Delivery
from shared.alerts.raising import deliver, new_alert
from shared.alerts.views import AlertView, DeliveryView, alert_view, delivery_view
from shared.journal import Event
from shared.lib import db

KIND = "message"
GOOD_FOR = timedelta(days=60)  # a message waits until it is confirmed or handed on, not for a day
UNDO = timedelta(seconds=20)

_A: Any = Alert.__table__.c
_D: Any = Delivery.__table__.c
_LIVE = select(_A.id, _A.token, _A.person_id).where(_A.subject == bindparam("subject_"), _A.state.in_(LIVE))
_SEND = (
    update(Delivery)
    .where(_D.alert_id == bindparam("alert_"), _D.reason != "not_set_up")
    .values(state="queued", next_at=bindparam("at_"), attempts=0, reason="", words="", created_at=bindparam("at_"))
)


def told(event: Event) -> None:
    """Somebody is to read a message: they are called on every channel."""
    if event.person_id is not None and not _open(event.subject, event.person_id):
        alert = new_alert(None, event.subject, event.person_id, event.at, KIND, good_for=GOOD_FOR)
        deliver(alert, event.person_id, event.at)


def told_again(event: Event) -> None:
    """Every channel once more for whoever holds it; the same when it has been put right."""
    told(event)
    for row in _open(event.subject, event.person_id or 0):
        db.connection().execute(update(Alert).where(_A.id == row.id).values(told_again_at=event.at))
        db.connection().execute(_SEND, {"alert_": row.id, "at_": event.at})


def tried(event: Event) -> None:
    """Nobody could be spoken to: it is written to them."""
    if event.data["written"]:
        told_again(event)


def handed_on(event: Event) -> None:
    """Somebody else has it now: who had it need not read it any more."""
    _end(event, "cancelled")
    told(event)


def settled(event: Event) -> None:
    """It is confirmed, answered or taken back: everybody who was asked hears that."""
    _end(event, "settled")


def undone(event: Event) -> None:
    """It waits again, where it was."""
    since = event.at - UNDO
    again = (_A.subject == event.subject, _A.state == "settled", _A.ended_at > since)
    db.connection().execute(update(Alert).where(*again).values(state="open", ended_at=None))


def open_messages(person_id: int) -> dict[str, AlertView]:
    """What still rings for somebody, by subject."""
    query = select(Alert).where(Alert.person_id == person_id, Alert.kind == KIND, Alert.state.in_(LIVE))
    with db.reading() as session:
        return {row.subject: alert_view(row) for row in session.scalars(query)}


def ways_of(subject: str) -> list[DeliveryView]:
    """How a message fared on page and mailbox of whoever was asked last."""
    with db.reading() as session:
        last = session.scalar(select(Alert.id).where(Alert.subject == subject).order_by(Alert.id.desc()).limit(1))
        rows = session.scalars(select(Delivery).where(Delivery.alert_id == last).order_by(Delivery.channel.desc()))
        return [delivery_view(row) for row in rows]


def join() -> None:
    """Calls follow from what happens to a message, in the same transaction."""
    for action in ("relay.recorded", "relay.asked"):
        journal.within(action, told)
    for action in ("relay.pushed", "relay.corrected"):
        journal.within(action, told_again)
    for action in ("relay.confirmed", "relay.replied", "relay.cancelled"):
        journal.within(action, settled)
    journal.within("relay.attempted", tried)
    journal.within("relay.handed_on", handed_on)
    journal.within("relay.undone", undone)


def _open(subject: str, person_id: int) -> list[Any]:
    rows = db.connection().execute(_LIVE, {"subject_": subject}).all()
    return [row for row in rows if row.person_id == person_id]


def _end(event: Event, state: str) -> None:
    rows = db.connection().execute(_LIVE, {"subject_": event.subject}).all()
    ids = [row.id for row in rows]
    db.connection().execute(update(Alert).where(_A.id.in_(ids)).values(state=state, ended_at=event.at))
    db.connection().execute(update(Delivery).where(_D.alert_id.in_(ids)).values(next_at=None))
    for row in rows:
        if row.person_id != event.person_id:
            journal.record("alerts.cancelled", event.subject, person_id=row.person_id, visit=event.data.get("visit"))


__all__ = ["GOOD_FOR", "KIND", "join", "open_messages", "ways_of"]
