"""Marks: kept once each, none taken away, help before safe until a person takes it back, in whichever order."""

import itertools
from datetime import timedelta

import pytest

from shared import journal, roll_call, visits
from shared.lib.errors import Gone
from shared.roll_call import CallView, PersonView
from tests.cast import Cast, checks_in
from tests.shared.roll_call.conftest import Clock, Warden, said


@pytest.fixture
def call(cast: Cast, wardens: list[Warden]) -> CallView:
    return wardens[0].starts()


def person(call: CallView, subject: str) -> PersonView:
    return next(one for one in roll_call.people(call) if one.subject == subject)


def of(cast: Cast) -> str:
    return f"person:{cast.host.token}"


def test_help_outranks_safe_until_a_person_takes_it_back(call: CallView, cast: Cast, wardens: list[Warden]) -> None:
    first, second = wardens[:2]
    cry = first.marks(call, of(cast), "help")
    second.marks(call, of(cast), "safe")
    assert person(call, of(cast)).state == "help" and person(call, of(cast)).contested
    first.marks(call, of(cast), "safe", withdraws=[cry.key])
    assert person(call, of(cast)).state == "help", "only who says that it is taken back takes it back"
    second.marks(call, of(cast), "withdrawn", withdraws=[cry.key])
    assert person(call, of(cast)).state == "safe" and not person(call, of(cast)).contested
    assert [one.state for one in person(call, of(cast)).marks] == ["help", "safe", "safe", "withdrawn"], (
        "nothing is lost"
    )


def test_a_cry_that_nobody_saw_outlives_the_one_that_was_taken_back(
    call: CallView, cast: Cast, wardens: list[Warden]
) -> None:
    seen = wardens[0].marks(call, of(cast), "help")
    wardens[1].marks(call, of(cast), "help")
    wardens[2].marks(call, of(cast), "withdrawn", withdraws=[seen.key])
    assert person(call, of(cast)).state == "help"


def test_whoever_marks_anew_takes_back_their_own_mark_and_nobody_elses(
    call: CallView, cast: Cast, wardens: list[Warden]
) -> None:
    first = wardens[0].marks(call, of(cast), "safe")
    wardens[1].marks(call, of(cast), "not_found", withdraws=[first.key])
    assert person(call, of(cast)).state == "safe" and person(call, of(cast)).contested
    wardens[0].marks(call, of(cast), "not_found", withdraws=[first.key])
    assert person(call, of(cast)).state == "not_found" and not person(call, of(cast)).contested


def test_two_different_marks_at_once_are_both_kept_in_whichever_order_they_come(
    call: CallView, cast: Cast, wardens: list[Warden]
) -> None:
    cry, safe = said(of(cast), "help"), said(of(cast), "safe")
    back = said(of(cast), "withdrawn", withdraws=[cry.key])
    sent = ((wardens[0], cry), (wardens[1], safe), (wardens[2], back))
    seen = set()
    for order in itertools.permutations(sent):
        drill = wardens[0].starts()
        for warden, form in order:
            assert warden.sends(drill, form).taken == [form.key]
        seen.add(person(drill, of(cast)).state)
        assert {one.key for one in person(drill, of(cast)).marks} == {cry.key, safe.key, back.key}
        wardens[0].ends(drill)
    assert seen == {"safe"}


def test_a_mark_that_is_sent_again_is_still_one(call: CallView, cast: Cast, wardens: list[Warden]) -> None:
    form = said(of(cast), "safe")
    for _again in range(3):
        assert wardens[0].sends(call, form, form).taken == [form.key, form.key]
    assert [one.key for one in roll_call.marks_after(call)] == [form.key]
    assert [one.data for one in journal.about(call.subject)][1:] == [{"new": 1}], "and is told once"
    other = form.model_copy(update={"state": "help"})
    assert wardens[0].sends(call, other).taken == [] and form.key in wardens[0].sends(call, other).refused
    assert form.key in wardens[1].sends(call, form).refused, "nobody speaks with another's key"


def test_one_that_cannot_be_kept_holds_up_no_other(call: CallView, cast: Cast, wardens: list[Warden]) -> None:
    good, stranger = said(of(cast), "safe"), said("visit:nobody", "safe")
    made = wardens[0].sends(call, stranger, good)
    assert made.taken == [good.key] and set(made.refused) == {stranger.key}
    assert person(call, of(cast)).state == "safe"


def test_marks_of_a_device_without_a_desk_come_later_and_say_when(
    call: CallView, cast: Cast, wardens: list[Warden], time: Clock
) -> None:
    begun = time.at
    time.moves(minutes=5)
    wardens[0].marks(call, of(cast), "safe", at=begun + timedelta(minutes=1))
    wardens[1].marks(call, of(cast), "safe", at=time.at + timedelta(hours=1))
    [mark, ahead] = person(call, of(cast)).marks
    assert (mark.said_at, mark.at, mark.later) == (begun + timedelta(minutes=1), time.at, True)
    assert (ahead.said_at, ahead.later) == (time.at, False), "a clock that is ahead says nothing of the future"


def test_whoever_was_on_the_devices_list_is_on_this_one_too(cast: Cast, wardens: list[Warden]) -> None:
    came = checks_in(cast.host)
    visits.depart(came.token, how="console")
    call = wardens[0].starts(key="device-key-1")
    assert f"visit:{came.token}" not in [one.subject for one in roll_call.people(call)]
    wardens[0].marks(call, f"visit:{came.token}", "safe")
    assert person(call, f"visit:{came.token}").name == "陈嘉豪" and person(call, f"visit:{came.token}").late


def test_marks_come_in_for_a_day_after_the_end(call: CallView, cast: Cast, wardens: list[Warden], time: Clock) -> None:
    wardens[0].ends(call)
    time.moves(hours=23)
    wardens[1].marks(call, of(cast), "safe", at=call.started_at)
    time.moves(hours=2)
    with pytest.raises(Gone):
        wardens[1].sends(call, said(of(cast), "help"))
    assert roll_call.report(call).found == 1
