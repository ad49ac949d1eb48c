"""A1.1d, A1.7, A1.8, A2.3: a message from the card to the reply, as reception, recipient and strangers see it."""

import json
import re
from typing import Any

import pytest
from flask import Flask

import app as product
from shared import alerts, deadlines, directory, journal, relay, visits
from tests.cast import Cast, checks_in, people
from tests.console.own_page import Desk as OwnPages
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
    assert rows(html) == [("T06", "Relay to Wang Jianming, 深蓝物联")]
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
    assert rows(due(reception)) == [("T06", "Relay to Wang Jianming, 深蓝物联")]
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


def test_a1_8_the_host_sees_the_number_and_confirms_with_one_tap(
    pages: Flask, reception: Reception, cast: Cast
) -> None:
    token = leaves(reception, checks_in(cast.host).token)
    host = OwnPages(pages, cast).host()
    page = host.get("/me").text
    [ringing] = alerts.open_messages(cast.host.id).values()
    assert f'data-alert="{ringing.token}" data-open' in page
    assert "138 1234 0987" in page
    assert "样品放在前台，请回电" in page
    assert "0987" not in page.partition("data-body")[2].partition(">")[0], "not on a lock screen"
    assert host.post(f"/me/messages/{token}", data={"act": "confirm"}).status_code == 303
    assert relay.one(token).confirm_method == "page"
    assert not alerts.open_messages(cast.host.id)
    assert "What did you reply?" in host.get("/me").text
    host.post(f"/me/messages/{token}", data={"act": "reply", "note": "已回电，周二送到"})
    assert relay.one(token).reply_summary == "已回电，周二送到"
    assert "样品" not in host.get("/me").text


def test_a1_8_another_employee_gets_403_everywhere(pages: Flask, reception: Reception, cast: Cast) -> None:
    token = leaves(reception, checks_in(cast.host).token)
    own = OwnPages(pages, cast)
    host, other = own.host(), own.signs_in("Yuchi", cast.other.id)
    assert host.get(f"/api/v1/relays/{token}").json["number"] == "+8613812340987"  # type: ignore[index]
    assert other.get(f"/api/v1/relays/{token}").status_code == 403
    assert other.get("/api/v1/relays?state=all").json["relays"] == []  # type: ignore[index]
    assert len(host.get("/api/v1/relays?state=all").json["relays"]) == 1  # type: ignore[index]
    for path in ("confirmation", "reply", "error", "holder"):
        body = {"summary": "x"} if path == "reply" else {"note": "x"} if path == "error" else {}
        body = {"to": directory.ref_of(cast.other), "reason": "mine"} if path == "holder" else body
        assert other.post(f"/api/v1/relays/{token}/{path}", json=body).status_code == 403, path
    assert other.post(f"/me/messages/{token}", data={"act": "confirm"}).status_code == 403
    assert other.get(f"/console/messages/{token}").status_code == 403
    assert other.get(f"/a/message/{alerts.sign_message(token, cast.host.id)}").status_code == 403
    assert "0987" not in other.get("/me").text


def test_a1_8_the_link_shows_on_get_acts_on_post_and_ends_with_the_confirmation(
    pages: Flask, reception: Reception, cast: Cast, desk: Clock
) -> None:
    token = leaves(reception, checks_in(cast.host).token)
    link = f"/a/message/{alerts.sign_message(token, cast.host.id)}"
    stranger = OwnPages(pages, cast).stranger()
    page = stranger.get(link)
    assert page.status_code == 200
    assert "样品放在前台，请回电" in page.text
    assert relay.one(token).status == "recorded", "looking confirms nothing"
    desk.moves(days=3)
    assert stranger.get(link).status_code == 200, "good until it is confirmed"
    assert stranger.post(link, data={"act": "confirm"}).status_code == 200
    assert relay.one(token).confirm_method == "link"
    assert stranger.get(link).status_code == 410
    assert stranger.post(link, data={"act": "wrong", "note": "nein"}).status_code == 410
    assert stranger.get("/a/message/nonsense").status_code == 404


def test_a1_8_the_link_of_who_handed_it_on_is_over(pages: Flask, reception: Reception, cast: Cast) -> None:
    token = leaves(reception, checks_in(cast.host).token)
    answer = reception.tells(
        f"/console/messages/{token}/holder", to={"ref": directory.ref_of(cast.other)}, reason="休假"
    )
    assert answer.status_code == 200, answer.text
    stranger = OwnPages(pages, cast).stranger()
    old, new = (f"/a/message/{alerts.sign_message(token, one.id)}" for one in (cast.host, cast.other))
    assert stranger.get(old).status_code == 410
    assert stranger.get(new).status_code == 200
    assert list(alerts.open_messages(cast.other.id)) == [f"relay:{token}"]
    assert not alerts.open_messages(cast.host.id)


def test_a1_7b_what_is_wrong_comes_back_to_reception(pages: Flask, reception: Reception, cast: Cast) -> None:
    token = leaves(reception, checks_in(cast.host).token)
    host = OwnPages(pages, cast).host()
    host.post(f"/me/messages/{token}", data={"act": "wrong", "note": "不是样品"})
    assert rows(due(reception)) == [("T06", "Wang Jianming says something is wrong, 深蓝物联")]
    assert "不是样品" in reception.part(f"/console/messages/{token}").text
    reception.tells(f"/console/messages/{token}/correction", message="合同放在前台，请回电")
    assert "合同放在前台" in host.get("/me").text
    assert relay.one(token).wrong_count == 1


def test_programs_take_a_message_down_and_follow_it(reception: Reception, cast: Cast) -> None:
    visitor = checks_in(cast.host)
    made = reception.tells("/api/v1/relays", key="k1", visit=visitor.token, **MESSAGE)
    assert made.status_code == 201, made.text
    body = made.json
    assert body is not None
    assert (body["status"], body["to"]["name"], body["number"]) == ("recorded", "王建明", "+8613812340987")
    assert reception.tells("/api/v1/relays", key="k1", visit=visitor.token, **MESSAGE).json == body
    path = f"/api/v1/relays/{body['token']}"
    tried = reception.tells(f"{path}/attempts", channel="mobile", result="busy").json
    assert [one["result"] for one in tried["attempts"]] == ["auto_sent", "busy"]  # type: ignore[index]
    assert reception.tells(f"{path}/attempts", channel="mobile", result="auto_sent").status_code == 422
    assert reception.tells(f"{path}/confirmation").json["confirm_method"] == "repeated"  # type: ignore[index]
    assert reception.tells(f"{path}/confirmation").status_code == 410
    assert reception.tells(f"{path}/cancellation", reason="").status_code == 422
    assert reception.reads("/api/v1/relays?state=unanswered").json["relays"][0]["token"] == body["token"]  # type: ignore[index]
    assert visits.one(visitor.id).state == "absent_host"
    assert {one.key for one in deadlines.running(f"relay:{body['token']}")} == {"T11"}
