"""What reception reads and can do when a visitor's host is not there."""

import re

import pytest
from flask import Flask

from shared import accounts, alerts, directory, presence, visits
from shared.accounts.forms import NewToken
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


def test_a1_7c_who_leaves_no_message_comes_again(reception: Reception, cast: Cast) -> None:
    says(cast.host, tap="leave day")
    done = checks_in(cast.host)
    base = f"/console/visits/{done.token}"
    assert f'data-sheet-url="{base}" data-focus="return_date"' in card(reception.board(), done.token)
    assert f'action="{base}/return"' in reception.part(base).text
    past = reception.tells(f"{base}/return", return_date="2020-01-01", return_time="10:00")
    assert (past.status_code, past.json["fields"]) == (422, {"return_date": "This day has passed."})  # type: ignore[index]
    noted = reception.tells(f"{base}/return", return_date="2026-11-24", return_time="10:00").json
    assert noted["say"] == "陈嘉豪 comes again on Tue 24 November 10:00."  # type: ignore[index]
    sheet = reception.part(base).text
    assert "Comes again on Tue 24 November 10:00" in sheet and "will come again" in sheet
    assert f'action="{base}/return"' not in sheet
    shown = card(reception.board(), done.token)
    assert 'data-focus="return_date"' not in shown and "Comes again on Tue 24 November 10:00" in shown
    [draft] = visits.page(state="expected")[0]
    assert "wanted to come again" in reception.part(f"/console/visits/{draft.token}").text
    assert reception.tells(f"{base}/return", return_date="2026-11-25").status_code == 409
    assert reception.tells("/console/undo", seq=noted["undo"]).json["state"] == "arrived"  # type: ignore[index]
    assert visits.page(state="expected")[0] == []
    open_ = reception.tells(f"{base}/return").json
    assert open_["say"] == "陈嘉豪 will come again, no day agreed."  # type: ignore[index]


def test_a1_7c_programs_note_it_too(reception: Reception, cast: Cast) -> None:
    done = checks_in(cast.host)
    _, secret = accounts.create_token(NewToken(name="r", scope="reception"))
    address, headers = f"/api/v1/visits/{done.token}/return", {"Authorization": f"Bearer {secret}"}
    said = reception.client.post(address, headers=headers, json={"return_date": "2026-11-24", "return_time": "10:00"})
    assert said.json == {"token": done.token, "state": "absent_host", "returns_at": "2026-11-24T02:00:00Z"}
    assert reception.client.post(address, headers=headers, json={"return_date": "2026-11-25"}).status_code == 409
    assert reception.client.post(address, headers=headers, json={"on": "2026-11-25"}).status_code == 422
