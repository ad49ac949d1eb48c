"""The call pad and missed calls at the console: what is typed is kept, what is missing is said, who rings is known."""

import json
import re

import pytest
from flask import Flask

from shared import deadlines, directory, drafts, phone, relay
from shared.directory import PersonView
from shared.lib.actor import acting_as
from tests.cast import people
from tests.console.reception import Reception

sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def host(pages: Flask) -> PersonView:
    return people().host


@pytest.fixture
def desk(pages: Flask, host: PersonView) -> Reception:
    return Reception(pages)


def saves(desk: Reception, host: PersonView, **changes: object) -> dict[str, object]:
    """What the desk answered to a call that was written down."""
    given = {
        "number": "154 0000 1207", "caller_name": "苏婉", "caller_company": "青木设计",
        "wanted": {"ref": directory.ref_of(host)}, "content": "样张今天送到，请签收", "became": "message",
        "read_back": True,
    }  # fmt: skip
    sent = {name: value for name, value in (given | changes).items() if value is not None}
    answer = desk.tells("/console/phone", **sent)
    return {"status": answer.status_code, **answer.json}


def test_a_message_is_on_its_way_as_soon_as_the_call_is_saved(desk: Reception, host: PersonView) -> None:
    said = saves(desk, host)
    assert said["status"] == 201
    assert said["say"] == "The message for Wang Jianming is on its way. Tell them within 5 minutes."
    message = relay.one(str(said["message"]))
    assert (message.message, message.to_id) == ("样张今天送到，请签收", host.id)
    assert "Wang Jianming" in desk.part("/console/due").text or "王建明" in desk.part("/console/due").text


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"became": None}, "became", "Choose what became of the call."),
        ({"became": "transferred", "transfer_result": "busy"}, "became", "Nobody took it."),
        ({"content": "嗯"}, "content", "at least 5 characters"),
        ({"read_back": False}, "read_back", "Read it back first."),
        ({"wanted": "陆总"}, "wanted", "Choose who it is for."),
        ({"number": ""}, "call_back_number", "Write the number"),
        ({"number": "hello"}, "number", "not a phone number"),
    ],
)
@sqlite
def test_what_is_missing_is_said_at_its_field(
    desk: Reception, host: PersonView, changes: dict[str, object], field: str, said: str
) -> None:
    answer = saves(desk, host, **changes)
    assert answer["status"] == 422
    assert said in str(answer["fields"][field])  # type: ignore[index]
    assert phone.callers_like("苏婉") == [], "nothing was kept"


@sqlite
def test_pads_are_kept_until_they_are_saved_each_for_its_own_account(
    desk: Reception, host: PersonView, pages: Flask
) -> None:
    first = {"caller_name": "苏婉", "content": "第一路", "call_at": "2026-11-23T10:00:00+08:00"}
    second = {"caller_name": "", "number": "15400000921", "content": "第二路"}
    desk.tells("/console/drafts/pad/aaaaaaaa", data=json.dumps(first))
    desk.tells("/console/drafts/pad/bbbbbbbb", data=json.dumps(second))
    newest = desk.part("/console/phone").text
    assert "第二路" in newest and 'href="/console/phone/pads/aaaaaaaa"' in newest
    assert "第一路" in desk.opens("/console/phone/pads/aaaaaaaa").text
    other = Reception(pages, "周")
    assert "第二路" not in other.part("/console/phone").text
    assert "第一路" not in other.part("/console/phone/pads/aaaaaaaa").text
    saves(desk, host, pad="aaaaaaaa")
    assert list(drafts.begun(desk.actor.id, "pad-")) == ["pad-bbbbbbbb"]
    desk.tells("/console/drafts/pad/bbbbbbbb", data="")
    assert drafts.begun(desk.actor.id, "pad-") == {}


@sqlite
def test_a_message_and_the_call_it_came_by_lead_to_each_other(desk: Reception, host: PersonView) -> None:
    done = saves(desk, host)
    call, message = str(done["token"]), str(done["message"])
    sheet = desk.part(f"/console/messages/{message}").text
    assert f'href="/console/registers/phone/{call}"' in sheet and str(done["reg_no"]) in sheet
    assert "absent, message left; message: to be passed on" in desk.opens("/console/registers/phone").text
    assert f'href="/console/messages/{message}"' in desk.part(f"/console/registers/phone/{call}").text
    desk.tells(f"/console/messages/{message}/confirmation")
    assert "absent, message left; message: closed" in desk.opens("/console/registers/phone").text
    plain = str(saves(desk, host, became="answered")["token"])
    assert "/console/messages/" not in desk.part(f"/console/registers/phone/{plain}").text


@sqlite
def test_what_no_pad_wrote_is_no_draft(desk: Reception) -> None:
    desk.tells("/console/drafts/pad/aaaaaaaa", data="no json at all")
    assert desk.part("/console/phone").status_code == 200
    desk.tells("/console/drafts/pad/aaaaaaaa", data=json.dumps({"call_at": "yesterday", "wanted": [1]}))
    assert desk.part("/console/phone").status_code == 200
    assert desk.part("/console/phone/pads/..%2f").status_code == 404


