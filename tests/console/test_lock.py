"""The lock: names are short, everything else is shut, the password opens it."""

import pytest
from flask import Flask

from tests.cast import checks_in, people
from tests.console.desk import Browser
from tests.console.reception import Reception
from tests.shared.accounts.conftest import PASSWORD, signs_up

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


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
    assert "陈嘉豪" not in reception.part("/console/board").text


@pytest.mark.parametrize("path", ["/console/visits", "/console/directory", "/console/search?q=陈", "/api/v1/visits"])
def test_every_other_page_is_shut(pages: Flask, path: str) -> None:
    reception = locked(pages)
    answer = reception.opens(path)
    assert "陈嘉豪" not in answer.text and "尉迟明" not in answer.text
    assert reception.reads(path).status_code == 423
    assert reception.tells("/console/visits/x/departure").status_code == 423


def test_the_password_opens_it(pages: Flask) -> None:
    signs_up("clerk", "receptionist")
    browser = Browser(pages)
    browser.sends("/sign-in", login="clerk", password=PASSWORD)
    token = browser.token("/console")

    def tells(path: str, **values: str) -> int:
        headers = {"Origin": "http://127.0.0.1:8000", "X-CSRF-Token": token, "Accept": "application/json"}
        return browser.client.post(path, json=values, headers=headers).status_code

    assert tells("/console/lock") == 200
    assert browser.client.get("/console/visits", headers={"Accept": "application/json"}).status_code == 423
    assert tells("/console/unlock", password="wrong") == 422
    assert browser.client.get("/console/visits", headers={"Accept": "application/json"}).status_code == 423
    assert tells("/console/unlock", password=PASSWORD) == 200
    assert browser.opens("/console/visits").status_code == 200
