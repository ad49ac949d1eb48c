"""What the desk does with badges: one is queued with the check-in, printed again, called printed, or tried out."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update

from shared import company, journal
from shared.badges.model import PrintJob
from shared.journal import Event
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.errors import Conflict, Invalid, NotFound
from shared.lib.i18n import _, lazy, today
from shared.visits import ON_SITE, Visit

REPRINT_REASONS = {
    "damaged": lazy("It is damaged"),
    "lost": lazy("It is lost"),
    "wrong": lazy("Something on it is wrong"),
    "not_out": lazy("It never came out"),
}
_J: Any = PrintJob.__table__.c
_V: Any = Visit.__table__.c
_WORN = db.Prepared(
    select(_V.token, _V.reg_no, _V.badge_number, _V.arrived_at, _V.state).where(_V.id == bindparam("visit_"))
)
INSERT = db.PreparedInsert(PrintJob, returning="id")


@dataclass(frozen=True, slots=True)
class Queued:
    """A job that was put on its way, and the seq of that."""

    job: int
    seq: int


def checked_in(event: Event) -> None:
    """Within the check-in: its badge is queued, and with it or not at all."""
    if settings().printer != "none:" and company.facts().badge_printing:
        queue_badge(int(event.data["visit"]))


def ended(event: Event) -> None:
    """Within a departure: what has not been sent is not printed any more."""
    waiting = (_J.visit_id == event.data["visit"]) & (_J.state == "queued") & _J.claimed_by.is_(None)
    values = {"state": "cancelled", "reason": "visit-over", "finished_at": db.act_time()}
    db.connection().execute(update(PrintJob).where(waiting).values(values))


def undone(event: Event) -> None:
    """Within the undoing of a departure: what was dropped with it is on its way again."""
    dropped = (_J.visit_id == event.data["visit"]) & (_J.state == "cancelled")
    if event.data["undid"] == "visits.departed":
        values = {"state": "queued", "reason": "", "finished_at": None, "due_at": db.act_time()}
        db.connection().execute(update(PrintJob).where(dropped).values(values))


@db.act
def queue_badge(visit_id: int) -> int:
    """Puts the badge of a visit on its way and gives the job; the check-in's own journal row stands for it."""
    visit = _WORN.first({"visit_": visit_id})
    return _queue(f"visit:{visit.token}", _job_name(visit), visit_id=visit_id)


@db.act
def reprint(token: str, reason: str) -> Queued:
    """Prints the badge of a visit once more, for one of REPRINT_REASONS. Raises Invalid, NotFound or Conflict."""
    if reason not in REPRINT_REASONS:
        raise Invalid(_("Say why it is printed again."), fields={"reason": _("Choose a reason.")})
    visit_id = db.connection().execute(select(_V.id).where(_V.token == token)).scalar()
    if visit_id is None:
        raise NotFound(_("This visit is not in the register."))
    visit = _WORN.first({"visit_": visit_id})
    if visit.state not in ON_SITE:
        raise Conflict(_("The visit is over, so there is no badge to print."))
    _need_printer()
    earlier = _last(visit_id)
    if earlier is not None and earlier.state in ("queued", "sending"):
        raise Conflict(_("The badge is on its way to the printer already."))
    again = {"reprint_of": earlier.id, "reprint_reason": reason} if earlier is not None else {}
    job = _queue(f"visit:{token}", free_name(_job_name(visit)), visit_id=visit_id, **again)
    event = journal.record("badges.reprinted", f"visit:{token}", visit=visit_id, job=job, reason=reason)
    return Queued(job, event.seq)


@db.act
def printed_after_all(token: str) -> int:
    """Reception has looked: a badge whose outcome was unknown did come out. Gives the seq of this."""
    visit_id = db.connection().execute(select(_V.id).where(_V.token == token)).scalar()
    job = _last(visit_id) if visit_id is not None else None
    if job is None or job.state != "unknown":
        raise Conflict(_("That is settled already."))
    values = {"state": "printed", "reason": "", "says": "", "finished_at": db.act_time()}
    db.connection().execute(update(PrintJob).where(_J.id == job.id).values(values))
    return journal.record("badges.printed", f"visit:{token}", visit=visit_id, job=job.id).seq


@db.act
def print_test() -> Queued:
    """Prints a badge that is nobody's, to try the printer out. Raises Conflict when there is none."""
    _need_printer()
    name = free_name(f"{today(db.act_time()).isoformat()}_TEST")
    job = _queue("company", name, kind="test", visit_id=None)
    return Queued(job, journal.record("badges.tried", "company", job=job).seq)


def _need_printer() -> None:
    if settings().printer == "none:":
        raise Conflict(_("No badge printer is set up."))


def _queue(subject: str, name: str, **more: Any) -> int:
    at = db.act_time()
    row = {
        "kind": "badge", "subject": subject, "job_name": name, "printer": "", "state": "queued", "reason": "",
        "says": "", "attempts": 0, "due_at": at, "created_at": at, "reprint_reason": "", "asked_by": actor().ref,
    }  # fmt: skip
    return int(INSERT.first(row | more).id)


def _job_name(visit: Any) -> str:
    """Day, badge and register number: a name that says nothing about a person."""
    return f"{today(visit.arrived_at).isoformat()}_V{visit.badge_number:03d}_{visit.reg_no}"


def free_name(name: str) -> str:
    """The name of a job, with a number when it was used before."""
    taken = db.connection().execute(select(_J.job_name).where(_J.job_name.startswith(name, autoescape=True))).all()
    return f"{name}_{len(taken) + 1}" if taken else name


def _last(visit_id: int) -> Any:
    query = select(_J.id, _J.state).where(_J.visit_id == visit_id).order_by(_J.id.desc()).limit(1)
    return db.connection().execute(query).first()