def test_who_calls_is_shown_by_number_and_by_name(desk: Reception, host: PersonView) -> None:
    saves(desk, host)
    [known] = desk.reads("/console/phone/callers?number=15400001207").json["callers"]
    assert (known["name"], known["company"], known["open"]) == ("苏婉", "青木设计", "1 message open")
    assert known["matters"] == ["样张今天送到，请签收"]
    assert [one["name"] for one in desk.reads("/console/phone/callers?name=su").json["callers"]] == ["苏婉"]
    assert desk.reads("/console/phone/callers?name=s").json["callers"] == []
    assert desk.reads("/console/phone/callers?number=abc").json["callers"] == []


def test_a_missed_call_is_due_and_is_called_back(desk: Reception, host: PersonView) -> None:
    token = str(saves(desk, host, became="missed", number="15400000921", content="")["token"])
    due = desk.part("/console/due").text
    assert "154****0921" in due and "Called back" in due
    assert "154 0000 0921" not in due, "visitors may look at the desk"
    assert "154 0000 0921" in desk.part(f"/console/phone/{token}").text
    answer = desk.tells(f"/console/phone/{token}/tries", result="no_answer").json
    assert answer["say"] == "Noted. Try once more later."
    assert desk.tells("/console/undo", seq=answer["undo"]).json["say"] == "Undone."
    for said in ("Noted. Try once more later.",) * 2 + ("Three tries. The call is closed as not reached.",):
        assert desk.tells(f"/console/phone/{token}/tries", result="busy").json["say"] == said
    assert desk.tells(f"/console/phone/{token}/tries", result="reached").status_code == 409
    assert [due.key for due in deadlines.running(f"phone:{token}")] == []


@sqlite
def test_a_call_back_is_written_down_with_what_is_known(desk: Reception, host: PersonView) -> None:
    saves(desk, host)
    with acting_as(desk.actor):
        token = str(saves(desk, host, became="missed", content="")["token"])
    pad = desk.part(f"/console/phone/pads/backaaaa?back={token}").text
    assert 'value="苏婉"' in pad and f'value="{token}"' in pad
    done = saves(desk, host, became="answered", back_of=token)
    assert phone.one(token).state == "called_back"
    assert phone.one(str(done["token"])).direction == "out"


def test_programs_write_calls_down_page_through_them_and_call_back(desk: Reception, host: PersonView) -> None:
    call = {
        "caller_name": "苏婉", "number": "15400001207", "wanted": {"ref": directory.ref_of(host)}, "outcome": "absent",
        "offer": "message", "content": "样张今天送到，请签收", "read_back": True,
    }  # fmt: skip
    first = desk.tells("/api/v1/calls", key="one", **call)
    again = desk.tells("/api/v1/calls", key="one", **call)
    assert (first.status_code, again.status_code, again.json["token"]) == (201, 200, first.json["token"])
    assert relay.one(first.json["relay"]).from_name == "苏婉"
    assert desk.tells("/api/v1/calls", **(call | {"offer": ""})).json["fields"].keys() == {"offer"}
    missed = desk.tells("/api/v1/missed-calls", call_at="2026-11-23T09:55:00+08:00", number="15400000921").json
    tried = desk.tells(f"/api/v1/calls/{missed['token']}/call-backs", result="busy").json
    assert [one["result"] for one in tried["call_backs"]] == ["busy"]
    page = desk.reads("/api/v1/calls?limit=1").json
    assert [one["outcome"] for one in page["calls"]] == ["missed"]
    rest = desk.reads(f"/api/v1/calls?limit=1&after={page['next']}").json
    assert [one["token"] for one in rest["calls"]] == [first.json["token"]] and rest["next"] is None
    assert desk.reads(f"/api/v1/calls/{missed['token']}").json["number"] == "+8615400000921"
    assert [one["token"] for one in desk.reads("/api/v1/calls?q=suwan").json["calls"]] == [first.json["token"]]


@sqlite
def test_the_book_of_calls_is_a_register_like_any_other(desk: Reception, host: PersonView) -> None:
    token = str(saves(desk, host)["token"])
    page = desk.opens("/console/registers/phone").text
    assert "TEL-" in page and "苏婉" in page and "absent, message left" in page
    assert "call written down" in desk.part(f"/console/registers/phone/{token}").text


@sqlite
def test_b1_2_the_card_for_who_is_wanted_and_absent_is_on_the_pad_with_its_clause(desk: Reception) -> None:
    [card] = re.findall(r'<p[^>]* data-card="absent"[^>]*>.*?</p>', desk.part("/console/phone").text)
    said = re.sub(r"<[^>]*>", "", card)
    assert said == (
        "The person you want to reach is not available right now. May I take a message, or a number to call you back?"
        "2.1.3"
    )


@sqlite
def test_b1_4_the_pad_reminds_to_hang_up_last(desk: Reception) -> None:
    foot = desk.part("/console/phone").text.partition("<footer>")[2]
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", foot)).strip().startswith("Hang up last 2.1.4")


@sqlite
def test_b2_1_the_language_is_asked_for_and_kept_and_is_mandarin_unless_said(desk: Reception, host: PersonView) -> None:
    asked = (
        desk.part("/console/phone").text.partition('<select class="box" name="spoken">')[2].partition("</select>")[0]
    )
    assert re.findall(r'value="(\w+)"', asked) == ["mandarin", "dialect", "english", "other"]
    for given, kept in ((None, "mandarin"), ("dialect", "dialect"), ("english", "english")):
        token = str(saves(desk, host, spoken=given)["token"])
        assert phone.one(token).spoken == kept
