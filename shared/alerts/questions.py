"""Questions to the alerts: what is open for a person, how a visitor's host was told, what became of it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from shared import visits
from shared.alerts import filing, watching
from shared.alerts.backup import KIND
from shared.alerts.model import LIVE, STATES, Alert, AlertVisit, Delivery
from shared.alerts.views import AlertView, alert_view
from shared.journal import JournalRow
from shared.lib import db
from shared.lib.clock import now
from shared.lib.errors import Invalid, NotFound
from shared.lib.i18n import _
from shared.visits import VisitView

MOST = 30
OVER_FOR = timedelta(minutes=10)


def steps(visit_id: int) -> list[dict[str, Any]]:
    """What the visitor may know of it: told, seen, answered, each with its time, from the last person asked."""
    with db.reading() as session:
        of_summary = select(AlertVisit.alert_id).where(AlertVisit.visit_id == visit_id)
        mine = select(Alert).where(or_(Alert.visit_id == visit_id, Alert.id.in_(of_summary)))
        row = session.scalar(mine.where(Alert.state.in_((*LIVE, "settled"))).order_by(Alert.id.desc()).limit(1))
        sent = _deliveries(session, [row.id])[row.id] if row is not None else []
    if row is None:
        at = watching.as_if_told(visit_id)
        return [{"kind": "told", "at": at.isoformat()}] if at else []
    times = {
        "told": watching.as_if_told(visit_id) or min((one.sent_at for one in sent if one.sent_at), default=None),
        "seen": min((one.seen_at for one in sent if one.seen_at), default=None),
        "answered": row.answered_at,
    }
    return [{"kind": kind, "at": at.isoformat()} for kind, at in times.items() if at is not None]


def open_for(person_id: int) -> list[AlertView]:
    """Visitors who wait for this person's answer, or were answered for; the longest waiting first."""
    mine = (Alert.person_id == person_id, Alert.visit_id.is_not(None))
    query = select(Alert).where(*mine, Alert.state.in_(LIVE), Alert.expires_at > now())
    return _views(query.order_by(Alert.answer.is_not(None), Alert.id).limit(MOST))


def lately_over(person_id: int) -> list[AlertView]:
    """What somebody else has taken over from this person in the last minutes."""
    query = select(Alert).where(
        Alert.person_id == person_id,
        Alert.visit_id.is_not(None),
        or_(Alert.state == "cancelled", Alert.passed_to.is_not(None)),
        Alert.ended_at > now() - OVER_FOR,
    )
    return _views(query.order_by(Alert.ended_at.desc()).limit(3))


def backup_calls(person_id: int) -> list[AlertView]:
    """For what this person is called as backup, and whether they have said that they go; the oldest first."""
    mine = (Alert.person_id == person_id, Alert.kind == KIND, Alert.state.in_(LIVE), Alert.expires_at > now())
    return _views(select(Alert).where(*mine).order_by(Alert.answer.is_not(None), Alert.id).limit(MOST))


def backup_over(person_id: int) -> list[AlertView]:
    """For what this person was called to the desk and need not go any more since the last minutes."""
    mine = (
        Alert.person_id == person_id,
        Alert.kind.in_((KIND, watching.KIND, "quiet", *filing.KINDS)),
        Alert.state.in_(("settled", "cancelled")),
    )
    query = select(Alert).where(*mine, Alert.ended_at > now() - OVER_FOR)
    return _views(query.order_by(Alert.ended_at.desc()).limit(3))


def visits_of(alert: AlertView) -> list[VisitView]:
    """The visitors an alert is about, as far as they still wait: one, or all of a summary."""
    if not alert.summary:
        return [visits.one(alert.visit_id)] if alert.visit_id is not None else []
    with db.reading() as session:
        members = select(AlertVisit.visit_id).join(Alert, Alert.id == AlertVisit.alert_id)
        members = members.where(Alert.token == alert.token, AlertVisit.waiting).order_by(AlertVisit.visit_id)
        ids = list(session.scalars(members.limit(MOST)))
    return [visits.one(visit_id) for visit_id in ids]


def page(*, state: str = "", after: str = "", limit: int = 50) -> tuple[list[AlertView], str | None]:
    """A page of alerts, newest first; the second value is the cursor of the next page."""
    if state and state not in STATES:
        raise Invalid(_("There is no such state."), fields={"state": _("There is no such state.")})
    query: Select[Alert] = select(Alert).order_by(Alert.id.desc()).limit(limit + 1)
    if state:
        query = query.where(Alert.state == state)
    if after.isdigit() and len(after) < 19:
        query = query.where(Alert.id < int(after))
    with db.reading() as session:
        rows = list(session.scalars(query))
        sent = _deliveries(session, [row.id for row in rows])
    shown = [alert_view(row, sent.get(row.id, ())) for row in rows[:limit]]
    return shown, str(rows[limit - 1].id) if len(rows) > limit else None


def one(token: str) -> AlertView:
    """The alert with this public id; NotFound when there is none."""
    found = _views(select(Alert).where(Alert.token == token))
    if not found:
        raise NotFound(_("There is no such alert."))
    return found[0]


def last_seq(person_id: int) -> int:
    """The newest thing that happened which this person's page shows."""
    with db.reading() as session:
        mine = select(func.max(JournalRow.seq)).where(JournalRow.person_id == person_id)
        return session.scalar(mine) or 0


def _views(query: Select[Alert]) -> list[AlertView]:
    with db.reading() as session:
        rows = list(session.scalars(query))
        sent = _deliveries(session, [row.id for row in rows])
    return [alert_view(row, sent.get(row.id, ())) for row in rows]


def _deliveries(session: Session, alert_ids: Iterable[int]) -> dict[int, list[Delivery]]:
    found: dict[int, list[Delivery]] = defaultdict(list)
    ids = list(alert_ids)
    if ids:
        query = select(Delivery).where(Delivery.alert_id.in_(ids))
        for row in session.scalars(query.order_by(Delivery.alert_id, Delivery.channel.desc())):
            found[row.alert_id].append(row)
    return found
