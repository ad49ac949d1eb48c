"""The day-end list: who has no leaving time, whom the desk signed out, badges that are out, rows with gaps."""

import pytest
from flask import Flask

from shared import visits
from shared.phone.exchange import keeping
from tests.cast import Cast, checks_in, people
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def cast(pages: Flask) -> Cast:
    return people()


def part(page: str, title: str) -> str:
    """The part of the page under a heading."""
    return page.split(f"<h2>{title}")[1].split("</div>")[0]


def test_a2_2_a_visit_without_leaving_time_appears_in_the_day_end_list(pages: Flask, cast: Cast) -> None:
    here, gone = checks_in(cast.host, visitor_name="陈嘉豪"), checks_in(cast.host, visitor_name="赵敏")
    visits.depart(gone.token, how="console", badge_returned=True)
    page = Reception(pages).opens("/console/day-end").text
    assert "陈嘉豪" in part(page, "Still here")
    assert "赵敏" not in part(page, "Still here")
    assert visits.by_token(here.token).left_at is None


def test_a2_2_whom_the_desk_signed_out_is_listed_the_next_morning(pages: Flask, cast: Cast, desk: Clock) -> None:
    token = checks_in(cast.host, visitor_name="陈嘉豪").token
    desk.moves(hours=22)
    assert visits.end_day() == 1
    assert visits.by_token(token).left_how == "auto"
    reception = Reception(pages)
    page = reception.opens("/console/day-end").text
    assert "陈嘉豪" in part(page, "Signed out by the desk at the end of the day")
    assert "陈嘉豪" in part(page, "Badges that are not back")
    desk.moves(hours=6)
    afternoon = reception.opens("/console/day-end").text
    assert "陈嘉豪" not in part(afternoon, "Signed out by the desk at the end of the day")


def test_a2_2_what_is_missing_is_named_and_counted(pages: Flask, cast: Cast) -> None:
    token = checks_in("某人", visitor_name="陈嘉豪").token
    visits.depart(token, how="console", badge_returned=True)
    shown = visits.end_list(visits.by_token(token).created_at.date())
    assert [row.gaps for row in shown.gaps] == [("host", "receptionist")]
    assert (shown.filled, shown.expected) == (8, 10)
    page = Reception(pages).opens("/console/day-end").text
    assert "host, who received them" in part(page, "Rows in which something is missing")
    assert "80% of the columns are filled" in page


def test_an_empty_day_says_so(pages: Flask, cast: Cast) -> None:
    page = Reception(pages).opens("/console/day-end?day=2026-01-05").text
    for sentence in ("Everybody has left.", "All badges are back.", "No row wants anything."):
        assert sentence in page
    assert "columns are filled" not in page


def test_when_the_exchange_was_not_heard_is_listed(pages: Flask, cast: Cast, desk: Clock) -> None:
    reception = Reception(pages)
    assert 'id="unheard"' not in reception.opens("/console/day-end?day=2026-11-23").text
    keeping.noted("no_answer")
    keeping.noted("refused")
    desk.moves(minutes=12)
    keeping.noted("")
    desk.moves(minutes=30)
    keeping.noted("no_answer")
    said = part(reception.opens("/console/day-end?day=2026-11-23").text, "The telephone exchange was not heard")
    assert "from 10:00 until 10:12, from 10:42 on." in said
    assert 'id="unheard"' not in reception.opens("/console/day-end?day=2026-11-24").text, "it has not begun"
    desk.moves(days=1)
    assert "from 00:00 on" in Reception(pages, "周雨欣").opens("/console/day-end?day=2026-11-24").text
