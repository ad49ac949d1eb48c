"""A visitor comes for somebody who is not there: reception decides, and the visitor reads no reason."""

from datetime import timedelta

import pytest

from shared import alerts, directory, journal, notice, presence, visits
from shared.lib import clock
from shared.lib.actor import SYSTEM, acting_as
from shared.visits import Expectation
from shared.visits.forms import HostRef
from tests.cast import Cast, checks_in, goes_in, people
from tests.shared.accounts.conftest import Clock
from tests.shared.presence.conftest import time

__all__ = ["time"]


@pytest.fixture
def cast(time: Clock) -> Cast:
    notice.publish()
    alerts.join()
    visits.join()
    return people()


def says(whom: directory.PersonView, tap: str) -> None:
    presence.set_to(whom.id, presence.PresenceForm.model_validate({"tap": tap}), source="self")


def expected(cast: Cast) -> str:
    """Chen Jiahao is expected by the host at this moment."""
    ref = HostRef(ref=directory.ref_of(cast.host))
    form = Expectation(visitor_name="陈嘉豪", visitor_company="深蓝物联", host=ref, expected_at=clock.now())
    with acting_as(SYSTEM):
        return visits.expect(form)[0].token


def actions(token: str) -> list[str]:
    return [event.action for event in journal.about(f"visit:{token}")]


@pytest.mark.parametrize(("tap", "absent"), [("out 60", True), ("leave day", True), ("in", False)])
def test_who_comes_for_somebody_who_is_out_or_on_leave_waits_for_reception(cast: Cast, tap: str, absent: bool) -> None:
    says(cast.host, tap)
    done = checks_in(cast.host)
    assert (visits.by_token(done.token).host_absent, done.host_absent) == (absent, absent)
    assert ("visits.host_absent" in actions(done.token)) is absent
    assert len(alerts.open_for(cast.host.id)) == 1, "they are told all the same, and may send somebody"
    assert visits.board().waiting.count == 1


def test_a_meeting_counts_for_whoever_was_not_invited_to_it(cast: Cast) -> None:
    says(cast.host, "meeting 60")
    assert visits.by_token(checks_in(cast.host, visitor_name="孟庆远").token).host_absent
    token = expected(cast)
    checks_in(cast.host)
    assert not visits.by_token(token).host_absent
    assert "visits.host_absent" not in actions(token)


def test_somebody_else_is_chosen_and_may_not_be_there_either(cast: Cast) -> None:
    says(cast.host, "out 60")
    done = checks_in(cast.host)
    visits.assign(done.token, directory.ref_of(cast.other))
    assert not visits.by_token(done.token).host_absent
    says(cast.leader, "leave day")
    visits.assign(done.token, directory.ref_of(cast.leader))
    assert visits.by_token(done.token).host_absent
    assert actions(done.token)[-1] == "visits.host_absent"


def test_a_colleague_who_was_sent_and_is_out_is_no_answer(cast: Cast) -> None:
    done = checks_in(cast.host)
    says(cast.other, "out 60")
    alert = alerts.open_for(cast.host.id)[0]
    alerts.answer(alert.token, cast.host.id, "delegated")
    assert visits.by_token(done.token).host_absent
    says(cast.other, "in")
    assert not visits.by_token(done.token).host_absent


def test_who_waits_already_hears_when_the_host_goes_and_comes_back(cast: Cast) -> None:
    done = checks_in(cast.host)
    seq = journal.last_seq()
    says(cast.host, "out 60")
    assert visits.by_token(done.token).host_absent
    says(cast.host, "leave day")
    says(cast.host, "in")
    assert not visits.by_token(done.token).host_absent
    told = [event.action for event in journal.events(seq) if event.topic == "visits"]
    assert told == ["visits.host_absent", "visits.host_back"]


def test_who_has_had_an_answer_waits_for_what_was_said(cast: Cast) -> None:
    done = checks_in(cast.host)
    alerts.answer(alerts.open_for(cast.host.id)[0].token, cast.host.id, "minutes", 5)
    says(cast.host, "out 60")
    assert not visits.by_token(done.token).host_absent
    assert "visits.host_absent" not in actions(done.token)


def test_who_is_with_the_host_or_gone_hears_nothing_of_where_the_host_is(cast: Cast) -> None:
    met, gone = checks_in(cast.host), checks_in(cast.host, visitor_name="孟庆远")
    goes_in(met.token)
    visits.depart(gone.token, how="console")
    says(cast.host, "out 60")
    assert not {"visits.host_absent"} & {*actions(met.token), *actions(gone.token)}


def test_when_the_time_is_past_the_host_is_simply_waited_for(cast: Cast, time: Clock) -> None:
    says(cast.host, "out 30")
    done = checks_in(cast.host)
    time.at += timedelta(minutes=30)
    assert not visits.by_token(done.token).host_absent
    assert goes_in(done.token).state == "meeting"


def test_a_host_who_cannot_come_is_absent_wherever_they_are(cast: Cast) -> None:
    done = checks_in(cast.host)
    alerts.answer(alerts.open_for(cast.host.id)[0].token, cast.host.id, "cannot")
    assert visits.by_token(done.token).host_absent
    visits.depart(done.token, how="console")
    assert not visits.by_token(done.token).host_absent
