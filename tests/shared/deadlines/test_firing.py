"""A stage that has come is told once: never early, never twice, whatever happened meanwhile."""

import threading
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared import deadlines, journal
from shared.deadlines import Clockwork
from shared.journal import Event
from shared.lib import clock
from shared.lib.config import settings
from tests.serving import wait_for
from tests.shared.deadlines.conftest import Clock

ROOM = "room:3"
SECOND = timedelta(seconds=1)


def told() -> list[tuple[str, list[str]]]:
    """What the clockwork has said, in order."""
    return [
        (event.action.removeprefix("deadlines."), event.data["steps"])
        for event in journal.events()
        if event.topic == "deadlines"
    ]


def test_every_stage_fires_in_its_turn(time: Clock) -> None:
    deadlines.start("T02", "visit:x")
    work = Clockwork().work
    heard = []
    for seconds in (119, 1, 59, 1, 119, 1, 300, 0.001, 1000):
        time.moves(seconds=seconds)
        heard.append(work())
    assert heard == [0, 1, 0, 1, 0, 1, 0, 1, 0]
    assert told() == [
        ("warned", []),
        ("escalated", ["resend"]),
        ("escalated", ["deputy"]),
        ("breached", ["reception"]),
    ]
    [row] = deadlines.of_subject("visit:x")
    assert row.state == "open", "it runs until somebody settles it"


def test_at_the_very_breach_it_is_not_late(time: Clock) -> None:
    deadlines.start("T05", ROOM)
    work = Clockwork().work
    time.moves(seconds=120)
    work()
    assert told() == [("due", [])]
    time.moves(microseconds=1)
    work()
    assert told()[1:] == [("breached", [])]


def test_after_a_restart_what_is_overdue_fires_once_and_not_once_a_stage(time: Clock) -> None:
    deadlines.start("T02", "visit:x")
    deadlines.start("T01", "visit:x")
    time.moves(hours=3)
    assert Clockwork().work() == 2
    assert told() == [("breached", ["backup"]), ("breached", ["resend", "deputy", "reception"])]
    assert Clockwork().work() == 0


def test_a_step_after_the_breach_is_told_too(time: Clock) -> None:
    deadlines.start("T04", ROOM)
    time.moves(minutes=19)
    Clockwork().work()
    time.moves(minutes=1)
    Clockwork().work()
    assert told() == [("breached", []), ("escalated", ["backup"])]


def test_what_is_settled_does_not_fire(time: Clock) -> None:
    deadlines.start("T05", ROOM)
    deadlines.start("T04", ROOM)
    deadlines.meet("T05", ROOM)
    deadlines.drop("T04", ROOM, "left")
    time.moves(hours=1)
    assert Clockwork().work() == 0
    assert told() == []


def test_what_runs_on_fires_what_is_left_and_nothing_again(time: Clock) -> None:
    deadlines.start("T05", ROOM)
    time.moves(seconds=61)
    Clockwork().work()
    deadlines.meet("T05", ROOM)
    time.moves(seconds=5)
    deadlines.reopen("T05", ROOM)
    assert Clockwork().work() == 0
    time.moves(seconds=55)
    Clockwork().work()
    assert told() == [("warned", []), ("breached", [])]


def test_two_who_look_at_once_fire_it_once(time: Clock) -> None:
    rows = [deadlines.start("T05", f"room:{number}") for number in range(5)]
    time.moves(seconds=60)
    fired: list[Event | None] = []
    threads = [threading.Thread(target=lambda: fired.extend(deadlines.fire(row.id) for row in rows)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(event is not None for event in fired) == 5
    assert told() == [("warned", [])] * 5


def test_one_that_stumbles_does_not_hold_up_the_others(time: Clock, caplog: pytest.LogCaptureFixture) -> None:
    def breaks(event: Event) -> None:
        if event.subject == "room:1" and broken:
            raise RuntimeError("no")

    broken: list[Any] = [True]
    journal.within("deadlines.warned", breaks)
    for number in range(3):
        deadlines.start("T05", f"room:{number}")
    time.moves(seconds=60)
    works = Clockwork()
    assert works.work() == 2
    assert works.work() == 0
    broken.clear()
    time.moves(seconds=30)
    assert works.work() == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("Europe/Berlin", "2026-03-29T01:00Z"),
        ("Europe/Berlin", "2026-10-25T01:00Z"),
        ("Australia/Lord_Howe", "2026-04-04T15:00Z"),
        ("Australia/Lord_Howe", "2026-10-03T15:30Z"),
    ],
)
def test_summer_time_neither_shortens_nor_stretches_a_clock(
    time: Clock, monkeypatch: pytest.MonkeyPatch, zone: str, change: str
) -> None:
    monkeypatch.setenv("DESK_TIMEZONE", zone)
    settings.cache_clear()
    moment = datetime.fromisoformat(change)
    before, after = (one.astimezone(settings().zone).utcoffset() for one in (moment - SECOND, moment))
    assert before != after, "the change is here"
    time.at = moment - timedelta(minutes=7)
    deadlines.start("T04", ROOM)
    works = Clockwork()
    heard = []
    for minute in range(1, 21):
        time.moves(minutes=1)
        heard += [minute] * works.work()
    assert heard == [13, 15, 19, 20], "warned, due, late just after 18, backup"
    met = deadlines.meet("T04", ROOM)
    assert met is not None
    assert met.seconds == 1200


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_clockwork_wakes_by_itself_when_a_stage_comes_and_never_early(database: str) -> None:
    works = Clockwork()
    works.start()
    try:
        begun = clock.now() - timedelta(seconds=59.5)
        due = deadlines.start("T05", ROOM, at=begun)
        event = wait_for(lambda: journal.about(ROOM), "the warning")[0]
    finally:
        works.stop()
    assert event.action == "deadlines.warned"
    assert event.at >= due.warn
