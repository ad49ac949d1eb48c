"""The last guest leaves: tea stops, and the room is cleared within two minutes (procedure 一.1.5, 一.1.6)."""

from datetime import timedelta

import pytest

from shared import deadlines, rooms, visits
from shared.lib.errors import Conflict, Invalid
from shared.rooms import ALL_DONE, Checklist
from tests.cast import Cast, House, checks_in
from tests.shared.deadlines.conftest import Clock
from tests.shared.rooms.conftest import at, clock_of, comes, seats, state


def test_a1_5b_scanning_the_badge_at_the_kiosk_ends_the_visit_and_stops_tea_timers(cast: Cast, house: House) -> None:
    done = checks_in(cast.host)
    seats(done.token, house.zhu)
    rooms.serve(house.zhu)
    visits.depart_by_pass(done.visit_pass, how="kiosk")
    assert visits.by_token(done.token).state == "left"
    assert [due.key for due in deadlines.running(f"room:{house.zhu}")] == ["T05"]
    [tea] = [row for row in deadlines.of_subject(f"room:{house.zhu}") if row.key == "T04"]
    assert (tea.state, tea.reason) == ("dropped", "left")


@pytest.mark.parametrize("how", ["kiosk", "console", "host", "api"])
def test_a1_5b_however_somebody_leaves_the_room_is_to_be_cleared(cast: Cast, house: House, how: str) -> None:
    token = comes(cast)
    seats(token, house.zhu)
    visits.admit(token)
    visits.depart(token, how=how)
    assert state(house.zhu) == "to_clear"


def test_a1_6_a_room_whose_guests_are_sent_home_at_night_is_cleared_in_the_morning_without_a_clock(
    cast: Cast, house: House, time: Clock
) -> None:
    token = comes(cast)
    seats(token, house.zhu)
    time.at += timedelta(days=1)
    assert visits.end_day() == 1
    assert (state(house.zhu), deadlines.running(f"room:{house.zhu}")) == ("to_clear", [])
    with pytest.raises(Conflict, match="not cleared"):
        seats(comes(cast, "沈知夏"), house.zhu)
    done = rooms.clear(house.zhu, ALL_DONE)
    assert (done.seconds, done.in_time, state(house.zhu)) == (None, None, "free")
    cleared = rooms.last_clearing(house.zhu)
    assert cleared is not None
    assert (cleared.seconds, cleared.tidy) == (None, True)
    assert deadlines.kept(time.at - timedelta(days=2), time.at, keys=["T05"]).total == 0


def test_a1_5b_a_waiting_area_where_nothing_was_drunk_is_free_after_the_night(cast: Cast, house: House) -> None:
    seats(token := comes(cast), house.area)
    visits.depart(token, how="auto")
    assert state(house.area) == "free"


@pytest.mark.parametrize(("ticked", "seconds", "in_time"), [("11:01:50", 110, True), ("11:02:01", 121, False)])
def test_a1_6_last_guest_leaves_11_00_00_ticked_11_01_50_in_time_11_02_01_late(
    cast: Cast, house: House, time: Clock, ticked: str, seconds: int, in_time: bool
) -> None:
    token = comes(cast)
    seats(token, house.zhu)
    at(time, "11:00:00")
    visits.depart(token, how="console")
    at(time, ticked)
    done = rooms.clear(house.zhu, ALL_DONE)
    assert (done.seconds, done.in_time) == (seconds, in_time)
    kept = deadlines.kept(time.at.replace(hour=0), time.at, keys=["T05"])
    assert (kept.total, kept.in_time) == (1, int(in_time))
    cleared = rooms.last_clearing(house.zhu)
    assert cleared is not None
    assert (cleared.seconds, cleared.cups, cleared.table, cleared.tidy) == (seconds, True, True, True)
    assert state(house.zhu) == "free"


def test_a1_6_with_two_guests_in_the_room_nothing_starts_until_the_second_leaves(
    cast: Cast, house: House, time: Clock
) -> None:
    first, second = comes(cast), comes(cast, "沈知夏")
    seats(first, house.zhu)
    seats(second, house.zhu, together=True)
    at(time, "10:50:00")
    visits.depart(first, how="console")
    assert (state(house.zhu), clock_of(house.zhu, "T05")) == ("occupied", None)
    at(time, "11:00:00")
    visits.depart(second, how="console")
    clearing = clock_of(house.zhu, "T05")
    assert clearing is not None
    assert clearing.starts == time.at
    assert clearing.clause.number == "一.1.6"


def test_a1_6_every_point_has_to_be_done_and_the_ashtray_only_where_smoking_is_allowed(
    cast: Cast, house: House
) -> None:
    for room in (house.lan, house.zhu):
        token = comes(cast)
        seats(token, room)
        visits.depart(token, how="console")
    done = Checklist(cups=True, table=True, tidy=True, found="一把伞")
    assert not rooms.clear(house.zhu, done).seconds
    with pytest.raises(Invalid, match="Still to do: Ashtray") as refused:
        rooms.clear(house.lan, done)
    assert list(refused.value.fields) == ["ashtray"]
    assert state(house.lan) == "to_clear"
    cleared = rooms.last_clearing(house.zhu)
    assert cleared is not None
    assert (cleared.found, cleared.ashtray) == ("一把伞", None)


def test_a1_6_a_room_is_cleared_once(cast: Cast, house: House) -> None:
    token = comes(cast)
    seats(token, house.zhu)
    visits.depart(token, how="console")
    rooms.clear(house.zhu, ALL_DONE)
    with pytest.raises(Conflict, match="nothing to clear"):
        rooms.clear(house.zhu, ALL_DONE)


def test_a1_6_a_waiting_area_is_cleared_when_something_was_drunk_there(cast: Cast, house: House) -> None:
    token = comes(cast)
    seats(token, house.area, drink="water")
    rooms.serve(house.area)
    visits.depart(token, how="kiosk")
    assert state(house.area) == "to_clear"
