"""The print queue: claimed with a lease, marked before it is sent and once it is printed, never printed twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from shared import journal
from shared.badges.drivers import Outcome, PrinterError
from shared.badges.model import PrintJob
from shared.journal import Event
from shared.lib import clock, db
from shared.visits import ON_SITE, Visit

LEASE = timedelta(seconds=120)
PAUSES = (1, 2, 4, 8, 15)
LOOK_AGAIN = timedelta(seconds=3)
GIVE_UP = timedelta(minutes=30)
_J: Any = PrintJob.__table__.c
_OPEN = _J.state.in_(("queued", "sending"))


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that this worker alone may print or ask about until its lease ends."""

    id: int
    kind: str
    visit_id: int | None
    subject: str
    job_name: str
    printer: str
    state: str
    reason: str
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    claim: str


def moved(event: Event) -> None:
    """The desk's clock was set: what waits for the printer, waits as long as before."""
    by = timedelta(seconds=event.data["seconds"])
    values: Any = {name: db.moved(_J[name], by) for name in ("due_at", "claimed_until")}
    db.connection().execute(update(PrintJob).where(_OPEN).values(values))


class Lost(Exception):
    """The lease has gone to another worker; whoever has it asks the printer first."""


def next_due() -> datetime | None:
    """When something is to be done; None when nothing waits."""
    with db.reading() as session:
        found: datetime | None = session.scalar(select(func.min(_J.due_at)).where(_OPEN))
        return found


@db.act
def claim(worker: str) -> Claimed | None:
    """Takes the job that has waited longest, for one lease."""
    now = clock.now()
    first = select(PrintJob.__table__).where(_OPEN, _J.due_at <= now).order_by(_J.id).limit(1)
    row = db.connection().execute(first).first()
    if row is None:
        return None
    mine, until = f"{worker}:{row.attempts + 1}", now + LEASE
    taken = {"claimed_by": mine, "claimed_until": until, "due_at": until, "attempts": row.attempts + 1}
    db.connection().execute(update(PrintJob).where(_J.id == row.id).values(taken))
    return Claimed(
        row.id, row.kind, row.visit_id, row.subject, row.job_name, row.printer, row.state, row.reason, row.attempts + 1,
        row.created_at, row.sent_at, mine,
    )  # fmt: skip


@db.act
def release() -> None:
    """Gives back what an earlier process of this desk held; for a desk of one process, before it prints."""
    held = _OPEN & _J.claimed_by.is_not(None)
    values = {"claimed_by": None, "claimed_until": None, "due_at": clock.now()}
    db.connection().execute(update(PrintJob).where(held).values(values))


@db.act
def begin(job: Claimed, printer: str) -> None:
    """From here on the printer may have it. Raises Lost when the lease is gone."""
    until = clock.now() + LEASE
    values = {"claimed_by": job.claim, "claimed_until": until, "due_at": until}
    _set(job, state="sending", printer=printer, sent_at=db.act_time(), **values)


@db.act
def printed(job: Claimed) -> None:
    """It is out; what waited for the same printer is due at once."""
    _finish(job, "printed")
    waiting = (_J.state == "queued") & (_J.reason != "") & _J.claimed_by.is_(None)
    db.connection().execute(update(PrintJob).where(waiting).values(due_at=clock.now()))


@db.act
def held(job: Claimed, outcome: Outcome) -> None:
    """The printer has it, or may have it: it is asked again, nothing is sent."""
    _set(job, reason=outcome.reason, says=outcome.says[:200], due_at=clock.now() + LOOK_AGAIN)
    _tell(job, outcome.reason)


@db.act
def not_taken(job: Claimed) -> None:
    """It certainly never arrived: it is sent once more."""
    _set(job, state="queued", due_at=clock.now())


@db.act
def refused(job: Claimed, why: PrinterError) -> None:
    """It was certainly not printed: again later, with all that wait, or never when that cannot help."""
    now = clock.now()
    if why.permanent or now - job.created_at > GIVE_UP:
        _finish(job, "failed", why.reason, why.says)
        return
    due = now + timedelta(seconds=PAUSES[min(job.attempts, len(PAUSES)) - 1])
    reason = {"reason": why.reason, "says": why.says, "due_at": due}
    _set(job, state="queued", **reason)
    _tell(job, why.reason)
    others = (_J.state == "queued") & _J.claimed_by.is_(None) & (_J.due_at < due)
    changed = select(_J.id, _J.subject, _J.visit_id).where(others, _J.reason != why.reason).limit(100)
    rows = db.connection().execute(changed).all()
    db.connection().execute(update(PrintJob).where(others).values(reason))
    for row in rows:
        journal.record("badges.delayed", row.subject, visit=row.visit_id, job=row.id, reason=why.reason)


@db.act
def unknown(job: Claimed, reason: str = "no-answer") -> None:
    """Nobody can tell whether it came out; reception looks and decides."""
    _finish(job, "unknown", reason)


@db.act
def cancelled(job: Claimed) -> None:
    """Nobody wears it any more; it waits again when the departure was undone meanwhile."""
    state = db.connection().execute(select(Visit.state).where(Visit.id == job.visit_id)).scalar()
    if state in ON_SITE:
        _set(job, state="queued", due_at=clock.now())
    else:
        _finish(job, "cancelled", "visit-over")


def _finish(job: Claimed, state: str, reason: str = "", says: str = "") -> None:
    _set(job, state=state, reason=reason, says=says[:200], finished_at=db.act_time())
    journal.record(f"badges.{state}", job.subject, visit=job.visit_id, job=job.id, reason=reason)


def _tell(job: Claimed, reason: str) -> None:
    """Screens hear of a delay once for every reason."""
    if reason and reason != job.reason:
        journal.record("badges.delayed", job.subject, visit=job.visit_id, job=job.id, reason=reason)


def _set(job: Claimed, **values: Any) -> None:
    mine = (_J.id == job.id) & (_J.claimed_by == job.claim)
    free: dict[str, Any] = {"claimed_by": None, "claimed_until": None}
    result: Any = db.connection().execute(update(PrintJob).where(mine).values(free | values))
    if not result.rowcount:
        raise Lost
