"""A report asks the database for a month of a clause, never for everything that ever happened."""

from typing import Any

import pytest

from shared import reports
from shared.lib import db
from shared.reports import Asked, Month, VisitsAsked
from tests.shared.reports.conftest import Clock, ran

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
MONTH = Month(2026, 11)
LOOKS = {
    "the report": lambda: reports.on_time(MONTH),
    "month against month": lambda: reports.trend(MONTH, "一.1.6"),
    "the first month": lambda: reports.first_month(reports.clauses()),
    "rows of a clause": lambda: reports.page(Asked(MONTH, "一.1.6", "late", hour=10)),
    "rows of every clause": lambda: reports.page(Asked(MONTH)),
    "who came": lambda: reports.arrivals(MONTH),
    "visits": lambda: reports.visits_page(VisitsAsked(MONTH, purpose="sales")),
}


@pytest.mark.parametrize("look", LOOKS)
def test_no_look_reads_a_whole_table(time: Clock, look: str) -> None:
    ran("T05", "room:1", 60)
    said: list[str] = []
    with db.looking() as on:
        driver: Any = on.connection.dbapi_connection
        driver.set_trace_callback(said.append)
        LOOKS[look]()
        driver.set_trace_callback(None)
        asked = [statement for statement in said if statement.startswith("SELECT")]
        assert asked
        steps = [row[3] for statement in asked for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}")]
    assert not [step for step in steps if step.startswith(("SCAN deadline", "SCAN visit"))], steps
