"""Tea: the first cup within three minutes, a refill every fifteen for each room (procedure 一.1.3, 一.1.5)."""

import pytest

from shared import deadlines, rooms, visits
from shared.deadlines import Clockwork
from shared.lib.errors import Conflict
from tests.cast import Cast, House
from tests.shared.deadlines.conftest import Clock
from tests.shared.rooms.conftest import at, clock_of, comes, local, seats, state


def test_a1_3_none_creates_no_tea_timer(cast: Cast, house: House) -> None:
    seats(comes(cast), house.zhu, drink="none")
    assert deadlines.running(f"room:{house.zhu}") == []


def test_a1_3_first_tea_is_due_from_the_moment_they_sit(cast: Cast, house: House, time: Clock) -> None:
    seats(comes(cast), house.zhu, drink="coffee")
    first = clock_of(house.zhu, "T03")
    assert first is not None
    assert ((first.warn - time.at).seconds, (first.due - time.at).seconds) == (120, 180)
    assert first.clause.number == "一.1.3"
    time.moves(minutes=3)
    assert rooms.serve(house.zhu).first
    [done] = [row for row in deadlines.of_subject(f"room:{house.zhu}") if row.key == "T03"]
    assert (done.in_time, done.seconds) == (True, 180.0)


def test_a1_3_what_was_asked_at_the_kiosk_is_brought(cast: Cast, house: House) -> None:
    token = comes(cast, drink="none")
    seats(token, house.zhu)
    assert clock_of(house.zhu, "T03") is None
    other = comes(cast, "沈知夏", drink="water")
    seats(other, house.lan)
    assert rooms.room(house.lan).use.drink == "water"  # type: ignore[union-attr]
    assert clock_of(house.lan, "T03") is not None


def test_a1_5a_seated_10_00_tea_10_02_due_10_17_tapped_10_19_next_10_34(cast: Cast, house: House, time: Clock) -> None:
    seats(comes(cast), house.zhu)
    at(time, "10:02")
    rooms.serve(house.zhu)
    refill = clock_of(house.zhu, "T04")
    assert refill is not None
    assert [local(moment) for moment in (refill.warn, refill.due, refill.breach)] == ["10:15", "10:17", "10:20"]
    at(time, "10:19")
    assert local(rooms.serve(house.zhu).due) == "10:34"
    refill = clock_of(house.zhu, "T04")
    assert refill is not None
    assert local(refill.due) == "10:34"
    [first] = [row for row in deadlines.of_subject(f"room:{house.zhu}") if row.key == "T04" and row.state == "met"]
    assert first.in_time


def test_a1_5a_one_clock_for_a_room_however_many_visitors_are_in_it(cast: Cast, house: House, time: Clock) -> None:
    first, second = comes(cast), comes(cast, "沈知夏")
    seats(first, house.zhu)
    rooms.serve(house.zhu)
    time.moves(minutes=1)
    seats(second, house.zhu, together=True, drink="none")
    assert [due.key for due in deadlines.running(f"room:{house.zhu}")] == ["T04"]
    visits.depart(first, how="kiosk")
    assert [due.key for due in deadlines.running(f"room:{house.zhu}")] == ["T04"], "one of them is still there"


def test_a1_5a_do_not_disturb_stops_the_refill_and_afterwards_it_starts_anew(
    cast: Cast, house: House, time: Clock
) -> None:
    seats(comes(cast), house.zhu)
    rooms.serve(house.zhu)
    at(time, "10:10")
    rooms.do_not_disturb(house.zhu)
    at(time, "11:00")
    Clockwork().work()
    assert clock_of(house.zhu, "T04") is None
    assert deadlines.kept(time.at.replace(hour=0), time.at, keys=["T04"]).total == 0, "it counts for nothing"
    with pytest.raises(Conflict):
        rooms.do_not_disturb(house.zhu)
    assert local(rooms.do_not_disturb(house.zhu, False).due) == "11:15"


def test_a1_5a_two_who_press_at_the_same_moment_have_served_once(cast: Cast, house: House, time: Clock) -> None:
    seats(comes(cast), house.zhu)
    rooms.serve(house.zhu)
    time.moves(seconds=3)
    with pytest.raises(Conflict, match="was served at 10:00"):
        rooms.serve(house.zhu)
    assert len(rooms.room(house.zhu).use.rounds) == 1  # type: ignore[union-attr]


def test_a1_5a_after_the_clock_was_set_back_tea_is_served_and_two_who_press_have_still_served_once(
    cast: Cast, house: House, time: Clock
) -> None:
    seats(comes(cast), house.zhu)
    time.moves(minutes=2)
    rooms.serve(house.zhu)
    time.moves(hours=-1)
    assert local(rooms.serve(house.zhu).due) == "09:17"
    time.moves(seconds=3)
    with pytest.raises(Conflict, match="was served at 09:02"):
        rooms.serve(house.zhu)


def test_a1_5a_each_serving_is_kept_with_who_and_when(cast: Cast, house: House, time: Clock) -> None:
    seats(comes(cast), house.zhu)
    for moment in ("10:02", "10:17", "10:30"):
        at(time, moment)
        rooms.serve(house.zhu)
    use = rooms.room(house.zhu).use
    assert use is not None
    assert [(local(one.at), one.first) for one in use.rounds] == [("10:02", True), ("10:17", False), ("10:30", False)]


def test_a1_5a_nobody_is_served_in_an_empty_room(cast: Cast, house: House) -> None:
    assert state(house.zhu) == "free"
    with pytest.raises(Conflict, match="Nobody is in Bamboo"):
        rooms.serve(house.zhu)
