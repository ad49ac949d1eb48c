"""Whom to tell: alerts follow from what happens to visits, in the same transaction, with statements built once."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, true, update

from shared import company, deadlines, directory
from shared.alerts.model import Alert, AlertVisit, Delivery
from shared.journal import Event
from shared.lib import db, text
from shared.lib.config import settings

CAP, WINDOW = 5, timedelta(minutes=1)
GOOD_FOR = timedelta(hours=24)

_A: Any = Alert.__table__.c
_ALERT, _DELIVERY, _MEMBER = (
    db.PreparedInsert(Alert, "id"),
    db.PreparedInsert(Delivery, "id"),
    db.PreparedInsert(AlertVisit),
)
_RECENT = db.Prepared(
    select(_A.id, _A.summary, _A.state)
    .where(
        _A.person_id == bindparam("person_"),
        _A.visit_id.is_not(None),
        or_(_A.created_at > bindparam("since_"), and_(_A.summary == true(), _A.state == "open")),
    )
    .order_by(_A.summary.desc(), _A.id.desc())
    .limit(CAP + 1)
)
_ONE_MORE = db.Prepared(update(Alert).where(_A.id == bindparam("alert_")).values(count=_A.count + 1))


def checked_in(event: Event) -> None:
    """Somebody has come: their host is told. Without a host reception decides, and nobody is told; the same while a
    visit is held for a decision.
    """
    if event.person_id is not None and not event.data.get("held"):
        call(event.data["visit"], event.subject, event.person_id, event.at)


def call(visit_id: int, subject: str, person_id: int, at: datetime) -> None:
    """The host is told that a visitor is there for them, and the clock for their answer starts (procedure 一.1.4)."""
    tell(visit_id, subject, person_id, at)
    deadlines.start("T02", subject, visit_id=visit_id, person_id=person_id)


def tell(visit_id: int, subject: str, person_id: int, at: datetime, *, kind: str = "visitor_arrived") -> None:
    """One alert with a delivery on each channel; a person hears five a minute, the others come as one summary."""
    recent = _RECENT.all({"person_": person_id, "since_": at - WINDOW})
    if sum(1 for row in recent if not row.summary) < CAP:
        deliver(new_alert(visit_id, subject, person_id, at, kind), person_id, at)
        return
    summary = next((row.id for row in recent if row.summary and row.state == "open"), None)
    if summary is None:
        summary = new_alert(visit_id, subject, person_id, at, kind, summary=True)
        deliver(summary, person_id, at, patience=WINDOW)
    else:
        _ONE_MORE.run({"alert_": summary})
    _MEMBER.run({"alert_id": summary, "visit_id": visit_id})


def new_alert(
    visit_id: int | None,
    subject: str,
    person_id: int,
    at: datetime,
    kind: str,
    *,
    summary: bool = False,
    good_for: timedelta = GOOD_FOR,
) -> int:
    """The row that says who is to know what."""
    made = _ALERT.first(
        {
            "token": text.token(12),
            "kind": kind,
            "subject": subject,
            "visit_id": visit_id,
            "person_id": person_id,
            "summary": summary,
            "created_at": at,
            "expires_at": at + good_for,
        }
    )
    return int(made.id)


def deliver(
    alert_id: int, person_id: int, at: datetime, patience: timedelta = timedelta(0), *, letter: bool = True
) -> None:
    """A row a channel, or the page alone without a `letter`.

    The e-mail of a summary waits until the minute is over, so that its number is right.
    """
    rows = [_row(alert_id, "screen", at)]
    person = directory.person(person_id)
    if letter and person is not None and person.has_email:
        rows += _email(alert_id, at, at + patience)
    _DELIVERY.each(rows)


def _email(alert_id: int, at: datetime, due: datetime) -> list[dict[str, Any]]:
    if settings().smtp_url:
        return [{**_row(alert_id, "email", at), "next_at": due}]
    if company.facts().demo:
        return []
    return [
        {**_row(alert_id, "email", at), "state": "failed", "next_at": None, "reason": "not_set_up", "failed_at": at}
    ]


def _row(alert_id: int, channel: str, at: datetime) -> dict[str, Any]:
    return {
        "alert_id": alert_id,
        "channel": channel,
        "state": "queued",
        "next_at": at,
        "reason": "",
        "created_at": at,
        "failed_at": None,
    }
