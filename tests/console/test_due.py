"""Due now: one list of everything that runs, the same on every console, settled with one tap."""

import re
from datetime import timedelta

import pytest
from flask import Flask

import console.due as console_due
from console import due_visits
from console.due import Said
from shared import alerts, deadlines, directory, journal, visits
from shared.deadlines import Clockwork
from shared.visits.forms import Expectation, HostRef
from tests.cast import Cast, checks_in, people
from tests.console.reception import Reception
from tests.serving import wait_for
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def cast(pages: Flask) -> Cast:
    alerts.join()
    return people()


def listed(html: str) -> list[tuple[str, str, str]]:
    """Key, about whom, and the words of the button of what runs, from top to bottom."""
    rows = re.findall(r'data-key="(\w+)" data-subject.*?<b>([^<]*)</b>.*?</div>(.*?)</li>', html, re.S)
    return [(key, who, "".join(re.findall(r">([^<]*)</button>", rest))) for key, who, rest in rows]


def due(reception: Reception) -> str:
    return reception.part("/console/due").text


def test_everything_that_is_due_is_listed_by_when_with_its_clause(pages: Flask, cast: Cast) -> None:
    reception = Reception(pages)
    checks_in(cast.host)
    html = due(reception)
    assert listed(html) == [("T01", "陈嘉豪", "Greeted"), ("T02", "Wang Jianming", "Is coming")]
    assert re.findall(r"<i>([^<]*)</i>", html) == ["1.1.1", "1.1.4"]
    [first, _second] = deadlines.open_now()
    row = html.partition('data-key="T01"')[2].partition(">")[0]
    for name, moment in (("start", first.starts), ("warn", first.warn), ("due", first.due), ("breach", first.red)):
        assert f'data-{name}="{moment.isoformat()}"' in row


def test_a_console_that_shows_the_newest_gets_nothing(pages: Flask, cast: Cast, desk: Clock) -> None:
    reception = Reception(pages)
    checks_in(cast.host)
    answer = reception.part("/console/due")
    assert reception.part(f"/console/due?since={answer.headers['X-Seq']}").status_code == 204


def test_one_tap_settles_each_row_and_it_leaves_every_console(pages: Flask, cast: Cast, desk: Clock) -> None:
    reception, colleague = Reception(pages), Reception(pages, "周雨欣")
    done = checks_in(cast.host)
    due(colleague)
    greeted = reception.tells(f"/console/visits/{done.token}/greeting").json
    assert greeted is not None
    assert greeted["say"] == "陈嘉豪 was greeted."
    assert [row[0] for row in listed(fresh(colleague))] == ["T02"]
    reception.tells("/console/undo", seq=greeted["undo"])
    assert [row[0] for row in listed(fresh(colleague))] == ["T01", "T02"]
    assert reception.tells(f"/console/visits/{done.token}/host-answer", answer="minutes", minutes=5).status_code == 200
    assert (visits.one(done.id).host_answer, visits.one(done.id).host_minutes) == ("minutes", 5)
    assert [row[0] for row in listed(fresh(colleague))] == ["T01"]


def fresh(reception: Reception) -> str:
    """The list, asked for until it shows the newest."""
    return str(
        wait_for(
            lambda: (answer := reception.part("/console/due")) and int(answer.headers["X-Seq"]) >= journal.last_seq()
            and answer.text,
            "the newest list",
        )
    )  # fmt: skip


def test_what_was_settled_says_so_for_eight_seconds(pages: Flask, cast: Cast, desk: Clock) -> None:
    reception = Reception(pages)
    done = checks_in(cast.host)
    reception.tells(f"/console/visits/{done.token}/greeting")
    row = fresh(reception).partition('class="settled"')[2].partition("</li>")[0]
    assert f'data-shown-until="{(desk.at + timedelta(seconds=8)).isoformat()}" hidden' in row
    assert re.search(r"<b>陈嘉豪</b> greeted", row)
    assert "data-take-back" in row
    desk.moves(seconds=9)
    checks_in(cast.other)
    assert 'class="settled"' not in fresh(reception)


