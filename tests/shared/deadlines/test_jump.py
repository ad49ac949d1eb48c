"""Somebody sets the machine's clock: nothing fires early, nothing lasts less than nothing, and a person decides."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from shared import alerts, badges, deadlines, journal, notice, rooms, visits
from shared.alerts.queue import EMAIL, next_due
from shared.badges.questions import PrintJob
from shared.deadlines import Clockwork, jump
from shared.lib import clock, db
from shared.lib.config import settings
from shared.lib.errors import Conflict
from shared.visits import Seat
from tests.cast import built, checks_in, people

ROOM = "room:3"
LITTLE = timedelta(seconds=5)
JUMPS = [timedelta(hours=1), timedelta(hours=-1), timedelta(days=1), timedelta(days=-1)]


class Machine:
    """The machine's clock, which somebody sets."""

    off = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off


@pytest.fixture
def machine(database: str) -> Iterator[Machine]:
    made = Machine()
    clock.set_machine(made)
    clock.reset()
    jump._told = clock.ZERO
    deadlines.join()
    yield made
    made.off = timedelta(0)
    clock.reset()


def near(one: timedelta, other: timedelta) -> bool:
    return abs(one - other) < LITTLE


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_a_jump_moves_nothing_until_somebody_follows(machine: Machine, by: timedelta) -> None:
    before = clock.now()
    deadlines.start("T05", ROOM, at=before - timedelta(seconds=20))
    machine.off = by
    assert near(clock.now() - before, timedelta(0))
    assert near(clock.jump(), by)
    assert Clockwork().work() == 0


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_whoever_follows_takes_what_runs_along(machine: Machine, by: timedelta) -> None:
    begun = clock.now() - timedelta(seconds=20)
    db.write(lambda: journal.record("kiosk.help", "device:1"))
    deadlines.start("T05", ROOM, at=begun)
    machine.off = by
    moved = deadlines.follow_clock()
    assert near(moved, by)
    assert near(clock.now() - begun, by + timedelta(seconds=20))
    assert clock.jump() == timedelta(0)
    assert Clockwork().work() == 0, "nothing fires early"
    [due] = deadlines.open_now()
    assert due.starts == begun + moved
    assert due.breach - due.starts == timedelta(seconds=120)
    met = deadlines.meet("T05", ROOM)
    assert met is not None
    assert 20 <= met.seconds < 25
    db.write(lambda: journal.record("kiosk.help_seen", "device:1"))
    told = ["kiosk.help", "clock.followed", "kiosk.help_seen"]
    assert [event.action for event in journal.events()] == told, "what happened later stands later, whatever the hour"


def test_what_is_overdue_after_a_jump_fires_once(machine: Machine) -> None:
    deadlines.start("T05", ROOM, at=clock.now() - timedelta(seconds=61))
    works = Clockwork()
    assert works.work() == 1
    machine.off = timedelta(days=1)
    deadlines.follow_clock()
    assert works.work() == 0
    machine.off = timedelta(days=1, hours=1)
    clock.reset()  # as at a restart
    assert works.work() == 1
    assert works.work() == 0
    assert [event.action for event in journal.about(ROOM)] == ["deadlines.warned", "deadlines.breached"]


def test_a_jump_back_at_a_restart_lasts_no_less_than_nothing(machine: Machine) -> None:
    deadlines.start("T05", ROOM)
    machine.off = timedelta(hours=-1)
    clock.reset()
    met = deadlines.meet("T05", ROOM)
    assert met is not None
    assert (met.seconds, met.in_time) == (0.0, True)
    assert deadlines.of_subject(ROOM)[0].seconds == 0.0


def test_the_process_that_was_told_goes_along_once(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[str] = []
    for way in ("follow", "ignore"):
        monkeypatch.setattr(clock, way, lambda way=way: gone.append(way))
    machine.off = timedelta(hours=1)
    deadlines.follow_clock()
    deadlines.ignore_clock()
    assert gone == ["follow", "ignore"]


def test_tea_is_served_after_a_jump_back_was_followed(machine: Machine) -> None:
    notice.publish()
    done, house = checks_in(people().host), built()
    visits.seat(done.token, Seat(room=house.zhu))
    rooms.serve(house.zhu)
    machine.off = timedelta(hours=-1)
    deadlines.follow_clock()
    assert rooms.serve(house.zhu).due is not None
    with pytest.raises(Conflict) as refused:
        rooms.serve(house.zhu)
    assert refused.value.code == "served"


def test_what_ends_with_the_working_day_stays_a_time_of_day(machine: Machine) -> None:
    evening = deadlines.start("T11", "relay:1")
    machine.off = timedelta(hours=1)
    deadlines.follow_clock()
    assert deadlines.open_now() == [evening]


def test_it_is_told_once_and_may_be_left(machine: Machine) -> None:
    machine.off = timedelta(hours=1)
    for _ in range(3):
        jump.notice()
    assert [(event.action, event.data["seconds"]) for event in journal.events()] == [("clock.jumped", 3600)]
    deadlines.ignore_clock()
    assert clock.jump() == timedelta(0)
    jump.notice()
    machine.off = timedelta(hours=1, seconds=3)
    assert near(clock.jump(), machine.off), "another jump is told again"
    machine.off = timedelta(seconds=1)
    assert clock.jump() == timedelta(0), "up to two seconds nobody is asked"
    with pytest.raises(Conflict):
        deadlines.follow_clock()


@pytest.mark.parametrize("by", JUMPS, ids=str)
def test_what_waits_to_be_sent_or_printed_waits_as_long_as_before(
    machine: Machine, by: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_SMTP_URL", "smtp://127.0.0.1:9?tls=none")
    settings.cache_clear()
    notice.publish()
    alerts.join()
    badges.join()
    done = checks_in(people().host)
    [alert] = alerts.page()[0]
    before = next_due(EMAIL)
    machine.off = by
    moved = deadlines.follow_clock()
    assert before is not None
    assert next_due(EMAIL) == before + moved
    assert alerts.one(alert.token).expires_at == alert.expires_at + moved
    with db.reading() as session:
        [job] = session.query(PrintJob).all()
        assert job.due_at == job.created_at + moved
    visits.depart(done.token, how="console")
    visit = visits.by_token(done.token)
    assert visit.left_at is not None and visit.arrived_at is not None
    assert visit.left_at >= visit.arrived_at
