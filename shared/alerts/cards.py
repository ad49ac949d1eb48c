"""How the hosts of visitors on the board were told: the bare rows, compared cheaply, and what they say in words."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from shared.alerts.model import LIVE, Alert, AlertVisit, Delivery
from shared.alerts.views import DeliveryView, lines
from shared.lib import db

_A: Any = Alert.__table__.c
_M: Any = AlertVisit.__table__.c
_D: Any = Delivery.__table__.c
_SHOWN = or_(*(_A.state == state for state in LIVE), _A.passed_to.is_not(None))
_COLUMNS = (
    _A.id, _A.answer, _A.minutes, _A.answered_by_person, _A.answered_via, _A.answered_at, _A.passed_to, _A.created_at,
    _A.kind, _A.person_id, _A.told_again_at,
)  # fmt: skip
KEPT = 2000
_MINE = db.Prepared(
    select(_A.visit_id.label("of_visit"), *_COLUMNS)
    .where(db.among(_A.visit_id), _A.summary.is_(False), _SHOWN)
    .order_by(_A.id),
    kept=KEPT,
)
_SUMMARIES = db.Prepared(
    select(_M.visit_id.label("of_visit"), *_COLUMNS)
    .join_from(AlertVisit.__table__, Alert.__table__, _A.id == _M.alert_id)
    .where(db.among(_M.visit_id), _SHOWN),
    kept=KEPT,
)
_SENT = db.Prepared(
    select(
        _D.alert_id, _D.channel, _D.state, _D.reason, _D.words, _D.attempts, _D.next_at, _D.created_at, _D.sent_at,
        _D.failed_at, _D.seen_at, _D.delivered_at,
    )
    .where(db.among(_D.alert_id))
    .order_by(_D.alert_id, _D.channel.desc()),
    kept=KEPT,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """An alert and its deliveries as they are now; equal marks say the same."""

    alert: Any
    deliveries: tuple[Any, ...]


def marks(visit_ids: Collection[int]) -> dict[int, list[Mark]]:
    """What is known of these visitors' alerts; visits without an alert are not in it."""
    found: dict[int, list[Mark]] = defaultdict(list)
    if not visit_ids:
        return found
    with db.looking() as on:
        rows = [row for some in db.spread(visit_ids) for query in (_MINE, _SUMMARIES) for row in query.all(some, on)]
        sent: dict[int, list[Any]] = defaultdict(list)
        for some in db.spread(row.id for row in rows):
            for delivery in _SENT.all(some, on):
                sent[delivery.alert_id].append(delivery)
    for row in rows:
        found[row.of_visit].append(Mark(row, tuple(sent[row.id])))
    return found


def told(known: Iterable[Mark]) -> list[DeliveryView]:
    """What the marks say, a line a channel, in the reader's language."""
    return [line for mark in known for line in lines(mark.alert, mark.deliveries)]


def for_visits(visit_ids: Collection[int]) -> dict[int, list[DeliveryView]]:
    """How the hosts of these visitors were told, a line a channel; visits without an alert are not in it."""
    return defaultdict(list, {visit_id: told(known) for visit_id, known in marks(visit_ids).items()})
