"""The demo's clocks are kept as well as procedure 5.2 says, and the report says what a hand count says."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from cli.demo import loading
from shared import reports, roll_call
from shared.lib import clock, db
from shared.lib.config import settings
from shared.reports import Asked, Month
from tests.cli.demo_desk import NOW, desk

MONTHS = [Month(2025, number) for number in (8, 9, 10)]
SITE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, empty_file: Path) -> Iterator[None]:
    with desk(tmp_path_factory.mktemp("demo"), empty_file):
        loading.fill(settings(), NOW)
        clock.set_clock(lambda: NOW)
        yield


def by_hand(month: Month) -> dict[str, list[Any]]:
    """Every row of the month as the database holds it, by clause; read without the report's own questions."""
    found: dict[str, list[Any]] = {}
    with db.reading() as session:
        for row in session.execute(text("SELECT * FROM deadline ORDER BY id")):
            began = datetime.fromtimestamp(row.starts_at / 1e6, SITE)
            if (began.year, began.month) == (month.year, month.number) and row.reason != "undone":
                found.setdefault(row.clause, []).append(row)
    return found


def late(row: Any) -> bool:
    ended = row.met_at if row.state == "met" else row.dropped_at if row.state == "dropped" else NOW.timestamp() * 1e6
    return bool(ended > row.breach_at)


def counted(rows: Sequence[Any]) -> list[Any]:
    return [row for row in rows if row.state == "met" or late(row)]


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_a2_1_the_numbers_of_the_report_equal_a_hand_count(told: None, month: Month) -> None:
    report, rows = reports.on_time(month), by_hand(month)
    assert set(rows) == {tally.clause_key for tally in report.tallies if tally.count.total}
    for tally in (one for one in report.tallies if one.count.total):
        count = counted(rows[tally.clause_key])
        in_time = sum(not late(row) for row in count)
        took = sorted((row.met_at - row.starts_at) / 1e6 for row in count if row.state == "met")
        middle = took[len(took) // 2 - (1 - len(took) % 2) : len(took) // 2 + 1]
        assert (tally.count.in_time, tally.count.total) == (in_time, len(count))
        assert tally.count.share == in_time / len(count)
        assert tally.median == pytest.approx(sum(middle) / len(middle))
        assert tally.p90 == took[math.ceil(len(took) * 0.9) - 1]
        assert tally.dropped == len(rows[tally.clause_key]) - len(count)
        hours = Counter(datetime.fromtimestamp(row.starts_at / 1e6, SITE).hour for row in count if late(row))
        assert tally.hours == dict(sorted(hours.items()))
        behind = [row.id for row in reports.every(Asked(month, tally.clause_key, "late"))]
        assert sorted(behind) == [row.id for row in count if late(row)]
    assert report.count.total == sum(len(counted(some)) for some in rows.values())


def test_tea_rooms_and_messages_are_kept_as_the_demo_promises(told: None) -> None:
    promised = {"一.1.5": 0.88, "一.1.6": 0.91, "一.1.7": 0.93, "O5": 0.97, "一.1.1": 0.97, "一.1.4": 0.94}
    for clause, share in promised.items():
        counts = [reports.trend(month, clause, 0)[0][1] for month in MONTHS]
        whole = sum(count.in_time for count in counts) / sum(count.total for count in counts)
        assert whole == pytest.approx(share, abs=0.03), clause


def test_the_clocks_fit_the_visits(told: None) -> None:
    with db.reading() as session:
        rows = session.execute(
            text(
                "SELECT d.key, d.starts_at, d.met_at, v.arrived_at, v.host_answered_at, v.device_id FROM deadline d"
                " JOIN visit v ON v.id = d.visit_id WHERE d.key IN ('T01', 'T02') AND d.state = 'met'"
            )
        ).all()
    past = [row for row in rows if row.arrived_at < NOW.replace(hour=0).timestamp() * 1e6]
    assert len(past) > 500
    for row in past:
        assert row.starts_at == row.arrived_at
        assert row.device_id is not None if row.key == "T01" else row.met_at == row.host_answered_at


def test_the_drill_of_the_last_working_day_found_everybody_in_little_over_four_minutes(told: None) -> None:
    [drill] = roll_call.last()
    made = roll_call.report(drill)
    assert drill.drill and not drill.running and drill.started_at.astimezone(SITE).date() == date(2025, 11, 3)
    assert (made.missing, made.seconds, made.counts["safe"]) == ([], 248, made.total)
    assert {mark.state for mark in made.marks} == {"safe", "help", "not_found", "withdrawn"}
    assert len({mark.by for mark in made.marks}) == 2
    assert {one.staff for one in made.people} == {True, False}
