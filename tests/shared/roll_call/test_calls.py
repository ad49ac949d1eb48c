"""A call: everybody on site comes on the list at once, later ones join it, and it ends once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from cli.restore import erase_again
from shared import journal, presence, register, roll_call, visits
from shared.lib import db
from shared.lib.errors import Conflict, NotFound
from shared.presence import PresenceForm
from tests.cast import Cast, checks_in
from tests.shared.roll_call.conftest import Clock, Warden


def subjects(call: roll_call.CallView) -> list[str]:
    return [one.subject for one in roll_call.people(call)]


def test_everybody_on_site_is_on_the_list_with_what_a_warden_needs(cast: Cast, wardens: list[Warden]) -> None:
    came = checks_in(cast.host, party_size=3)
    gone = checks_in(cast.host, visitor_name="袁立")
    visits.depart(gone.token, how="console")
    presence.set_to(cast.other.id, PresenceForm(state="out"), source="self")
    call = wardens[0].starts()
    found = roll_call.people(call)
    assert [one.subject for one in found] == [
        f"visit:{came.token}",
        *(f"person:{p.token}" for p in (cast.host, cast.leader)),
    ]
    visitor = found[0]
    assert (visitor.name, visitor.place, visitor.party_size) == ("陈嘉豪", "深蓝物联", 3)
    assert (visitor.host, visitor.badge, visitor.since) == ("王建明", "V001", visits.by_token(came.token).arrived_at)
    assert not visitor.staff and found[1].staff, "staff are only perhaps here"
    assert roll_call.report(call).counts == {"open": 5, "help": 0, "not_found": 0, "safe": 0}


def test_the_list_keeps_what_it_was_when_the_register_changes(cast: Cast, wardens: list[Warden]) -> None:
    came = checks_in(cast.host)
    call = wardens[0].starts()
    visits.correct(
        came.token, visits.Correction(visitor_name="陈佳豪", row_version=visits.by_token(came.token).row_version)
    )
    visits.depart(came.token, how="console")
    assert roll_call.people(call)[0].name == "陈嘉豪"


def test_who_arrives_while_it_runs_is_added_and_nobody_afterwards(cast: Cast, wardens: list[Warden]) -> None:
    presence.set_to(cast.other.id, PresenceForm(state="out"), source="self")
    call = wardens[0].starts()
    before = subjects(call)
    presence.set_to(cast.other.id, PresenceForm(state="leave"), source="self")
    assert subjects(call) == before
    came = checks_in(cast.host)
    presence.set_to(cast.other.id, PresenceForm(state="meeting"), source="self")
    presence.set_to(cast.host.id, PresenceForm(state="meeting"), source="self")
    added = [f"visit:{came.token}", f"person:{cast.other.token}"]
    assert subjects(call) == before + added
    assert [one.subject for one in roll_call.people(call) if one.late] == added
    wardens[0].ends(call)
    checks_in(cast.host, visitor_name="袁立")
    assert subjects(call) == before + added


def test_two_who_start_at_once_hold_the_same_call(cast: Cast, wardens: list[Warden]) -> None:
    call = wardens[0].starts()
    assert wardens[1].starts() == call and roll_call.running() == call
    assert [one.action for one in journal.about(call.subject)] == ["roll_call.started"]
    assert (call.started_by, call.drill) == ("account:1", False)


def test_a_real_call_ends_a_drill_and_a_drill_waits_for_a_real_one(cast: Cast, wardens: list[Warden]) -> None:
    drill = wardens[0].starts(drill=True)
    real = wardens[1].starts()
    assert not roll_call.one(drill.token).running and roll_call.running() == real
    with pytest.raises(Conflict):
        wardens[0].starts(drill=True)
    assert wardens[0].starts(drill=True, key="device-key-1") == real, "what a device has is not lost"


def test_it_ends_once_and_says_how_long_everybody_took(cast: Cast, wardens: list[Warden], time: Clock) -> None:
    call = wardens[0].starts(drill=True)
    people = subjects(call)
    for subject in people[:-1]:
        time.moves(seconds=10)
        wardens[0].marks(call, subject, "safe")
    assert roll_call.report(call).seconds is None
    assert [one.subject for one in roll_call.report(call).missing] == people[-1:]
    time.moves(seconds=10)
    wardens[1].marks(call, people[-1], "help")
    report = roll_call.report(wardens[1].ends(call))
    assert (report.seconds, report.found, report.total, report.missing) == (10 * len(people), 3, 3, [])
    assert [mark.by for mark in report.marks] == ["account:1", "account:1", "account:2"]
    with pytest.raises(Conflict):
        wardens[0].ends(call)
    assert roll_call.running() is None and [one.token for one in roll_call.earlier()] == [call.token]


def test_a_device_that_began_alone_tells_when_and_is_heard_once(cast: Cast, wardens: list[Warden], time: Clock) -> None:
    begun = time.at
    time.moves(minutes=5)
    call = wardens[0].starts(key="device-key-1", at=begun)
    assert call.started_at == begun
    wardens[0].ends(call)
    assert wardens[0].starts(key="device-key-1", at=begun).token == call.token, (
        "sent again: the same call, which is over"
    )
    assert wardens[0].starts(key="device-key-2", at=time.at + timedelta(days=2)).started_at == time.at


def test_a_call_that_is_not_there(cast: Cast) -> None:
    with pytest.raises(NotFound):
        roll_call.one("nothing")


def test_a_visitor_whom_the_register_forgets_is_forgotten_here_too(
    cast: Cast, wardens: list[Warden], time: Clock
) -> None:
    came = checks_in(cast.host)
    call = wardens[0].starts()
    wardens[0].marks(call, f"visit:{came.token}", "safe")
    wardens[0].ends(call)
    visits.depart(came.token, how="console")
    time.moves(days=61)
    register.run()
    [visitor, *_staff] = roll_call.people(call)
    assert (visitor.name, visitor.place, visitor.host, visitor.badge, visitor.state) == ("陈**", "", "", "", "safe")


def test_a_back_up_does_not_bring_back_a_visitor_who_was_forgotten(
    cast: Cast, wardens: list[Warden], time: Clock
) -> None:
    came = checks_in(cast.host)
    call = wardens[0].starts()
    wardens[0].ends(call)
    visits.depart(came.token, how="console")
    time.moves(days=61)
    before = as_in_a_back_up(came.token, {})
    register.run()
    assert roll_call.people(call)[0].name == "陈**"
    as_in_a_back_up(came.token, before)
    assert roll_call.people(call)[0].name == "陈嘉豪"
    journal.forget_reactions()  # the command that restores is no desk
    erase_again()
    assert roll_call.people(call)[0].name == "陈**"


@db.act
def as_in_a_back_up(token: str, before: dict[str, Any]) -> dict[str, Any]:
    """Puts a visit and its line on a list back as they were; gives what they were until then."""
    visit = db.session().scalars(select(visits.Visit).where(visits.Visit.token == token)).one()
    line = db.session().scalars(select(roll_call.OnCall).where(roll_call.OnCall.visit_id == visit.id)).one()
    if before:
        visit.visitor_name, visit.erased_at, line.facts = before["name"], None, before["facts"]
    return {"name": visit.visitor_name, "facts": line.facts}
