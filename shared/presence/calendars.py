"""Somebody's calendar: taken in, asked again, removed with its times. Only when its owner is busy is kept."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

from sqlalchemy import delete, insert, select

from shared import directory, journal
from shared.journal import Event
from shared.lib import clock, db, fetch, ics
from shared.lib.config import settings
from shared.lib.db import act_time
from shared.lib.errors import Invalid, NotFound
from shared.lib.fetch import NotFetched
from shared.lib.i18n import _, local
from shared.lib.ics import Busy, Unreadable
from shared.presence import cache
from shared.presence.model import BusyTime, Declared, PersonCalendar
from shared.presence.reasons import reason_name

AHEAD = timedelta(days=14)
EVERY = timedelta(minutes=15)
AT_LEAST = timedelta(days=13)  # how far the times of a calendar that did not change have to reach


@dataclass(frozen=True, slots=True)
class CalendarView:
    """A calendar as its owner sees it: from which host, never the address; how far it is known; what is wrong."""

    kind: str
    host: str
    read_at: datetime | None
    known_until: datetime | None
    reason: str
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A subscribed calendar that is to be asked now."""

    person_id: int
    address: str = field(repr=False)
    digest: str
    known_until: datetime | None
    version: int


def calendar_of(person_id: int) -> CalendarView | None:
    """Whose calendar is read, and how that went; None when there is none."""
    with db.reading() as session:
        row = session.get(PersonCalendar, person_id)
    if row is None:
        return None
    host = urlsplit(row.address).hostname or "" if row.address else ""
    return CalendarView(row.kind, host, row.read_at, row.known_until, row.reason, row.failed_at)


def window(moment: datetime) -> tuple[datetime, datetime]:
    """The days for which busy times are kept: from the site's midnight, so that they are the same all day."""
    start = datetime.combine(local(moment).date(), time.min, settings().zone)
    return start, start + AHEAD


def read_calendar(data: bytes, moment: datetime) -> list[Busy]:
    """The busy times of the next two weeks. Raises Unreadable."""
    return ics.busy_times(data, settings().timezone, *window(moment))


def take_file(person_id: int, data: bytes) -> CalendarView:
    """Keeps the busy times of an exported calendar, in place of what was there. Invalid with the reason otherwise."""
    try:
        found = read_calendar(data, clock.now())
    except Unreadable as unreadable:
        raise _refused("file", unreadable.reason) from None
    return _take(person_id, "file", None, found)


def subscribe(person_id: int, address: str) -> CalendarView:
    """Keeps a secret address and asks it from now on; Invalid when it is none that may be asked."""
    try:
        fetch.place_of(address)
    except NotFetched as refused:
        raise _refused("calendar_address", refused.reason) from None
    return _take(person_id, "address", address.strip(), ())


@db.act
def remove_calendar(person_id: int) -> None:
    """The calendar goes, and its times with it."""
    row = db.session().get(PersonCalendar, person_id)
    if row is not None:
        db.session().delete(row)
        _replace(person_id, ())
        _record("presence.calendar_removed", person_id)


def left(event: Event) -> None:
    """Somebody leaves the company: nothing is known of where they are, and nothing asked."""
    if event.person_id is not None:
        remove_calendar(event.person_id)
        db.connection().execute(delete(Declared).where(Declared.person_id == event.person_id))
        cache.touch()


def next_due() -> datetime | None:
    """When a calendar is to be asked next."""
    with db.reading() as session:
        due = select(PersonCalendar.next_at).where(PersonCalendar.next_at.is_not(None))
        return session.scalar(due.order_by(PersonCalendar.next_at).limit(1))


@db.act
def claim(lease: timedelta) -> Asked | None:
    """The calendar that is due longest; nobody else takes it before `lease` is over."""
    due = select(PersonCalendar).where(PersonCalendar.next_at <= act_time())
    row = db.session().scalar(due.order_by(PersonCalendar.next_at).limit(1))
    if row is None or row.address is None:
        return None
    row.next_at = act_time() + lease
    db.session().flush()
    return Asked(row.person_id, row.address, row.digest, row.known_until, row.version)


@db.act
def was_read(asked: Asked, digest: str, found: Sequence[Busy] | None) -> None:
    """Keeps what a calendar said, None for what it said before; nothing for one that was replaced meanwhile."""
    row = _still(asked)
    if row is None:
        return
    news = bool(row.reason) or row.read_at is None
    row.read_at, row.next_at, row.reason, row.failed_at, row.digest = act_time(), act_time() + EVERY, "", None, digest
    if found is not None:
        row.known_until = window(act_time())[1]
        news = _replace(asked.person_id, found) or news
    if news:
        _record("presence.calendar_read", asked.person_id)


@db.act
def was_not_read(asked: Asked, reason: str) -> None:
    """Keeps why; what was known before stays as long as it lasts."""
    row = _still(asked)
    if row is None:
        return
    news = row.reason != reason
    row.next_at, row.reason, row.failed_at = act_time() + EVERY, reason, act_time()
    if news:
        _record("presence.calendar_failed", asked.person_id, reason=reason)


def digest_of(data: bytes) -> str:
    """Says whether a calendar is what it was."""
    return hashlib.sha256(data).hexdigest()


def reaches(asked: Asked, moment: datetime) -> bool:
    """Whether the times that are known reach far enough."""
    return asked.known_until is not None and asked.known_until - moment >= AT_LEAST


@db.act
def _take(person_id: int, kind: str, address: str | None, found: Iterable[Busy]) -> CalendarView:
    session, at = db.session(), act_time()
    before = session.get(PersonCalendar, person_id)
    row = before or PersonCalendar(person_id=person_id, version=0)
    read = kind == "file"
    row.kind, row.address, row.digest, row.reason, row.failed_at = kind, address, "", "", None
    row.read_at, row.known_until = (at, window(at)[1]) if read else (None, None)
    row.next_at, row.created_at, row.version = None if read else at, at, row.version + 1
    session.add(row)
    _replace(person_id, found)
    _record("presence.calendar_added", person_id, kind=kind)
    return CalendarView(kind, "", row.read_at, row.known_until, "", None)


def _still(asked: Asked) -> PersonCalendar | None:
    row = db.session().get(PersonCalendar, asked.person_id)
    return row if row is not None and row.version == asked.version and row.kind == "address" else None


def _replace(person_id: int, found: Iterable[Busy]) -> bool:
    """Keeps these times instead of those that were known; whether anything is different from now on."""
    session = db.session()
    mine = select(BusyTime).where(BusyTime.person_id == person_id)
    known = {(one.start_at, one.end_at, one.kind) for one in session.scalars(mine) if one.end_at > act_time()}
    rows = [(one.start, one.end, one.kind) for one in found if one.end > act_time()]
    if known == set(rows):
        return False
    session.flush()
    connection = db.connection()
    connection.execute(delete(BusyTime).where(BusyTime.person_id == person_id))
    if rows:
        named = [{"person_id": person_id, "start_at": row[0], "end_at": row[1], "kind": row[2]} for row in rows]
        connection.execute(insert(BusyTime), named)
    return True


def _record(action: str, person_id: int, **data: str) -> None:
    person = directory.person(person_id)
    if person is None:
        raise NotFound(_("This person is not in the directory."))
    db.session().flush()
    cache.touch()
    journal.record(action, f"person:{person.token}", person_id=person_id, **data)


def _refused(field: str, reason: str) -> Invalid:
    sentence = reason_name(reason)
    return Invalid(sentence, fields={field: sentence})
