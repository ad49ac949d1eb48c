"""What happens to a visit after (and before) the door: expected, greeted, met, answered for, left."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from shared import deadlines, directory
from shared.directory import PersonView
from shared.lib import db, text
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Gone, Invalid, NotFound
from shared.lib.i18n import _
from shared.visits import absence, entry
from shared.visits.changing import Done, already, change, happened, only, visit_of
from shared.visits.forms import Expectation
from shared.visits.leaving import fetched, leaves_room
from shared.visits.model import ON_SITE, WAITING, Visit

ANSWERS = ("coming", "minutes", "wait", "delegated", "cannot")


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
    return happened("visits.expected", visit), code


@db.act
def cancel(token: str) -> Done:
    """Takes an expected visitor off the list."""
    visit = visit_of(token)
    if visit.state != "expected":
        raise Conflict(_("%(name)s is no longer expected.") % {"name": visit.visitor_name})
    return change(visit, "visits.cancelled", state="cancelled")


@db.act
def greet(token: str) -> Done:
    """Reception has risen and greeted somebody who checked in at the kiosk (procedure 一.1.1)."""
    visit = visit_of(token)
    if deadlines.meet("T01", f"visit:{token}") is None:
        raise Conflict(_("%(name)s has been greeted.") % {"name": visit.visitor_name}, code="greeted")
    receptionist = (actor().id or None) if actor().kind == "account" else None
    return change(visit, "visits.greeted", receptionist_id=visit.receptionist_id or receptionist)


@db.act
def tell_visitor(token: str) -> Done:
    """Reception has told the visitor that the host has not answered yet (the last step of T02's ladder).

    It settles the clock only once that is late: before, it is the host who has to answer.
    """
    visit, subject = visit_of(token), f"visit:{token}"
    if visit.state not in WAITING:
        raise already(visit)
    clock = next((due for due in deadlines.running(subject) if due.key == "T02"), None)
    if clock is not None and act_time() > clock.breach:
        deadlines.meet("T02", subject)
    return change(visit, "visits.visitor_told")


@db.act
def admit(token: str) -> Done:
    """The host has met the visitor (or fetched them): the visit is on, greeted and answered for.

    Conflict for who came unannounced or for the first time and was not let in by reception or by the host in person.
    """
    visit = visit_of(token)
    if visit.state not in WAITING:
        raise already(visit)
    entry.check(visit)
    for clock in ("T01", "T02"):
        deadlines.meet(clock, f"visit:{token}")
    trace, values = fetched(visit)
    return change(visit, "visits.met", trace=trace, state="meeting", met_at=act_time(), **values)


@db.act
def answered(visit_id: int, answer: str, *, minutes: int | None = None, host_id: int | None = None) -> Done:
    """Keeps what was answered (procedure 一.1.4); `cannot` waits for reception.

    With `host_id` the visitor is theirs from now on: somebody passed them on, or the deputy has taken over.
    """
    visit = db.session().get(Visit, visit_id)
    if visit is None or answer not in ANSWERS:
        raise NotFound(_("This visit is not in the register."))
    if visit.state not in WAITING:
        raise Gone(_("This has been settled."))
    values: dict[str, Any] = {"host_answer": answer, "host_minutes": minutes, "host_answered_at": act_time()}
    values["state"] = "absent_host" if answer == "cannot" else "arrived"
    if host_id is not None:
        values["host_id"] = host_id
    deadlines.meet("T02", f"visit:{visit.token}")
    done = change(visit, "visits.answered", undo=False, **values)
    if answer == "delegated":
        absence.note(visit)
    return done


@db.act
def assign(token: str, ref: str) -> Done:
    """Reception names the person a visitor is for, or another one (换人)."""
    visit, host = visit_of(token), chosen(ref)
    if visit.state not in WAITING:
        raise already(visit)
    done = change(
        visit, "visits.assigned", undo=False, host_id=host.id, state="arrived", host_answer=None, host_minutes=None,
        host_answered_at=None,
    )  # fmt: skip
    absence.note(visit)
    return done


@db.act
def depart(token: str, *, how: str, badge_returned: bool = False) -> Done:
    """The visitor leaves; the pass ends here (procedure 一.1.5). A host sees off only whom they have met."""
    visit = visit_of(token)
    if how == "host" and visit.state in WAITING:
        raise Conflict(_("You have not met %(name)s yet.") % {"name": visit.visitor_name}, code="not-met")
    return _depart(visit, how, badge_returned)


@db.act
def depart_by_pass(visit_pass: str, *, how: str) -> Done:
    """Check-out with the pass of the badge or of the visitor's page."""
    query = select(Visit).where(Visit.pass_hash == text.token_hash(visit_pass))
    return _depart(only(query), how, False)


@db.act
def depart_by_code(code: str, *, how: str) -> Done:
    """Check-out with the typed short code."""
    query = select(Visit).where(Visit.short_code == text.plain_code(code), Visit.state.in_(ON_SITE))
    return _depart(only(query), how, False)


def depart_automatically(visit: Visit, at: datetime) -> Done:
    """Nobody saw this visitor leave: they count as gone since `at`. Only inside an act."""
    return _depart(visit, "auto", False, at)


def chosen(ref: str) -> PersonView:
    """Whom a reference names; Invalid when it names nobody, or no longer."""
    person = directory.resolve_ref(ref)
    if person is None:
        raise Invalid(_("Choose the person once more."), fields={"host": _("Choose the person once more.")})
    return person


def _depart(visit: Visit, how: str, badge_returned: bool, at: datetime | None = None) -> Done:
    if visit.state == "left":
        raise already(visit)
    if visit.state not in ON_SITE:
        raise Conflict(_("%(name)s has not arrived.") % {"name": visit.visitor_name})
    moment = at or act_time()
    deadlines.drop_all(f"visit:{visit.token}", "left", at=moment)
    trace = leaves_room(visit, timed=how != "auto", at=moment)
    values: dict[str, Any] = {"state": "left", "left_how": how, "badge_returned": badge_returned}
    values["left_at"] = max(moment, visit.arrived_at or moment)  # somebody may have put the machine's clock back
    return change(visit, "visits.departed", trace=trace, **values)
