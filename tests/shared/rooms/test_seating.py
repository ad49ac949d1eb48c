"""A visitor is shown to a room: the right one first, nobody's room twice (procedure 一.1.2)."""

import threading
from contextvars import copy_context

import pytest

from shared import deadlines, rooms, visits
from shared.deadlines import Clockwork
from shared.lib.errors import Conflict
from shared.rooms import ALL_DONE
from shared.visits import Seat
from tests.cast import Cast, House, checks_in, goes_in
from tests.shared.deadlines.conftest import Clock
from tests.shared.rooms.conftest import clock_of, comes, local, seats, state


def offered(token: str) -> list[str]:
    return [choice.room.name for choice in visits.choices(visits.by_token(token))]


def suggested(token: str) -> str:
    return next((choice.room.name for choice in visits.choices(visits.by_token(token)) if choice.suggested), "")


def test_a1_2_the_smallest_free_room_that_fits_is_suggested_and_never_the_vip_room(cast: Cast, house: House) -> None:
    assert suggested(comes(cast)) == "兰"
    assert suggested(comes(cast, "沈知夏", party_size=5)) == "竹"
    assert suggested(comes(cast, "周启明", party_size=7)) == "等候区"
    assert offered(comes(cast, "袁立", party_size=9))[0] == "菊", "nothing else fits nine"
    leaders = checks_in(cast.leader, visitor_name="孟庆远", party_size=2).token
    assert suggested(leaders) == "菊"


def test_a1_2_free_rooms_come_before_those_that_are_taken(cast: Cast, house: House) -> None:
    seats(comes(cast), house.lan)
    assert suggested(comes(cast, "沈知夏")) == "竹"
    rooms.close_room(house.zhu, "空调维修")
    assert suggested(comes(cast, "周启明")) == "等候区"
    assert "竹" not in offered(comes(cast, "袁立"))


def test_a1_2_a_room_to_clear_cannot_be_chosen_without_an_override_reason(cast: Cast, house: House) -> None:
    first, second = comes(cast), comes(cast, "沈知夏")
    seats(first, house.zhu)
    visits.depart(first, how="console")
    assert state(house.zhu) == "to_clear"
    with pytest.raises(Conflict, match="Bamboo is not cleared") as refused:
        seats(second, house.zhu)
    assert refused.value.code == "to_clear"
    assert visits.by_token(second).room_use_id is None
    seats(second, house.zhu, reason="没有别的房间")
    assert state(house.zhu) == "occupied"
    kept = rooms.last_clearing(house.zhu)
    assert kept is not None
    assert (kept.reason, kept.cups, kept.seconds) == ("没有别的房间", False, None)
    assert clock_of(house.zhu, "T05") is None


def test_a1_2_two_receptionists_at_the_same_second_cannot_give_one_room_to_two_parties(
    cast: Cast, house: House
) -> None:
    tokens = [comes(cast, name) for name in ("陈嘉豪", "沈知夏", "周启明", "袁立")]
    ready, said = threading.Barrier(len(tokens)), list[str]()

    def give(token: str) -> None:
        ready.wait()
        try:
            seats(token, house.zhu)
        except Conflict as refusal:
            said.append(refusal.sentence)

    threads = [threading.Thread(target=copy_context().run, args=(give, token)) for token in tokens]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    [seated] = [visit for token in tokens if (visit := visits.by_token(token)).room_use_id is not None]
    assert len(said) == 3
    assert all(sentence.startswith(f"{seated.visitor_name} is in Bamboo since 10:00") for sentence in said)
    assert [len(guests) for guests in visits.in_rooms().values()] == [1]


def test_a1_2_a_second_party_sits_with_the_first_only_when_somebody_says_so(cast: Cast, house: House) -> None:
    first, second = comes(cast), comes(cast, "沈知夏")
    seats(first, house.zhu)
    with pytest.raises(Conflict):
        seats(second, house.zhu)
    seats(second, house.zhu, together=True)
    assert visits.by_token(first).room_use_id == visits.by_token(second).room_use_id


def test_a1_2_the_waiting_area_takes_everybody_and_brings_no_tea_by_itself(cast: Cast, house: House) -> None:
    first, second = comes(cast), comes(cast, "彭先生")
    for token in (first, second):
        seats(token, house.area)
    assert clock_of(house.area, "T03") is None
    visits.depart(first, how="kiosk")
    goes_in(second)
    assert state(house.area) == "free", "the host has fetched the last one, and nothing was drunk"
    assert visits.by_token(second).room_use_id is None


def test_a1_2_who_sits_has_a_time_and_cannot_be_seated_twice(cast: Cast, house: House) -> None:
    token = comes(cast)
    seats(token, house.lan)
    assert local(visits.by_token(token).seated_at) == "10:00"
    with pytest.raises(Conflict, match="sits in Orchid already"):
        seats(token, house.zhu)


def test_a1_2_moving_the_whole_party_takes_its_tea_along_and_leaves_a_room_to_clear(
    cast: Cast, house: House, time: Clock
) -> None:
    token = comes(cast)
    seats(token, house.lan)
    time.moves(minutes=2)
    rooms.serve(house.lan)
    time.moves(minutes=5)
    visits.move(token, Seat(room=house.zhu))
    assert (state(house.lan), state(house.zhu)) == ("to_clear", "occupied")
    refill = clock_of(house.zhu, "T04")
    assert refill is not None
    assert local(refill.due) == "10:17"
    assert clock_of(house.lan, "T04") is None
    assert clock_of(house.zhu, "T03") is None
    rooms.clear(house.lan, ALL_DONE)
    assert state(house.lan) == "free"


def test_a1_2_a_refill_that_is_late_when_the_party_moves_is_late_once(cast: Cast, house: House, time: Clock) -> None:
    token, works = comes(cast), Clockwork()
    seats(token, house.lan)
    rooms.serve(house.lan)
    time.moves(minutes=19)
    assert works.work() == 1
    before = clock_of(house.lan, "T04")
    visits.move(token, Seat(room=house.zhu))
    after = clock_of(house.zhu, "T04")
    assert before is not None and after is not None
    assert (after.id, after.starts, after.stage) == (before.id, before.starts, before.stage)
    assert works.work() == 0, "what was told is not told again"
    time.moves(seconds=30)
    assert not rooms.serve(house.zhu).first
    kept = deadlines.kept(time.at.replace(hour=0), time.at, keys=["T04"])
    assert [row.subject for row in kept.late] == [f"room:{house.zhu}"]
    assert kept.total == 1


def test_a1_2_what_was_brought_goes_along_and_comes_back(cast: Cast, house: House, time: Clock) -> None:
    token = comes(cast)
    seats(token, house.lan)
    rooms.serve(house.lan)
    time.moves(minutes=5)
    rooms.do_not_disturb(house.lan)
    moved = visits.move(token, Seat(room=house.zhu))
    time.moves(seconds=10)
    visits.undo(moved.seq)
    visits.move(token, Seat(room=house.zhu))
    use = rooms.room(house.zhu).use
    assert use is not None
    assert [(local(one.at), one.first) for one in use.rounds] == [("10:00", True)]
    rooms.do_not_disturb(house.zhu, False)
    assert [due.key for due in deadlines.running(f"room:{house.zhu}")] == ["T04"]


def test_a1_2_who_has_left_or_is_only_expected_is_not_seated(cast: Cast, house: House) -> None:
    token = comes(cast)
    visits.depart(token, how="kiosk")
    with pytest.raises(Conflict, match="left at"):
        seats(token, house.lan)
