"""The report at the console and for programs: every number is a link to its rows, and who may take them along."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from flask import Flask

from shared import accounts, deadlines, journal, rooms, visits
from shared.lib import db
from shared.lib.actor import Actor
from tests.cast import Cast, checks_in, people
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MONTH = "/console/reports?month=2026-11"


@pytest.fixture
def cast(pages: Flask) -> Cast:
    return people()


@pytest.fixture
def kept(pages: Flask, cast: Cast, desk: Clock) -> visits.CheckedIn:
    """One visitor greeted in time, one late, and a room that nobody cleared."""
    deadlines.start("T05", "room:3")
    for seconds in (20, 90):
        done = checks_in(cast.host)
        desk.moves(seconds=seconds)
        deadlines.meet("T01", f"visit:{done.token}")
    desk.moves(minutes=30)
    return done


def _renamed(visit_id: int, name: str) -> None:
    db.session().get_one(visits.Visit, visit_id).visitor_name = name


def number_at(html: str, clause: str) -> dict[str, str]:
    """The links of a clause's row, and what stands on them."""
    row = next(part for part in html.split("<tr") if f"<i>{clause}</i>" in part)
    return {unescape(href): re.sub("<.*?>", "", text) for href, text in re.findall(r'<a href="([^"]*)">(.*?)</a>', row)}


def rows_of(html: str) -> int:
    return html.count('<td class="who">')


def test_every_number_leads_to_as_many_rows(pages: Flask, kept: object) -> None:
    reception = Reception(pages)
    page = reception.opens(MONTH)
    assert page.status_code == 200
    links = number_at(page.text, "1.1.1")
    assert {text for text in links.values() if text} >= {"1", "2", "50.0%" if "50.0%" in links.values() else "2"}
    for address, text in links.items():
        if text.isdigit():
            assert rows_of(reception.opens(address).text) == int(text), address
    late = reception.opens("/console/reports/rows?month=2026-11&clause=一.1.1&outcome=late").text
    assert "+0:30" in late
    assert rows_of(late) == 1
    assert rows_of(reception.opens("/console/reports/rows?month=2026-11&hour=10").text) == 3


def test_charts_are_told_to_readers_and_have_their_numbers_beside_them(pages: Flask, kept: object) -> None:
    html = Reception(pages).opens(MONTH).text
    charts = re.findall(r'<svg class="(?:chart|dist)".*?</svg>', html, re.S)
    assert len(charts) >= 5
    for chart in charts:
        assert 'role="img"' in chart
        assert "aria-label" in chart
    assert html.count('<details class="numbers">') + html.count('<table class="lying">') == html.count("</figure>")
    assert "style=" not in html
    assert 'fill="url(#late)"' in html, "what is late is hatched as well as red"


def test_the_year_is_drawn_day_by_day_and_its_numbers_lead_to_their_rows(pages: Flask, cast: Cast, desk: Clock) -> None:
    for days in (0, 0, 1, 30):
        desk.moves(days=days)
        checks_in(cast.host)
    html = Reception(pages).opens("/console/reports?month=2026-12").text
    drawn = html.split('class="chart year"')[1]
    squares = re.findall(r'<rect class="(in|nobody)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', drawn)
    assert len(squares) == 365
    assert sorted(float(side) for kind, _x, _y, side in squares if kind == "in") == [8.8, 8.8, 12.4]
    assert len({(x, y) for _kind, x, y, _side in squares}) == 365
    assert "4 visits in the twelve months to December 2026" in html
    most = re.search(r'busiest">Most came on Mon 23 November: <a href="([^"]*)">2</a>', html)
    assert most is not None
    assert Reception(pages, "周雨欣").opens(unescape(most[1])).text.count('<td class="who">') == 2
    months = dict(re.findall(r'<a href="/console/reports\?month=(\d{4}-\d\d)">(\d+)</a>', html))
    assert (months["2026-11"], months["2026-12"], months["2026-01"]) == ("3", "1", "0")
    earlier = Reception(pages, "林").opens("/console/reports?month=2025-03").text
    assert "Nobody came in the twelve months to March 2025." in earlier
    assert 'class="chart year"' not in earlier


def test_a_month_without_anything_says_so(pages: Flask, kept: object) -> None:
    reception = Reception(pages)
    html = reception.opens("/console/reports?month=2026-01").text
    assert html.count("Nothing to count in this month.") > 8
    assert "NaN" not in html
    assert reception.opens("/console/reports?month=2026-13").status_code == 422
    for query in ("clause=nine", "outcome=odd", "hour=24", "bar=99", "after=x", "day=2026-02-30"):
        assert reception.opens(f"/console/reports/rows?month=2026-11&{query}").status_code == 422, query


