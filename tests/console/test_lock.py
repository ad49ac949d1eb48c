"""The lock: names are short, everything else is shut, the password opens it, and the browser has no say."""

import pytest
from flask import Flask

from shared import accounts, journal
from shared.lib.actor import acting_as
from tests.cast import checks_in, people
from tests.console.desk import Browser, signed_in
from tests.console.reception import Reception
from tests.shared.accounts.conftest import PASSWORD, is_there, signs_up

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PARTS = ("/console/board", "/console/due", "/console/rooms")
SEALED = "/console/roll-call/copy"  # of which a session without a device of its own gets nothing
OPEN = {"/console", *PARTS, "/console/lock", "/console/unlock", "/sign-out"}
OPEN |= {"/console/quiet-call", "/console/quiet-call/state"}  # help is called without a password


def locked(pages: Flask) -> Reception:
    people()
    checks_in("王建明")
    reception = Reception(pages)
    assert reception.tells("/console/lock").status_code == 200
    return reception


def test_names_are_short_and_nothing_can_be_pressed(pages: Flask) -> None:
    reception = locked(pages)
    html = reception.opens("/console").text
    assert "陈**" in html and "W**" in html
    assert "陈嘉豪" not in html and "王建明" not in html and "Wang Jianming" not in html
    assert "data-post" not in html.partition('id="board"')[2].partition("</main>")[0]
    for path in PARTS:
        shown = reception.part(path)
        assert shown.status_code == 200
        assert "陈嘉豪" not in shown.text and "王建明" not in shown.text, path


def test_every_other_page_is_shut(pages: Flask) -> None:
    reception = locked(pages)
    for rule in pages.url_map.iter_rules():
        public = getattr(pages.view_functions[rule.endpoint], "needs", "public") == "public"
        if public or str(rule) in (*OPEN, SEALED) or str(rule).startswith("/kiosk"):
            continue
        path = "/".join("1" if part.startswith("<") else part for part in str(rule).split("/"))
        if "POST" in (rule.methods or ()):
            assert reception.tells(path).status_code == 423, path
        else:
            assert reception.reads(path).status_code == 423, path
            assert reception.part(path).status_code == 423, path
            assert "陈嘉豪" not in reception.opens(path).text, path


@pytest.mark.parametrize("path", ["/console/visits", "/console/directory", "/me", "/account"])
def test_a_page_leads_to_the_lock(pages: Flask, path: str) -> None:
    answer = locked(pages).opens(path)
    assert answer.status_code == 200
    assert "data-locked" in answer.text
    assert "陈嘉豪" not in answer.text and "尉迟明" not in answer.text


def test_a_browser_that_throws_away_what_it_holds_stays_locked(pages: Flask) -> None:
    reception = locked(pages)
    assert "Set-Cookie" not in reception.tells("/console/lock").headers
    session = reception.cookie("foyer")
    assert session
    elsewhere = Browser(pages)
    elsewhere.client.set_cookie("foyer", session)
    assert "陈嘉豪" not in elsewhere.opens("/console").text
    assert elsewhere.opens("/console/visits", Accept="application/json").status_code == 423


def test_the_board_says_so_to_every_page_of_the_session_and_to_no_other(pages: Flask) -> None:
    reception = locked(pages)
    other = Reception(pages, "郭敏")
    for path in ("/console/board", f"/console/board?since={journal.last_seq()}"):
        assert reception.part(path).headers["X-Locked"] == "1"
        assert "X-Locked" not in other.part(path).headers
    assert "陈嘉豪" in other.board()
    assert "陈嘉豪" not in reception.board()


def test_the_journal_wakes_the_sessions_other_pages(pages: Flask) -> None:
    reception = locked(pages)
    event = journal.at(journal.last_seq())
    assert event
    assert (event.action, event.actor) == ("accounts.locked", reception.actor.ref)
    assert reception.tells("/console/lock").status_code == 200
    assert journal.last_seq() == event.seq, "what is locked is not locked again"


def test_the_password_opens_it(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    browser = Browser(pages)
    browser.sends("/sign-in", login="clerk", password=PASSWORD)
    token = browser.token("/console")

    def tells(path: str, **values: str) -> int:
        headers = {"Origin": "http://127.0.0.1:8000", "X-CSRF-Token": token, "Accept": "application/json"}
        return browser.client.post(path, json=values, headers=headers).status_code

    def register() -> int:
        return browser.client.get("/console/visits", headers={"Accept": "application/json"}).status_code

    assert tells("/console/lock") == 200
    assert register() == 423
    assert tells("/console/unlock", password="wrong") == 422
    assert register() == 423
    assert tells("/console/unlock", password=PASSWORD) == 200
    assert register() == 200
    assert "X-Locked" not in browser.opens("/console/board").headers
    assert [event.action for event in journal.newest(2)] == ["accounts.unlocked", "accounts.locked"]


def test_wrong_passwords_are_counted_like_those_of_a_sign_in(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    browser = signed_in(pages, "clerk")
    token = browser.token("/console")
    headers = {"Origin": "http://127.0.0.1:8000", "X-CSRF-Token": token, "Accept": "application/json"}

    def tries(password: str) -> int:
        return browser.client.post("/console/unlock", json={"password": password}, headers=headers).status_code

    with acting_as(is_there(browser.cookie() or "")):
        accounts.lock()
    assert [tries(f"wrong {n}") for n in range(5)] == [422] * 5
    assert tries(PASSWORD) == 429


def test_a_new_sign_in_is_open_and_the_locked_session_over(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    browser = signed_in(pages, "clerk")
    old = browser.cookie() or ""
    with acting_as(is_there(old)):
        accounts.lock()
    assert browser.sends("/sign-in", of="/sign-in?next=/", login="clerk", password=PASSWORD).status_code == 303
    assert browser.opens("/console/visits").status_code == 200
    assert accounts.by_session(old) is None
