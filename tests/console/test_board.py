"""The board: who is on it, what reception may press, and what is fetched when something changed."""

import re
import threading
from datetime import timedelta

import pytest
from flask import Flask

from console import arrivals, fragments
from shared import calls, directory, journal, visits
from shared.lib import clock, db
from shared.lib.actor import acting_as
from shared.visits import Expectation
from shared.visits.forms import HostRef
from tests.cast import KIOSK, Cast, checks_in, people
from tests.console.reception import Reception
from tests.shared.accounts.conftest import Clock

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def cast(pages: Flask) -> Cast:
    return people()


def lane(html: str, name: str) -> list[str]:
    """The names in one lane, from top to bottom."""
    section = html.partition(f'id="lane-{name}"')[2].partition("</section>")[0]
    return re.findall(r'data-sheet><b lang="[^"]*">([^<]*)</b>', section)


def expects(host: object, name: str, at: object) -> str:
    ref = HostRef(ref=directory.ref_of(host))  # type: ignore[arg-type]
    return visits.expect(Expectation(visitor_name=name, host=ref, expected_at=at))[0].token  # type: ignore[arg-type]


def test_a_visit_walks_over_the_board(pages: Flask, cast: Cast, desk: Clock) -> None:
    reception = Reception(pages)
    with acting_as(reception.actor):
        expects(cast.host, "沈知夏", clock.now() + timedelta(hours=1))
    arrived = checks_in(cast.host)
    desk.moves(minutes=2)
    html = reception.opens("/console").text
    assert (lane(html, "expected"), lane(html, "waiting"), lane(html, "meeting")) == (["沈知夏"], ["陈嘉豪"], [])
    meeting, entry = (f'data-post="/console/visits/{arrived.token}/{act}"' for act in ("meeting", "entry"))
    assert entry in html and meeting not in html
    refused = reception.tells(f"/console/visits/{arrived.token}/meeting")
    assert refused.status_code == 409 and "Confirm the entry first" in refused.json["detail"]  # type: ignore[index]
    assert reception.tells(f"/console/visits/{arrived.token}/entry").json["undo"]  # type: ignore[index]
    html = reception.board()
    assert "林晓彤 confirmed the entry" in html and meeting in html and entry not in html
    assert reception.tells(f"/console/visits/{arrived.token}/meeting").json["undo"]  # type: ignore[index]
    html = reception.board()
    assert (lane(html, "waiting"), lane(html, "meeting")) == ([], ["陈嘉豪"])
    reception.tells(f"/console/visits/{arrived.token}/departure", badge_returned=False)
    html = reception.board()
    assert lane(html, "left") == ["陈嘉豪"]
    assert "V001 not back" in html
    reception.tells(f"/console/visits/{arrived.token}/badge-return")
    assert "not back" not in reception.board()


def test_who_has_waited_longest_stands_first(pages: Flask, cast: Cast, desk: Clock) -> None:
    for name in ("甲", "乙", "丙"):
        checks_in(cast.host, visitor_name=name)
        desk.moves(minutes=1)
    assert lane(Reception(pages).opens("/console").text, "waiting") == ["甲", "乙", "丙"]


def test_nobody_told_is_said_and_the_words_of_the_visitor_stand_there(pages: Flask, cast: Cast) -> None:
    checks_in("陆总")
    html = Reception(pages).opens("/console").text
    assert "Nobody told yet" in html and "'陆总'" in html
    assert "Not booked" in html and "First visit" in html


def test_a_refresh_is_empty_when_nothing_is_newer(pages: Flask, cast: Cast) -> None:
    reception = Reception(pages)
    arrivals.forget()
    first = reception.part("/console/board")
    seq = first.headers["X-Seq"]
    assert int(seq) == journal.last_seq()
    assert reception.part(f"/console/board?since={seq}").status_code == 204
    checks_in(cast.host)
    arrivals.forget()
    newer = reception.part(f"/console/board?since={seq}")
    assert (newer.status_code, lane(newer.text, "waiting")) == (200, ["陈嘉豪"])


def test_many_consoles_share_one_rendering(pages: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    reception, rendered = Reception(pages), []
    real = arrivals._render
    monkeypatch.setattr(arrivals, "_render", lambda key, seq: rendered.append(seq) or real(key, seq))
    monkeypatch.setattr(fragments, "APART", 60)
    arrivals.forget()
    for _round in range(3):
        checks_in(cast.host)
        consoles = [threading.Thread(target=reception.part, args=("/console/board",)) for _console in range(4)]
        for console in consoles:
            console.start()
        for console in consoles:
            console.join()
    assert len(rendered) == 1
    monkeypatch.setattr(fragments, "APART", 0)
    assert len(lane(reception.part("/console/board").text, "waiting")) == 3
    assert rendered[-1] == journal.last_seq()


def test_the_refresh_holds_no_token_and_no_me(pages: Flask, cast: Cast) -> None:
    checks_in(cast.host)
    one, other = Reception(pages), Reception(pages, "周雨欣", ("backup_receptionist",))
    html = one.board()
    assert html == other.board()
    assert one.csrf not in html and "林晓彤" not in html


def test_a_lane_shows_thirty_and_the_way_to_the_others(pages: Flask, cast: Cast) -> None:
    for number in range(32):
        checks_in("前台", visitor_name=f"访客{number}")
    html = Reception(pages).opens("/console").text
    assert len(lane(html, "waiting")) == 30
    assert "and 2 more" in html and "/console/visits?state=arrived&amp;date=" in html


def test_who_may_only_read_gets_no_buttons(pages: Flask, cast: Cast) -> None:
    checks_in(cast.host)
    html = Reception(pages, "方志远", ("admin_officer",)).opens("/console").text
    assert lane(html, "waiting") == ["陈嘉豪"]
    assert "data-post" not in html and 'id="new-visitor"' not in html


def test_a_kiosk_calls_until_somebody_goes(pages: Flask, cast: Cast, desk: Clock) -> None:
    reception = Reception(pages)

    @db.act
    def ring() -> int:
        return journal.record("kiosk.help", "device:0", reason="not_found").seq

    with acting_as(KIOSK):
        seq = ring()
    assert "Did not find the host" in reception.opens("/console").text
    assert reception.tells(f"/console/calls/{seq}/answer").status_code == 200
    assert "Did not find the host" not in reception.board()
    with acting_as(KIOSK):
        ring()
    assert len(calls.waiting()) == 1
    desk.moves(minutes=31)
    assert calls.waiting() == []
    assert reception.tells("/console/calls/999/answer").status_code == 404


def test_yesterdays_departures_are_gone_and_who_stayed_is_still_there(pages: Flask, cast: Cast, desk: Clock) -> None:
    reception = Reception(pages)
    gone = checks_in(cast.host)
    checks_in(cast.host, visitor_name="孟庆远")
    reception.tells(f"/console/visits/{gone.token}/departure", badge_returned=True)
    desk.moves(hours=11)
    html = reception.opens("/console").text
    assert lane(html, "left") == ["陈嘉豪"]
    desk.moves(hours=10)
    fresh = Reception(pages, "周雨欣")
    html = fresh.opens("/console").text
    assert (lane(html, "left"), lane(html, "waiting")) == ([], ["孟庆远"])
