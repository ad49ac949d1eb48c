"""Whoever keeps the list adds to it, changes it and ends what is on it early; every look is written down."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import delete, insert

from shared import directory, journal
from shared.journal import Event
from shared.lib import clock, db, text
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Gone, Invalid, NotFound
from shared.lib.i18n import _, today
from shared.watch_list import questions
from shared.watch_list.forms import WatchForm
from shared.watch_list.model import WatchEntry, WatchTold
from shared.watch_list.views import EntryView

USUAL, LONGEST = timedelta(days=182), timedelta(days=365)
UNDO = timedelta(seconds=15)


@db.act
def add(form: WatchForm) -> EntryView:
    """Puts somebody on the list."""
    row = WatchEntry(
        token=text.token(12), added_by=actor().ref, added_at=act_time(), expires_at=_until(form.expires), **_words(form)
    )
    db.session().add(row)
    db.session().flush()
    _tell(row, form.told)
    return _happened("watch_list.added", row)


@db.act
def change(token: str, form: WatchForm, row_version: int) -> EntryView:
    """Puts an entry right; Conflict when somebody was quicker."""
    row = questions.row(token)
    if row.row_version != row_version:
        raise Conflict(_("Somebody has just changed this. Look at the change first."), code="stale")
    for name, value in _words(form).items():
        setattr(row, name, value)
    row.expires_at = _until(form.expires)
    _tell(row, form.told)
    return _happened("watch_list.changed", row)


@db.act
def end(token: str) -> EntryView:
    """Nobody is compared with this entry any more; tonight it is erased."""
    row = questions.row(token)
    was, row.expires_at = row.expires_at, act_time()
    return _happened("watch_list.ended", row, was=was.isoformat())


@db.act
def resume(token: str) -> EntryView:
    """Ending it was a slip: within 15 seconds, by the same person, it holds on as before."""
    row = questions.row(token, ended=True)
    event = _last_change(f"watch:{token}")
    if event is None or event.action != "watch_list.ended" or event.actor != actor().ref:
        raise NotFound(_("There is nothing to undo."))
    if act_time() - event.at > UNDO:
        raise Gone(_("It is too late to undo this."))
    row.expires_at = datetime.fromisoformat(event.data["was"])
    return _happened("watch_list.resumed", row)


@db.act
def look(token: str = "") -> None:
    """Somebody looks at the list, or at everything about one entry."""
    journal.record("watch_list.looked", f"watch:{questions.row(token, ended=True).token}" if token else "watch_list")


def last_day() -> date:
    """The last day that an entry may have."""
    return today(clock.now()) + LONGEST


def usual_day() -> date:
    """The last day of an entry of which nothing else is said: in half a year."""
    return today(clock.now()) + USUAL


def _until(day: date | None) -> datetime:
    """The end of the last day, at the site."""
    wanted = day or usual_day()
    sentence = ""
    if wanted < today(act_time()):
        sentence = _("This day has passed.")
    elif wanted > last_day():
        sentence = _("At most a year ahead. Whoever still is to be looked out for then is looked at anew.")
    if sentence:
        raise Invalid(sentence, fields={"expires": sentence})
    return datetime.combine(wanted + timedelta(days=1), time(), settings().zone)


def _words(form: WatchForm) -> dict[str, Any]:
    names = {one: None for one in form.aliases if one != form.name}
    return {**form.model_dump(include={"name", "company", "reason", "instruction"}), "aliases": "\n".join(names)}


def _tell(row: WatchEntry, tokens: Iterable[str]) -> None:
    people = {directory.by_token(token).id for token in tokens}
    db.session().execute(delete(WatchTold).where(WatchTold.entry_id == row.id))
    if people:
        db.session().execute(insert(WatchTold), [{"entry_id": row.id, "person_id": one} for one in sorted(people)])


def _last_change(subject: str) -> Event | None:
    changes = [one for one in journal.about(subject) if one.action != "watch_list.looked"]
    return changes[-1] if changes else None


def _happened(action: str, row: WatchEntry, **data: Any) -> EntryView:
    row.row_version = (row.row_version or 0) + 1
    db.session().flush()
    journal.record(action, f"watch:{row.token}", **data)
    return questions.one(row.token, ended=True)
