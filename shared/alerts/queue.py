"""What is due is claimed with a lease, sent, and marked only then: at least once on the wire, once for the eye."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, select, update

from shared import journal
from shared.alerts.model import LIVE, Alert, Delivery, Email
from shared.journal import Event
from shared.lib import clock, db, text
from shared.lib.db import UTC
from shared.visits import Visit

LEASE = timedelta(seconds=60)
RETRY = (30, 60, 120, 300)
GIVE_UP = timedelta(hours=24)
BATCH = 50


class NotSent(Exception):
    """A channel could not deliver: `reason` is a key of `words.REASONS`, `words` what the other side said.

    `permanent` ends it, `everyone` says that it would go no better for the others that are waiting.
    """

    def __init__(self, reason: str, words: str = "", *, permanent: bool = False, everyone: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.words = reason, text.clean(words)[:200]
        self.permanent, self.everyone = permanent, everyone


@dataclass(frozen=True, slots=True)
class Queue:
    """Rows of one table that go out one way."""

    table: Any
    only: ColumnElement[bool] | None = None

    def due(self, moment: datetime | None = None) -> ColumnElement[bool]:
        """Rows that are to be sent, those that are due by `moment` when one is given."""
        condition: ColumnElement[bool] = self.table.next_at.is_not(None)
        if moment is not None:
            condition = condition & (self.table.next_at <= moment)
        return condition if self.only is None else condition & self.only


SCREEN = Queue(Delivery, Delivery.channel == "screen")
EMAIL = Queue(Delivery, Delivery.channel == "email")
OUTBOX = Queue(Email)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row this worker holds until its lease ends."""

    id: int
    worker: str
    until: datetime
    attempts: int
    created_at: datetime
    reason: str


def next_due(queue: Queue) -> datetime | None:
    """When there is something to send; None when nothing waits."""
    with db.reading() as session:
        found: datetime | None = session.scalar(select(func.min(queue.table.next_at)).where(queue.due()))
        return found


@db.act
def claim(queue: Queue, worker: str, limit: int = BATCH) -> list[Claimed]:
    """Takes what is due for one lease; nobody else takes it meanwhile, and it is due again when the lease ends."""
    moment, table = clock.now(), queue.table
    until = moment + LEASE
    first = select(table.id, table.attempts, table.created_at, table.reason).where(queue.due(moment))
    rows = db.connection().execute(first.order_by(table.next_at, table.id).limit(limit)).all()
    if rows:
        taken = {"state": "sending", "claimed_by": worker, "claimed_until": until, "next_at": until}
        mine = table.id.in_([row.id for row in rows])
        db.connection().execute(update(table).where(mine).values(**taken, attempts=table.attempts + 1))
    return [Claimed(row.id, worker, until, row.attempts + 1, row.created_at, row.reason) for row in rows]


@db.act
def release(queue: Queue, worker: str = "") -> int:
    """Gives back what `worker` holds (without a name: what anybody held before this process), due at once."""
    table = queue.table
    held = table.claimed_until.is_not(None) if not worker else table.claimed_by == worker
    held = held & queue.due()
    result: Any = db.connection().execute(update(table).where(held).values(_free(state="queued", next_at=clock.now())))
    return int(result.rowcount)


@db.act
def sent(queue: Queue, claimed: Claimed, provider_id: str = "") -> None:
    """Marks what has gone out. What was answered, or seen on another way, meanwhile stays so."""
    table = queue.table
    state = case((table.state == "sending", "sent"), else_=table.state)
    values = _free(state=state, next_at=None, sent_at=db.act_time(), reason="", words="", provider_id=provider_id)
    _mark(queue, claimed, "alerts.sent", values)


@db.act
def failed(queue: Queue, claimed: Claimed, why: NotSent) -> None:
    """Marks what did not go out: again in 30 seconds to 5 minutes for a day, never when it is permanent."""
    table, moment = queue.table, db.act_time()
    pause = timedelta(seconds=RETRY[min(claimed.attempts, len(RETRY)) - 1])
    over = why.permanent or moment + pause - claimed.created_at > GIVE_UP
    values = _free(
        state=case((table.state == "sending", "failed"), else_=table.state),
        next_at=None if over else case((table.state == "sending", literal(moment + pause, UTC)), else_=None),
        reason=why.reason,
        words=why.words,
        failed_at=moment,
    )
    _mark(queue, claimed, "" if why.reason == claimed.reason and not over else "alerts.failed", values)


def moved(event: Event) -> None:
    """The desk's clock was set: what waits, waits as long as before."""
    by = timedelta(seconds=event.data["seconds"])
    for table in (Delivery, Email):
        values: Any = {name: db.moved(getattr(table, name), by) for name in ("next_at", "claimed_until")}
        db.connection().execute(update(table).where(table.next_at.is_not(None)).values(values))
    live = update(Alert).where(Alert.state.in_(LIVE))
    db.connection().execute(live.values({"expires_at": db.moved(Alert.expires_at, by)}))


def _mark(queue: Queue, claimed: Claimed, action: str, values: dict[str, Any]) -> None:
    """Writes the outcome for the one who holds the claim; screens hear it when there is something new to read."""
    table = queue.table
    mine = (table.id == claimed.id) & (table.claimed_by == claimed.worker)
    result: Any = db.connection().execute(update(table).where(mine).values(values))
    if result.rowcount and action and table is Delivery:
        note(action, claimed.id)


def note(action: str, delivery_id: int) -> None:
    """One journal row about a delivery."""
    query = select(Alert.token, Alert.visit_id, Delivery.channel, Visit.host_text)
    query = query.join(Delivery, Delivery.alert_id == Alert.id).outerjoin(Visit, Visit.id == Alert.visit_id)
    row = db.connection().execute(query.where(Delivery.id == delivery_id)).one()
    journal.record(action, f"alert:{row.token}", channel=row.channel, **about(row.visit_id, row.host_text))


def about(visit_id: int | None, host_text: str | None) -> dict[str, Any]:
    """Which visit an event is about; the page of a visitor who only wrote a name down hears nothing of it."""
    return {"visits": [visit_id]} if host_text else {"visit": visit_id}


def _free(**values: Any) -> dict[str, Any]:
    return {"claimed_by": None, "claimed_until": None, **values}
