"""Somebody says where they are, or reception does for them (procedure 一.2.3)."""

from typing import Any

from sqlalchemy import delete

from shared import directory, journal
from shared.lib import db
from shared.lib.db import act_time
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _
from shared.presence import cache
from shared.presence.forms import PresenceForm
from shared.presence.model import BusyTime, Declared
from shared.presence.views import IN, PresenceView


@db.act
def set_to(person_id: int, form: PresenceForm, *, source: str) -> PresenceView:
    """Keeps what was said; it ends by itself. Whoever is in although the calendar says otherwise is in until it agrees.

    `source` is self or reception. The journal keeps the state, never the note.
    """
    person = directory.person(person_id)
    if person is None:
        raise NotFound(_("This person is not in the directory."))
    if not person.active:
        raise Conflict(_("%(name)s has left the company.") % {"name": person.name})
    before, at = cache.known(act_time()), act_time()
    was = before.of(person_id, at).state
    span = before.span(person_id, at)
    view = PresenceView(form.state, form.until(at), source)
    if view.is_in:
        view = PresenceView("in", span[1], source) if span else IN
    note = form.note or None
    if view == before.declared.get(person_id, IN) and note == _note(person_id):
        return view
    _keep(person_id, view, note)
    until = view.until.isoformat() if view.until else None
    said = {"state": view.state, "until": until, "source": source, "was": was}
    journal.record("presence.changed", f"person:{person.token}", person_id=person_id, **said)
    return view


def clear(person_id: int, *, source: str) -> PresenceView:
    """Somebody is in again."""
    return set_to(person_id, PresenceForm(state="in"), source=source)


@db.act
def tidy() -> int:
    """Drops what was declared and has ended, and busy times that have passed; says how many rows."""
    over = (delete(Declared).where(Declared.until <= act_time()), delete(BusyTime).where(BusyTime.end_at <= act_time()))
    gone: list[Any] = [db.connection().execute(statement) for statement in over]
    return sum(int(one.rowcount) for one in gone)


def _note(person_id: int) -> str | None:
    row = db.session().get(Declared, person_id)
    return row.note if row is not None else None


def _keep(person_id: int, view: PresenceView, note: str | None) -> None:
    session = db.session()
    row = session.get(Declared, person_id)
    if view == IN:
        if row is not None:
            session.delete(row)
    else:
        row = row or Declared(person_id=person_id)
        row.state, row.until, row.source, row.note, row.at = view.state, view.until, view.source, note, act_time()
        session.add(row)
    session.flush()
    cache.touch()
