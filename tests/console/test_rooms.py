"""Rooms at the console: tiles, the sheet of one, seating a visitor, and what is due there, with one tap each."""

import re

import pytest
from flask import Flask

from shared import directory, journal, rooms, visits
from shared.lib.actor import acting_as
from tests.cast import Cast, House, built, checks_in, people
from tests.console.reception import Reception
from tests.console.test_due import fresh as due_rows
from tests.console.test_due import listed
from tests.serving import wait_for
from tests.shared.accounts.conftest import Clock
from tests.shared.rooms.conftest import seats, state

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def cast(pages: Flask) -> Cast:
    return people()


@pytest.fixture
def house(cast: Cast) -> House:
    return built()


@pytest.fixture
def reception(pages: Flask, house: House) -> Reception:
    return Reception(pages)


def tile(reception: Reception, room: int) -> str:
    """What stands on the tile of a room, without the markup."""

    def newest() -> str:
        answer = reception.part("/console/rooms")
        return answer.text if int(answer.headers["X-Seq"]) >= journal.last_seq() else ""

    html = str(wait_for(newest, "the newest rooms"))
    [found] = re.findall(rf'<article class="[^"]*" id="room-{room}".*?</article>', html, re.S)
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", found, flags=re.S).split())


def offers(html: str) -> list[str]:
    return re.findall(r'<label class="offer".*?<b>([^<]*)</b>', html, re.S)


def test_the_tiles_say_who_is_where_and_what_is_due(
    pages: Flask, reception: Reception, cast: Cast, house: House, desk: Clock
) -> None:
    token = checks_in(cast.host).token
    assert tile(reception, house.zhu) == "Bamboo 6 seats Free"
    with acting_as(reception.actor):
        seats(token, house.zhu)
        assert tile(reception, house.zhu) == "Bamboo 6 seats 陈嘉豪 with Wang Jianming tea"
        rooms.serve(house.zhu)
        assert tile(reception, house.zhu).endswith("refill")
        rooms.do_not_disturb(house.zhu)
        assert tile(reception, house.zhu) == "Bamboo 6 seats 陈嘉豪 do not disturb"
        visits.depart(token, how="console")
    assert tile(reception, house.zhu) == "Bamboo 6 seats To clear left 10:00 clear"
    rooms.close_room(house.lan, "空调维修")
    assert tile(reception, house.lan) == "Orchid 4 seats Out of service 空调维修"


def test_a1_2_a_visitor_is_shown_to_the_suggested_room_from_their_sheet(
    pages: Flask, reception: Reception, cast: Cast, house: House
) -> None:
    token = checks_in(cast.host).token
    assert f'data-sheet-url="/console/visits/{token}" data-focus="room"' in reception.board()
    html = reception.part(f"/console/visits/{token}").text
    assert offers(html) == ["Orchid", "Bamboo", "Waiting area", "Chrysanthemum"]
    assert f'value="{house.lan}" data-type="number" checked' in html
    said = reception.tells(f"/console/visits/{token}/seat", room=house.lan, drink="tea", together=False, reason="").json
    assert said is not None
    assert said["say"] == "陈嘉豪 sits in Orchid."
    assert "10:00 seated in Orchid" in reception.board()
    assert "10:00 seated in Orchid" in reception.part(f"/console/visits/{token}").text
    assert reception.tells("/console/undo", seq=said["undo"]).status_code == 200
    assert state(house.lan) == "free"
    assert "seated in" not in reception.board()


def test_a1_2_a_taken_room_is_refused_in_words_and_given_when_they_sit_together(
    pages: Flask, reception: Reception, cast: Cast, house: House
) -> None:
    first, second = checks_in(cast.host).token, checks_in(cast.host, visitor_name="沈知夏").token
    colleague = Reception(pages, "周雨欣")
    assert reception.tells(f"/console/visits/{first}/seat", room=house.zhu).status_code == 200
    refused = colleague.tells(f"/console/visits/{second}/seat", room=house.zhu)
    assert refused.status_code == 409
    assert refused.json["fields"]["room"].startswith("陈嘉豪 is in Bamboo since 10:00")  # type: ignore[index]
    assert colleague.tells(f"/console/visits/{second}/seat", room=house.zhu, together=True).status_code == 200
    moved = colleague.tells(f"/console/visits/{second}/seat", room=house.lan).json
    assert moved is not None
    assert moved["say"] == "沈知夏 moves to Orchid."


