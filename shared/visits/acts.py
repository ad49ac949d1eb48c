"""What happens to a visit after (and before) the door: expected, met, answered for, left, put right, undone."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from shared import directory, journal
from shared.directory import PersonView
from shared.lib import db, text
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Gone, Invalid, NotFound
from shared.lib.i18n import _, format_time
from shared.visits.forms import Correction, Expectation
from shared.visits.model import ON_SITE, WAITING, CorrectionRow, Visit
from shared.visits.reveal import LOOKS

UNDO_SECONDS = 15
FREE_MINUTES = 15
ANSWERS = ("coming", "minutes", "wait", "delegated", "cannot")
_UNDOABLE = {"visits.met", "visits.departed", "visits.cancelled"}


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: the visit's token, and the seq by which it may be undone for a moment."""

    token: str
    state: str
    seq: int


@db.act
def expect(form: Expectation) -> tuple[Done, str]:
    """Announces a visitor; gives the code of 8 characters that opens the check-in."""
    host = chosen(form.host.ref)
    if form.expected_at.tzinfo is None or form.expected_at < act_time() - timedelta(hours=1):
        raise Invalid(_("This time has passed."), fields={"expected_at": _("This time has passed.")})
    code = text.short_code(8)
    visit = Visit(
        token=text.token(12),
        state="expected",
        source="console" if actor().kind == "account" else "api",
        language=form.language,
        visitor_name=form.visitor_name,
        visitor_company=form.visitor_company,
        visitor_key=text.keyed_hash("visitor", text.fold(form.visitor_name), text.fold(form.visitor_company)),
        party_size=form.party_size,
        purpose=form.purpose,
        host_id=host.id,
        expected_at=form.expected_at,
        expected_by=(actor().id or None) if actor().kind == "account" else None,
        invitation_hash=text.token_hash(code),
        invitation_code=code,
        created_at=act_time(),
    )
    db.session().add(visit)
    db.session().flush()
    return _happened("visits.expected", visit), code


@db.act
def cancel(token: str) -> Done:
    """Takes an expected visitor off the list."""
    visit = _visit(token)
    if visit.state != "expected":
        raise Conflict(_("%(name)s is no longer expected.") % {"name": visit.visitor_name})
    return _change(visit, "visits.cancelled", state="cancelled")


@db.act
def admit(token: str) -> Done:
    """The host has met the visitor (or fetched them): the visit is on."""
    visit = _visit(token)
    if visit.state not in WAITING:
        raise _already(visit)
    return _change(visit, "visits.met", state="meeting", met_at=act_time())


@db.act
def answered(visit_id: int, answer: str, *, minutes: int | None = None, host_id: int | None = None) -> Done:
    """Keeps what the host answered; `cannot` waits for reception, `delegated` hands the visitor to `host_id`."""
    visit = db.session().get(Visit, visit_id)
    if visit is None or answer not in ANSWERS:
        raise NotFound(_("This visit is not in the register."))
    if visit.state not in WAITING:
        raise Gone(_("This has been settled."))
    values: dict[str, Any] = {"host_answer": answer, "host_minutes": minutes, "host_answered_at": act_time()}
    values["state"] = "absent_host" if answer == "cannot" else "arrived"
    if answer == "delegated" and host_id is not None:
        values |= {"host_id": host_id, "host_text": ""}
    return _change(visit, "visits.answered", undo=False, **values)


@db.act
def assign(token: str, ref: str) -> Done:
    """Reception names the person a visitor is for, or another one (换人)."""
    visit, host = _visit(token), chosen(ref)
    if visit.state not in WAITING:
        raise _already(visit)
    return _change(
        visit, "visits.assigned", undo=False, host_id=host.id, state="arrived", host_answer=None, host_minutes=None,
        host_answered_at=None,
    )  # fmt: skip


@db.act
def depart(token: str, *, how: str, badge_returned: bool = False) -> Done:
    """The visitor leaves; the pass ends here (procedure 一.1.5)."""
    return _depart(_visit(token), how, badge_returned)


@db.act
def depart_by_pass(visit_pass: str, *, how: str) -> Done:
    """Check-out with the pass of the badge or of the visitor's page."""
    query = select(Visit).where(Visit.pass_hash == text.token_hash(visit_pass))
    return _depart(_only(query), how, False)


@db.act
def depart_by_code(code: str, *, how: str) -> Done:
    """Check-out with the typed short code."""
    query = select(Visit).where(Visit.short_code == text.plain_code(code), Visit.state.in_(ON_SITE))
    return _depart(_only(query), how, False)


