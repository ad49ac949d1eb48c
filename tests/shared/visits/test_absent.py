"""A1.7a, A1.7c: a message is left for a host who is not there, and who comes again is expected."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import app
from shared import alerts, deadlines, directory, notice, relay, visits
from shared.lib import clock
from shared.lib.errors import Conflict, Invalid
from shared.visits import reveal
from shared.visits.changing import Done
from tests.cast import Cast, checks_in, people
from tests.shared.relay.conftest import TEN

MESSAGE = {"from_name": "陈嘉豪", "number": "13812340987", "message": "样品放在前台，请回电", "read_back": True}


@pytest.fixture
def cast(database: str) -> Iterator[Cast]:
    clock.set_clock(lambda: TEN)
    notice.publish()
    app.join()
    yield people()


def leaves(token: str, **changes: Any) -> relay.RelayView:
    done = visits.leave_message(token, visits.LeftMessage.model_validate(MESSAGE | changes))
    return relay.one(done.token)


def later(**by: float) -> None:
    moment = clock.now() + timedelta(**by)
    clock.set_clock(lambda: moment)


def test_a1_7a_the_message_is_for_the_host_and_the_visitor_is_looked_after(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    message = leaves(visitor.token)
    visit = visits.one(visitor.id)
    assert (message.to_id, message.subject, message.visit_id) == (cast.host.id, f"visit:{visitor.token}", visitor.id)
    assert visit.state == "absent_host"
    assert not deadlines.running(f"visit:{visitor.token}"), "greeted, and nobody waits for the host's answer"
    assert not alerts.open_for(cast.host.id)
    assert list(alerts.open_messages(cast.host.id)) == [f"relay:{message.token}"]


def test_a1_7a_the_number_is_asked_for_here_only(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    assert reveal.reveal_phone(visitor.token) == ""
    with pytest.raises(Invalid) as refused:
        leaves(visitor.token, number=None)
    assert "number" in refused.value.fields
    assert leaves(visitor.token).number == "+8613812340987"
    assert reveal.reveal_phone(visitor.token) == "+8613812340987"


def test_a1_7a_without_a_host_reception_says_who_it_is_for(cast: Cast) -> None:
    visitor = checks_in("陆总")
    with pytest.raises(Invalid) as refused:
        leaves(visitor.token)
    assert "to" in refused.value.fields
    assert leaves(visitor.token, to={"ref": directory.ref_of(cast.leader)}).to_id == cast.leader.id


def test_a1_7a_a_message_for_somebody_else_leaves_the_host_of_the_visit_as_they_were(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    to = {"ref": directory.ref_of(cast.other)}
    message = leaves(visitor.token, to=to, will_return=True, return_date="2026-11-24", return_time="10:00")
    assert message.to_id == cast.other.id
    assert visits.one(visitor.id).host_id == cast.host.id
    later(days=1)
    assert [one.host_id for one in visits.board().expected.visits] == [cast.host.id]


def test_a1_7a_nobody_who_has_left_leaves_a_message(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    visits.depart(visitor.token, how="console")
    with pytest.raises(Conflict):
        leaves(visitor.token)


def test_a1_7a_a_visit_is_not_closed_while_a_reply_is_owed(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    message = leaves(visitor.token, reply_required=True)
    visits.depart(visitor.token, how="console", badge_returned=True)
    assert visits.one(visitor.id).closed_at is None
    relay.confirm(message.token, "page", person_id=cast.host.id)
    assert visits.one(visitor.id).closed_at is None, "confirmed is not replied"
    later(minutes=1)
    done = relay.reply(message.token, "已回电", person_id=cast.host.id)
    assert visits.one(visitor.id).closed_at == clock.now()
    assert relay.one(message.token).status == "closed"
    later(seconds=5)
    relay.undo(done.seq)
    assert visits.one(visitor.id).closed_at is None
    assert relay.one(message.token).status == "confirmed"


def test_a_visit_is_closed_with_its_last_thing_to_do(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    visits.depart(visitor.token, how="console")
    assert visits.one(visitor.id).closed_at is None, "the badge is not back"
    reveal.return_badge(visitor.token)
    assert visits.one(visitor.id).closed_at is not None


def test_a_visit_that_is_taken_up_again_is_open_again(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    done = visits.depart(visitor.token, how="console", badge_returned=True)
    assert visits.one(visitor.id).closed_at is not None
    later(seconds=3)
    visits.undo(done.seq)
    assert visits.one(visitor.id).closed_at is None


def test_a1_7c_tomorrow_at_ten_is_on_tomorrows_list(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    leaves(visitor.token, will_return=True, return_date="2026-11-24", return_time="10:00")
    visit = visits.one(visitor.id)
    assert (visit.will_return, visit.return_at) == (True, datetime(2026, 11, 24, 2, 0, tzinfo=UTC))
    assert not visits.board().expected.visits
    later(days=1)
    [expected] = visits.board().expected.visits
    assert (expected.visitor_name, expected.host_id, expected.time_open) == ("陈嘉豪", cast.host.id, False)
    assert expected.expected_at == visit.return_at


def test_a1_7c_a_day_without_a_time_is_expected_with_the_time_open(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    leaves(visitor.token, will_return=True, return_date="2026-11-24")
    later(days=1)
    assert [one.time_open for one in visits.board().expected.visits] == [True]


def test_a1_7c_no_day_is_only_noted(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    leaves(visitor.token, will_return=True)
    visit = visits.one(visitor.id)
    assert (visit.will_return, visit.return_at) == (True, None)
    assert visits.page(state="expected")[0] == []


@pytest.mark.parametrize(
    ("day", "hour", "field"),
    [
        ("2026-11-22", "10:00", "return_date"),
        ("2026-11-23", "09:59", "return_time"),
        ("2026-11-23", None, "return_time"),
    ],
)
def test_a1_7c_nobody_is_expected_in_the_past(cast: Cast, day: str, hour: str | None, field: str) -> None:
    visitor = checks_in(cast.host)
    with pytest.raises(Invalid) as refused:
        leaves(visitor.token, will_return=True, return_date=day, return_time=hour)
    assert list(refused.value.fields) == [field]
    assert relay.page("all")[0] == []


def returns(token: str, day: str = "2026-11-24", hour: str = "10:00") -> Done:
    form = visits.Return.model_validate({"return_date": day or None, "return_time": hour or None})
    return visits.comes_again(token, form.return_date, form.return_time)


def test_a1_7c_who_leaves_no_message_is_expected_again_and_looked_after(cast: Cast) -> None:
    visitor = checks_in(cast.host, party_size=2)
    done = returns(visitor.token)
    visit = visits.one(visitor.id)
    assert (done.state, visit.state, visit.will_return) == ("absent_host", "absent_host", True)
    assert visit.return_at == datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert not deadlines.running(f"visit:{visitor.token}"), "greeted, and nobody waits for the host's answer"
    assert not alerts.open_for(cast.host.id)
    assert relay.page("all")[0] == []
    later(days=1)
    [expected] = visits.board().expected.visits
    assert (expected.visitor_name, expected.host_id, expected.party_size) == ("陈嘉豪", cast.host.id, 2)
    assert (expected.source, expected.expected_at, expected.time_open) == ("return", visit.return_at, False)


@pytest.mark.parametrize(("day", "opened"), [("2026-11-24", [True]), ("", [])])
def test_a1_7c_without_a_message_the_time_or_the_day_may_be_open(cast: Cast, day: str, opened: list[bool]) -> None:
    visitor = checks_in(cast.host)
    returns(visitor.token, day, "")
    assert visits.one(visitor.id).will_return
    assert [one.time_open for one in visits.page(state="expected")[0]] == opened


def test_a1_7c_without_a_message_nobody_is_expected_in_the_past(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    for day, hour, field in (("2026-11-22", "10:00", "return_date"), ("2026-11-23", "09:59", "return_time")):
        with pytest.raises(Invalid) as refused:
            returns(visitor.token, day, hour)
        assert list(refused.value.fields) == [field]
    assert visits.one(visitor.id).state == "arrived"
    assert visits.page(state="expected")[0] == []


def test_a1_7c_a_return_that_was_noted_by_mistake_is_taken_back(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    later(seconds=20)
    done = returns(visitor.token)
    later(seconds=10)
    visits.undo(done.seq)
    visit = visits.one(visitor.id)
    assert (visit.state, visit.will_return, visit.return_at) == ("arrived", False, None)
    assert [due.key for due in deadlines.running(f"visit:{visitor.token}")] == ["T01", "T02"]
    assert len(alerts.open_for(cast.host.id)) == 1
    assert visits.page(state="expected")[0] == []
    assert visits.page(state="cancelled")[0][0].source == "return"


def test_a1_7c_a_return_that_has_begun_is_not_taken_back(cast: Cast) -> None:
    visitor = checks_in(cast.host)
    done = returns(visitor.token)
    [draft] = visits.page(state="expected")[0]
    visits.cancel(draft.token)
    with pytest.raises(Conflict):
        visits.undo(done.seq)
    assert visits.one(visitor.id).state == "absent_host"


def test_a1_7c_one_return_a_visit(cast: Cast) -> None:
    visitor, walk_in, gone = checks_in(cast.host), checks_in("陆总"), checks_in(cast.other)
    returns(visitor.token)
    visits.depart(gone.token, how="console")
    for token in (visitor.token, walk_in.token, gone.token):
        with pytest.raises(Conflict):
            returns(token)
    with pytest.raises(Conflict):
        leaves(visitor.token, will_return=True, return_date="2026-11-25")
    assert leaves(visitor.token).to_id == cast.host.id, "a message may be left all the same"
    assert len(visits.page(state="expected")[0]) == 1
