"""What the exchange told is kept: the record of a call, whoever heard it first, and what the register is told of it."""

from datetime import date, datetime

from sqlalchemy import select

from shared import journal
from shared.lib import clock, db, i18n, text
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.phone import acts, importing, settling
from shared.phone.cdr import Record
from shared.phone.exchange.ringing import LONGEST
from shared.phone.model import key_of
from shared.phone.records import PhoneImport, PhoneRecord

SUBJECT = "phone:exchange"
LOST, HEARD = "phone.exchange_lost", "phone.exchange_heard"


def keep(record: Record) -> None:
    """A call that is over, once, whoever else has brought it; again, when it broke off on the way (B1.5, T08)."""
    record = _told_apart(record)
    made = importing.plan({record.fingerprint: record})
    for row in made.new:
        _write(importing.sealed(row))
    settling.settle_all()
    if record.answered and record.number:
        acts.rang_again(str(key_of(record.number)), record.at)


def _told_apart(record: Record) -> Record:
    """An exchange whose clock was set back gives its ids again: a call of another day is another call."""
    with db.looking() as on:
        known = on.scalar(select(PhoneRecord.at).where(PhoneRecord.fingerprint == record.fingerprint))
    if known is None or abs(record.at - known) <= LONGEST:
        return record
    return record._replace(id=f"{record.id} {record.at.date()}")


@db.act
def noted(lost: str) -> None:
    """The exchange is heard, or no longer (`lost` says why); what is known already is not said again."""
    said = journal.about(SUBJECT)
    last = said[-1] if said else None
    if lost and (last is None or last.action != LOST or last.data.get("reason") != lost):
        journal.record(LOST, SUBJECT, reason=lost)
    elif not lost and last is not None and last.action == LOST:
        journal.record(HEARD, SUBJECT)


def unheard(day: date) -> list[tuple[datetime, datetime | None]]:
    """When the exchange was not heard on this day: from when on, and until when (None: it still is not)."""
    start, end = i18n.day_bounds(day)
    found: list[tuple[datetime, datetime | None]] = []
    lost: datetime | None = None
    for event in journal.about(SUBJECT):
        if event.action == LOST:
            lost = lost or event.at
        elif lost is not None:
            found.append((lost, event.at))
            lost = None
    if lost is not None:
        found.append((lost, None))
    return [(lost, heard) for lost, heard in found if lost < end and (heard or clock.now()) >= start]


@db.act
def _write(row: dict[str, object]) -> None:
    """Nothing when it is there. It is seen at once: a call is an import of its own."""
    session = db.session()
    if session.scalar(select(PhoneRecord.id).where(PhoneRecord.fingerprint == row["fingerprint"])) is not None:
        return
    came = PhoneImport(token=text.token(12), by=actor().ref, state="done", begun_at=act_time(), written_at=act_time())
    session.add(came)
    session.flush()
    importing.write(came.id, [row])
