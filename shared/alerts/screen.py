"""The channel that is always there: the person's own page. The live pump nudges it, the page says what it shows."""

import threading
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, literal, select, update

from shared import journal
from shared.alerts.model import LIVE, Alert, Delivery
from shared.alerts.queue import SCREEN, NotSent, about
from shared.lib import clock, db
from shared.lib.db import UTC
from shared.visits import Visit

PATIENCE = timedelta(seconds=2)
ASKED = timedelta(seconds=10)
MOST = 200
_open: Callable[[int], bool] = lambda person_id: False  # noqa: E731
_asked: dict[int, datetime] = {}
_lock = threading.Lock()


def pages_with(is_open: Callable[[int], bool]) -> None:
    """Tells how to find out whether a person's page has a socket here."""
    global _open
    _open = is_open


def page_asked(person_id: int) -> None:
    """A person's page asked for news without a socket: it counts as open for a while."""
    with _lock:
        _asked[person_id] = clock.now()
        if len(_asked) > 5000:
            _asked.clear()


def page_open(person_id: int) -> bool:
    """Whether a page of this person is open in this process."""
    asked = _asked.get(person_id)
    return _open(person_id) or (asked is not None and clock.now() - asked <= ASKED)


class Screen:
    """Nudges: nothing is sent by hand, so one round looks at everything that waits."""

    name = "screen"

    def send(self, person_id: int) -> None:
        """Says whether the nudge reached a page of this person."""
        if not page_open(person_id):
            raise NotSent("no_page")


def work() -> None:
    """One round: what reached a page is sent; what waits two seconds without one says so, and stays queued."""
    moment, channel = clock.now(), Screen()
    reached: list[int] = []
    alone: list[int] = []
    for row in _waiting(moment):
        try:
            channel.send(row.person_id)
            reached.append(row.id)
        except NotSent:
            if moment - row.created_at >= PATIENCE:
                alone.append(row.id)
    if reached or alone:
        _mark(reached, alone)


def next_due() -> datetime | None:
    """When a round makes sense: at once when a page is there, otherwise when patience is at an end."""
    moment = clock.now()
    times = [moment if page_open(row.person_id) else row.created_at + PATIENCE for row in _waiting(moment)]
    return min(times, default=None)


@db.act
def received(person_id: int, tokens: Collection[str], *, seen: bool) -> int:
    """The person's page shows these alerts, and `seen` when it is in front of them; how many were new to it."""
    mine = select(Alert.id).where(Alert.person_id == person_id, Alert.token.in_(list(tokens)[:50]))
    older = ("queued", "sending", "sent", "failed", *(("delivered",) if seen else ()))
    query = select(Delivery.id, Delivery.state).where(
        Delivery.alert_id.in_(mine), Delivery.channel == "screen", Delivery.state.in_(older)
    )
    rows = db.connection().execute(query).all()
    moment = db.act_time()
    if rows:
        first: Any = lambda column: func.coalesce(column, literal(moment, UTC))  # noqa: E731
        values: dict[Any, Any] = {"next_at": None, "reason": "", "state": "seen" if seen else "delivered"}
        values |= {"sent_at": first(Delivery.sent_at), "delivered_at": first(Delivery.delivered_at)}
        values |= {"seen_at": moment} if seen else {}
        ids = [row.id for row in rows]
        db.connection().execute(update(Delivery).where(Delivery.id.in_(ids)).values(values))
        _note("alerts.seen" if seen else "alerts.delivered", ids)
    return len(rows)


def _waiting(moment: datetime) -> list[Any]:
    query = (
        select(Delivery.id, Delivery.created_at, Alert.person_id)
        .join(Alert, Alert.id == Delivery.alert_id)
        .where(SCREEN.due(moment), Alert.state.in_(LIVE))
        .order_by(Delivery.next_at)
        .limit(MOST)
    )
    with db.reading() as session:
        return list(session.execute(query))


@db.act
def _mark(reached: list[int], alone: list[int]) -> None:
    queued = Delivery.state == "queued"
    connection, moment = db.connection(), db.act_time()
    connection.execute(
        update(Delivery)
        .where(Delivery.id.in_(reached), queued)
        .values(state="sent", sent_at=moment, next_at=None, attempts=Delivery.attempts + 1)
    )
    connection.execute(
        update(Delivery)
        .where(Delivery.id.in_(alone), queued)
        .values(reason="no_page", next_at=None, failed_at=moment, attempts=Delivery.attempts + 1)
    )
    _note("alerts.sent", reached)
    _note("alerts.failed", alone)


def _note(action: str, ids: list[int]) -> None:
    """One journal row for a round; a single visit is named, so that the visitor's page hears it too."""
    if not ids:
        return
    query = select(Alert.token, Alert.visit_id, Visit.host_text).join(Delivery, Delivery.alert_id == Alert.id)
    query = query.outerjoin(Visit, Visit.id == Alert.visit_id)
    rows = db.connection().execute(query.where(Delivery.id.in_(ids))).all()
    one = about(rows[0].visit_id, rows[0].host_text)
    which = one if len(rows) == 1 else {"visits": [row.visit_id for row in rows]}
    journal.record(action, f"alert:{rows[0].token}", channel="screen", **which)
