"""Who came, counted by hour, weekday, department and reason, with the visits behind every number."""

from datetime import timedelta

import pytest

from shared import notice, reports, visits
from shared.reports import UNKNOWN, Month, VisitsAsked
from tests.cast import checks_in, people
from tests.shared.reports.conftest import NOW, Clock

NOVEMBER = Month(2026, 11)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
def test_everybody_who_came_is_counted_and_found_again(time: Clock) -> None:
    notice.publish()
    cast = people()
    for days, host, purpose in ((0, cast.host, "business"), (1, cast.host, "meeting"), (1, "老板", "sales")):
        time.at = NOW + timedelta(days=days, hours=days)
        checks_in(host, purpose=purpose)
    came = reports.arrivals(NOVEMBER)
    assert (came.total, came.hours, came.weekdays) == (3, {10: 1, 11: 2}, {0: 1, 1: 2})
    assert came.departments == {cast.host.department_id: 2, UNKNOWN: 1}
    assert came.purposes == {"business": 1, "meeting": 1, "sales": 1}
    asked = {
        VisitsAsked(NOVEMBER): 3,
        VisitsAsked(NOVEMBER, hour=11): 2,
        VisitsAsked(NOVEMBER, weekday=0): 1,
        VisitsAsked(NOVEMBER, department=UNKNOWN): 1,
        VisitsAsked(NOVEMBER, department=cast.host.department_id): 2,
        VisitsAsked(NOVEMBER, purpose="sales"): 1,
        VisitsAsked(NOVEMBER.before()): 0,
    }
    assert {one: len(reports.visits_page(one)[0]) for one in asked} == asked
    first, following = reports.visits_page(VisitsAsked(NOVEMBER), limit=2)
    second, end = reports.visits_page(VisitsAsked(NOVEMBER), after=following or "", limit=2)
    assert [visit.purpose for visit in first + second] == ["sales", "meeting", "business"]
    assert end is None
    assert isinstance(first[0], visits.VisitView)
