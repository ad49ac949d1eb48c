"""A1.7b, A1.8: a message on the recipient's own page, behind the link of an e-mail, and for programs."""

import pytest
from flask import Flask

import app as product
from shared import alerts, deadlines, directory, relay, visits
from tests.cast import Cast, checks_in, people
from tests.console.own_page import Desk as OwnPages
from tests.console.reception import Reception
from tests.console.test_messages import MESSAGE, due, leaves, rows
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def cast(pages: Flask) -> Cast:
    product.join()
    return people()


@pytest.fixture
def reception(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages)


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


def test_a_message_being_put_right_offers_no_reply_and_a_settled_one_no_correction(
    reception: Reception, cast: Cast
) -> None:
    token = leaves(reception, checks_in(cast.host).token)
    sheet = f"/console/messages/{token}"
    assert f'action="{sheet}/reply"' in reception.part(sheet).text
    reception.tells(f"{sheet}/error", note="不是样品")
    html = reception.part(sheet).text
    assert f'action="{sheet}/correction"' in html and f'action="{sheet}/reply"' not in html
    assert reception.tells(f"{sheet}/reply", summary="已回电").status_code == 409
    reception.tells(f"{sheet}/cancellation", reason="客人回来了")
    html = reception.part(sheet).text
    assert f'action="{sheet}/correction"' not in html and "不是样品" in html
    assert reception.tells(f"{sheet}/correction", message="合同放在前台，请回电").status_code == 410


def test_a_form_that_is_sent_twice_counts_once(pages: Flask, reception: Reception, cast: Cast) -> None:
    token = leaves(reception, checks_in(cast.host).token)
    stranger, link = OwnPages(pages, cast).stranger(), f"/a/message/{alerts.sign_message(token, cast.host.id)}"
    answers = [stranger.post(link, data={"act": "wrong", "note": "不是样品"}).status_code for _ in range(2)]
    assert answers == [200, 409]
    assert relay.one(token).wrong_count == 1


def test_the_link_of_somebody_who_has_left_the_company_shows_nothing(
    pages: Flask, reception: Reception, cast: Cast
) -> None:
    token = leaves(reception, checks_in(cast.host).token)
    stranger, link = OwnPages(pages, cast).stranger(), f"/a/message/{alerts.sign_message(token, cast.host.id)}"
    assert stranger.get(link).status_code == 200
    directory.retire_person(cast.host.token)
    page = stranger.get(link)
    assert page.status_code == 410
    assert "样品" not in page.text and "0987" not in page.text
    assert stranger.post(link, data={"act": "confirm"}).status_code == 410
    assert relay.one(token).status == "recorded"


def test_who_handed_a_message_on_reads_that_it_was_and_no_word_of_it(
    pages: Flask, reception: Reception, cast: Cast
) -> None:
    token = leaves(reception, checks_in(cast.host).token)
    own = OwnPages(pages, cast)
    host, other = own.host(), own.signs_in("Yuchi", cast.other.id)
    relay.hand_on(token, cast.other, "他负责")
    assert other.get(f"/api/v1/relays/{token}").json["message"] == MESSAGE["message"]  # type: ignore[index]
    handed = {"to": directory.ref_of(cast.leader), "reason": "休假"}
    answers = [other.post(f"/api/v1/relays/{token}/holder", json=handed).json]
    relay.confirm(token, "page", person_id=cast.leader.id)
    relay.reply(token, "已回电", person_id=cast.leader.id)
    answers += [other.get(f"/api/v1/relays/{token}").json]
    answers += other.get("/api/v1/relays?state=all").json["relays"]  # type: ignore[index]
    assert len(answers) == 3
    for body in answers:
        assert body is not None
        assert (body["token"], body["holder"]["name"]) == (token, "陆景行")
        assert (body["number"], body["message"], body["reply_summary"]) == (None, None, None)
    for reader in (host.get(f"/api/v1/relays/{token}"), reception.reads(f"/api/v1/relays/{token}")):
        body = reader.json
        assert body is not None
        assert (body["number"], body["reply_summary"]) == ("+8613812340987", "已回电"), "whom it was for, and the desk"
        assert body["message"] == MESSAGE["message"]
