"""A host who does not answer: told again, then the deputy, then reception tells the visitor (procedure T02)."""

import pytest

from shared import alerts, deadlines, directory, journal, visits
from shared.deadlines import Clockwork
from shared.lib import i18n
from shared.lib.actor import Actor, acting_as
from shared.lib.errors import Gone
from shared.visits import CheckedIn
from tests.cast import Cast, checks_in
from tests.shared.alerts.conftest import Clock, Office, letters

LIN = Actor("account", 0, "Lin", frozenset({"receptionist"}))


def said(visit: CheckedIn) -> list[str]:
    """What the card says about how the host was told."""
    with i18n.use("en"):
        return [one.sentence for one in alerts.for_visits([visit.id])[visit.id]]


def later(time: Clock, **by: float) -> None:
    """Time goes by, and the clockwork with it."""
    time.moves(**by)
    Clockwork().work()


def test_a1_4_without_an_answer_the_host_is_told_again_at_3_min_and_the_deputy_at_5_and_the_log_says_both(
    office: Office, cast: Cast, time: Clock
) -> None:
    done = checks_in(cast.host)
    letters().work()
    [alert] = alerts.open_for(cast.host.id)
    later(time, seconds=179.9)
    letters().work()
    assert len(office.letters) == 1
    later(time, seconds=0.1)
    letters().work()
    assert len(office.letters) == 2
    assert alerts.open_for(cast.other.id) == []
    later(time, seconds=120)
    letters().work()
    [theirs] = alerts.open_for(cast.other.id)
    assert (theirs.subject, theirs.kind) == (alert.subject, "deputy")
    assert len(office.letters) == 3
    about = [event for event in journal.events() if event.data.get("visit") == done.id]
    told = [(event.action, (event.at - alert.created_at).total_seconds(), event.person_id) for event in about]
    assert ("alerts.told_again", 180.0, cast.host.id) in told
    assert ("alerts.deputy_asked", 300.0, cast.other.id) in told
    assert [line for line in said(done) if "again" in line or "deputy" in line] == [
        "10:29 told again",
        "10:31 Yuchi Ming asked as deputy",
    ]


def test_being_told_again_is_another_letter_of_the_same_talk(office: Office, cast: Cast, time: Clock) -> None:
    checks_in(cast.host)
    letters().work()
    later(time, minutes=3)
    letters().work()
    first, again = office.letters
    assert first["Message-ID"] != again["Message-ID"]
    assert again["References"] == first["Message-ID"]
    assert str(again["Subject"]).startswith("还在等您")
    later(time, seconds=1)
    letters().work()
    assert len(office.letters) == 2
    later(time, minutes=2)
    letters().work()
    assert str(office.letters[-1]["Subject"]).startswith("有人找王建明，还没答复")


def test_an_answer_stops_the_ladder(office: Office, cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    [alert] = alerts.open_for(cast.host.id)
    time.moves(seconds=100)
    alerts.answer(alert.token, cast.host.id, "wait")
    later(time, minutes=20)
    assert alerts.open_for(cast.other.id) == []
    [clock] = [row for row in deadlines.of_subject(f"visit:{done.token}") if row.key == "T02"]
    assert (clock.seconds, clock.in_time) == (100.0, True)


def test_the_deputy_who_goes_takes_over_and_the_host_need_not_answer(office: Office, cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    [alert] = alerts.open_for(cast.host.id)
    later(time, minutes=5)
    [theirs] = alerts.open_for(cast.other.id)
    alerts.answer(theirs.token, cast.other.id, "coming")
    visit = visits.one(done.id)
    assert (visit.host_id, visit.host_answer, visit.state) == (cast.other.id, "coming", "arrived")
    assert alerts.open_for(cast.host.id) == []
    with pytest.raises(Gone, match="尉迟明"):
        alerts.answer(alert.token, cast.host.id, "coming")
    assert [due.key for due in deadlines.running(f"visit:{done.token}")] == ["T01"]


def test_the_host_who_answers_after_all_frees_the_deputy(office: Office, cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    [alert] = alerts.open_for(cast.host.id)
    later(time, minutes=5)
    [theirs] = alerts.open_for(cast.other.id)
    alerts.answer(alert.token, cast.host.id, "coming")
    with pytest.raises(Gone):
        alerts.answer(theirs.token, cast.other.id, "coming")
    assert visits.one(done.id).host_id == cast.host.id


def test_a_deputy_who_cannot_leaves_the_host_asked(office: Office, cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    later(time, minutes=5)
    [theirs] = alerts.open_for(cast.other.id)
    alerts.answer(theirs.token, cast.other.id, "cannot")
    assert (visits.one(done.id).host_id, visits.one(done.id).state) == (cast.host.id, "absent_host")
    [alert] = alerts.open_for(cast.host.id)
    alerts.answer(alert.token, cast.host.id, "coming")
    assert visits.one(done.id).state == "arrived"


def test_without_a_deputy_the_card_is_red_all_the_same(office: Office, cast: Cast, time: Clock) -> None:
    done = checks_in(cast.other)
    later(time, minutes=5, seconds=1)
    [clock] = [due for due in deadlines.running(f"visit:{done.token}") if due.key == "T02"]
    assert clock.colour(time.at) == "late"
    assert alerts.open_for(cast.host.id) == []


def test_after_ten_minutes_reception_tells_the_visitor_and_that_is_late(
    office: Office, cast: Cast, time: Clock
) -> None:
    done = checks_in(cast.host)
    subject = f"visit:{done.token}"
    with acting_as(LIN):
        later(time, minutes=4)
        visits.tell_visitor(done.token)
        assert [due.key for due in deadlines.running(subject)] == ["T01", "T02"], "the host still has to answer"
        later(time, minutes=6, seconds=1)
        told = visits.tell_visitor(done.token)
        assert [due.key for due in deadlines.running(subject)] == ["T01"]
        visits.undo(told.seq)
        assert [due.key for due in deadlines.running(subject)] == ["T01", "T02"]
        visits.tell_visitor(done.token)
    [clock] = [row for row in deadlines.of_subject(subject) if row.key == "T02"]
    assert (clock.seconds, clock.in_time) == (601.0, False)


def test_another_host_has_the_whole_time_again(office: Office, cast: Cast, time: Clock) -> None:
    done = checks_in(cast.host)
    later(time, minutes=4)
    with acting_as(LIN):
        visits.assign(done.token, directory.ref_of(cast.other))
    [clock] = [due for due in deadlines.running(f"visit:{done.token}") if due.key == "T02"]
    assert (clock.starts, clock.person_id) == (time.at, cast.other.id)


def test_what_speaks_for_many_is_said_again_once(office: Office, cast: Cast, time: Clock) -> None:
    for _ in range(9):
        checks_in(cast.host)
    later(time, minutes=3)
    again = [event for event in journal.events(limit=1000) if event.action == "alerts.told_again"]
    assert len(again) == 6, "five visitors, and one summary of four"
