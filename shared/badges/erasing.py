"""What was printed into a folder goes with the visitor it names, or whose picture is on it (procedure 4.6)."""

from sqlalchemy import or_, select

from shared import relay
from shared.badges.drivers import printer_for
from shared.badges.drivers.folder import Folder
from shared.badges.model import PrintJob
from shared.journal import Event
from shared.lib import db
from shared.lib.config import settings


def erased(event: Event) -> None:
    """Within the erasing of a visit: its badges and the slips of its messages, before the act is durable, so that one
    that breaks off is done again.
    """
    messages = [f"relay:{token}" for token in db.session().scalars(relay.tokens_about(event.subject))]
    _remove(or_(PrintJob.visit_id == event.data["visit"], PrintJob.subject.in_(messages)))


def pictures_erased(event: Event) -> None:
    """Within the erasing of its pictures: its badges, which may bear one."""
    _remove(PrintJob.visit_id == event.data["visit"])


def _remove(which: object) -> None:
    printer = printer_for(settings().printer)
    if isinstance(printer, Folder):
        for name in db.session().scalars(select(PrintJob.job_name).where(which)):  # type: ignore[arg-type]
            printer.remove(name)
