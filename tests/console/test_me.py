"""One's own page, asked as browsers ask."""

from typing import Any

import pytest

import app as product
from shared import alerts, visits
from shared.deadlines import Clockwork
from shared.lib import db
from tests.cast import Cast, checks_in
from tests.console.own_page import PHONE, Desk, asked
from tests.shared.alerts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(product.create_app(), cast)


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
    assert news.status_code == 200 and 'data-live="visits alerts relay contacts"' in news.get_data(as_text=True)
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


def test_a1_5b_the_host_says_that_they_have_seen_the_visitor_off(desk: Desk) -> None:
    browser = desk.host()
    done, alert = asked(desk)
    address = f"/me/visits/{done.token}/departure"
    assert address not in browser.get("/me").get_data(as_text=True), "who waits has not been met"
    assert browser.post(address).status_code == 409
    assert visits.by_token(done.token).state == "arrived"
    browser.post(f"/me/alerts/{alert.token}/answer", data={"answer": "coming"})
    browser.post(f"/me/visits/{done.token}/meeting")
    assert address in browser.get("/me").get_data(as_text=True)
    stranger = desk.signs_in("Yuchi", desk.cast.other.id)
    assert stranger.post(address).status_code == 404
    assert browser.post(address).status_code == 303
    left = visits.by_token(done.token)
    assert (left.state, left.left_how) == ("left", "host")
    assert browser.post(address).status_code == 409
    assert address not in browser.get("/me").get_data(as_text=True)


def test_the_page_rings_again_after_three_minutes_and_the_deputy_reads_whose_visitor_it_is(
    desk: Desk, time: Clock
) -> None:
    host = desk.host()
    deputy = desk.signs_in("Yuchi", desk.cast.other.id)
    asked(desk, visitor_name="何一帆")
    first = host.get("/me/now")
    assert "data-again" not in first.get_data(as_text=True)
    time.moves(minutes=3)
    Clockwork().work()
    news = host.get(f"/me/now?since={first.headers['X-Seq']}")
    assert (news.status_code, "data-again" in news.get_data(as_text=True)) == (200, True)
    time.moves(minutes=2)
    Clockwork().work()
    page = deputy.get("/me").get_data(as_text=True)
    assert "何一帆" in page
    assert "for Wang Jianming, who has not answered" in page