def test_what_is_calm_for_long_and_who_is_expected_come_later_today(pages: Flask, cast: Cast, desk: Clock) -> None:
    reception = Reception(pages)
    assert "Nothing is due" in due(reception)
    at = desk.at + timedelta(hours=3)
    ref = HostRef(ref=directory.ref_of(cast.host))
    visits.expect(Expectation(host=ref, visitor_name="刘思远", expected_at=at, purpose="business"))
    html = fresh(reception)
    assert "刘思远 comes to see Wang Jianming" in html.partition('id="now-later"')[2]
    assert re.search(r"Next: \d\d:\d\d 刘思远", html.partition('id="now-empty"')[2])
    done = checks_in(cast.host)
    deadlines.start("T11", f"visit:{done.token}", visit_id=done.id)
    describe = due_visits.describe
    described = lambda running, masked: {one.id: Said("王建明", "to be told") for one in running}  # noqa: E731
    console_due.describe_with("visit", described)
    try:
        html = fresh(reception)
    finally:
        console_due.describe_with("visit", describe)
    now, _later, later = html.partition('id="now-later"')
    assert 'data-key="T01"' in now
    assert 'data-key="T11"' not in now
    assert "王建明 to be told" in later


def test_a_late_answer_asks_reception_to_tell_the_visitor(pages: Flask, cast: Cast, desk: Clock) -> None:
    reception = Reception(pages)
    done = checks_in(cast.host)
    assert "Yuchi Ming at 1" in due(reception)
    desk.moves(minutes=10, seconds=1)
    Clockwork().work()
    html = fresh(reception)
    assert ("T02", "Wang Jianming", "Visitor told") in listed(html)
    assert 'data-state="late"' in html.partition('data-key="T02"')[2].partition(">")[0]
    assert reception.tells(f"/console/visits/{done.token}/update").status_code == 200
    assert [row[0] for row in listed(fresh(reception))] == ["T01"]


def test_while_locked_names_are_short_and_nothing_can_be_settled(pages: Flask, cast: Cast) -> None:
    reception = Reception(pages)
    checks_in(cast.host)
    reception.tells("/console/lock")
    html = due(reception)
    assert [row[1:] for row in listed(html)] == [("陈**", ""), ("W**", "")]
    assert "嘉豪" not in html
    assert "Yuchi Ming" not in html


def test_programs_read_what_runs_and_what_was_settled(pages: Flask, cast: Cast, desk: Clock) -> None:
    reception = Reception(pages)
    done = checks_in(cast.host)
    desk.moves(seconds=18)
    reception.tells(f"/console/visits/{done.token}/greeting")
    [running] = reception.reads("/api/v1/deadlines?state=open").json["deadlines"]  # type: ignore[index]
    assert (running["key"], running["clause"]["number"], running["state"]) == ("T02", "一.1.4", "open")
    [met] = reception.reads("/api/v1/deadlines?state=met").json["deadlines"]  # type: ignore[index]
    assert (met["key"], met["in_time"], met["met_by"]) == ("T01", True, reception.actor.ref)
    assert met["starts_at"].endswith("Z")
    assert reception.reads("/api/v1/deadlines?state=soon").status_code == 422


def test_pages_of_what_was_settled_follow_each_other(pages: Flask, cast: Cast) -> None:
    reception = Reception(pages)
    for number in range(5):
        deadlines.start("T05", f"room:{number}")
        deadlines.meet("T05", f"room:{number}")
    first = reception.reads("/api/v1/deadlines?state=met&limit=3").json
    second = reception.reads(f"/api/v1/deadlines?state=met&limit=3&after={first['next']}").json  # type: ignore[index]
    subjects = [one["subject"] for page in (first, second) for one in page["deadlines"]]  # type: ignore[index]
    assert subjects == [f"room:{number}" for number in (4, 3, 2, 1, 0)]
    assert second["next"] is None  # type: ignore[index]


def test_a_visit_whose_host_is_named_anew_is_due_for_the_new_one(pages: Flask, cast: Cast) -> None:
    reception = Reception(pages)
    done = checks_in(cast.host)
    reception.tells(f"/console/visits/{done.token}/host", host={"ref": directory.ref_of(cast.leader)})
    assert ("T02", "Lu Jingxing", "Is coming") in listed(fresh(reception))
