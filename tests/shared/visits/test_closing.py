"""A visit that is over is closed with its room: once it is cleared, and not before."""

from collections.abc import Iterator

import pytest

from shared import rooms, visits
from shared.rooms import ALL_DONE
from tests.cast import Cast, House
from tests.shared.deadlines.conftest import Clock
from tests.shared.rooms.conftest import cast, comes, house, seats, time

__all__ = ["cast", "house", "time"]
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def joined(cast: Cast) -> Iterator[None]:
    visits.join()
    yield


def leaves(token: str) -> None:
    visits.depart(token, how="console", badge_returned=True)


def is_closed(token: str) -> bool:
    return visits.by_token(token).closed_at is not None


def test_a_visit_is_closed_when_its_room_is_cleared(cast: Cast, house: House, time: Clock) -> None:
    token = comes(cast)
    seats(token, house.zhu)
    time.moves(minutes=10)
    leaves(token)
    assert not is_closed(token)
    time.moves(seconds=100)
    rooms.clear(house.zhu, ALL_DONE)
    assert visits.by_token(token).closed_at == time.at


def test_who_leaves_first_is_closed_with_the_last(cast: Cast, house: House, time: Clock) -> None:
    first, last = comes(cast), comes(cast, "何一帆")
    seats(first, house.zhu)
    seats(last, house.zhu, together=True)
    for token in (first, last):
        time.moves(minutes=1)
        leaves(token)
        assert not is_closed(first)
    time.moves(minutes=1)
    rooms.clear(house.zhu, ALL_DONE)
    assert is_closed(first)
    assert is_closed(last)


def test_a_clearing_that_is_taken_back_opens_the_visit_again(cast: Cast, house: House, time: Clock) -> None:
    token = comes(cast)
    seats(token, house.zhu)
    leaves(token)
    time.moves(seconds=30)
    done = rooms.clear(house.zhu, ALL_DONE)
    assert is_closed(token)
    time.moves(seconds=5)
    rooms.undo(done.seq)
    assert not is_closed(token)


def test_without_a_room_nothing_is_waited_for(cast: Cast) -> None:
    token = comes(cast)
    leaves(token)
    assert is_closed(token)


def test_a_room_out_of_service_is_not_waited_for(cast: Cast, house: House, time: Clock) -> None:
    token = comes(cast)
    seats(token, house.zhu)
    leaves(token)
    time.moves(seconds=30)
    done = rooms.close_room(house.zhu, "空调维修")
    assert visits.by_token(token).closed_at == time.at
    time.moves(seconds=5)
    rooms.undo(done.seq)
    assert not is_closed(token)


def test_who_leaves_first_is_closed_when_the_room_of_who_was_sent_home_at_night_is_cleared(
    cast: Cast, house: House, time: Clock
) -> None:
    first, last = comes(cast), comes(cast, "何一帆")
    seats(first, house.zhu)
    seats(last, house.zhu, together=True)
    leaves(first)
    assert not is_closed(first)
    time.moves(hours=11)
    assert visits.end_day() == 1
    assert not is_closed(first)
    time.moves(hours=12)
    rooms.clear(house.zhu, ALL_DONE)
    assert is_closed(first)
