"""A person decides whether a visitor is who the list means; until then nobody goes in, and no host is told."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from shared import journal
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Gone, NotFound
from shared.lib.i18n import _
from shared.watch_list import questions
from shared.watch_list.forms import LetIn
from shared.watch_list.model import WatchEntry, WatchMatch

UNDO = timedelta(seconds=15)
UNDOABLE = ("watch_list.not_them", "watch_list.is_them", "watch_list.let_in")
GOES_ON = frozenset(
    {"visits.met", "visits.seated", "visits.moved", "visits.entry_confirmed", "visits.answered", "visits.departed"}
)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about which visit, and the seq by which it may be undone for a moment."""

    visit_id: int
    subject: str
    state: str
    seq: int


@db.act
def decide(token: str, *, is_them: bool) -> Decided:
    """Reception has looked: it is the person on the list, or not and everything goes on. Conflict when decided."""
    row = _row(token)
    if row.state != "open":
        raise Conflict(_("This has been decided."), code="decided")
    row.state = "is_them" if is_them else "not_them"
    row.decided_by, row.decided_at = actor().ref, act_time()
    return _said(f"watch_list.{row.state}", row)


@db.act
def let_in(token: str, form: LetIn) -> Decided:
    """It is the person, and they are let in all the same, for a reason that is kept."""
    row = _row(token)
    if row.state != "is_them" or row.let_in_at is not None:
        raise Conflict(_("This has been decided."), code="decided")
    row.let_in_by, row.let_in_at, row.let_in_reason = actor().ref, act_time(), form.reason
    return _said("watch_list.let_in", row)


@db.act
def undo(seq: int) -> Decided:
    """Takes back one's own last decision within 15 seconds, unless the visit has gone on since."""
    event = journal.at(seq)
    if event is None or event.action not in UNDOABLE or event.actor != actor().ref:
        raise NotFound(_("There is nothing to undo."))
    if act_time() - event.at > UNDO:
        raise Gone(_("It is too late to undo this."))
    row = db.session().get(WatchMatch, event.data["match"])
    since = [one for one in journal.about(event.subject) if one.seq > seq]
    if row is None or any(one.action in GOES_ON or one.data.get("match") == row.id for one in since):
        raise Conflict(_("Something else has happened since. It can no longer be undone."))
    if event.action == "watch_list.let_in":
        row.let_in_by = row.let_in_at = row.let_in_reason = None
    else:
        row.state, row.decided_by, row.decided_at = "open", None, None
    db.session().flush()
    about: dict[str, Any] = {"of": row.visit_id, "match": row.id, "undid": event.action}
    done = journal.record("watch_list.undone", row.subject, since=event.at.isoformat(), **about)
    return Decided(row.visit_id, row.subject, row.state, done.seq)


@db.act
def reveal(token: str) -> dict[str, str]:
    """Why somebody is on the list, and why they were let in; the journal keeps the look."""
    row = _row(token)
    entry = db.session().get(WatchEntry, row.entry_id) if row.entry_id is not None else None
    journal.record("watch_list.looked", row.subject, of=row.visit_id)
    return {"reason": entry.reason if entry else "", "let_in": row.let_in_reason or ""}


def _said(action: str, row: WatchMatch) -> Decided:
    db.session().flush()
    about: dict[str, Any] = {"of": row.visit_id, "match": row.id}
    event = journal.record(action, row.subject, **about)
    if not questions.holds(row.visit_id):
        journal.record("watch_list.released", row.subject, of=row.visit_id)
    return Decided(row.visit_id, row.subject, row.state, event.seq)


def _row(token: str) -> WatchMatch:
    row: WatchMatch | None = db.session().scalar(select(WatchMatch).where(WatchMatch.token == token))
    if row is None:
        raise NotFound(_("There is nothing to decide."))
    return row
