"""What was written or done wrongly is put right: corrected with both values kept, or undone for a moment."""

from datetime import timedelta
from typing import Any

from shared import accounts, deadlines, journal, rooms, volumes, watch_list
from shared.lib import db, text
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Forbidden, Gone, Invalid, NotFound
from shared.lib.i18n import _
from shared.visits import absent
from shared.visits.acts import chosen
from shared.visits.book import BOOK
from shared.visits.changing import Done, change, happened, visit_of
from shared.visits.forms import Correction
from shared.visits.leaving import sits_rightly
from shared.visits.model import WAITING, CorrectionRow, Visit
from shared.visits.reveal import LOOKS

UNDO_SECONDS = 15
FREE_MINUTES = 15
BY_ITSELF = LOOKS | {"visits.closed", "visits.host_absent", "visits.host_back"}
_UNDOABLE = {"visits.greeted", "visits.visitor_told", "visits.met", "visits.departed", "visits.cancelled"}
_UNDOABLE |= {"visits.entry_confirmed", "visits.seated", "visits.moved", "visits.comes_again"}
_TIMES = ("met_at", "left_at", "seated_at", "confirmed_at", "return_at")


@db.act
def correct(token: str, form: Correction) -> Done:
    """Puts right what was written wrong; both values stay, after 15 minutes with a reason (procedure 0.3)."""
    visit = visit_of(token)
    if visit.row_version != form.row_version:
        raise Conflict(_("Somebody has just changed this. Look at the change first."), code="stale")
    if visit.erased_at is not None:
        raise Gone(_("What was written here has been erased."))
    filed = volumes.of_row("visit", visit.id) is not None
    if filed and not accounts.may(actor(), "volumes.correct"):
        raise Forbidden(_("This stands in a closed volume. Only an administration manager puts it right."))
    values = form.model_dump(exclude={"row_version", "reason", "host"}, exclude_none=True)
    if form.host is not None:
        values["host_id"] = chosen(form.host.ref).id
    changed = {name: value for name, value in values.items() if value != getattr(visit, name)}
    if not changed:
        return Done(visit.token, visit.state, 0)
    if (filed or act_time() - visit.created_at > timedelta(minutes=FREE_MINUTES)) and not form.reason:
        raise Invalid(_("Write why this is changed."), fields={"reason": _("Write why this is changed.")})
    for name, value in changed.items():
        _note_correction(visit, name, value, form.reason)
    if {"visitor_name", "visitor_company"} & changed.keys():
        name = changed.get("visitor_name", visit.visitor_name)
        firm = changed.get("visitor_company", visit.visitor_company)
        changed["visitor_key"] = text.keyed_hash("visitor", text.fold(name), text.fold(firm))
        if visit.state in WAITING:
            watch_list.note(visit.id, f"visit:{token}", watch_list.meant({name}, firm))
    done = change(visit, "visits.corrected", undo=False, **changed)
    if filed:
        volumes.corrected(BOOK, visit.id)
    return done


@db.act
def undo(seq: int) -> Done:
    """Takes back one's own last change of a visit within 15 seconds: state, times, clocks, room and pass are as before.

    Alerts and badges follow in the same act; that somebody has looked at the visit meanwhile changes nothing.
    """
    event = journal.at(seq)
    if event is None or event.action not in _UNDOABLE or event.actor != actor().ref:
        raise NotFound(_("There is nothing to undo."))
    if act_time() - event.at > timedelta(seconds=UNDO_SECONDS):
        raise Gone(_("It is too late to undo this."))
    visit = visit_of(event.subject.partition(":")[2])
    changes = [one.seq for one in journal.about(event.subject) if one.topic == "visits" and one.action not in BY_ITSELF]
    if changes[-1] != seq:
        raise _changed_since()
    before = visit.room_use_id
    for name, value in event.data["was"].items():
        setattr(visit, name, value)
    for name in _TIMES:
        if event.data["empty"].get(name):
            setattr(visit, name, None)
    deadlines.undo(event.subject, event.at)
    db.session().flush()
    if "room" in event.data:
        rooms.take_back(event.data["room"], event.at)
    draft = event.data.get("draft", "")
    if not sits_rightly(visit, before) or (draft and not absent.not_expected(draft)):
        raise _changed_since()
    return happened("visits.undone", visit, undid=event.action)


def _changed_since() -> Conflict:
    return Conflict(_("Something else has happened since. It can no longer be undone."))


def _note_correction(visit: Visit, name: str, value: Any, reason: str) -> None:
    db.session().add(
        CorrectionRow(
            visit_id=visit.id,
            field=name,
            old=str(getattr(visit, name) or ""),
            new=str(value),
            reason=reason,
            by=(actor().id or None) if actor().kind == "account" else None,
            at=act_time(),
        )
    )