def test_names_are_what_retention_left(pages: Flask, kept: visits.CheckedIn) -> None:
    db.write(lambda: _renamed(kept.id, "陈**"))
    html = Reception(pages).opens("/console/reports/rows?month=2026-11&outcome=late&clause=一.1.1").text
    assert ">陈**<" in html
    assert "嘉豪" not in html


def test_the_rows_are_taken_with_a_reason_and_no_formula_comes_along(pages: Flask, kept: visits.CheckedIn) -> None:
    db.write(lambda: _renamed(kept.id, "=HYPERLINK(1)"))
    manager = Reception(pages, "韩雪梅", roles=("admin_manager",))
    asked = {"month": "2026-11", "clause": "一.1.1"}
    refused = manager.tells("/console/reports/export", **asked, reason=" ")
    assert (refused.status_code, list(refused.json["fields"])) == (422, ["reason"])  # type: ignore[index]
    answer = manager.tells("/console/reports/export", **asked, reason="monthly talk")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="on-time-2026-11.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(lines) == 4, "headings, two rows, and who took them"
    assert lines[1][3] == "'=HYPERLINK(1)"
    assert lines[1][9] == "30.000"
    assert lines[-1][0].startswith("Taken by 韩雪梅, 2026-11-23")
    told = journal.newest(1, topics_wanted=["reports"])[0]
    assert (told.action, told.actor, told.data["reason"], told.data["new"]) == (
        "reports.exported", manager.actor.ref, "monthly talk", 2
    )  # fmt: skip
    assert "monthly talk" in manager.opens("/console/journal?topic=reports").text


def test_reception_reads_and_does_not_take_and_the_password_is_asked_again(
    pages: Flask, kept: object, desk: Clock
) -> None:
    reception = Reception(pages)
    assert 'id="export"' not in reception.opens("/console/reports/rows?month=2026-11").text
    assert reception.tells("/console/reports/export", month="2026-11", reason="curious").status_code == 403
    manager = Reception(pages, "韩雪梅", roles=("admin_manager",))
    desk.moves(minutes=31)
    answer = manager.tells("/console/reports/export", month="2026-11", reason="monthly talk")
    assert answer.json["type"].endswith("#confirm-password")  # type: ignore[index]
    assert not [event for event in journal.events(0, 1000) if event.topic == "reports"]
    assert not accounts.may(Actor("account", 1, roles=frozenset({"dept_manager"})), "reports.read")


def test_programs_read_the_same_numbers(pages: Flask, kept: object) -> None:
    answer = Reception(pages).reads("/api/v1/reports/on-time?month=2026-11").json
    assert answer is not None
    greet = next(one for one in answer["clauses"] if one["clause"]["number"] == "一.1.1")
    assert (greet["in_time"], greet["total"], greet["share"], greet["median_seconds"]) == (1, 2, 0.5, 55.0)
    assert len(greet["months"]) == 13
    assert greet["months"][-1] == {"month": "2026-11", "in_time": 1, "total": 2, "share": 0.5}
    assert answer["total"] == sum(one["total"] for one in answer["clauses"]) == 3
    assert Reception(pages, "周雨欣").reads("/api/v1/reports/on-time?month=nov").status_code == 422


def test_a_room_is_called_by_its_name(pages: Flask, cast: Cast, desk: Clock) -> None:
    room = rooms.add_room(rooms.RoomForm(name="兰", name_en="Orchid", seats=4))
    deadlines.start("T05", rooms.subject(room))
    deadlines.meet("T05", rooms.subject(room))
    assert "<b>Orchid</b>" in Reception(pages).opens("/console/reports/rows?month=2026-11&clause=一.1.6").text


def test_older_rows_come_page_after_page(pages: Flask, cast: Cast, desk: Clock) -> None:
    reception = Reception(pages)
    for room in range(60):
        deadlines.start("T05", f"room:{room}")
        deadlines.meet("T05", f"room:{room}", at=desk.at + timedelta(seconds=60))
    html = reception.opens("/console/reports/rows?month=2026-11&clause=一.1.6").text
    following = unescape(re.findall(r'<tr class="more".*?href="([^"]*)"', html)[0])
    more = reception.part(following).text
    assert (rows_of(html), rows_of(more)) == (50, 10)
    assert "<html" not in more
