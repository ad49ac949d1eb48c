"""A1.1d, A1.7a, A2.3: a message from the card to the reply, as reception sees it."""

import json
import re
from typing import Any

import pytest
from flask import Flask

import app as product
from shared import journal, presence, relay, visits
from tests.cast import Cast, checks_in, people
from tests.console.reception import Reception
from tests.serving import wait_for
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MESSAGE: dict[str, Any] = {
    "from_name": "陈嘉豪", "company": "深蓝物联", "number": "138 1234 0987", "message": "样品放在前台，请回电",
    "urgency": "normal", "reply_required": True, "no_call_back": False, "will_return": False, "read_back": True,
}  # fmt: skip


@pytest.fixture
def cast(pages: Flask) -> Cast:
    product.join()
    return people()


@pytest.fixture
def reception(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages)


def leaves(reception: Reception, token: str, **changes: Any) -> str:
    answer = reception.tells(f"/console/visits/{token}/message", **MESSAGE | changes)
    assert answer.status_code == 201, answer.text
    return str(answer.json["token"])  # type: ignore[index]


def due(reception: Reception) -> str:
    """The list, asked for until it shows the newest."""
    return str(
        wait_for(
            lambda: (answer := reception.part("/console/due")) and int(answer.headers["X-Seq"]) >= journal.last_seq()
            and answer.text,
            "the newest list",
        )
    )  # fmt: skip


def rows(html: str) -> list[tuple[str, str]]:
    """What is due and what its button says."""
    found = re.findall(r'data-key="(T06|T10U?|T11U?)" data-subject.*?data-words="([^"]*)"', html)
    return [(key, words) for key, words in found]


def test_a1_1d_one_tap_on_the_card_opens_the_form_prefilled(reception: Reception, cast: Cast) -> None:
    walk_in = checks_in("陆总", phone="13812340987")
    waiting = checks_in(cast.host, visitor_name="何一帆")
    board = reception.board()
    for visitor in (walk_in, waiting):
        assert f'data-sheet-url="/console/visits/{visitor.token}/message"' in board
    form = reception.part(f"/console/visits/{walk_in.token}/message").text
    assert 'name="from_name" value="陈嘉豪"' in form
    assert 'name="company" value="深蓝物联"' in form
    assert 'value="138 1234 0987"' in form
    assert journal.newest(1)[0].action == "visits.phone_revealed"
    assert 'value="Wang Jianming"' in reception.part(f"/console/visits/{waiting.token}/message").text


def test_the_form_shows_a_number_of_who_waits_and_looks_no_oftener_than_the_button(
    reception: Reception, cast: Cast
) -> None:
    gone, waiting = (checks_in(cast.host, phone="13812340987", visitor_name=name) for name in ("何一帆", "陈嘉豪"))
    form = f"/console/visits/{waiting.token}/message"
    reception.tells(f"/console/drafts/message/{waiting.token}", data=json.dumps({"number": "0755 1234"}))
    visits.depart(gone.token, how="console")
    for token in (gone.token, waiting.token):
        assert "138 1234 0987" not in reception.part(f"/console/visits/{token}/message").text
    assert not [one for one in journal.newest(50) if one.action == "visits.phone_revealed"], "nobody looked"
    reception.tells(f"/console/drafts/message/{waiting.token}", data="")
    for _ in range(59):
        reception.tells(f"/console/visits/{waiting.token}/phone")
    assert "138 1234 0987" in reception.part(form).text
    assert reception.part(form).status_code == 429


def test_a1_7a_what_is_missing_is_said_field_by_field(reception: Reception, cast: Cast) -> None:
    visitor = checks_in(cast.host)
    address = f"/console/visits/{visitor.token}/message"
    answer = reception.tells(address, **MESSAGE | {"read_back": False, "number": ""})
    assert answer.status_code == 422
    assert set(answer.json["fields"]) == {"number", "read_back"}  # type: ignore[index]
    short = reception.tells(address, **MESSAGE | {"message": "回电"})
    assert short.json["fields"] == {"message": "Write a few more words, at least 5 characters."}  # type: ignore[index]
    form = reception.part(address).text
    assert "disabled" in form.partition("data-save")[2][:20]
    assert "Read it back first" in form


