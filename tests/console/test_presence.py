"""Where people are, as their own page and reception say it: at once on every screen of staff, on none of a visitor."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from console import arrivals
from shared import accounts, directory, journal, presence, visits
from shared.lib import clock
from shared.lib.actor import acting_as
from shared.visits import Expectation
from shared.visits.forms import HostRef
from tests.cast import Cast, checks_in
from tests.console.own_page import Desk
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def time(time: Clock) -> Clock:
    time.at = MORNING
    return time


@pytest.fixture
def own(pages: Flask, cast: Cast) -> Desk:
    return Desk(pages, cast)


def test_one_tap_on_the_own_page_and_every_screen_knows(own: Desk, pages: Flask, cast: Cast) -> None:
    done, reception, host = checks_in(cast.host), Reception(pages), own.host()
    assert "out until" not in reception.board().lower()
    assert host.post("/me/presence", data={"tap": "out 60"}).status_code == 303
    for html in (
        host.get("/me").text,
        reception.board(),
        reception.part(f"/console/visits/{done.token}").text,
        reception.part(f"/console/directory/{cast.host.token}").text,
        reception.part("/console/directory").text,
    ):
        assert "out until 11:00" in html.lower()
    assert host.post("/me/presence", data={"tap": "in"}).status_code == 303
    assert "out until" not in (reception.board() + host.get("/me").text).lower()


def test_the_page_of_the_person_hears_it_and_nobody_elses(own: Desk, cast: Cast) -> None:
    host, other = own.host(), own.signs_in("Yuchi", cast.other.id)
    seq, others = (one.get("/me/now").headers["X-Seq"] for one in (host, other))
    host.post("/me/presence", data={"tap": "meeting 30"})
    assert host.get(f"/me/now?since={seq}").status_code == 200
    assert other.get(f"/me/now?since={others}").status_code == 204


def test_a_tap_that_says_nothing_known_is_refused(own: Desk) -> None:
    host = own.host()
    for tap in ("away", "out 0", "out 9999", "out tomorrow", "in the pub"):
        answer = host.post("/me/presence", data={"tap": tap}, headers={"Accept": "application/json"})
        assert answer.status_code == 422, tap
    assert host.post("/me/presence", json={"state": "out", "day": "2026-11-22"}).status_code == 422


def test_reception_says_it_for_somebody_and_may_be_asked_who(pages: Flask, cast: Cast) -> None:
    reception = Reception(pages)
    address = f"/console/directory/{cast.other.token}/presence"
    told = reception.tells(address, state="leave", day="2026-12-01", note="handed over to Wang")
    assert told.json["say"] == "Yuchi Ming: on leave through 1 December"  # type: ignore[index]
    sheet = reception.part(f"/console/directory/{cast.other.token}").text
    assert "as reception heard" in sheet and "handed over to Wang" in sheet
    event = journal.newest(1)[0]
    assert (event.action, event.actor, event.data["source"]) == ("presence.changed", reception.actor.ref, "reception")
    assert "is on leave through 1 December" in reception.opens("/console/journal").text
    manager = Reception(pages, "韩雪梅", ("admin_manager",))
    assert manager.tells(address, tap="in").status_code == 403
    assert "On leave through" in manager.part(f"/console/directory/{cast.other.token}").text


def test_nobody_says_it_for_a_colleague(own: Desk, cast: Cast) -> None:
    host = own.host()
    assert host.post(f"/console/directory/{cast.other.token}/presence", json={"tap": "out 30"}).status_code == 403
    assert presence.of(cast.other.id).is_in


def test_the_board_turns_when_the_time_has_come_although_nothing_happened(
    pages: Flask, cast: Cast, time: Clock
) -> None:
    checks_in(cast.host)
    presence.set_to(cast.host.id, presence.PresenceForm.model_validate({"tap": "out 30"}), source="self")
    reception = Reception(pages)
    arrivals.forget()
    html = reception.part("/console/board").text
    turns = MORNING + timedelta(minutes=30)
    assert f'data-turns="{turns.isoformat()}"' in html and "out until 10:30" in html.lower()
    seq = journal.last_seq()
    time.at = turns
    late = reception.part("/console/board?since=0")
    assert (late.headers["X-Seq"], late.status_code) == (str(seq), 200)
    assert "out until" not in late.text.lower() and 'data-turns=""' in late.text


def test_who_is_expected_by_somebody_who_is_out_is_seen_beforehand(pages: Flask, cast: Cast) -> None:
    reception = Reception(pages)
    with acting_as(reception.actor):
        ref = HostRef(ref=directory.ref_of(cast.host))
        visits.expect(Expectation(visitor_name="沈知夏", host=ref, expected_at=clock.now() + timedelta(hours=1)))
    presence.set_to(cast.host.id, presence.PresenceForm.model_validate({"tap": "out day"}), source="self")
    assert '<small class="where">out today</small>' in reception.board()


def test_programs_read_and_say_it(pages: Flask, cast: Cast) -> None:
    client = pages.test_client()

    def ask(secret: str, method: str, path: str, **options: object) -> object:
        headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}
        return client.open(f"/api/v1{path}", method=method, headers=headers, **options)  # type: ignore[arg-type]

    desk = accounts.create_token(accounts.NewToken(name="desk", scope="reception"))[1]
    found = ask(desk, "GET", "/people?q=wangjianming").json["people"][0]  # type: ignore[attr-defined]
    assert found["presence"] == {"state": "in", "until": None, "source": None, "words": "in"}
    said = ask(desk, "POST", f"/people/{found['ref']}/presence", json={"state": "out", "minutes": 45})
    assert said.json["until"] == "2026-11-23T02:45:00Z"  # type: ignore[attr-defined]
    assert ask(desk, "POST", "/people/nobody/presence", json={"tap": "in"}).status_code == 422  # type: ignore[attr-defined]
    assert ask(desk, "POST", "/me/presence", json={"tap": "in"}).status_code == 403  # type: ignore[attr-defined]
    kiosk = accounts.create_token(accounts.NewToken(name="kiosk", scope="kiosk"))[1]
    seen = ask(kiosk, "GET", "/people?q=wangjianming").json["people"][0]  # type: ignore[attr-defined]
    assert set(seen) == {"ref", "name", "department", "marks"}
    assert ask(kiosk, "POST", f"/people/{seen['ref']}/presence", json={"tap": "in"}).status_code == 403  # type: ignore[attr-defined]
    mine = accounts.add_account(accounts.NewAccount(name="Wang", login="w", person_id=cast.host.id))
    own = accounts.create_token(accounts.NewToken(name="lamp", scope="me", account=mine.token))[1]
    assert ask(own, "POST", "/me/presence", json={"tap": "in"}).json["state"] == "in"  # type: ignore[attr-defined]