def test_a1_5a_due_now_settles_tea_with_one_tap(
    pages: Flask, reception: Reception, cast: Cast, house: House, desk: Clock
) -> None:
    token = checks_in(cast.host, party_size=2).token
    reception.tells(f"/console/visits/{token}/seat", room=house.zhu)
    rows = due_rows(reception)
    assert ("T03", "Bamboo", "Served") in listed(rows)
    assert "tea for 2" in rows
    assert f'data-post="/console/rooms/{house.zhu}/tea"' in rows
    said = reception.tells(f"/console/rooms/{house.zhu}/tea").json
    assert said is not None
    assert said["say"] == "Bamboo served, next at 10:15."
    assert [row for row in listed(due_rows(reception)) if row[0].startswith("T0")][-1][0] == "T04"
    desk.moves(minutes=15)
    assert reception.tells(f"/console/rooms/{house.zhu}/tea").json["say"] == "Bamboo served, next at 10:30."  # type: ignore[index]


def test_a1_6_due_now_clears_with_one_tap_and_the_sheet_asks_for_every_point(
    pages: Flask, reception: Reception, cast: Cast, house: House, desk: Clock
) -> None:
    for room in (house.lan, house.zhu):
        token = checks_in(cast.host).token
        reception.tells(f"/console/visits/{token}/seat", room=room)
        reception.tells(f"/console/visits/{token}/departure", badge_returned=True)
    rows = due_rows(reception)
    assert [row for row in listed(rows) if row[0] == "T05"] == [
        ("T05", "Orchid", "Cleared"),
        ("T05", "Bamboo", "Cleared"),
    ]
    html = reception.part(f"/console/rooms/{house.lan}").text
    assert re.findall(r'type="checkbox" class="tick" name="(\w+)"', html) == ["cups", "ashtray", "table", "tidy"]
    assert 'name="ashtray"' not in reception.part(f"/console/rooms/{house.zhu}").text
    refused = reception.tells(f"/console/rooms/{house.lan}/clearing", cups=True, found="伞")
    assert refused.status_code == 422
    assert set(refused.json["fields"]) == {"ashtray", "table", "tidy"}  # type: ignore[index]
    desk.moves(seconds=110)
    everything = {"cups": True, "ashtray": True, "table": True, "tidy": True}
    said = reception.tells(f"/console/rooms/{house.lan}/clearing", **everything).json
    assert said is not None
    assert (said["say"], said["in_time"], said["state"]) == ("Orchid is clear, after 1:50.", True, "free")
    reception.tells("/console/undo", seq=said["undo"])
    assert state(house.lan) == "to_clear"


def test_a_room_is_reserved_with_times_of_the_day(pages: Flask, reception: Reception, cast: Cast, house: House) -> None:
    host = {"ref": directory.ref_of(cast.host)}
    said = reception.tells(
        f"/console/rooms/{house.zhu}/reservations", day="2026-11-23", start="10:10", end="11:00", host=host, purpose=""
    )
    assert said.status_code == 200, said.json
    assert tile(reception, house.zhu) == "Bamboo 6 seats reserved 10:10 Wang Jianming"
    late = reception.tells(f"/console/rooms/{house.zhu}/reservations", start="10:30", end="10:40")
    assert late.status_code == 409
    assert late.json["fields"]["starts_at"].endswith("from 10:10 until 11:00.")  # type: ignore[index]
    missing = reception.tells(f"/console/rooms/{house.zhu}/reservations", day="2026-11-23")
    assert set(missing.json["fields"]) == {"start", "end"}  # type: ignore[index]
    [kept] = rooms.room(house.zhu).reservations
    cancelled = reception.tells(f"/console/rooms/{house.zhu}/reservations/{kept.id}/cancellation")
    assert cancelled.status_code == 200
    assert tile(reception, house.zhu) == "Bamboo 6 seats Free"


