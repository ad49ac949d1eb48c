"""Whatever stands in an address, the answer is a page or a sentence, and never an accident."""

import re

import pytest
from flask import Flask

from shared import directory
from tests.cast import built, checks_in, people
from tests.console.reception import Reception

ROLES = ("receptionist", "admin_manager", "sysadmin", "privacy_officer")
ODD = (
    "9999-12-31", "0001-01-01", "9999-12", "0001-01", "2026-02-30", "-1", "9" * 18, "9" * 19, "9" * 4_500,
    "253402300799-1", "9" * 17 + "-" + "9" * 18, "²", "፩", "٣", "1e400", "nan", "\x00", "a\x00b", "\ud7ff\uffff", "%",
    "'",
)  # fmt: skip
ASKED = {
    "/api/v1/visits": ("state", "date", "q", "after", "limit"),
    "/api/v1/events": ("after", "limit"),
    "/api/v1/alerts": ("state", "after", "limit"),
    "/api/v1/deadlines": ("state", "after", "limit"),
    "/api/v1/relays": ("state", "after", "limit"),
    "/api/v1/calls": ("q", "date", "until", "after", "limit"),
    "/api/v1/people": ("q", "session"),
    "/console/phone": ("pad",),
    "/console/reports/phone": ("month",),
    "/console/reports/phone/calls": ("month", "which", "hour", "after"),
    "/console/phone/callers": ("number", "name"),
    "/api/v1/notice": ("language",),
    "/api/v1/reports/on-time": ("month",),
    "/console/reports": ("month",),
    "/console/reports/rows": ("month", "clause", "outcome", "day", "hour", "bar", "after"),
    "/console/reports/visits": ("month", "hour", "weekday", "department", "purpose", "after"),
    "/console/visits": ("state", "date", "q", "after"),
    "/console/messages?state=handover": ("date",),
    "/console/messages": ("state", "after"),
    "/console/journal": ("topic", "before"),
    "/console/privacy": ("week",),
    "/console/directory": ("q",),
    "/console/people": ("q",),
    "/console/search": ("q",),
    "/console/board": ("since",),
    "/console/accounts/new": ("person",),
    "/console/devices": ("code",),
    "/me/now": ("since", "alert", "poll"),
    "/sign-in": ("next", "lang"),
}


@pytest.fixture
def reader(pages: Flask) -> Reception:
    checks_in(people().host)
    built()
    made = Reception(pages, "韩雪梅", ROLES)
    made.opens("/console/board")
    return made


def test_no_question_is_an_accident(reader: Reception) -> None:
    for address, names in ASKED.items():
        path, _, given = address.partition("?")
        for name in names:
            for value in ODD:
                answer = reader.client.get(path, query_string=dict(re.findall(r"(\w+)=(\w+)", given)) | {name: value})
                assert answer.status_code < 500, (address, name, value[:20], answer.text)


def test_no_name_in_an_address_is_an_accident(reader: Reception, pages: Flask) -> None:
    rules = [rule for rule in pages.url_map.iter_rules() if "GET" in (rule.methods or ()) and "<" in rule.rule]
    assert len(rules) > 10
    for rule in rules:
        for value in ("%00", "a%00b", "²", "9" * 18, "9" * 30, "-1", "%ff"):
            answer = reader.opens(re.sub(r"<[^>]+>", value, rule.rule))
            assert answer.status_code < 500, (rule.rule, value, answer.text)


def test_a_day_that_no_desk_will_see_is_told_at_its_field(reader: Reception) -> None:
    for address, name in (
        ("/api/v1/visits?", "date"), ("/console/visits?", "date"), ("/console/privacy?", "week"),
        ("/console/messages?state=handover&", "date"),
    ):  # fmt: skip
        for day in ("9999-12-31", "0001-01-01"):
            answer = reader.reads(f"{address}{name}={day}")
            assert answer.status_code == 422, address
            assert answer.json["fields"] == {name: "Choose a day between 2000 and 2100."}  # type: ignore[index]


def test_a_day_that_is_not_in_the_calendar_is_told_too(reader: Reception) -> None:
    answer = reader.reads("/api/v1/visits?date=2026-02-30")
    assert (answer.status_code, answer.json["fields"]) == (422, {"date": "There is no such day."})  # type: ignore[index]
    assert reader.reads("/api/v1/visits?date=2026-02-28&after=&q=").status_code == 200


def test_the_office_says_nothing_about_a_day_that_no_desk_will_see(reader: Reception) -> None:
    answer = reader.tells("/console/calendar", date="9999-12-31", kind="holiday")
    assert (answer.status_code, list(answer.json["fields"])) == (422, ["date"])  # type: ignore[index]


def test_a_host_is_looked_for_whatever_digits_somebody_writes(reader: Reception) -> None:
    assert directory.find("፩") == []
    assert reader.reads("/api/v1/visits?q=V፩").json == {"visits": [], "next": None}
