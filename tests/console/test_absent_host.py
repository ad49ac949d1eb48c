"""What reception reads and can do when a visitor's host is not there."""

import re

import pytest
from flask import Flask

from shared import alerts, directory, presence, visits
from tests.cast import Cast, checks_in
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock
from tests.shared.presence.conftest import MORNING

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def reception(time: Clock, pages: Flask, cast: Cast) -> Reception:
    time.at = MORNING
    visits.join()
    return Reception(pages)


def says(whom: directory.PersonView, **said: str) -> None:
    presence.set_to(whom.id, presence.PresenceForm.model_validate(said), source="self")


def card(html: str, token: str) -> str:
    return re.sub(r"\s+", " ", html.partition(f'id="v-{token}"')[2].partition("</article>")[0])


def test_the_card_says_where_the_host_is_and_asks_what_to_do(reception: Reception, cast: Cast, pages: Flask) -> None:
    says(cast.host, state="out", time="15:00")
    done = checks_in(cast.host)
    shown = card(reception.board(), done.token)
    assert "Wang Jianming is out until 15:00. Take a message or choose someone else?" in shown
    assert "Someone else" in shown and "See off" in shown and ">Met<" not in shown
    chinese = Reception(pages, "周雨欣", language="zh_Hans")
    assert "王建明外出，15:00 回。留言，还是换人？" in card(chinese.board(), done.token)
    sheet = reception.part(f"/console/visits/{done.token}").text
    assert "The host is not there" in sheet and "Take a message or choose someone else?" in sheet
    assert "Wang Jianming is not there" in sheet


def test_somebody_else_and_leaving_are_one_press_away(reception: Reception, cast: Cast) -> None:
    says(cast.host, tap="leave day")
    first, second = checks_in(cast.host), checks_in(cast.host, visitor_name="孟庆远")
    moved = reception.tells(f"/console/visits/{first.token}/host", host={"ref": directory.ref_of(cast.other)})
    assert moved.json["state"] == "arrived"  # type: ignore[index]
    assert "Take a message" not in card(reception.board(), first.token)
    assert reception.tells(f"/console/visits/{second.token}/departure").json["state"] == "left"  # type: ignore[index]


def test_when_the_host_is_back_the_card_asks_nothing_more(reception: Reception, cast: Cast, time: Clock) -> None:
    says(cast.host, tap="out 30")
    done = checks_in(cast.host)
    assert "Take a message" in reception.board()
    time.moves(minutes=30)
    shown = card(reception.board(), done.token)
    assert "Take a message" not in shown and ">Let in<" in shown
    assert "Waiting" in reception.part(f"/console/visits/{done.token}").text


def test_a_host_who_declined_is_asked_about_too(reception: Reception, cast: Cast) -> None:
    done = checks_in(cast.host)
    alerts.answer(alerts.open_for(cast.host.id)[0].token, cast.host.id, "cannot")
    shown = card(reception.board(), done.token)
    assert "Wang Jianming cannot come. Take a message or choose someone else?" in shown


def test_a_locked_board_shows_no_name_in_the_question(reception: Reception, cast: Cast) -> None:
    says(cast.host, tap="out 30")
    done = checks_in(cast.host)
    reception.tells("/console/lock")
    shown = card(reception.board(), done.token)
    assert "W** is out until 10:30." in shown and "Wang Jianming" not in shown


def test_whoever_registers_somebody_hears_it_at_once(reception: Reception, cast: Cast) -> None:
    says(cast.host, tap="out 30")
    entry = {"visitor_name": "苏婉", "visitor_company": "青木设计", "purpose": "business"}
    answer = reception.tells("/console/visits", **entry, host={"ref": directory.ref_of(cast.host)}).json
    assert answer["say"] == "苏婉 is registered, badge V001. Wang Jianming is out until 10:30."  # type: ignore[index]
    found = reception.reads("/console/people?q=wangjianming").json["people"][0]  # type: ignore[index]
    assert found["presence"] == "out until 10:30"


def test_a_colleague_who_searches_learns_nothing_of_it(pages: Flask, reception: Reception, cast: Cast) -> None:
    says(cast.host, tap="out 30")
    employee = Reception(pages, "刘洋", ("employee",))
    assert employee.reads("/console/people?q=wangjianming").json["people"][0]["presence"] == ""  # type: ignore[index]
