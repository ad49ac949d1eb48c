"""A day that no desk will see is a sentence at its field, wherever a day can be written."""

import pytest
from flask import Flask

from shared import directory
from tests.cast import Cast, built, checks_in, people
from tests.console.reception import Reception

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
FAR = "9999-12-31"


@pytest.fixture
def cast(pages: Flask) -> Cast:
    return people()


def test_the_last_day_of_all_is_refused_in_words(pages: Flask, cast: Cast) -> None:
    reception, host = Reception(pages), {"ref": directory.ref_of(cast.host)}
    visit, room = checks_in(cast.host).token, built().lan
    announced = {"visitor_name": "苏婉", "purpose": "interview", "host": host, "date": FAR, "time": "10:00"}
    kept = {"day": FAR, "start": "10:00", "end": "09:00"}
    message = {"from_name": "陈嘉豪", "message": "样品周五到", "no_call_back": True, "read_back": True}
    again = message | {"will_return": True, "return_date": FAR, "return_time": "10:00"}
    for path, body, field in (
        ("/console/expected", announced, "date"),
        (f"/console/rooms/{room}/reservations", kept, "day"),
        (f"/console/visits/{visit}/message", again, "return_date"),
    ):
        answer = reception.tells(path, **body)
        assert (answer.status_code, list(answer.json["fields"])) == (422, [field]), path  # type: ignore[index]
    manager = Reception(pages, "韩雪梅", ("admin_manager",))
    assert manager.opens(f"/console/reports/rows?day={FAR}").status_code == 422
    answer = reception.tells(f"/console/directory/{cast.host.token}/presence", state="out", day=FAR)
    assert (answer.status_code, list(answer.json["fields"])) == (422, ["day"])  # type: ignore[index]
