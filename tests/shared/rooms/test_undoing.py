"""A slip is taken back within fifteen seconds: room, tea and clocks are as before (rulings 12)."""

from collections.abc import Callable

import pytest

from shared import deadlines, journal, rooms, visits
from shared.lib.actor import Actor, acting_as
from shared.lib.errors import Conflict, Gone, NotFound
from shared.rooms import ALL_DONE
from shared.visits import Seat
from tests.cast import Cast, House
from tests.shared.deadlines.conftest import Clock
from tests.shared.rooms.conftest import clock_of, comes, seats, state


def picture(house: House) -> list[object]:
    """Everything that can be seen of the rooms and their clocks."""
    seen: list[object] = []
    for room in rooms.rooms():
        use = room.use
        running = [(due.key, due.starts, due.due) for due in deadlines.running(f"room:{room.id}")]
        tea = (use.id, use.drink, use.quiet, use.rounds) if use else None
        seen.append((room.name, room.state, tea, room.clearing, room.reservations, sorted(running)))
    seen += [(visit.token, visit.room_use_id, visit.state) for guests in visits.in_rooms().values() for visit in guests]
    return seen


@pytest.fixture
def busy(cast: Cast, house: House, time: Clock) -> dict[str, str]:
    """One sits in Bamboo with coffee, one has left Orchid, one waits, and one does so in the waiting area."""
    tokens = {name: comes(cast, name) for name in ("陈嘉豪", "沈知夏", "周启明", "袁立")}
    seats(tokens["陈嘉豪"], house.zhu, drink="coffee")
    seats(tokens["袁立"], house.area)
    visits.confirm_entry(tokens["袁立"])
    rooms.serve(house.zhu)
    seats(tokens["沈知夏"], house.lan)
    time.moves(minutes=4)
    visits.depart(tokens["沈知夏"], how="console")
    time.moves(minutes=1)
    return tokens


ACTS: dict[str, Callable[[House, dict[str, str]], int]] = {
    "seat": lambda house, who: seats(who["周启明"], house.ju).seq,
    "seat in a room to clear": lambda house, who: seats(who["周启明"], house.lan, reason="急").seq,
    "seat with others": lambda house, who: seats(who["周启明"], house.zhu, together=True, drink="coffee").seq,
    "move": lambda house, who: visits.move(who["陈嘉豪"], Seat(room=house.ju)).seq,
    "met": lambda house, who: visits.admit(who["袁立"]).seq,
    "move from the waiting area": lambda house, who: visits.move(who["袁立"], Seat(room=house.ju)).seq,
    "depart": lambda house, who: visits.depart(who["陈嘉豪"], how="console").seq,
    "serve": lambda house, who: rooms.serve(house.zhu).seq,
    "quiet": lambda house, who: rooms.do_not_disturb(house.zhu).seq,
    "clear": lambda house, who: rooms.clear(house.lan, ALL_DONE).seq,
    "close": lambda house, who: rooms.close_room(house.lan, "空调维修").seq,
}


@pytest.mark.parametrize("act", ACTS)
def test_what_was_done_is_taken_back_as_if_it_had_never_been(
    busy: dict[str, str], house: House, time: Clock, act: str
) -> None:
    before = picture(house)
    seq = ACTS[act](house, busy)
    assert picture(house) != before
    time.moves(seconds=15)
    event = journal.at(seq)
    assert event is not None
    (visits if event.topic == "visits" else rooms).undo(seq)
    assert picture(house) == before


def test_it_is_too_late_after_fifteen_seconds_and_nobody_elses_to_undo(
    busy: dict[str, str], house: House, time: Clock
) -> None:
    seq = rooms.serve(house.zhu).seq
    with acting_as(Actor("account", 7, "Zhou", frozenset({"receptionist"}))), pytest.raises(NotFound):
        rooms.undo(seq)
    time.moves(seconds=15.1)
    with pytest.raises(Gone):
        rooms.undo(seq)


def test_what_happened_in_the_room_since_is_not_overwritten(busy: dict[str, str], house: House, time: Clock) -> None:
    seq = visits.depart(busy["陈嘉豪"], how="console").seq
    time.moves(seconds=5)
    rooms.clear(house.zhu, ALL_DONE)
    with pytest.raises(Conflict, match="Something else has happened"):
        visits.undo(seq)
    assert (state(house.zhu), clock_of(house.zhu, "T05")) == ("free", None)
    assert visits.by_token(busy["陈嘉豪"]).state == "left"


def two_in(room: int, cast: Cast) -> tuple[str, str]:
    first, second = comes(cast), comes(cast, "沈知夏")
    seats(first, room)
    seats(second, room, together=True)
    return first, second


OUT: dict[str, Callable[[House, str], int]] = {
    "departed": lambda house, token: visits.depart(token, how="console").seq,
    "moved": lambda house, token: visits.move(token, Seat(room=house.ju)).seq,
}


@pytest.mark.parametrize("out", OUT)
def test_nobody_is_put_back_into_a_room_that_the_others_have_left_since(
    cast: Cast, house: House, time: Clock, out: str
) -> None:
    first, second = two_in(house.zhu, cast)
    seq = OUT[out](house, first)
    time.moves(seconds=5)
    visits.depart(second, how="console")
    before = picture(house)
    time.moves(seconds=5)
    with pytest.raises(Conflict, match="Something else has happened"):
        visits.undo(seq)
    assert picture(house) == before


def test_nobody_is_put_back_into_a_waiting_area_that_the_others_have_left_since(
    cast: Cast, house: House, time: Clock
) -> None:
    first, second = two_in(house.area, cast)
    visits.confirm_entry(first)
    seq = visits.admit(first).seq
    time.moves(seconds=5)
    visits.depart(second, how="console")
    with pytest.raises(Conflict, match="Something else has happened"):
        visits.undo(seq)
    assert (visits.by_token(first).state, visits.by_token(first).room_use_id) == ("meeting", None)


def test_a_room_does_not_go_on_without_anybody(cast: Cast, house: House, time: Clock) -> None:
    first, second = comes(cast), comes(cast, "沈知夏")
    seats(first, house.zhu)
    seq = seats(second, house.zhu, together=True).seq
    visits.depart(first, how="console")
    time.moves(seconds=5)
    with pytest.raises(Conflict, match="Something else has happened"):
        visits.undo(seq)
    assert visits.by_token(second).room_use_id is not None


def test_who_left_first_is_put_back_while_the_others_are_there(cast: Cast, house: House, time: Clock) -> None:
    first, _second = two_in(house.zhu, cast)
    before = picture(house)
    seq = visits.depart(first, how="console").seq
    time.moves(seconds=5)
    visits.undo(seq)
    assert picture(house) == before


def test_what_has_ended_is_not_ended_again(cast: Cast, house: House, time: Clock) -> None:
    token = comes(cast)
    seats(token, house.zhu)
    ended = visits.by_token(token).room_use_id
    assert ended is not None
    visits.depart(token, how="console")
    rooms.clear(house.zhu, ALL_DONE)
    seats(comes(cast, "沈知夏"), house.zhu)
    before = picture(house)
    time.moves(minutes=1)
    rooms.vacate(rooms.Trace(), ended)
    assert picture(house) == before
