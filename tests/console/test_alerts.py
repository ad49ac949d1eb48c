"""The link of an e-mail that answers one alert, and alerts as programs read and answer them."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

import app as product
from shared import accounts, alerts, directory, visits
from shared.accounts.forms import NewAccount, NewToken
from tests.cast import Cast, checks_in
from tests.console.own_page import PHONE, Desk, asked
from tests.shared.alerts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(product.create_app(), cast)


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


def test_pages_of_the_api_follow_each_other(desk: Desk, time: Clock) -> None:
    for _ in range(5):
        checks_in(desk.cast.other)
        time.moves(minutes=1)
    first, following = alerts.page(limit=2)
    second, last = alerts.page(limit=10, after=following or "")
    assert len(first) == 2 and len(second) == 3 and last is None
    assert not {one.token for one in first} & {one.token for one in second}
