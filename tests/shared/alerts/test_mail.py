"""E-mail to anybody: sealed on its way, gone once it is sent, and never late enough to confuse."""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select

from shared import accounts, alerts, journal
from shared.accounts.later import settle
from shared.alerts.model import Email
from shared.lib import db, i18n
from shared.lib.config import settings
from shared.lib.errors import Conflict
from tests.cast import Cast
from tests.shared.alerts.conftest import Clock, Office, links, use

SECRET = "Zq7-canary-sign-in"


def test_a_letter_goes_out_and_nothing_of_it_is_kept(office: Office, cast: Cast) -> None:
    token = alerts.send_mail("lin@example.com", "Your link", f"https://x/{SECRET}", f"<p>{SECRET}</p>")
    links().work()
    [letter] = office.letters
    assert (letter["To"], letter["Subject"]) == ("lin@example.com", "Your link")
    assert SECRET in letter.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    state = alerts.mail_state(token)
    assert state is not None and state.state == "sent"
    with db.reading() as session:
        row = session.scalars(select(Email)).one()
        assert (row.to, row.text, row.html) == (None, None, None)


def test_a_waiting_letter_is_sealed(office: Office, cast: Cast) -> None:
    alerts.send_mail("lin@example.com", "Your link", SECRET)
    if settings().database.startswith("sqlite"):
        for file in Path(settings().data).glob("desk.db*"):
            assert SECRET.encode() not in file.read_bytes()
        path = settings().data / "desk.db"
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as raw:
            assert SECRET.encode() not in raw.execute("SELECT text FROM outgoing_email").fetchone()[0]


def test_a_letter_that_is_too_late_is_not_sent(office: Office, cast: Cast, time: Clock) -> None:
    office.says = "451 later"
    accounts.mail_with(alerts._send_link)
    alerts._send_link("lin@example.com", "Your link", SECRET, "")
    settle()
    links().work()
    office.says = "250 OK"
    time.moves(minutes=16)
    links().work()
    assert office.envelopes == []
    with db.reading() as session:
        row = session.scalars(select(Email)).one()
        assert (row.state, row.reason, row.text) == ("failed", "too_late", None)


def test_an_address_that_is_none_ends_it(office: Office, cast: Cast) -> None:
    token = alerts.send_mail("lin@example.com\r\nBcc: x@y", "Hello", "Hello")
    links().work()
    assert office.envelopes == []
    state = alerts.mail_state(token)
    assert state is not None and (state.state, state.reason) == ("failed", "unknown_address")


def test_trying_e_mail_out_says_how_it_went(office: Office, cast: Cast) -> None:
    with i18n.use("en"):
        token = alerts.try_mail("lin@example.com")
        assert said(token) == ("On its way.", False)
        links().work()
        assert said(token) == ("Sent. It is in the mailbox in a moment.", True)
    [letter] = office.letters
    assert (letter["To"], letter["Subject"]) == ("lin@example.com", "E-mail from Front desk works")
    assert [event.action for event in journal.about("company")] == ["alerts.mail_tried"]


def test_trying_e_mail_out_says_why_not(office: Office, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with i18n.use("en"):
        office.says = "550 5.1.1 no such user"
        token = alerts.try_mail("lin@example.com")
        links().work()
        assert said(token) == ("Not sent: unknown address (5.1.1 no such user).", True)
        office.says = "451 come back later"
        token = alerts.try_mail("lin@example.com")
        links().work()
        sentence, over = said(token)
        assert sentence.startswith("Not sent yet: mail server asks to wait") and not over
        use(monkeypatch, "")
        with pytest.raises(Conflict):
            alerts.try_mail("lin@example.com")


def said(token: str) -> tuple[str, bool]:
    fares = alerts.mail_state(token)
    assert fares is not None
    return fares.text, fares.over
