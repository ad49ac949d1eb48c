"""Where people are: said with one tap, over by itself, kept in the journal without a word of theirs."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from shared import directory, journal, presence
from shared.lib import db, i18n
from shared.lib.errors import Conflict, Invalid
from shared.presence import PresenceForm
from shared.presence.model import BusyTime, Declared
from tests.cast import Cast
from tests.shared.accounts.conftest import Clock
from tests.shared.presence.conftest import MORNING


def says(whom: directory.PersonView, source: str = "self", **said: object) -> presence.PresenceView:
    return presence.set_to(whom.id, PresenceForm.model_validate(said), source=source)


def words(whom: directory.PersonView, language: str = "en") -> str:
    with i18n.use(language):
        return presence.of(whom.id).words


@db.act
def busy(whom: directory.PersonView, start: datetime, end: datetime, kind: str = "meeting") -> None:
    """A time of somebody's calendar."""
    db.session().add(BusyTime(person_id=whom.id, start_at=start, end_at=end, kind=kind))
    journal.record("presence.calendar_read", f"person:{whom.token}", person_id=whom.id)
    db.on_commit(presence.forget)


@pytest.mark.parametrize(
    ("said", "english", "chinese"),
    [
        ({"tap": "out 30"}, "out until 10:30", "外出，10:30 回"),
        ({"tap": "out day"}, "out today", "外出，今天不回"),
        ({"tap": "meeting"}, "in a meeting until 11:00", "开会，11:00 结束"),
        ({"tap": "leave day"}, "on leave today", "今天休假"),
        ({"state": "out", "time": "15:00"}, "out until 15:00", "外出，15:00 回"),
        ({"state": "leave", "day": "2026-12-01"}, "on leave through 1 December", "休假，到 12月1日"),
        (
            {"state": "out", "day": "2026-11-24", "time": "09:30"},
            "out until 24 November, 09:30",
            "外出，11月24日 09:30 回",
        ),
    ],
)
def test_every_way_to_say_until_when_has_its_words(
    cast: Cast, said: dict[str, str], english: str, chinese: str
) -> None:
    says(cast.host, **said)
    assert words(cast.host) == english
    assert words(cast.host, "zh_Hans") == chinese


def test_whoever_said_nothing_is_in(cast: Cast) -> None:
    assert presence.of(cast.host.id).is_in and words(cast.host) == "in"
    assert presence.of(None).is_in


def test_a_state_ends_by_itself_to_the_microsecond(cast: Cast, time: Clock) -> None:
    says(cast.host, tap="out 30")
    assert presence.turns([cast.host.id, cast.other.id]) == MORNING + timedelta(minutes=30)
    time.at = MORNING + timedelta(minutes=30) - timedelta(microseconds=1)
    assert presence.of(cast.host.id).away
    time.at += timedelta(microseconds=1)
    assert presence.of(cast.host.id).is_in
    assert presence.turns([cast.host.id]) is None


def test_back_is_one_tap_and_says_who_knew(cast: Cast) -> None:
    says(cast.host, source="reception", tap="out day")
    assert presence.of(cast.host.id).source == "reception"
    presence.clear(cast.host.id, source="self")
    assert presence.of(cast.host.id) == presence.IN
    told = [event.data for event in journal.about(f"person:{cast.host.token}") if event.topic == "presence"]
    assert [(one["state"], one["source"]) for one in told] == [("out", "reception"), ("in", "self")]


def test_the_note_is_for_staff_and_in_no_journal(cast: Cast) -> None:
    says(cast.host, tap="out 30", note="在客户那里")
    assert presence.note_of(cast.host.id) == "在客户那里"
    assert "客户" not in str([event.data for event in journal.events()])
    with db.looking() as on:
        assert "客户" not in str(on.exec_driver_sql("SELECT * FROM presence").all())
    says(cast.host, tap="out 60")
    assert presence.note_of(cast.host.id) == ""


def test_a_note_goes_with_its_state(cast: Cast, time: Clock) -> None:
    says(cast.host, tap="out 30", note="在客户那里")
    time.moves(minutes=31)
    assert presence.note_of(cast.host.id) == ""
    assert presence.tidy() == 1
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Declared)) == 0


def test_saying_the_same_again_is_no_news(cast: Cast) -> None:
    says(cast.host, state="leave", day="2026-12-01")
    seq = journal.last_seq()
    says(cast.host, state="leave", day="2026-12-01")
    presence.clear(cast.other.id, source="self")
    assert journal.last_seq() == seq


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"state": "out", "time": "09:59"}, "time"),
        ({"state": "out", "day": "2026-11-22"}, "day"),
        ({"state": "leave", "day": "2028-01-01"}, "day"),
    ],
)
def test_a_time_that_has_passed_or_is_far_ahead_is_refused(cast: Cast, said: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        says(cast.host, **said)
    assert list(refused.value.fields) == [field]
    assert presence.of(cast.host.id).is_in


def test_who_has_left_the_company_is_nowhere(cast: Cast) -> None:
    directory.retire_person(cast.other.token)
    with pytest.raises(Conflict):
        says(cast.other, tap="out 30")


def test_the_calendar_speaks_when_nobody_else_does(cast: Cast, time: Clock) -> None:
    busy(cast.host, MORNING + timedelta(minutes=30), MORNING + timedelta(minutes=90))
    busy(cast.host, MORNING + timedelta(minutes=90), MORNING + timedelta(hours=3), "out")
    assert presence.of(cast.host.id).is_in
    assert presence.turns([cast.host.id]) == MORNING + timedelta(minutes=30)
    time.moves(minutes=30)
    assert (words(cast.host), presence.of(cast.host.id).source) == ("in a meeting until 11:30", "calendar")
    says(cast.host, tap="leave day")
    assert words(cast.host) == "on leave today"
    presence.clear(cast.host.id, source="self")
    assert presence.of(cast.host.id).is_in, "whoever says so is in, whatever the calendar says"
    time.moves(minutes=60)
    assert words(cast.host) == "out until 13:00", "until the calendar says something else"
    time.moves(hours=2)
    assert presence.of(cast.host.id).is_in


def test_what_begins_hours_from_now_is_read_in_time(cast: Cast, time: Clock) -> None:
    busy(cast.host, MORNING + timedelta(hours=30), MORNING + timedelta(hours=31))
    assert presence.of(cast.host.id).is_in
    time.moves(hours=30)
    assert presence.of(cast.host.id).state == "meeting"


def test_two_that_follow_each_other_in_one_act_see_each_other(cast: Cast) -> None:
    @db.act
    def both() -> tuple[str, str]:
        said = says(cast.host, tap="out 30")
        return said.state, presence.of(cast.host.id).state

    assert both() == ("out", "out")


def test_an_act_that_was_refused_leaves_nothing_behind(cast: Cast) -> None:
    @db.act
    def half() -> None:
        says(cast.host, tap="out 30")
        assert presence.of(cast.host.id).away
        raise Conflict("no")

    with pytest.raises(Conflict):
        half()
    assert presence.of(cast.host.id).is_in
