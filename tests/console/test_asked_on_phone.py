"""A caller asks for a number: noted from the open pad, agreed to by the person alone, shown in the register."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from shared import contact_requests, directory, journal, phone
from shared.lib import i18n
from tests.cast import Cast
from tests.console.own_page import Browser, Desk
from tests.console.reception import Reception

PAD = "aaaaaaaa"
ASKED = f"/console/phone/pads/{PAD}/contact-requests"
sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def reception(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages)


@pytest.fixture
def wang(pages: Flask, cast: Cast) -> Browser:
    return Desk(pages, cast).host()


@pytest.fixture
def asks(reception: Reception, cast: Cast) -> Callable[..., str]:
    """Somebody on the phone asks for the host's number; gives the request."""

    def ask(outcome: str = "declined_relayed", **caller: str) -> str:
        about = {"ref": directory.ref_of(cast.host)}
        answer = reception.tells(ASKED, about=about, wanted="phone", outcome=outcome, **caller)
        assert answer.status_code == 201, answer.text
        return str(answer.json["token"])

    return ask


def saves(reception: Reception, pad: str = PAD, **changes: object) -> str:
    """The call is saved; gives its public id."""
    call = {"caller_name": "苏婉", "caller_company": "青木设计", "became": "answered", "content": "想要王总的手机号"}
    answer = reception.tells("/console/phone", pad=pad, **(call | changes))
    assert answer.status_code == 201, answer.text
    return str(answer.json["token"])


def test_declined_and_passed_on_is_noted_at_once_and_stands_in_the_row_of_the_call(
    reception: Reception, asks: Callable[..., str]
) -> None:
    request = contact_requests.one(asks(caller_name="苏婉", caller_company="青木设计"))
    assert (request.who, request.outcome, request.call_id, request.by_phone) == (
        "苏婉, 青木设计", "declined_relayed", None, True,
    )  # fmt: skip
    said = "Wang Jianming, phone number: politely declined, passed on instead"
    assert said in reception.opens(ASKED).text and said in reception.part(f"/console/phone/pads/{PAD}").text
    token = saves(reception)
    call = phone.one(token)
    linked = contact_requests.one(request.token)
    assert (linked.call_id, linked.pad, linked.asker) == (call.id, None, None), "the call says who asked"
    assert (linked.who, linked.company) == ("苏婉", "青木设计")
    row = f"asked for contact data of {said}"
    assert f"answered at once; {row}" in reception.opens("/console/registers/phone").text
    sheet = reception.part(f"/console/registers/phone/{token}").text
    assert row in sheet and "the caller asked for contact data of Wang Jianming" in sheet
    assert said not in reception.opens(ASKED).text, "the pad is saved"


@sqlite
def test_only_the_person_can_agree_and_the_caller_is_named_to_them(
    reception: Reception, asks: Callable[..., str], wang: Browser
) -> None:
    token = asks("ask", caller_name="苏婉", caller_company="青木设计", number="154 0000 1207")
    contact = f"/console/contact-requests/{token}/contact"
    for refused in (
        reception.tells(contact),
        reception.tells(f"/console/contact-requests/{token}/outcome", outcome="person_agreed"),
    ):
        assert refused.status_code == 409 and "own page first" in refused.text
    page = wang.get("/me").get_data(as_text=True)
    assert "May 苏婉, 青木设计 have your phone number?" in page
    assert 'data-body="Somebody asks how you are reached"' in page
    assert f'data-reveal="{contact}"' not in reception.opens(ASKED).text
    assert wang.post(f"/me/contact-requests/{token}", data={"agrees": "true", "csrf": wang.csrf}).status_code == 303
    assert f'data-reveal="{contact}"' in reception.opens(ASKED).text, "while the caller is still on the line"
    assert reception.tells(contact).json["shown"] == [{"label": "Phone", "value": "15400001234"}]
    saves(reception)
    assert "phone number: they agreed at" in reception.opens("/console/registers/phone").text


@sqlite
def test_who_says_nothing_of_themselves_is_a_number_or_a_caller_without_a_name(asks: Callable[..., str]) -> None:
    assert contact_requests.one(asks(number="154 0000 1207")).who == "154 0000 1207"
    with i18n.use("en"):
        assert contact_requests.one(asks()).who == "a caller without a name"


@sqlite
def test_nobody_is_asked_about_who_was_not_chosen(reception: Reception) -> None:
    answer = reception.tells(ASKED, about=None, wanted="phone", outcome="declined_relayed")
    assert (answer.status_code, answer.json["fields"]) == (422, {"about": "Choose whose number they want."})
    nowhere = reception.tells("/console/phone/pads/A/contact-requests", wanted="phone", outcome="refused")
    assert nowhere.status_code == 404


@sqlite
def test_another_line_another_account_and_a_call_nobody_took_take_nothing_over(
    pages: Flask, reception: Reception, asks: Callable[..., str]
) -> None:
    token = asks()
    saves(reception, pad="bbbbbbbb")
    other = Reception(pages, "周雨欣")
    assert "phone number" not in re.sub(r"<select.*?</select>", "", other.opens(ASKED).text)
    saves(other)
    assert contact_requests.one(token).call_id is None
    saves(reception)
    assert contact_requests.one(token).call_id is not None


@sqlite
def test_the_journal_tells_of_whom_and_never_who_called(reception: Reception, asks: Callable[..., str]) -> None:
    asks(caller_name="苏婉")
    token = saves(reception)
    told = [event for event in journal.events(0, 1000) if event.topic == "contacts"]
    assert [(event.action, event.subject.partition(":")[0]) for event in told] == [
        ("contacts.noted", "person"), ("contacts.asked_by_phone", "phone"),
    ]  # fmt: skip
    assert told[1].subject == f"phone:{token}" and "苏" not in str([event.data for event in told])


@sqlite
def test_a_manager_notes_nothing_from_a_pad(pages: Flask, cast: Cast) -> None:
    manager = Reception(pages, "韩雪梅", ("admin_manager",))
    about = {"ref": directory.ref_of(cast.host)}
    assert manager.tells(ASKED, about=about, wanted="phone", outcome="refused").status_code == 403
    assert manager.opens(ASKED).status_code == 403
