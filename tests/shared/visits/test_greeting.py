"""Somebody who checked in at the kiosk is greeted by a person (procedure 一.1.1)."""

from collections.abc import Iterator

import pytest

from shared import deadlines, journal, notice, visits
from shared.deadlines import Clockwork, Due
from shared.lib import clock
from shared.lib.actor import Actor, acting_as
from shared.lib.errors import Conflict
from tests.cast import Cast, checks_in, form, goes_in, people
from tests.shared.deadlines.conftest import Clock

LIN = Actor("account", 0, "Lin", frozenset({"receptionist"}))


@pytest.fixture
def time(database: str) -> Iterator[Clock]:
    standing = Clock()
    clock.set_clock(standing)
    yield standing
    clock.reset()


@pytest.fixture
def cast(time: Clock) -> Cast:
    notice.publish()
    return people()


def greeting(token: str) -> list[Due]:
    return [due for due in deadlines.running(f"visit:{token}") if due.key == "T01"]


def test_a1_1a_a_visitor_from_the_kiosk_is_red_at_61_s_if_nobody_has_tapped(cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    works = Clockwork()
    colours = {}
    for second in (0, 30, 60, 61):
        time.at = visits.by_token(done.token).created_at
        time.moves(seconds=second)
        works.work()
        [due] = greeting(done.token)
        colours[second] = due.colour(time.at)
    assert colours == {0: "calm", 30: "soon", 60: "soon", 61: "late"}
    assert [event.action for event in journal.about(f"visit:{done.token}")][1:] == [
        "deadlines.warned", "deadlines.due", "deadlines.breached",
    ]  # fmt: skip


def test_a1_1a_one_tap_greets_and_is_measured(cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    time.moves(seconds=18)
    with acting_as(LIN):
        greeted = visits.greet(done.token)
    assert greeting(done.token) == []
    [clock_] = deadlines.of_subject(f"visit:{done.token}")
    assert (clock_.seconds, clock_.in_time, clock_.clause.number) == (18.0, True, "一.1.1")
    with pytest.raises(Conflict):
        visits.greet(done.token)
    with acting_as(LIN):
        visits.undo(greeted.seq)
    assert len(greeting(done.token)) == 1


def test_whoever_registers_at_the_desk_has_been_greeted(cast: Cast) -> None:
    with acting_as(LIN):
        done = visits.check_in(form(cast.host), source="console")
    assert deadlines.of_subject(f"visit:{done.token}") == []


def test_a_host_who_comes_has_greeted(cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    time.moves(seconds=40)
    with acting_as(LIN):
        met = goes_in(done.token)
        assert greeting(done.token) == []
        visits.undo(met.seq)
    assert len(greeting(done.token)) == 1


def test_whoever_leaves_is_not_greeted_any_more_and_undo_brings_the_clock_back(cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    [before] = greeting(done.token)
    time.moves(seconds=20)
    with acting_as(LIN):
        left = visits.depart(done.token, how="console")
        assert deadlines.open_now() == []
        time.moves(seconds=10)
        visits.undo(left.seq)
    assert greeting(done.token) == [before]
    assert deadlines.kept(before.starts, time.at, clause="一.1.1").total == 0
