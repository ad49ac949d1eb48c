"""Rooms are kept for a time, taken out of service, changed and put in order."""

from datetime import timedelta

import pytest

from shared import rooms, visits
from shared.lib.errors import Conflict, Invalid
from shared.rooms import Keeping, RoomForm
from tests.cast import Cast, House, checks_in
from tests.shared.deadlines.conftest import Clock
from tests.shared.rooms.conftest import comes, seats, state


def keeps(time: Clock, room: int, start: int, end: int, person: int | None = None) -> rooms.Acted:
    """Minutes from now."""
    form = Keeping(starts_at=time.at + timedelta(minutes=start), ends_at=time.at + timedelta(minutes=end))
    return rooms.reserve(room, form, person)


def test_a_reservation_holds_the_room_from_a_quarter_of_an_hour_before(cast: Cast, house: House, time: Clock) -> None:
    keeps(time, house.zhu, 30, 60, cast.other.id)
    assert state(house.zhu) == "free"
    time.moves(minutes=15)
    assert state(house.zhu) == "reserved"
    with pytest.raises(Conflict, match="Bamboo is kept for Yuchi Ming from 10:30"):
        seats(comes(cast), house.zhu)
    theirs = checks_in(cast.other, visitor_name="沈知夏").token
    best = visits.choices(visits.by_token(theirs))[0]
    assert (best.room.id, best.suggested, best.needs_reason) == (house.zhu, True, False)
    seats(theirs, house.zhu)
    assert state(house.zhu) == "occupied"
    time.moves(minutes=60)
    assert rooms.room(house.zhu).reservations == ()


def test_a_reserved_room_is_taken_for_a_reason(cast: Cast, house: House, time: Clock) -> None:
    keeps(time, house.zhu, 5, 60)
    seats(comes(cast), house.zhu, reason="客人先到")
    assert state(house.zhu) == "occupied"


def test_two_reservations_do_not_meet(cast: Cast, house: House, time: Clock) -> None:
    first = keeps(time, house.zhu, 30, 60, cast.host.id)
    for start, end in ((0, 31), (45, 50), (59, 90)):
        with pytest.raises(Conflict, match="is kept for Wang Jianming from 10:30 until 11:00"):
            keeps(time, house.zhu, start, end)
    keeps(time, house.zhu, 60, 90)
    [kept, _later] = rooms.room(house.zhu).reservations
    rooms.cancel_reservation(kept.id)
    keeps(time, house.zhu, 0, 31)
    with pytest.raises(Conflict):
        rooms.undo(first.seq)


def test_a_time_that_has_passed_is_not_kept(cast: Cast, house: House, time: Clock) -> None:
    with pytest.raises(Invalid):
        keeps(time, house.zhu, -60, -30)
    with pytest.raises(ValueError, match="ends after it starts"):
        keeps(time, house.zhu, 30, 30)


def test_out_of_service_needs_a_reason_and_an_empty_room(cast: Cast, house: House) -> None:
    token = comes(cast)
    seats(token, house.zhu)
    with pytest.raises(Invalid):
        rooms.close_room(house.lan, "")
    with pytest.raises(Conflict, match="Somebody is in Bamboo"):
        rooms.close_room(house.zhu, "空调维修")
    rooms.close_room(house.lan, "空调维修")
    assert (state(house.lan), rooms.room(house.lan).closed_reason) == ("out_of_service", "空调维修")
    visits.depart(token, how="console")
    with pytest.raises(Conflict, match="Orchid is out of service: 空调维修"):
        seats(comes(cast, "沈知夏"), house.lan)
    rooms.open_room(house.lan)
    assert state(house.lan) == "free"


def test_a_change_does_not_overwrite_another(cast: Cast, house: House) -> None:
    before = rooms.room(house.zhu)
    form = RoomForm(name="竹", name_en="Bamboo", seats=7)
    rooms.change_room(house.zhu, form, before.row_version)
    with pytest.raises(Conflict, match="Somebody has just changed this"):
        rooms.change_room(house.zhu, form, before.row_version)
    with pytest.raises(Invalid, match="There is a room of this name"):
        rooms.add_room(form)


def test_rooms_stand_in_the_order_they_are_given(cast: Cast, house: House) -> None:
    rooms.arrange([house.area, house.ju])
    assert [room.id for room in rooms.rooms()] == [house.area, house.ju, house.lan, house.zhu]