def test_while_locked_names_are_short_on_the_tiles(
    pages: Flask, reception: Reception, cast: Cast, house: House
) -> None:
    token = checks_in(cast.host).token
    reception.tells(f"/console/visits/{token}/seat", room=house.zhu)
    reception.tells("/console/lock")
    assert tile(reception, house.zhu) == "Bamboo 6 seats 陈** with W** tea"
    assert reception.part(f"/console/rooms/{house.zhu}").status_code == 423


def test_programs_read_rooms_and_change_them(pages: Flask, reception: Reception, cast: Cast, house: House) -> None:
    token = checks_in(cast.host).token
    done = reception.tells(f"/api/v1/visits/{token}/seat", room=house.zhu, drink="coffee")
    assert (done.status_code, done.json["state"]) == (200, "occupied")  # type: ignore[index]
    assert reception.tells(f"/api/v1/rooms/{house.zhu}/tea").status_code == 200
    shown = reception.reads(f"/api/v1/rooms/{house.zhu}").json
    assert shown is not None
    assert (shown["state"], shown["drink"], shown["visits"]) == ("occupied", "coffee", [token])
    assert shown["served_at"] == ["2026-11-23T02:00:00Z"]
    visit = reception.reads(f"/api/v1/visits/{token}").json
    assert visit is not None
    assert (visit["room"], visit["drink"]) == ({"id": house.zhu, "name": "竹"}, "coffee")
    assert [room["name"] for room in reception.reads("/api/v1/rooms").json["rooms"]] == ["兰", "竹", "菊", "等候区"]  # type: ignore[index]
    assert reception.tells("/api/v1/rooms/99/tea").status_code == 404


def test_the_rest_of_staff_sees_how_rooms_stand_but_not_who_is_in_them(
    pages: Flask, reception: Reception, cast: Cast, house: House
) -> None:
    token = checks_in(cast.host).token
    reception.tells(f"/console/visits/{token}/seat", room=house.zhu)
    colleague = Reception(pages, "王建明", roles=("employee",))
    shown = colleague.reads(f"/api/v1/rooms/{house.zhu}").json
    assert shown is not None
    assert (shown["state"], shown["visits"]) == ("occupied", None)
    assert colleague.tells(f"/api/v1/rooms/{house.zhu}/tea").status_code == 403
    assert colleague.reads("/console/rooms").status_code == 403


def test_what_happened_in_a_room_is_told_on_its_sheet_and_in_the_journal(
    pages: Flask, reception: Reception, cast: Cast, house: House, desk: Clock
) -> None:
    token = checks_in(cast.host).token
    reception.tells(f"/console/visits/{token}/seat", room=house.zhu)
    reception.tells(f"/console/rooms/{house.zhu}/tea")
    html = reception.part(f"/console/rooms/{house.zhu}").text
    assert "tea served" in html
    assert "林晓彤" in html
    assert "shown to Bamboo" in reception.opens("/console/journal").text


def test_an_administrator_adds_changes_and_orders_rooms(pages: Flask, reception: Reception, house: House) -> None:
    page = "/console/rooms/settings"
    manager = Reception(pages, "韩雪梅", roles=("admin_manager",))
    answer = manager.sends(page, of="/account", name="梅", name_en="Plum", seats="5", plant="orchid", smoking="true")
    assert answer.status_code == 303, answer.text
    plum = rooms.rooms()[-1]
    assert (plum.name, plum.seats, plum.smoking, plum.vip) == ("梅", 5, True, False)
    changed = {"name": "梅", "seats": "7", "plant": "mum", "row_version": str(plum.row_version)}
    assert manager.sends(f"{page}/{plum.id}", of="/account", **changed).status_code == 303
    stale = manager.sends(f"{page}/{plum.id}", of="/account", **changed)
    assert stale.status_code == 409
    assert "Somebody has just changed this" in stale.text
    manager.sends(f"{page}/{plum.id}/place", of="/account")
    assert [room.name for room in rooms.rooms()] == ["兰", "竹", "菊", "梅", "等候区"]
    manager.sends(f"{page}/{plum.id}/closure", of="/account", reason="装修")
    assert state(plum.id) == "out_of_service"
    manager.sends(f"{page}/{plum.id}/opening", of="/account")
    assert state(plum.id) == "free"
    assert reception.sends(page, of="/account", name="桃", seats="5").status_code == 403
