"""A visitor asks for a colleague's number: reception notes it, the colleague says yes on their own page, or nothing."""

import re

import pytest
from flask import Flask

from shared import accounts, contact_requests, directory, journal
from tests.cast import Cast, checks_in
from tests.console.own_page import Browser, Desk
from tests.console.reception import Reception
from tests.shared.contact_requests.test_requests import many_ask

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def reception(pages: Flask, cast: Cast) -> Reception:
    return Reception(pages)


@pytest.fixture
def wang(pages: Flask, cast: Cast) -> Browser:
    return Desk(pages, cast).host()


def asks(reception: Reception, cast: Cast, outcome: str = "ask") -> tuple[str, str]:
    """A visitor asks; gives the sheet's address and the request."""
    sheet = f"/console/visits/{checks_in(cast.host).token}"
    assert 'name="wanted"' in reception.part(sheet).text
    about = {"ref": directory.ref_of(cast.host)}
    answer = reception.tells(f"{sheet}/contact-requests", about=about, wanted="phone", outcome=outcome)
    assert answer.status_code == 201, answer.text
    return sheet, answer.json["token"]  # type: ignore[index]


def test_a2_4_the_number_comes_to_reception_with_the_employees_tap_and_not_before(
    reception: Reception, cast: Cast, wang: Browser
) -> None:
    sheet, token = asks(reception, cast)
    contact, outcome = (f"/console/contact-requests/{token}/{part}" for part in ("contact", "outcome"))
    assert "asked, no answer yet" in reception.part(sheet).text and contact not in reception.part(sheet).text
    for refused in (reception.tells(contact), reception.tells(outcome, outcome="person_agreed")):
        assert refused.status_code == 409 and "own page first" in refused.text
    assert reception.tells(f"/me/contact-requests/{token}", agrees=True).status_code == 403
    page = wang.get("/me").get_data(as_text=True)
    assert "May 陈嘉豪 have your phone number?" in page and f'data-asked="{token}"' in page
    assert 'data-body="陈** asks how you are reached"' in page
    assert wang.post(f"/me/contact-requests/{token}", data={"agrees": "true", "csrf": wang.csrf}).status_code == 303
    assert f'data-asked="{token}"' not in wang.get("/me/now").get_data(as_text=True)
    after = reception.part(sheet).text
    assert "they agreed at" in after and f'data-reveal="{contact}"' in after and "15400001234" not in after
    shown = reception.tells(contact).json
    assert shown == {"shown": [{"label": "Phone", "value": "15400001234"}], "seconds": 30}
    assert journal.newest(1)[0].action == "directory.contact_revealed"


def test_somebody_elses_tap_is_refused_and_a_no_stays_a_no(
    pages: Flask, reception: Reception, cast: Cast, wang: Browser
) -> None:
    sheet, token = asks(reception, cast)
    other = Desk(pages, cast).signs_in("Yuchi", cast.other.id)
    assert token not in other.get("/me").get_data(as_text=True)
    yes = {"agrees": "true", "csrf": other.csrf}
    assert other.post(f"/me/contact-requests/{token}", data=yes).status_code == 403
    assert wang.post(f"/me/contact-requests/{token}", data={"agrees": "false"}).status_code == 303
    assert "they declined at" in reception.part(sheet).text
    assert reception.tells(f"/console/contact-requests/{token}/contact").status_code == 409


def test_what_reception_declined_itself_is_on_the_sheet_and_asks_nobody(
    reception: Reception, cast: Cast, wang: Browser
) -> None:
    sheet, token = asks(reception, cast, "declined_relayed")
    assert "politely declined, passed on instead" in reception.part(sheet).text
    assert token not in wang.get("/me").get_data(as_text=True)
    sheet, token = asks(reception, cast)
    ended = reception.tells(f"/console/contact-requests/{token}/outcome", outcome="refused")
    assert ended.status_code == 200 and token not in wang.get("/me").get_data(as_text=True)


def test_who_is_no_visitor_is_noted_at_the_colleague(reception: Reception, cast: Cast) -> None:
    sheet = f"/console/directory/{cast.leader.token}"
    assert 'name="asker"' in reception.part(sheet).text
    empty = reception.tells(f"{sheet}/contact-requests", asker="", wanted="phone", outcome="refused")
    assert empty.status_code == 422 and empty.json["fields"] == {"asker": "Write who asked."}  # type: ignore[index]
    assert (
        reception.tells(f"{sheet}/contact-requests", asker="一位记者", wanted="phone", outcome="refused").status_code
        == 201
    )
    assert "一位记者, phone number: refused" in reception.part(sheet).text
    nobody = reception.tells(f"{sheet}/contact-requests", asker="一位记者", wanted="phone", outcome="ask")
    assert nobody.status_code == 409 and "Pass a message on instead" in nobody.text


def test_the_privacy_officer_reads_the_week_and_nobody_at_the_desk_does(
    pages: Flask, reception: Reception, cast: Cast
) -> None:
    asks(reception, cast, "declined_relayed")
    reception.tells(f"/console/directory/{cast.host.token}/contact", ways=["phone"])
    officer = Reception(pages, "程琳", ("privacy_officer",))
    page = officer.opens("/console/privacy").text
    week = page.partition('aria-current="true">')[2].partition("</tr>")[0]
    assert re.findall(r'class="num[^>]*>(\d+)<', week) == ["1", "0", "0", "1", "0", "0", "0"]
    assert "contact data was looked at: Phone" in page and "Wang Jianming" in page and "林晓彤" in page
    assert "politely declined, passed on instead" in page and "15400001234" not in page
    monday = contact_requests.weeks()[1].monday
    assert "Nobody looked in this week." in officer.opens(f"/console/privacy?week={monday.isoformat()}").text
    assert officer.opens("/console/privacy?week=tomorrow").status_code == 422
    assert '<a href="/console/privacy"' in officer.opens("/console/journal").text
    assert reception.opens("/console/privacy").status_code == 403
    assert Reception(pages, "韩雪梅", ("admin_manager",)).opens("/console/privacy").status_code == 200
    assert accounts.RIGHTS["privacy.read"].isdisjoint(accounts.RECEPTION)


def test_a_list_that_is_cut_says_so(pages: Flask, cast: Cast) -> None:
    officer = Reception(pages, "程琳", ("privacy_officer",))
    many_ask(cast, 200)
    assert "the newest" not in officer.opens("/console/privacy").text
    many_ask(cast, 1)
    page = officer.opens("/console/privacy").text
    assert "the newest 200" in page.partition("Who asked for contact details")[2].partition("</h2>")[0]
    assert "the newest" not in page.partition("Who looked at what")[2]
    chinese = Reception(pages, "程小琳", ("privacy_officer",), language="zh_Hans")
    assert "最新 200 条" in chinese.opens("/console/privacy").text
