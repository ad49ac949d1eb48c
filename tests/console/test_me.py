"""One's own page and the link of an e-mail, asked as browsers and programs ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import app as product
from shared import accounts, alerts, directory, visits
from shared.accounts.forms import NewAccount, NewToken
from shared.accounts.signing_in import open_session
from shared.lib import db
from shared.lib.web import security
from tests.cast import Cast, checks_in
from tests.shared.alerts.conftest import Clock, cast, time  # noqa: F401

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PHONE = "13812340987"


@dataclass
class Browser:
    """Somebody who is signed in, or nobody."""

    client: FlaskClient
    csrf: str = ""

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, headers={"Accept": "text/html", "Accept-Language": "en"})

    def post(self, path: str, **options: Any) -> TestResponse:
        headers = {"Origin": security.own_origins()[0], "Accept": "text/html", "Accept-Language": "en"}
        headers |= options.pop("headers", {})
        return self.client.post(path, headers={"X-CSRF-Token": self.csrf, **headers}, **options)


@dataclass
class Desk:
    app: Flask
    cast: Cast

    def signs_in(self, name: str, person_id: int | None) -> Browser:
        """A browser with a session of its own."""
        made = accounts.add_account(NewAccount(name=name, login=name.lower(), person_id=person_id, language="en"))
        client = self.app.test_client()
        client.set_cookie("foyer", open_session(made.id, None).cookie)
        page = client.get("/account").get_data(as_text=True)
        return Browser(client, page.partition('name="csrf" content="')[2].partition('"')[0])

    def stranger(self) -> Browser:
        return Browser(self.app.test_client())

    def host(self) -> Browser:
        return self.signs_in("Wang", self.cast.host.id)


@pytest.fixture
def desk(cast: Cast) -> Iterator[Desk]:  # noqa: F811
    app = product.create_app()
    yield Desk(app, cast)


def asked(desk: Desk, **changes: Any) -> tuple[visits.CheckedIn, alerts.AlertView]:
    done = checks_in(desk.cast.host, **changes)
    return done, alerts.open_for(desk.cast.host.id)[-1]


def rows() -> list[Any]:
    """Everything the alerts hold, as it stands in the database."""
    with db.reading() as session:
        found: list[Any] = []
        for table in ("alert", "delivery", "visit", "journal"):
            found += session.connection().exec_driver_sql(f"SELECT * FROM {table} ORDER BY 1").all()
        return found


def test_the_page_shows_who_is_there_and_nobody_elses_visitors(desk: Desk) -> None:
    browser = desk.host()
    assert "Nobody is waiting for you" in browser.get("/me").get_data(as_text=True)
    asked(desk, phone=PHONE, visitor_name="何一帆")
    checks_in(desk.cast.other, visitor_name="孟庆远")
    page = browser.get("/me").get_data(as_text=True)
    assert "何一帆" in page and "Coming at once" in page and "Send Yuchi Ming" in page
    assert "孟庆远" not in page
    assert PHONE not in page


def test_nobody_signed_in_is_sent_to_the_door(desk: Desk) -> None:
    answer = desk.stranger().get("/me")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/me")
    assert desk.stranger().get("/me/now").status_code == 302


def test_an_account_without_a_person_has_no_page(desk: Desk) -> None:
    assert desk.signs_in("Guest", None).get("/me").status_code in (403, 404)


def test_the_part_that_changes_is_sent_only_when_it_did(desk: Desk) -> None:
    browser = desk.host()
    first = browser.get("/me/now")
    seq = first.headers["X-Seq"]
    assert browser.get(f"/me/now?since={seq}").status_code == 204
    checks_in(desk.cast.other)
    assert browser.get(f"/me/now?since={seq}").status_code == 204, "somebody else's visitor is no news"
    asked(desk)
    news = browser.get(f"/me/now?since={seq}")
    assert news.status_code == 200 and 'data-live="visits alerts"' in news.get_data(as_text=True)
    assert int(news.headers["X-Seq"]) > int(seq)


def test_looking_changes_nothing(desk: Desk) -> None:
    browser = desk.host()
    _, alert = asked(desk)
    link = f"/a/{alerts.sign(alert.token, desk.cast.host.id)}"
    before = rows()
    for path in ("/me", "/me/now", f"/me/alerts/{alert.token}/colleague", "/api/v1/alerts"):
        browser.get(path)
    for _ in range(20):
        assert desk.stranger().get(link).status_code == 200
        assert desk.stranger().get(f"{link}?answer=coming").status_code == 200
    assert rows() == before


def test_one_tap_answers(desk: Desk) -> None:
    browser = desk.host()
    done, alert = asked(desk)
    tapped = browser.post(f"/me/alerts/{alert.token}/answer", data={"minutes": "5"})
    assert (tapped.status_code, tapped.location) == (303, f"/me?alert={alert.token}")
    visit = visits.by_token(done.token)
    assert (visit.host_answer, visit.host_minutes) == ("minutes", 5)
    page = browser.get("/me").get_data(as_text=True)
    assert "Answered. It may still be changed." in page and "Coming down, 5 minutes" in page


def test_a_tap_that_is_sent_twice_counts_once(desk: Desk) -> None:
    browser = desk.host()
    _, alert = asked(desk)
    send = {"headers": {"Accept": "application/json", "Idempotency-Key": "tap-1"}, "data": {"answer": "coming"}}
    first = browser.post(f"/me/alerts/{alert.token}/answer", **send)  # type: ignore[arg-type]
    before = rows()
    second = browser.post(f"/me/alerts/{alert.token}/answer", **send)  # type: ignore[arg-type]
    assert first.json == second.json
    assert rows() == before


def test_an_answer_needs_the_token_of_the_session(desk: Desk) -> None:
    browser = desk.host()
    _, alert = asked(desk)
    refused = browser.post(f"/me/alerts/{alert.token}/answer", data={"answer": "coming"}, headers={"X-CSRF-Token": "x"})
    assert refused.status_code == 403
    assert alerts.one(alert.token).state == "open"


def test_somebody_else_cannot_answer(desk: Desk) -> None:
    _, alert = asked(desk)
    other = desk.signs_in("Yuchi", desk.cast.other.id)
    assert other.post(f"/me/alerts/{alert.token}/answer", data={"answer": "coming"}).status_code == 403
    assert other.get(f"/me/alerts/{alert.token}/colleague").status_code == 403
    assert alerts.one(alert.token).state == "open"


def test_a_colleague_is_found_by_pinyin_and_sent(desk: Desk) -> None:
    browser = desk.host()
    _, alert = asked(desk)
    found = browser.get(f"/me/alerts/{alert.token}/colleague?q=ljx&rows=1").get_data(as_text=True)
    assert "Lu Jingxing" in found
    ref = found.partition('name="to" value="')[2].partition('"')[0]
    browser.post(f"/me/alerts/{alert.token}/answer", data={"answer": "delegated", "to": ref})
    assert len(alerts.open_for(desk.cast.leader.id)) == 1
    assert "takes care of" in browser.get("/me").get_data(as_text=True)


def test_the_page_says_what_it_shows_and_when_it_is_seen(desk: Desk) -> None:
    browser = desk.host()
    _, alert = asked(desk)
    for seen, state in ((False, "delivered"), (True, "seen"), (False, "seen")):
        browser.post("/me/receipts", json={"tokens": [alert.token], "seen": seen})
        assert next(one.state for one in alerts.one(alert.token).deliveries if one.channel == "screen") == state


def test_the_host_says_that_they_have_met(desk: Desk) -> None:
    browser = desk.host()
    done, alert = asked(desk)
    stranger = desk.signs_in("Yuchi", desk.cast.other.id)
    assert stranger.post(f"/me/visits/{done.token}/meeting").status_code == 404
    browser.post(f"/me/alerts/{alert.token}/answer", data={"answer": "coming"})
    assert browser.post(f"/me/visits/{done.token}/meeting").status_code == 303
    assert visits.by_token(done.token).state == "meeting"
    assert alerts.one(alert.token).state == "settled"


def test_a_link_answers_for_its_person_without_a_sign_in(desk: Desk) -> None:
    done, alert = asked(desk, visitor_name="何一帆", phone=PHONE)
    link = f"/a/{alerts.sign(alert.token, desk.cast.host.id)}"
    page = desk.stranger().get(link).get_data(as_text=True)
    assert "何**" in page and "一帆" not in page and PHONE not in page
    assert desk.stranger().post(link, data={"answer": "coming"}).status_code == 200
    assert visits.by_token(done.token).host_answer == "coming"
    assert alerts.one(alert.token).via == "link"
    desk.stranger().post(link, data={"minutes": "10"})
    assert visits.by_token(done.token).host_minutes == 10, "a later answer replaces the earlier"
    visits.depart(done.token, how="console")
    late = desk.stranger().post(link, data={"answer": "cannot"})
    assert late.status_code == 410 and "settled" in late.get_data(as_text=True)
    assert desk.stranger().get(link).status_code == 410
    assert visits.by_token(done.token).host_answer == "minutes"


def test_a_link_is_for_one_person(desk: Desk) -> None:
    _, alert = asked(desk)
    link = f"/a/{alerts.sign(alert.token, desk.cast.host.id)}"
    other = desk.signs_in("Yuchi", desk.cast.other.id)
    assert other.get(link).status_code == 403
    assert other.post(link, data={"answer": "coming"}).status_code == 403
    stolen = f"/a/{alerts.sign(alert.token, desk.cast.other.id)}"
    assert desk.stranger().post(stolen, data={"answer": "coming"}).status_code == 403
    assert alerts.one(alert.token).state == "open"


@pytest.mark.parametrize("change", ["cut", "other", "empty"])
def test_a_link_that_was_not_made_here_opens_nothing(desk: Desk, change: str) -> None:
    _, alert = asked(desk)
    good = alerts.sign(alert.token, desk.cast.host.id)
    bad = {"cut": good[:-1], "other": f"A{good[1:]}", "empty": "x"}[change]
    assert desk.stranger().get(f"/a/{bad}").status_code == 404


def test_a_link_is_good_for_a_day(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from itsdangerous import TimestampSigner

    _, alert = asked(desk)
    link = f"/a/{alerts.sign(alert.token, desk.cast.host.id)}"
    now = TimestampSigner("x").get_timestamp()
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now + 24 * 3600 + 2)
    assert desk.stranger().get(link).status_code == 410


def test_the_api_shows_alerts_to_reception_and_takes_the_answer_of_the_person(desk: Desk) -> None:
    done, alert = asked(desk)
    account = accounts.add_account(NewAccount(name="Wang", login="wang", person_id=desk.cast.host.id))
    _, reception = accounts.create_token(NewToken(name="r", scope="reception"))
    _, mine = accounts.create_token(NewToken(name="m", scope="me", account=account.login))
    client = desk.app.test_client()

    def ask(token: str, path: str, **options: Any) -> TestResponse:
        method = client.post if "json" in options else client.get
        return method(f"/api/v1{path}", headers={"Authorization": f"Bearer {token}"}, **options)

    listed = ask(reception, "/alerts?state=open").json
    assert listed is not None and listed["next"] is None
    assert [one["id"] for one in listed["alerts"]] == [alert.token]
    assert {one["channel"]: one["state"] for one in listed["alerts"][0]["deliveries"]} == {
        "screen": "queued",
        "email": "failed",
    }
    assert ask(reception, "/alerts?state=nonsense").status_code == 422
    assert ask(mine, "/alerts").status_code == 403
    assert ask(reception, f"/alerts/{alert.token}/answer", json={"answer": "coming"}).status_code == 403
    ref = directory.ref_of(desk.cast.leader)
    sent = ask(mine, f"/alerts/{alert.token}/answer", json={"answer": "delegated", "to": ref})
    assert sent.status_code == 200 and sent.json is not None and sent.json["state"] == "settled"
    assert ask(mine, f"/alerts/{alert.token}/answer", json={"answer": "coming"}).status_code == 410
    assert visits.by_token(done.token).host_id == desk.cast.leader.id


def test_pages_of_the_api_follow_each_other(desk: Desk, time: Clock) -> None:  # noqa: F811
    for _ in range(5):
        checks_in(desk.cast.other)
        time.moves(minutes=1)
    first, following = alerts.page(limit=2)
    second, last = alerts.page(limit=10, after=following or "")
    assert len(first) == 2 and len(second) == 3 and last is None
    assert not {one.token for one in first} & {one.token for one in second}
