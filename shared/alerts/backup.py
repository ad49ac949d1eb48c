"""The backup is called when nobody greets, refills, calls back or tells (T01, T04, T08, T09): one goes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select, text, update

from shared import accounts, deadlines, directory, journal, rooms, visits
from shared.alerts.ending import HOPELESS, UNDO
from shared.alerts.model import Alert, Delivery
from shared.alerts.raising import CAP, WINDOW, deliver, new_alert
from shared.directory import PersonView
from shared.journal import Event
from shared.lib import db
from shared.lib.db import UTC

KIND = "backup"
ROLE = "backup_receptionist"
CLOCKS = {"visit": "T01", "room": "T04", "phone": "T08", "relay": "T09"}
QUEUED = timedelta(seconds=5)  # an act that was asked for just before the step came may be done just after it
ENDS = (
    "visits.greeted", "visits.met", "visits.seated", "visits.moved", "visits.message_left", "visits.comes_again",
    "visits.departed", "rooms.served", "rooms.refilled", "rooms.quiet",
    "phone.tried", "phone.rang_again", "relay.attempted", "relay.confirmed", "relay.replied", "relay.cancelled",
    "relay.wrong", "relay.handed_on",
)  # fmt: skip
UNDOES = ("visits.undone", "rooms.undone", "phone.undone", "relay.undone")

_A: Any = Alert.__table__.c
_D: Any = Delivery.__table__.c
_LIVE = db.Prepared(
    select(_A.id, _A.token, _A.subject, _A.person_id, _A.answer, _A.answered_at, _A.created_at)
    .where(text("state IN ('open', 'answered')"), _A.kind == KIND)
    .order_by(_A.id)
)
_JUST_ENDED = select(_A.id, _A.subject, _A.person_id, _A.answer).where(
    _A.kind == KIND, _A.state == "settled", _A.ended_at > bindparam("since_"), _A.ended_at <= bindparam("at_")
)
_LATELY = select(func.count()).where(
    _A.person_id == bindparam("person_"), _A.kind == KIND, _A.created_at > bindparam("since_")
)
_RESUME = (
    update(Delivery)
    .where(_D.alert_id == bindparam("alert_"), _D.next_at.is_(None), _D.reason.not_in(HOPELESS))
    .where(or_(_D.state == "queued", _D.state == "sending", _D.state == "failed"))
    .values(next_at=func.coalesce(_D.claimed_until, bindparam("at_", type_=UTC)))
)


@dataclass(frozen=True, slots=True)
class Called:
    """Who was called about something, and who of them is on the way since when."""

    people: tuple[PersonView, ...]
    goes: PersonView | None
    since: datetime | None


def climb(event: Event) -> None:
    """The step of the ladder has come: every backup is told, and the journal says who was; or that there is nobody."""
    if "backup" not in event.data["steps"] or event.data["key"] not in CLOCKS.values():
        return
    people = _backups(_at_it(event.subject))
    if not people:
        journal.record("alerts.no_backup", event.subject)
    told = {row.person_id for row in _LIVE.all({}) if row.subject == event.subject}
    for person_id in people:
        if person_id not in told:
            _call(event, person_id)


def follow(event: Event) -> None:
    """Something was done at the desk: whose clock is met or not needed any more, nobody is called for."""
    for _key, old, new in event.data.get("room", {}).get("moved", ()):
        _take_along(rooms.subject(old), rooms.subject(new))
    _end([row for row in _LIVE.all({}) if not _late(row.subject)], "settled", event.at)


def undone(event: Event) -> None:
    """What was done was a slip: where the clock runs on, whoever was called is called on."""
    follow(event)
    ended = {"since_": event.at - UNDO, "at_": event.at}
    for row in db.connection().execute(_JUST_ENDED, ended).all():
        if _late(row.subject):
            again = {"state": "answered" if row.answer else "open", "ended_at": None}
            db.connection().execute(update(Alert).where(_A.id == row.id).values(again))
            db.connection().execute(_RESUME, {"alert_": row.id, "at_": event.at})
            journal.record("alerts.backup_called", row.subject, person_id=row.person_id)


def goes(row: Alert) -> None:
    """One of them is on the way, as the alert says: the others hear who."""
    others = [one for one in _LIVE.all({}) if one.subject == row.subject and one.id != row.id]
    _end(others, "cancelled", db.act_time(), passed_to=row.person_id)
    journal.record("alerts.backup_goes", row.subject, person_id=row.person_id, via=row.answered_via)


def backups() -> dict[str, Called]:
    """Who is called at this moment, and who goes, by what it is about."""
    with db.looking() as on:
        rows = _LIVE.all({}, on)
    return {subject: _called([one for one in rows if one.subject == subject]) for subject in {r.subject for r in rows}}


def join() -> None:
    """Calls follow from the clock that fires, and end with what is done at the desk."""
    for action in deadlines.FIRED:
        journal.within(action, climb)
    for action in ENDS:
        journal.within(action, follow)
    for action in UNDOES:
        journal.within(action, undone)


def _backups(at_it: int | None) -> list[int]:
    """Everybody who works here, may sign in as a backup, and is not who does it already."""
    linked = [one for one in accounts.accounts() if ROLE in one.roles and not one.disabled_at]
    found = [directory.person(one.person_id) for one in linked if one.person_id is not None and one.id != at_it]
    return [one.id for one in found if one is not None and one.active]


def _at_it(subject: str) -> int | None:
    """The account of the receptionist whose visitor or room it is: they know. Calls and messages are everybody's."""
    kind, _colon, key = subject.partition(":")
    if kind == "visit":
        row: Any = db.connection().execute(select(visits.Visit.receptionist_id).where(visits.Visit.token == key))
        found: int | None = row.scalar()
        return found
    if kind != "room":
        return None
    use = rooms.room(int(key)).use
    return use.rounds[-1].by if use is not None and use.rounds else None