@db.act
def correct(token: str, form: Correction) -> Done:
    """Puts right what was written wrong; both values stay, after 15 minutes with a reason (procedure 0.3)."""
    visit = _visit(token)
    if visit.row_version != form.row_version:
        raise Conflict(_("Somebody has just changed this. Look at the change first."), code="stale")
    values = form.model_dump(exclude={"row_version", "reason", "host"}, exclude_none=True)
    if form.host is not None:
        values |= {"host_id": chosen(form.host.ref).id, "host_text": ""}
    changed = {name: value for name, value in values.items() if value != getattr(visit, name)}
    if not changed:
        return Done(visit.token, visit.state, 0)
    if act_time() - visit.created_at > timedelta(minutes=FREE_MINUTES) and not form.reason:
        raise Invalid(_("Write why this is changed."), fields={"reason": _("Write why this is changed.")})
    for name, value in changed.items():
        _note_correction(visit, name, value, form.reason)
    if {"visitor_name", "visitor_company"} & changed.keys():
        name = changed.get("visitor_name", visit.visitor_name)
        firm = changed.get("visitor_company", visit.visitor_company)
        changed["visitor_key"] = text.keyed_hash("visitor", text.fold(name), text.fold(firm))
    return _change(visit, "visits.corrected", undo=False, **changed)


@db.act
def undo(seq: int) -> Done:
    """Takes back one's own last change of a visit within 15 seconds: state, times and pass are as before.

    Alerts and badges follow in the same act; that somebody has looked at the visit meanwhile changes nothing.
    """
    event = journal.at(seq)
    if event is None or event.action not in _UNDOABLE or event.actor != actor().ref:
        raise NotFound(_("There is nothing to undo."))
    if act_time() - event.at > timedelta(seconds=UNDO_SECONDS):
        raise Gone(_("It is too late to undo this."))
    visit = _visit(event.subject.partition(":")[2])
    changes = [one.seq for one in journal.about(event.subject) if one.topic == "visits" and one.action not in LOOKS]
    if changes[-1] != seq:
        raise Conflict(_("Something else has happened since. It can no longer be undone."))
    for name, value in event.data["was"].items():
        setattr(visit, name, value)
    if event.action in ("visits.met", "visits.departed"):
        for name in ("met_at", "left_at"):
            if event.data["empty"].get(name):
                setattr(visit, name, None)
    return _happened("visits.undone", visit, undid=event.action)


def chosen(ref: str) -> PersonView:
    """Whom a reference names; Invalid when it names nobody, or no longer."""
    person = directory.resolve_ref(ref)
    if person is None:
        raise Invalid(_("Choose the person once more."), fields={"host": _("Choose the person once more.")})
    return person


def _depart(visit: Visit, how: str, badge_returned: bool) -> Done:
    if visit.state == "left":
        raise _already(visit)
    if visit.state not in ON_SITE:
        raise Conflict(_("%(name)s has not arrived.") % {"name": visit.visitor_name})
    return _change(
        visit, "visits.departed", state="left", left_at=act_time(), left_how=how, badge_returned=badge_returned
    )


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


def _change(visit: Visit, action: str, *, undo: bool = True, **values: Any) -> Done:
    """Writes the new values and the journal row; what can be undone remembers what was."""
    plain = {name: getattr(visit, name) for name in values if not name.endswith("_at")}
    empty = {name: getattr(visit, name) is None for name in values if name.endswith("_at")}
    for name, value in values.items():
        setattr(visit, name, value)
    return _happened(action, visit, **({"was": plain, "empty": empty} if undo else {}))


def _happened(action: str, visit: Visit, **data: Any) -> Done:
    visit.row_version = (visit.row_version or 0) + 1
    db.session().flush()
    event = journal.record(action, f"visit:{visit.token}", person_id=visit.host_id, visit=visit.id, **data)
    return Done(visit.token, visit.state, event.seq)


def _visit(token: str) -> Visit:
    return _only(select(Visit).where(Visit.token == token))


def _only(query: Any) -> Visit:
    visit: Visit | None = db.session().scalar(query)
    if visit is None:
        raise NotFound(_("This visit is not in the register."))
    return visit


def _already(visit: Visit) -> Conflict:
    name = visit.visitor_name
    if visit.left_at is not None:
        return Conflict(
            _("%(name)s left at %(time)s.") % {"name": name, "time": format_time(visit.left_at)}, code="left"
        )
    return Conflict(_("%(name)s is already with the host.") % {"name": name}, code="met")
