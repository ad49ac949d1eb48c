"""At the end of the day whoever has not signed out counts as gone; nobody who came since is touched."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from shared import company, deadlines, journal, notice, rooms, visits
from shared.lib import clock
from shared.lib.config import settings
from shared.visits import Seat
from tests.cast import Cast, built, checks_in, people
from tests.shared.deadlines.conftest import Clock

EIGHT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # 20:00 in Shanghai


@pytest.fixture
def time(database: str) -> Iterator[Clock]:
    standing = Clock(EIGHT - timedelta(hours=3))
    clock.set_clock(standing)
    yield standing
    clock.reset()


@pytest.fixture
def cast(time: Clock) -> Cast:
    notice.publish()
    return people()


def test_who_is_still_there_at_eight_is_marked_as_gone_since_eight(cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    time.at = EIGHT - timedelta(seconds=1)
    assert visits.end_day() == 0
    time.at = EIGHT + timedelta(minutes=7)
    assert visits.end_day() == 1
    visit = visits.by_token(done.token)
    assert (visit.state, visit.left_how, visit.left_at) == ("left", "auto", EIGHT)
    assert deadlines.open_now() == []
    event = journal.newest(1)[0]
    assert (event.action, event.actor) == ("visits.departed", "system")
    assert visits.end_day() == 0


def test_who_came_at_eight_or_later_stays_until_the_next_evening(cast: Cast, time: Clock) -> None:
    time.at = EIGHT
    done = checks_in(cast.host)
    time.moves(hours=2)
    assert visits.end_day() == 0
    time.moves(hours=21, minutes=59)
    assert visits.end_day() == 0
    time.moves(minutes=1)
    assert visits.end_day() == 1
    assert visits.by_token(done.token).left_at == EIGHT + timedelta(days=1)


def test_a_desk_that_was_off_at_eight_catches_up(cast: Cast, time: Clock) -> None:
    done = [checks_in(cast.host) for _ in range(3)]
    time.at = EIGHT + timedelta(hours=12)
    assert visits.end_day() == 3
    assert {visits.by_token(one.token).left_at for one in done} == {EIGHT}


def test_what_ran_when_the_day_ended_is_late_only_when_it_was_late_by_then(cast: Cast, time: Clock) -> None:
    house, names = built(), ("陈嘉豪", "沈知夏")
    for name, room, minutes in zip(names, (house.lan, house.zhu), (30, 12), strict=True):
        time.at = EIGHT - timedelta(minutes=minutes)
        visits.seat(checks_in(cast.host, visitor_name=name).token, Seat(room=room))
        rooms.serve(room)
    time.at = EIGHT - timedelta(seconds=30)
    checks_in(cast.host)
    time.at = EIGHT + timedelta(hours=12)
    assert visits.end_day() == 3
    kept = deadlines.kept(EIGHT - timedelta(hours=3), time.at, keys=["T04"])
    assert [row.subject for row in kept.rows] == [f"room:{house.lan}"]
    assert {row.dropped for row in deadlines.of_subject(f"room:{house.zhu}") if row.key == "T04"} == {EIGHT}
    [waited] = [row for row in deadlines.page("dropped")[0] if row.key == "T01"]
    assert waited.dropped == EIGHT < waited.breach


def test_the_hour_is_a_setting(cast: Cast, time: Clock) -> None:
    company.change(company.facts().model_copy(update={"day_ends": "24:00"}))
    checks_in(cast.host)
    time.at = EIGHT + timedelta(hours=3, minutes=59)
    assert visits.end_day() == 0
    time.moves(minutes=1)
    assert visits.end_day() == 1


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("zone", ["Europe/Berlin", "Australia/Lord_Howe"])
def test_it_is_eight_on_the_wall_also_when_summer_time_changes(
    database: str, monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    monkeypatch.setenv("DESK_TIMEZONE", zone)
    settings.cache_clear()
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    for _ in range(365 * 2):
        following = visits.next_day_end(moment)
        assert following > moment
        assert following.astimezone(settings().zone).strftime("%H:%M") == "20:00"
        assert timedelta(0) < following - moment <= timedelta(hours=25)
        moment += timedelta(hours=12)
