"""The morning after: a room whose guests nobody saw leave is to be cleared, without a clock and without a verdict."""

import pytest
from flask import Flask

from shared import visits
from shared.lib.actor import acting_as
from tests.cast import Cast, House, checks_in
from tests.console.reception import Reception
from tests.console.test_due import fresh as due_rows
from tests.console.test_due import listed
from tests.console.test_rooms import cast, house, reception, tile
from tests.shared.accounts.conftest import Clock
from tests.shared.rooms.conftest import seats

__all__ = ["cast", "house", "reception"]
pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def test_a1_6_a_room_left_over_from_the_evening_says_so_and_is_cleared_without_being_late(
    pages: Flask, reception: Reception, cast: Cast, house: House, desk: Clock
) -> None:
    with acting_as(reception.actor):
        seats(checks_in(cast.host).token, house.zhu)
    desk.moves(hours=11)
    assert visits.end_day() == 1
    assert tile(reception, house.zhu) == "Bamboo 6 seats To clear left 20:00"
    desk.moves(hours=13)
    morning = Reception(pages, "周雨欣")
    assert tile(morning, house.zhu) == "Bamboo 6 seats To clear since 23 Nov"
    assert not [row for row in listed(due_rows(morning)) if row[0] == "T05"]
    html = morning.part(f"/console/rooms/{house.zhu}").text
    assert "No clock runs" in html
    assert "since 23 Nov" in html
    said = morning.tells(f"/console/rooms/{house.zhu}/clearing", cups=True, table=True, tidy=True).json
    assert said is not None
    assert (said["say"], said["seconds"], said["in_time"], said["state"]) == ("Bamboo is clear.", None, None, "free")
    html = morning.part(f"/console/rooms/{house.zhu}").text
    assert "Cleared last" in html
    assert "cleared in" not in html
