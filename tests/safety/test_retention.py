"""The acceptance lines of procedure 4.6 and 4.7: what is gone when, and what stays."""

from datetime import timedelta

import pytest

from shared import journal, register, relay, visits
from shared.lib import clock, db
from shared.lib.config import settings
from shared.visits import Visit, VisitView
from tests.cast import Cast, checks_in, people
from tests.safety import canary
from tests.shared.deadlines.conftest import Clock

STAYS = (
    "reg_no", "state", "arrived_at", "met_at", "left_at", "left_how", "purpose", "party_size", "host_id", "language",
    "badge_number", "badge_returned", "first_visit", "source", "host_answer",
)  # fmt: skip


@pytest.fixture
def time(database: str) -> Clock:
    standing = Clock()
    clock.set_clock(standing)
    return standing


@pytest.fixture
def cast(time: Clock) -> Cast:
    visits.join()
    relay.join()
    return people()


def leaves(cast: Cast, **more: object) -> str:
    """A bird comes, leaves number and message, and leaves; nothing is left to do for it. Gives the token."""
    bird = {"visitor_company": canary.COMPANY, "purpose_note": canary.NOTE, "phone": canary.PHONE}
    token = checks_in(cast.host, **{"visitor_name": canary.NAME, **bird, **more}).token
    said = {"from_name": canary.NAME, "number": canary.PHONE, "message": canary.MESSAGE, "read_back": True}
    message = visits.leave_message(token, visits.LeftMessage.model_validate(said))
    relay.confirm(message.token, "repeated")
    visits.depart(token, how="console", badge_returned=True)
    assert visits.by_token(token).closed_at is not None
    return token


def stays(view: VisitView) -> dict[str, object]:
    return {name: getattr(view, name) for name in STAYS}


def holding(bird: str) -> set[str]:
    """The tables, and the files of the data folder, in which this stands."""
    wanted = canary.looked_for([bird])
    return canary.unsealed(settings().database, wanted=wanted) | canary.seen([settings().data], wanted=wanted)


def test_4_6_thirty_days_after_a_visit_is_closed_the_phone_is_gone_everywhere(cast: Cast, time: Clock) -> None:
    token = leaves(cast)
    time.at += timedelta(days=29, hours=23, minutes=59)
    register.run()
    assert holding(canary.PHONE) == {"visit", "relay"}
    time.at += timedelta(minutes=1)
    register.run()
    assert holding(canary.PHONE) == set()
    assert visits.by_token(token).visitor_name == canary.NAME


def test_4_6_sixty_days_after_leaving_the_name_is_short_and_the_figures_are_the_same(cast: Cast, time: Clock) -> None:
    token = leaves(cast, visitor_name="王伟")
    before = stays(visits.by_token(token))
    time.at += timedelta(days=59, hours=23, minutes=59)
    register.run()
    assert visits.by_token(token).visitor_name == "王伟"
    time.at += timedelta(minutes=1)
    register.run()
    after = visits.by_token(token)
    assert (after.visitor_name, after.visitor_company, after.purpose_note) == ("王**", "", "")
    assert stays(after) == before
    assert [holding(bird) for bird in ("王伟", canary.COMPANY, "canarysong", "canaryseed")] == [set()] * 4


def test_4_7_who_asks_is_erased_at_once_and_number_day_times_department_and_outcome_stay(
    cast: Cast, time: Clock
) -> None:
    first, second = leaves(cast), leaves(cast)
    before = {token: stays(visits.by_token(token)) for token in (first, second)}
    department = visits.by_token(first).host
    assert visits.erase(first) == 2
    db.cut_log()
    for token in (first, second):
        after = visits.by_token(token)
        assert stays(after) == before[token]
        assert after.host == department
        assert (after.visitor_name, after.visitor_company) == ("K**", "")
    with db.reading() as session:
        row = session.get(Visit, visits.by_token(first).id)
        assert row is not None and (row.phone, row.phone_key, row.visitor_key) == (None, None, "")
    for bird in ("Kanarienvögel", "Zwitscher", canary.COMPANY, canary.PHONE, "canarysong", "canaryseed"):
        assert holding(bird) == set(), bird
    assert [one.action for one in journal.about(f"visit:{first}")][-1] == "visits.erased"
