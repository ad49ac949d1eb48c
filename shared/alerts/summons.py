"""People of the house are called to the desk about one thing, on page and by e-mail, until that is over."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, select, update

from shared import journal
from shared.alerts.ending import HOPELESS
from shared.alerts.model import LIVE, Alert, Delivery
from shared.alerts.raising import GOOD_FOR, deliver, new_alert
from shared.lib import clock, db
from shared.lib.db import UTC

_A: Any = Alert.__table__.c
_D: Any = Delivery.__table__.c
_ABOUT = (_A.kind == bindparam("kind_"), _A.subject == bindparam("subject_"))
_LIVE = select(_A.id, _A.person_id, _A.answer).where(*_ABOUT, _A.state.in_(LIVE)).order_by(_A.id)
_ENDED = select(_A.id, _A.person_id, _A.answer).where(
    *_ABOUT, _A.state == "settled", _A.ended_at > bindparam("since_", type_=UTC)
)


def summon(kind: str, subject: str, people: Iterable[int], at: datetime, good_for: timedelta = GOOD_FOR) -> list[int]:
    """Calls those who are not called yet, for so long; gives who that was."""
    there = {row.person_id for row in live(kind, subject)}
    fresh = [one for one in people if one not in there]
    for person_id in fresh:
        deliver(new_alert(None, subject, person_id, at, kind, good_for=good_for), person_id, at)
        journal.record(f"alerts.{kind}_called", subject, person_id=person_id)
    return fresh


def live(kind: str, subject: str) -> list[Any]:
    """Who is called about something at this moment, and who of them has answered. Only inside an act."""
    return list(db.connection().execute(_LIVE, {"kind_": kind, "subject_": subject}).all())


def dismiss(kind: str, subject: str, at: datetime) -> None:
    """It is over: nobody is called any more, and each hears that."""
    rows = live(kind, subject)
    ids = [row.id for row in rows]
    if not ids:
        return
    db.connection().execute(update(Alert).where(_A.id.in_(ids)).values(state="settled", ended_at=at))
    db.connection().execute(update(Delivery).where(_D.alert_id.in_(ids)).values(next_at=None))
    for row in rows:
        journal.record(f"alerts.{kind}_over", subject, person_id=row.person_id)


def call_again(kind: str, subject: str, since: datetime, at: datetime) -> None:
    """That it was over was a slip: whoever was called when it ended (after `since`) is called on."""
    ended = {"kind_": kind, "subject_": subject, "since_": since}
    for row in db.connection().execute(_ENDED, ended).all():
        again = {"state": "answered" if row.answer else "open", "ended_at": None}
        db.connection().execute(update(Alert).where(_A.id == row.id).values(again))
        waits = (_D.alert_id == row.id, _D.state.in_(("queued", "sending", "failed")), _D.reason.not_in(HOPELESS))
        db.connection().execute(update(Delivery).where(*waits, _D.next_at.is_(None)).values(next_at=at))
        journal.record(f"alerts.{kind}_called", subject, person_id=row.person_id)


def mine(kind: str, person_id: int) -> list[Alert]:
    """For what of this kind somebody is called now, the oldest first."""
    query = select(Alert).where(Alert.kind == kind, Alert.person_id == person_id, Alert.state.in_(LIVE))
    with db.reading() as session:
        return list(session.scalars(query.where(Alert.expires_at > clock.now()).order_by(Alert.id)))


def about(kind: str, subject: str) -> list[tuple[Alert, list[Delivery]]]:
    """Everybody who was called about something, and how each way fared."""
    with db.reading() as session:
        alerts = list(session.scalars(select(Alert).where(Alert.kind == kind, Alert.subject == subject)))
        ways = select(Delivery).where(Delivery.alert_id.in_([one.id for one in alerts]))
        rows = list(session.scalars(ways.order_by(Delivery.channel.desc())))
    return [(one, [row for row in rows if row.alert_id == one.id]) for one in alerts]