def _call(event: Event, person_id: int) -> None:
    """Five letters a minute, as for visitors: what comes on top is on the page, where everything stands."""
    lately = {"person_": person_id, "since_": event.at - WINDOW}
    few = (db.connection().execute(_LATELY, lately).scalar() or 0) < CAP
    deliver(new_alert(None, event.subject, person_id, event.at, KIND), person_id, event.at, letter=few)
    journal.record("alerts.backup_called", event.subject, person_id=person_id)


def _late(subject: str) -> bool:
    """Whether the clock for which the backup was called still runs."""
    key = CLOCKS[subject.partition(":")[0]]
    due = next((one for one in deadlines.running(subject) if one.key == key), None)
    step = next((one for one in due.clock.ladder if one.what == "backup"), None) if due is not None else None
    if due is None or step is None:
        return False
    return due.starts + timedelta(seconds=due.clock.seconds_of(step)) <= db.act_time() + QUEUED


def _take_along(old: str, new: str) -> None:
    """A party goes to another room with its tea: whoever was called is to go there."""
    going = (_A.kind == KIND, _A.subject == old, text("state IN ('open', 'answered')"))
    db.connection().execute(update(Alert).where(*going).values(subject=new))


def _end(rows: list[Any], state: str, at: datetime, passed_to: int | None = None) -> None:
    ids = [row.id for row in rows]
    if not ids:
        return
    over = {"state": state, "ended_at": at, "passed_to": passed_to}
    db.connection().execute(update(Alert).where(_A.id.in_(ids)).values(over))
    db.connection().execute(update(Delivery).where(_D.alert_id.in_(ids)).values(next_at=None))
    for row in rows:
        journal.record("alerts.backup_over", row.subject, person_id=row.person_id)


def _called(rows: list[Any]) -> Called:
    found = [(row, directory.person(row.person_id)) for row in rows]
    going = next(((row, one) for row, one in found if row.answer is not None), None)
    people = tuple(one for _row, one in found if one is not None)
    return Called(people, going[1] if going else None, going[0].answered_at if going else None)


__all__ = ["KIND", "Called", "backups", "goes", "join"]
