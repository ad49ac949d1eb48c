"""A clock starts, is met, is dropped, starts again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared import deadlines
from shared.lib import db
from shared.lib.actor import Actor, acting_as
from tests.shared.deadlines.conftest import TEN, Clock

ROOM = "room:3"


def test_a_clock_knows_its_moments_from_the_start(time: Clock) -> None:
    due = deadlines.start("T04", ROOM)
    assert (due.clause.number, due.starts) == ("一.1.5", TEN)
    assert [moment - TEN for moment in (due.warn, due.due, due.red, due.breach)] == [
        timedelta(minutes=minutes) for minutes in (13, 15, 18, 18)
    ]
    assert deadlines.open_now() == [due]


def test_a_clock_that_runs_is_not_started_again(time: Clock) -> None:
    first = deadlines.start("T04", ROOM)
    time.moves(minutes=1)
    assert deadlines.start("T04", ROOM) == first
    assert len(deadlines.of_subject(ROOM)) == 1


@pytest.mark.parametrize(("seconds", "in_time"), [(300.0, True), (300.001, False), (300.000001, False)])
def test_three_hundred_seconds_are_in_time_and_a_millisecond_more_is_not(
    time: Clock, seconds: float, in_time: bool
) -> None:
    deadlines.start("T06", "relay:1")
    time.moves(seconds=seconds)
    met = deadlines.meet("T06", "relay:1")
    assert met is not None
    assert (met.seconds, met.in_time) == (seconds, in_time)
    [row] = deadlines.of_subject("relay:1")
    assert (row.seconds, row.in_time) == (seconds, in_time), "and the same when it is read again"


def test_who_met_it_and_when_stays(time: Clock) -> None:
    deadlines.start("T05", ROOM)
    time.moves(seconds=110)
    with acting_as(Actor("account", 7)):
        deadlines.meet("T05", ROOM)
    [row] = deadlines.of_subject(ROOM)
    assert (row.state, row.met_by, row.met) == ("met", "account:7", time.at)
    assert deadlines.open_now() == []
    assert deadlines.done_lately() == [row]
    time.moves(seconds=9)
    assert deadlines.done_lately() == []


def test_meeting_what_does_not_run_says_so(time: Clock) -> None:
    assert deadlines.meet("T05", ROOM) is None
    deadlines.start("T05", ROOM)
    deadlines.meet("T05", ROOM)
    assert deadlines.meet("T05", ROOM) is None


def test_dropping_leaves_the_reason(time: Clock) -> None:
    deadlines.start("T05", ROOM)
    deadlines.start("T04", ROOM)
    deadlines.start("T04", "room:4")
    assert deadlines.drop("T05", ROOM, "left")
    assert not deadlines.drop("T05", ROOM, "left")
    assert deadlines.drop_all(ROOM, "closed") == 1
    assert [(row.state, row.reason) for row in deadlines.of_subject(ROOM)] == [
        ("dropped", "left"),
        ("dropped", "closed"),
    ]
    assert [due.subject for due in deadlines.open_now()] == ["room:4"]


def test_a_clock_that_moves_runs_on_as_it_did(time: Clock) -> None:
    before = deadlines.start("T04", ROOM)
    time.moves(minutes=19)
    fired = deadlines.fire(before.id)
    assert fired is not None
    [due] = deadlines.open_now()
    assert deadlines.move("T04", ROOM, "room:4")
    assert deadlines.open_now() == [replace(due, subject="room:4")]
    assert not deadlines.move("T04", ROOM, "room:4")
    assert deadlines.fire(before.id) is None, "what was told is not told again"


def test_starting_again_begins_from_now(time: Clock) -> None:
    deadlines.start("T06", "relay:1")
    time.moves(minutes=4)
    again = deadlines.restart("T06", "relay:1")
    assert again.starts == time.at
    assert deadlines.open_now() == [again]
    assert [row.reason for row in deadlines.of_subject("relay:1")] == ["restarted", ""]


def test_the_list_is_sorted_by_due_and_at_a_tie_the_red_one_is_first(time: Clock) -> None:
    deadlines.start("T04", "room:2", at=TEN)  # due at 15, red at 18
    deadlines.start("T05", "room:1", at=TEN + timedelta(minutes=13))  # due at 15, red at 15
    deadlines.start("T03", "room:3", at=TEN)
    time.moves(minutes=16)
    assert [due.key for due in deadlines.open_now()] == ["T03", "T05", "T04"]
    assert [due.colour(time.at) for due in deadlines.open_now()] == ["late", "late", "over"]


def test_colours_follow_warn_due_and_breach(time: Clock) -> None:
    due = deadlines.start("T04", ROOM)
    minutes = {12.99: "calm", 13: "soon", 15: "soon", 15.01: "over", 18: "over", 18.01: "late"}
    assert {at: due.colour(TEN + timedelta(minutes=at)) for at in minutes} == minutes


def test_the_ladder_of_the_host_turns_red_before_the_breach(time: Clock) -> None:
    due = deadlines.start("T02", "visit:x")
    assert (due.red - TEN, due.breach - TEN) == (timedelta(minutes=5), timedelta(minutes=10))


def test_a_clock_that_was_stopped_runs_on_as_it_did(time: Clock) -> None:
    before = deadlines.start("T04", ROOM)
    time.moves(minutes=14)
    deadlines.meet("T04", ROOM)
    deadlines.start("T04", ROOM)
    time.moves(seconds=10)
    assert deadlines.reopen("T04", ROOM)
    assert deadlines.open_now() == [before]
    assert not deadlines.reopen("T05", ROOM)


def test_undo_puts_back_what_one_act_stopped_and_takes_away_what_it_started(time: Clock) -> None:
    old = deadlines.start("T04", ROOM)
    time.moves(minutes=20)
    moment = time.at

    def leave() -> None:
        deadlines.drop_all(ROOM, "left")
        deadlines.start("T05", ROOM)

    db.write(leave)
    time.moves(seconds=5)
    deadlines.start("T06", "relay:1")
    deadlines.undo(ROOM, moment)
    assert [due.key for due in deadlines.open_now()] == ["T04", "T06"]
    assert deadlines.open_now()[0] == old
    assert deadlines.kept(TEN, time.at, keys=["T05"]).total == 0


def test_what_is_kept_counts_the_late_and_not_the_dropped(time: Clock) -> None:
    for number, seconds in enumerate((110, 120, 121)):
        deadlines.start("T05", f"room:{number}", at=TEN)
        deadlines.meet("T05", f"room:{number}", at=TEN + timedelta(seconds=seconds))
    deadlines.start("T05", "room:dropped")
    deadlines.drop_all("room:dropped", "closed")
    deadlines.start("T05", "room:runs late", at=TEN)
    time.moves(seconds=119)
    assert deadlines.kept(TEN, time.at, clause="一.1.6").total == 3
    time.moves(seconds=2)
    deadlines.start("T05", "room:runs")
    deadlines.start("T05", "room:forgotten", at=TEN)
    deadlines.drop_all("room:forgotten", "closed")
    kept = deadlines.kept(TEN, time.at + timedelta(seconds=1), clause="一.1.6")
    assert (kept.total, kept.in_time, kept.seconds) == (5, 2, [110.0, 120.0, 121.0])
    assert [row.subject for row in kept.late] == ["room:2", "room:runs late", "room:forgotten"]
    assert deadlines.kept(TEN, TEN, clause="一.1.6").share is None
