"""The journal keeps a year: its oldest rows go, what stays has no gap, and nothing that is counted changes (L1)."""

from datetime import timedelta

import pytest

from shared import company, journal, register, visits
from shared.lib import clock, db
from shared.register import log
from tests.cast import Cast, checks_in, people
from tests.shared.deadlines.conftest import Clock


@pytest.fixture
def time(database: str) -> Clock:
    standing = Clock()
    clock.set_clock(standing)
    return standing


@pytest.fixture
def cast(time: Clock) -> Cast:
    visits.join()
    return people()


@db.act
def looks() -> int:
    return journal.record("visits.phone_revealed", "visit:somebody").seq


def seqs() -> list[int]:
    return [event.seq for event in journal.events(limit=5000)]


def test_a_row_goes_after_a_year_and_what_stays_has_no_gap(cast: Cast, time: Clock) -> None:
    old = looks()
    time.at += timedelta(days=364, hours=23)
    young = looks()
    assert register.run().counts["L1"] == 0
    time.at += timedelta(hours=1)
    assert register.run(rehearsal=True).counts["L1"] == old
    assert register.run().counts["L1"] == old
    kept = seqs()
    assert kept[0] == young and kept == list(range(young, kept[-1] + 1))
    assert looks() == kept[-1] + 1
    assert register.run().counts["L1"] == 0


def test_the_year_is_a_setting(cast: Cast, time: Clock) -> None:
    company.change(company.facts().model_copy(update={"security_days": 180}))
    before = looks()
    time.at += timedelta(days=180)
    looks()
    assert register.run().counts["L1"] == before
    with pytest.raises(ValueError, match="180"):
        company.Company(security_days=179)
    with pytest.raises(ValueError, match="1095"):
        company.Company(security_days=1096)


def test_many_rows_go_a_few_an_act_and_the_newest_stays(cast: Cast, time: Clock) -> None:
    for _ in range(log.AT_ONCE + 7):
        last = looks()
    time.at += timedelta(days=366)
    assert log.count(time.at) == last - 1
    while log.erase(time.at):
        pass
    assert seqs() == [last]


def test_what_happened_to_a_held_visit_is_held_with_it(cast: Cast, time: Clock) -> None:
    before = looks()
    token = checks_in(cast.host).token
    visits.depart(token, how="console", badge_returned=True)
    visits.hold(token, "争议", None)
    time.at += timedelta(days=400)
    history = [event.action for event in journal.about(f"visit:{token}")]
    assert register.run().counts["L1"] == before
    assert [event.action for event in journal.about(f"visit:{token}")] == history
    visits.lift(token)
    assert register.run().counts["L1"] > 0
    assert "visits.checked_in" not in [event.action for event in journal.about(f"visit:{token}")]
