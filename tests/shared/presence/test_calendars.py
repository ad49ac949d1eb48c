"""A calendar is taken in, asked again and removed; only busy times are kept, and its address is told to nobody."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shared import directory, journal, presence
from shared.lib import db, i18n
from shared.lib.errors import Invalid
from shared.lib.fetch import Fetcher
from shared.presence import calendars
from shared.presence.model import BusyTime, PersonCalendar
from shared.presence.refreshing import LEASE, Refreshing
from tests.cast import Cast
from tests.serving import wait_for
from tests.shared.accounts.conftest import Clock
from tests.shared.lib.test_ics import calendar
from tests.shared.lib.web_server import HERE, Server, gives, serving
from tests.shared.presence.conftest import MORNING

MEETING = "DTSTART:20261123T020000Z\nDTEND:20261123T030000Z\nSUMMARY:Zq7-canary"
LATER = "DTSTART:20261123T060000Z\nDTEND:20261123T070000Z\nX-MICROSOFT-CDO-BUSYSTATUS:OOF"
QUARTER = timedelta(minutes=15)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path) as made:
        made.answer = says(MEETING)
        yield made


@pytest.fixture
def desk(cast: Cast, server: Server) -> Refreshing:
    """What asks calendars, in a network where everybody is at the server's address."""
    presence.join()
    fetcher = Fetcher(resolve=lambda host, port: [HERE], allowed=lambda one: one == HERE, trust=server.trusted)
    return Refreshing(fetcher)


def says(*events: str) -> object:
    return lambda request: gives(request, calendar(*events))


def refuses(request: BaseHTTPRequestHandler) -> None:
    gives(request, b"", 404)


def state(cast: Cast) -> str:
    return presence.of(cast.host.id).state


def actions() -> list[str]:
    return [event.action for event in journal.events(0, 1000) if event.topic == "presence"]


def seen(cast: Cast) -> calendars.CalendarView:
    found = presence.calendar_of(cast.host.id)
    assert found is not None
    return found


def count(table: type) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_file_says_when_its_owner_is_busy_and_nothing_of_it_is_kept(cast: Cast, time: Clock) -> None:
    presence.take_file(cast.host.id, calendar(MEETING, LATER))
    assert (state(cast), presence.of(cast.host.id).source) == ("meeting", "calendar")
    time.moves(hours=4)
    assert state(cast) == "out"
    time.moves(hours=1)
    assert state(cast) == "in"
    assert (seen(cast).kind, seen(cast).host) == ("file", "")
    with db.looking() as on:
        for table in ("person_calendar", "busy_time", "presence", "journal"):
            assert "canary" not in str(on.exec_driver_sql(f"SELECT * FROM {table}").all())


def test_a_newer_file_takes_the_place_of_the_older_and_removing_takes_all(cast: Cast) -> None:
    presence.take_file(cast.host.id, calendar(MEETING))
    presence.take_file(cast.host.id, calendar(LATER))
    assert state(cast) == "in" and count(BusyTime) == 1
    presence.take_file(cast.other.id, calendar(MEETING))
    presence.remove_calendar(cast.host.id)
    presence.remove_calendar(cast.host.id)
    assert (count(BusyTime), count(PersonCalendar)) == (1, 1)
    assert presence.calendar_of(cast.host.id) is None and presence.of(cast.other.id).state == "meeting"
    assert actions()[-2:] == ["presence.calendar_added", "presence.calendar_removed"]


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"x" * (1 << 20) + b"x"], ids=["pdf", "large"])
def test_what_is_no_calendar_changes_nothing(cast: Cast, data: bytes) -> None:
    presence.take_file(cast.host.id, calendar(MEETING))
    with pytest.raises(Invalid) as refused:
        presence.take_file(cast.host.id, data)
    assert list(refused.value.fields) == ["file"]
    assert state(cast) == "meeting"


@pytest.mark.parametrize("address", ["http://calendar.example/a.ics", "https://me:you@calendar.example/", "mine.ics"])
def test_an_address_that_may_not_be_asked_is_refused_at_once(cast: Cast, address: str) -> None:
    with pytest.raises(Invalid) as refused:
        presence.subscribe(cast.host.id, address)
    assert list(refused.value.fields) == ["calendar_address"]
    assert presence.calendar_of(cast.host.id) is None


def test_an_address_is_asked_at_once_and_every_quarter_of_an_hour(
    cast: Cast, desk: Refreshing, server: Server, time: Clock
) -> None:
    presence.subscribe(cast.host.id, server.url())
    assert state(cast) == "in" and seen(cast).read_at is None
    assert desk.step() and not desk.step()
    assert (state(cast), seen(cast).read_at, seen(cast).host) == ("meeting", MORNING, "calendar.example")
    time.moves(minutes=14, seconds=59)
    assert not desk.step()
    server.answer = says(LATER)
    time.moves(seconds=1)
    assert desk.step() and state(cast) == "in"
    assert len(server.asked) == 2


