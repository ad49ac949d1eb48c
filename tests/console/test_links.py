"""Links that work once: setting up the desk, signing in by e-mail, choosing a password."""

import pytest
from flask import Flask

from shared import accounts
from tests.console.desk import Browser, signed_in
from tests.shared.accounts.conftest import PASSWORD, Clock, is_there, signs_up, works_here

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
OTHER = "thimble-orbit-lantern-24"


def test_setting_up_the_desk(pages: Flask) -> None:
    secret = accounts.set_up_link()
    browser = Browser(pages)
    page = f"/set-up/{secret}"
    assert browser.opens(page).status_code == 200
    form = {"company": "星禾信息科技", "name": "Lin", "receptionist_name": "周雨欣", "password": PASSWORD}
    done = browser.sends(page, **form)
    assert done.status_code == 200
    assert "/sign-in/link/" in done.text
    assert browser.opens("/console/accounts").status_code == 200
    for again in (Browser(pages).opens(page), Browser(pages).sends(page, **form)):
        assert again.status_code == 403
    assert len(accounts.accounts()) == 2
    assert "星禾信息科技" in Browser(pages).opens("/sign-in", Accept_Language="zh").text


def test_a_guessed_and_an_old_set_up_link(pages: Flask, desk: Clock) -> None:
    secret = accounts.set_up_link()
    assert Browser(pages).opens("/set-up/guess").status_code == 404
    desk.moves(minutes=31)
    assert Browser(pages).opens(f"/set-up/{secret}").status_code == 410


def test_a_link_by_email_signs_in_with_a_button_only(pages: Flask) -> None:
    letters: list[tuple[str, ...]] = []
    accounts.mail_with(lambda *letter: letters.append(letter))
    signs_up("host", email="host@example.com", person_id=works_here("host"))
    answers = [Browser(pages).sends("/sign-in/link", email=to) for to in ("host@example.com", "stranger@example.com")]
    accounts.settle()
    assert answers[0].text == answers[1].text
    page = "/sign-in/link/" + letters[0][2].split("/sign-in/link/")[1].split()[0]
    for _ in range(20):
        assert Browser(pages).opens(page).status_code == 200
    browser = Browser(pages)
    assert browser.sends(page).location == "/me"
    assert is_there(browser.cookie() or "").roles == {"employee"}
    assert Browser(pages).sends(page).status_code == 410


def test_somebody_elses_link_is_refused(pages: Flask) -> None:
    letters: list[tuple[str, ...]] = []
    accounts.mail_with(lambda *letter: letters.append(letter))
    signs_up("host", email="host@example.com", person_id=works_here("host"))
    signs_up("clerk", "receptionist")
    accounts.request_link("host@example.com")
    accounts.settle()
    page = "/sign-in/link/" + letters[0][2].split("/sign-in/link/")[1].split()[0]
    other = signed_in(pages, "clerk")
    assert other.opens(page).status_code == 403
    assert other.sends(page, of="/account").status_code == 403
    assert Browser(pages).sends(page).location == "/me"


def test_asking_for_links_is_limited_by_machine(pages: Flask) -> None:
    browser = Browser(pages, "198.51.100.7")
    asked = [browser.sends("/sign-in/link", email=f"guess{n}@example.com").status_code for n in range(21)]
    assert asked == [200] * 20 + [429]


def test_a_password_behind_a_link(pages: Flask) -> None:
    made = signs_up("clerk", "receptionist", password=None)
    page = "/sign-in/link/" + accounts.create_reset_link(made.token).rsplit("/", 1)[1]
    browser = Browser(pages)
    poor = browser.sends(page, password="clerk12345")
    assert poor.status_code == 422
    assert 'aria-invalid="true"' in poor.text
    assert browser.sends(page, password=OTHER).location == "/console"
    assert Browser(pages).sends(page, password=OTHER).status_code == 410