def test_a1_7b_a_slip_that_does_not_count_yet_says_why(reception: Reception, cast: Cast) -> None:
    presence.set_to(cast.host.id, presence.PresenceForm.model_validate({"tap": "out day"}), source="reception")
    token = leaves(reception, checks_in(cast.host).token)
    base = f"/console/messages/{token}"
    why = "it does not count yet: call Wang Jianming first, twice if nobody answers."
    assert why not in reception.part(base).text
    slip = {"channel": "paper_slip", "result": "delivered_written"}
    assert why in reception.tells(f"{base}/attempts", **slip).json["say"]  # type: ignore[index]
    assert why in reception.part(base).text
    assert [key for key, _words in rows(due(reception))] == ["T06"]
    for _call in range(2):
        reception.tells(f"{base}/attempts", channel="mobile", result="no_answer")
    assert reception.tells(f"{base}/attempts", **slip).json["say"] == "Wang Jianming has it in writing."  # type: ignore[index]
    assert why not in reception.part(base).text


def test_a_message_that_is_being_written_survives_on_the_server(reception: Reception, cast: Cast) -> None:
    visitor = checks_in(cast.host)
    data = json.dumps(
        {"message": "写到一半的", "will_return": True, "to": {"name": "Lu", "value": "x", "department": ""}}
    )
    assert reception.tells(f"/console/drafts/message/{visitor.token}", data=data).status_code == 204
    form = reception.part(f"/console/visits/{visitor.token}/message").text
    assert "写到一半的" in form
    assert 'name="from_name" value="陈嘉豪"' in form, "what the draft does not hold comes from the card"
    leaves(reception, visitor.token)
    other = checks_in(cast.host, visitor_name="何一帆")
    assert "写到一半的" not in reception.part(f"/console/visits/{other.token}/message").text


def test_a2_3_due_now_names_the_next_best_way_and_one_tap_settles_each_step(
    reception: Reception, cast: Cast, desk: Clock
) -> None:
    visitor = checks_in(cast.host)
    token = leaves(reception, visitor.token, urgency="urgent")
    html = due(reception)
    assert rows(html) == [("T06", "Tell Wang Jianming, 深蓝物联")]
    assert "next: in person" in html
    assert f'href="/console/messages/{token}"' in html
    base = f"/console/messages/{token}"
    reception.tells(f"{base}/attempts", channel="in_person", result="no_answer")
    assert "next: extension" in due(reception)
    passed = reception.tells(f"{base}/attempts", channel="extension", result="reached").json
    assert passed is not None
    assert passed["say"] == "Wang Jianming knows. Have it repeated."
    assert rows(due(reception)) == [("T10U", "Wang Jianming repeats what 深蓝物联 said")]
    desk.moves(seconds=5)
    reception.tells("/console/undo", seq=passed["undo"])
    assert rows(due(reception)) == [("T06", "Tell Wang Jianming, 深蓝物联")]
    reception.tells(f"{base}/attempts", channel="extension", result="reached")
    reception.tells(f"{base}/confirmation")
    assert rows(due(reception)) == [("T11U", "Wang Jianming replies to 深蓝物联")]
    reception.tells(f"{base}/reply", summary="已回电")
    assert rows(due(reception)) == []
    assert "已回电" in reception.part(f"/console/visits/{visitor.token}").text


def test_card_and_sheets_say_where_the_message_stands(reception: Reception, cast: Cast, desk: Clock) -> None:
    visitor = checks_in(cast.host)
    token = leaves(reception, visitor.token)
    assert "message for Wang Jianming: to be passed on" in reception.board()
    reception.tells(f"/console/messages/{token}/attempts", channel="extension", result="no_answer")
    assert "2 tries" in reception.part(f"/console/visits/{visitor.token}").text
    sheet = reception.part(f"/console/messages/{token}").text
    assert "样品放在前台，请回电" in sheet
    assert "138 1234 0987" in sheet
    assert "Extension: no answer" in sheet


def test_while_locked_nothing_of_a_message_is_read(reception: Reception, cast: Cast) -> None:
    token = leaves(reception, checks_in(cast.host).token)
    reception.tells("/console/lock")
    html = due(reception)
    assert "深蓝物联" not in html
    assert token not in html.replace(f"relay:{token}", "")
    assert reception.part(f"/console/messages/{token}").status_code == 423


def test_the_list_narrows_and_the_evening_hands_over(reception: Reception, cast: Cast, desk: Clock) -> None:
    token = leaves(reception, checks_in(cast.host).token)
    done = leaves(reception, checks_in(cast.host, visitor_name="何一帆").token, reply_required=False)
    relay.confirm(done, "page", person_id=cast.host.id)

    def listed(state: str) -> list[str]:
        return re.findall(r'id="m-([^"]+)"', reception.opens(f"/console/messages?state={state}").text)

    assert listed("open") == listed("unconfirmed") == [token]
    assert listed("done") == [done]
    assert listed("all") == [done, token]
    assert listed("handover") == [], "the day is not over"
    desk.moves(hours=9)
    assert listed("handover") == [token]
    assert reception.opens("/console/messages?state=lost").status_code == 422
