"""One's own calendar on one's own page: taken in, failing with its reason, never shown again, removed."""

import io

import pytest
from flask import Flask

from shared import presence
from shared.presence import calendars
from shared.presence.refreshing import LEASE
from tests.cast import Cast
from tests.console.own_page import Desk
from tests.shared.accounts.conftest import Clock
from tests.shared.lib.test_ics import calendar
from tests.shared.presence.conftest import MORNING

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MEETING = "DTSTART:20261123T020000Z\nDTEND:20261123T030000Z\nSUMMARY:Zq7-canary"
SECRET = "https://calendar.example/Zq7-canary/basic.ics"


@pytest.fixture
def own(time: Clock, pages: Flask, cast: Cast) -> Desk:
    time.at = MORNING
    return Desk(pages, cast)


def file(data: bytes) -> dict[str, object]:
    return {"data": {"file": (io.BytesIO(data), "mine.ics")}, "content_type": "multipart/form-data"}


def test_a_file_is_taken_in_and_says_how_long_it_is_good_for(own: Desk, cast: Cast) -> None:
    host = own.host()
    assert host.post("/me/calendar/file", **file(calendar(MEETING))).status_code == 303
    assert presence.of(cast.host.id).state == "meeting"
    page = host.get("/me/calendar").text
    assert "Known until Mon 7 December" in page and "Zq7-canary" not in page
    assert "in a meeting until 11:00" in host.get("/me").text and "says the calendar" in host.get("/me").text
    assert host.post("/me/calendar/removal").status_code == 303
    assert presence.of(cast.host.id).is_in and "In use" not in host.get("/me/calendar").text


def test_what_is_no_calendar_is_said_at_its_field(own: Desk) -> None:
    host = own.host()
    for answer in (
        host.post("/me/calendar/file", **file(b"%PDF-1.7")),
        host.post("/me/calendar/file", **file(b"x" * (1 << 20) + b"x")),
        host.post("/me/calendar/file", data={}, content_type="multipart/form-data"),
    ):
        assert answer.status_code == 422 and '<em class="err" data-error="file">' in answer.text
    assert "larger than 1 MB" in host.post("/me/calendar/file", **file(b"x" * (1 << 20) + b"x")).text


def test_the_secret_address_is_not_shown_again_not_even_when_it_was_refused(own: Desk, cast: Cast) -> None:
    host = own.host()
    refused = host.post("/me/calendar/address", data={"calendar_address": SECRET.replace("https", "http")})
    assert refused.status_code == 422 and "has to begin with https" in refused.text
    assert host.post("/me/calendar/address", data={"calendar_address": SECRET}).status_code == 303
    shown = host.get("/me/calendar").text
    assert "calendar.example" in shown and "About to be read" in shown
    for text in (refused.text, shown, host.get("/me").text):
        assert "canary" not in text


def test_a_failure_stands_on_the_page_with_its_reason(own: Desk, cast: Cast) -> None:
    host, other = own.host(), own.signs_in("Yuchi", cast.other.id)
    host.post("/me/calendar/address", data={"calendar_address": SECRET})
    seq = host.get("/me/now").headers["X-Seq"]
    asked = calendars.claim(LEASE)
    assert asked is not None
    calendars.was_not_read(asked, "not_public")
    told = host.get(f"/me/now?since={seq}")
    assert told.status_code == 200 and "Your calendar could not be read: This address is inside" in told.text
    assert "Not read 10:00:" in host.get("/me/calendar").text
    assert "could not be read" not in other.get("/me").text


def test_a_calendar_is_its_owners_alone(own: Desk, cast: Cast) -> None:
    own.host().post("/me/calendar/file", **file(calendar(MEETING)))
    other = own.signs_in("Yuchi", cast.other.id)
    other.post("/me/calendar/removal")
    assert presence.of(cast.host.id).state == "meeting"
    assert own.stranger().get("/me/calendar").status_code == 302
    assert own.stranger().post("/me/calendar/file", **file(calendar(MEETING))).status_code in (302, 401, 403)
