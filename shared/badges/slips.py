"""Slips on the print queue: one is queued by the second voice failure, or when reception wants one."""

from sqlalchemy import select

from shared import journal, relay
from shared.badges.acts import INSERT, free_name
from shared.badges.drivers.printer import sentence
from shared.badges.model import PrintJob
from shared.journal import Event
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.errors import Conflict
from shared.lib.i18n import _, today


def tried(event: Event) -> None:
    """Within a try that failed: the message is put on paper when that was the second."""
    if event.data["written"] and settings().printer != "none:":
        _queue(event.subject)


@db.act
def print_slip(token: str) -> int:
    """Prints the slip of a message, or prints it again. Gives the seq of that. Raises Conflict without a printer."""
    view = relay.one(token)
    if settings().printer == "none:":
        raise Conflict(_("No badge printer is set up."))
    if view.finished:
        raise Conflict(_("This message needs no slip any more."))
    subject = f"relay:{token}"
    return journal.record("badges.slip_queued", subject, visit=view.visit_id, job=_queue(subject)).seq


def slip_words(subject: str) -> str:
    """How far the last slip of a message is, in the reader's language; empty when there was none."""
    query = select(PrintJob).where(PrintJob.subject == subject).order_by(PrintJob.id.desc()).limit(1)
    with db.reading() as session:
        job = session.scalar(query)
    if job is None:
        return ""
    if job.state == "failed" or (job.reason and job.state in ("queued", "sending")):
        return sentence(job.reason, job.says)
    return {
        "queued": _("The slip is about to print."),
        "sending": _("The slip is printing."),
        "printed": _("The slip is printed."),
        "unknown": _("Nobody knows whether the slip came out. Look at the printer."),
        "cancelled": _("Not printed: the message was settled."),
    }[job.state]


def _queue(subject: str) -> int:
    at = db.act_time()
    name = free_name(f"{today(at).isoformat()}_slip_{subject.partition(':')[2][:6]}")
    row = {
        "kind": "slip", "subject": subject, "visit_id": None, "job_name": name, "printer": "", "state": "queued",
        "reason": "", "says": "", "attempts": 0, "due_at": at, "created_at": at, "reprint_reason": "",
        "asked_by": actor().ref,
    }  # fmt: skip
    return int(INSERT.first(row).id)
