"""Whoever looks at many visitors within an hour: counted in lists, searches, files and answers to programs."""

import pytest
from flask import Flask

from shared import directory, privacy
from shared.lib.actor import acting_as
from tests.cast import Cast, checks_in, people
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
WAYS = ("/console/visits", "/api/v1/visits", "/console/search?q=陈", "/console/day-end", "/console/reports/visits")


@pytest.fixture
def cast(pages: Flask) -> Cast:
    made = people()
    for number in range(3):
        checks_in(made.host, visitor_name=f"陈{number}")
    return made


@pytest.mark.parametrize("way", WAYS)
def test_every_list_counts(pages: Flask, cast: Cast, way: str) -> None:
    reader = Reception(pages, "韩雪梅", roles=("receptionist", "admin_manager"))
    nearly(reader, 198)
    reader.opens("/console/board"), reader.opens("/console/journal")
    assert privacy.unseen() == []
    assert reader.opens(way).status_code == 200
    assert [one.who for one in privacy.unseen()] == [reader.actor.ref]


def test_the_journal_counts_what_is_older_than_today(desk: Clock, pages: Flask, cast: Cast) -> None:
    reader = Reception(pages, "韩雪梅", roles=("receptionist", "admin_manager"))
    nearly(reader, 198)
    assert "陈2" in reader.opens("/console/journal").text
    assert privacy.unseen() == [], "today's lines count nothing"
    desk.moves(days=1)
    reader = Reception(pages, "周", roles=("receptionist", "admin_manager"))
    nearly(reader, 197)
    for _twice in range(2):
        assert reader.opens("/console/journal").status_code == 200
    assert privacy.unseen() == [], "three visitors, each of them once"
    nearly(reader, 198)
    assert [one.who for one in privacy.unseen()] == [reader.actor.ref]


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_a_file_counts_as_it_leaves(pages: Flask, cast: Cast, form: str) -> None:
    officer = Reception(pages, "韩雪梅", roles=("admin_officer",))
    nearly(officer, 198)
    assert officer.tells("/console/visits/export", form=form, reason="月末归档").data
    assert len(privacy.unseen()) == 1


@pytest.mark.parametrize("asked", ["number=15400001207", "name=苏婉"])
def test_whoever_the_pad_knows_counts_once(pages: Flask, cast: Cast, asked: str) -> None:
    reader = Reception(pages)
    calls(reader, cast)
    nearly(reader, 199)
    assert reader.reads("/console/phone/callers?number=15400000000").json["callers"] == []
    assert reader.reads("/console/phone/callers?name=李").json["callers"] == []
    for _twice in range(2):
        assert [one["name"] for one in reader.reads(f"/console/phone/callers?{asked}").json["callers"]] == ["苏婉"]
    assert privacy.unseen() == [], "one caller, once"
    nearly(reader, 200)
    assert [one.who for one in privacy.unseen()] == [reader.actor.ref]


def test_whom_the_pad_knows_is_the_row_of_the_register_and_no_second_one(pages: Flask, cast: Cast) -> None:
    reader = Reception(pages)
    calls(reader, cast)
    nearly(reader, 199)
    assert reader.reads("/console/phone/callers?name=苏婉").json["callers"]
    assert "苏婉" in reader.opens("/console/registers/phone").text
    assert privacy.unseen() == []


def test_the_officer_reads_who_it_was_and_says_that_they_looked_into_it(pages: Flask, cast: Cast) -> None:
    reader, officer = Reception(pages), Reception(pages, "任远", roles=("privacy_officer",))
    nearly(reader, 201)
    page = officer.opens("/console/privacy").text
    assert "More than 200 entries within an hour" in page and "林晓彤" in page
    assert "Many entries were looked at: 1 time" in officer.opens("/console/retention").text
    assert "Many entries" not in reader.opens("/console").text
    seq = privacy.unseen()[0].seq
    assert reader.tells(f"/console/privacy/many/{seq}/seen").status_code == 403
    assert officer.tells(f"/console/privacy/many/{seq}/seen").status_code == 200
    assert "More than 200" not in officer.opens("/console/privacy").text
    assert officer.tells("/console/privacy/many/1/seen").status_code == 404


def test_nobody_ticks_off_what_was_written_about_themselves(pages: Flask, cast: Cast) -> None:
    officer = Reception(pages, "任远", roles=("privacy_officer",))
    nearly(officer, 201)
    seq = privacy.unseen()[0].seq
    assert officer.tells(f"/console/privacy/many/{seq}/seen").status_code == 403
    assert len(privacy.unseen()) == 1


def nearly(reader: Reception, rows: int) -> None:
    """They have seen so many rows already."""
    with acting_as(reader.actor):
        privacy.shown(range(rows))


def calls(reader: Reception, cast: Cast) -> None:
    """Su Wan calls, and is written down."""
    call = {"number": "15400001207", "caller_name": "苏婉", "wanted": {"ref": directory.ref_of(cast.host)}}
    assert reader.tells("/console/phone", **call, content="样张今天送到", became="answered").status_code == 201