def test_what_says_the_same_is_no_news_and_is_read_again_in_time(
    cast: Cast, desk: Refreshing, server: Server, time: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[int] = []
    real = calendars.read_calendar
    monkeypatch.setattr(calendars, "read_calendar", lambda data, at: parsed.append(len(data)) or real(data, at))
    presence.subscribe(cast.host.id, server.url())
    server.answer = says(MEETING, "DTSTART:20261207T060000Z\nDURATION:PT1H")
    desk.step()
    seq = journal.last_seq()
    for _quarter in range(3):
        time.moves(minutes=15)
        assert desk.step()
    assert (len(parsed), journal.last_seq()) == (1, seq)
    assert seen(cast).read_at == MORNING + 3 * QUARTER
    server.answer = says(MEETING.replace("canary", "other"), "DTSTART:20261207T060000Z\nDURATION:PT1H")
    time.moves(minutes=15)
    assert desk.step()
    assert (len(parsed), journal.last_seq()) == (2, seq), "a meeting that is over is no news, nor is another title"
    time.moves(hours=24)
    assert desk.step()
    assert len(parsed) == 3 and count(BusyTime) == 1, "two weeks ahead there is something new"


def test_a_failure_is_said_once_and_what_was_known_stays(
    cast: Cast, desk: Refreshing, server: Server, time: Clock
) -> None:
    presence.subscribe(cast.host.id, server.url())
    desk.step()
    server.answer = refuses
    for _quarter in range(2):
        time.moves(minutes=15)
        desk.step()
    with i18n.use("en"):
        said = presence.reason_name(seen(cast).reason)
    assert said == "The other side refuses: it answered 404."
    assert state(cast) == "meeting" and seen(cast).read_at == MORNING
    assert actions().count("presence.calendar_failed") == 1
    server.answer = says(MEETING)
    time.moves(minutes=15)
    desk.step()
    assert seen(cast).reason == "" and actions()[-1] == "presence.calendar_read"


def test_a_hostile_answer_is_a_reason_too(cast: Cast, desk: Refreshing, server: Server) -> None:
    server.answer = lambda request: gives(request, b"<html>sign in</html>")
    presence.subscribe(cast.host.id, server.url())
    desk.step()
    assert seen(cast).reason == "not_calendar"


def test_an_address_inside_is_not_asked(cast: Cast, server: Server) -> None:
    presence.subscribe(cast.host.id, server.url().replace("calendar.example", "127.0.0.2"))
    Refreshing().step()
    assert seen(cast).reason == "not_public" and server.asked == []


def test_what_a_killed_process_held_is_asked_again_when_its_lease_is_over(
    cast: Cast, desk: Refreshing, server: Server, time: Clock
) -> None:
    presence.subscribe(cast.host.id, server.url())
    assert calendars.claim(LEASE) is not None
    assert not desk.step()
    time.at += LEASE
    assert desk.step() and state(cast) == "meeting"


def test_an_answer_that_comes_after_the_calendar_is_gone_is_dropped(
    cast: Cast, desk: Refreshing, server: Server
) -> None:
    presence.subscribe(cast.host.id, server.url())
    asked = calendars.claim(LEASE)
    assert asked is not None
    presence.remove_calendar(cast.host.id)
    calendars.was_read(asked, "digest", calendars.read_calendar(calendar(MEETING), MORNING))
    presence.subscribe(cast.host.id, server.url("/another.ics"))
    presence.subscribe(cast.host.id, server.url("/third.ics"))
    calendars.was_not_read(asked, "no_host")
    assert state(cast) == "in" and seen(cast).reason == ""


def test_whoever_leaves_takes_the_calendar_along(cast: Cast, desk: Refreshing, server: Server) -> None:
    presence.subscribe(cast.host.id, server.url())
    desk.step()
    presence.set_to(cast.host.id, presence.PresenceForm.model_validate({"tap": "out day"}), source="self")
    directory.retire_person(cast.host.token)
    assert (count(BusyTime), count(PersonCalendar), state(cast)) == (0, 0, "in")


def test_the_address_is_sealed_and_in_no_log(
    cast: Cast, desk: Refreshing, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    presence.subscribe(cast.host.id, server.url("/private-Zq7-canary/basic.ics"))
    desk.step()
    assert server.asked == ["/private-Zq7-canary/basic.ics"]
    with db.looking() as on:
        assert b"canary" not in repr(on.exec_driver_sql("SELECT * FROM person_calendar").all()).encode()
    held = calendars.Asked(1, server.url("/Zq7-canary"), "", None, 1)
    assert "canary" not in caplog.text + repr(seen(cast)) + repr(held) + str(journal.events())


def test_the_threads_ask_as_soon_as_there_is_something_to_ask(cast: Cast, desk: Refreshing, server: Server) -> None:
    desk.start()
    try:
        presence.subscribe(cast.host.id, server.url())
        wait_for(lambda: seen(cast).read_at is not None, "the first reading")
        assert state(cast) == "meeting"
    finally:
        desk.stop()
