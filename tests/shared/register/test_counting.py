"""Day counters say what the rows say, whatever happens to the visits, and stay when a visitor is forgotten."""

import random
from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from shared import directory, register, reports, visits
from shared.lib import clock, db
from shared.lib.errors import Refused
from shared.lib.i18n import today
from shared.register.model import DayCount
from shared.reports import Month
from shared.reports.on_time import forget
from shared.visits import PURPOSES, REGISTER, Visit, history
from tests.cast import Cast, checks_in, people
from tests.shared.deadlines.conftest import Clock

SOME = [purpose for purpose in PURPOSES if purpose != "other"]


@pytest.fixture
def time(database: str) -> Clock:
    standing = Clock()
    clock.set_clock(standing)
    return standing


@pytest.fixture
def cast(time: Clock) -> Cast:
    visits.join()
    return people()


def counted() -> dict[date, int]:
    """What the rows say, read one by one."""
    with db.reading() as session:
        return dict(Counter(map(today, session.scalars(select(Visit.arrived_at).where(Visit.arrived_at.is_not(None))))))


def kept() -> dict[date, int]:
    return register.by_day(REGISTER, date(2000, 1, 1), date(2100, 1, 1))


def miscounted() -> list[date]:
    with db.looking() as on:
        return register.miscounted(REGISTER, on)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_series_of_acts_the_counters_are_what_the_rows_say(cast: Cast, time: Clock, seed: int) -> None:
    pick = random.Random(seed)
    for _ in range(80):
        time.at += timedelta(minutes=pick.randrange(600))
        try:
            pick.choice(ACTS)(cast, pick)
        except Refused:
            continue
    assert kept() == counted()
    assert not miscounted()
    assert len(kept()) > 5


def comes(cast: Cast, pick: random.Random) -> None:
    checks_in(cast.host, visitor_name=f"陈{pick.randrange(9)}号", purpose=pick.choice(SOME))


def is_announced_and_may_come(cast: Cast, pick: random.Random) -> None:
    form = {"visitor_name": "许漾", "purpose": "meeting", "host": {"ref": directory.ref_of(cast.host)}}
    at = clock.now() + timedelta(hours=1)
    _done, code = visits.expect(visits.Expectation.model_validate(form | {"expected_at": at}))
    if pick.random() < 0.7:
        checks_in(cast.host, visitor_name="许漾", purpose=pick.choice(SOME), invitation=code)


def is_put_right(_cast: Cast, pick: random.Random) -> None:
    visit = one(pick)
    change = {"purpose": pick.choice(SOME), "reason": "记错了", "row_version": visit.row_version}
    visits.correct(visit.token, visits.Correction.model_validate(change))


def leaves_and_perhaps_not(_cast: Cast, pick: random.Random) -> None:
    done = visits.depart(one(pick).token, how="console", badge_returned=True)
    if pick.random() < 0.5:
        visits.undo(done.seq)


def is_forgotten(_cast: Cast, pick: random.Random) -> None:
    visits.erase(one(pick).token)


def is_refused_half_way(cast: Cast, pick: random.Random) -> None:
    @db.act
    def refused() -> None:
        comes(cast, pick)
        raise Refused("no")

    refused()


def comes_from_an_older_book(_cast: Cast, pick: random.Random) -> None:
    at = clock.now() - timedelta(days=pick.randrange(400))
    row = {"state": "left", "source": "demo", "language": "zh_Hans", "visitor_name": "李", "visitor_key": "",
           "host_id": None, "host_text": "前台", "purpose": pick.choice(SOME), "arrived_at": at, "left_at": at,
           "left_how": "auto", "created_at": at, "expected_at": None, "device_id": None,
           "receptionist_id": None}  # fmt: skip
    history.insert_many([row, row | {"arrived_at": None, "left_at": None, "state": "no_show", "expected_at": at}])


ACTS = (comes, comes, comes, is_announced_and_may_come, is_put_right, leaves_and_perhaps_not, is_forgotten,
        is_refused_half_way, comes_from_an_older_book)  # fmt: skip


def one(pick: random.Random) -> visits.VisitView:
    found = visits.page(limit=200)[0]
    if not found:
        raise Refused("nobody")
    return pick.choice(found)


def test_what_a_counter_missed_is_told_and_counted_anew(cast: Cast, time: Clock) -> None:
    for days in range(3):
        time.at += timedelta(days=days)
        checks_in(cast.host)
    first = min(kept())
    db.write(lambda: db.connection().execute(update(DayCount).where(DayCount.day == first).values(count=7)))
    assert miscounted() == [first]
    assert register.recount() == {"visit": 1, "phone": 0}
    assert (miscounted(), kept()) == ([], counted())


def test_the_statistics_of_a_month_are_the_same_when_its_visitors_are_forgotten(cast: Cast, time: Clock) -> None:
    for days in range(12):
        time.at += timedelta(days=1)
        done = checks_in(cast.host if days % 3 else "老板", purpose=SOME[days % 3], phone="13800138000")
        if days % 2:
            visits.correct(done.token, visits.Correction(purpose="meeting", row_version=1))
        if days % 3 and days % 4:
            visits.leave_message(
                done.token,
                visits.LeftMessage(from_name="陈嘉豪", message="合同已经带来", read_back=True, no_call_back=True),
            )
        visits.depart(done.token, how="console", badge_returned=True)
    month = Month.now()
    time.at += timedelta(days=40)  # the month is over, and nobody is forgotten yet
    before = statistics(month)
    time.at += timedelta(days=400)
    done = register.run()
    assert done.counts["V1"] == 12
    assert statistics(month) == before
    assert before[0].total > 3


def statistics(month: Month) -> tuple[reports.Arrivals, object, object, object]:
    """Everything the report of a month says, counted anew."""
    forget()
    rows = [(visit.arrived_at, visit.purpose) for visit in reports.visits_page(reports.VisitsAsked(month))[0]]
    return reports.arrivals(month), reports.on_time(month), (reports.wrong(month), rows), reports.year(month)
