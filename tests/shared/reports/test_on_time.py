"""The numbers of a month: counted from the rows, each by its own breach, and nothing left out in silence."""

from datetime import timedelta

from shared import deadlines, procedure, reports
from shared.procedure import Times
from shared.reports import Asked, Count, Month, Tally
from tests.shared.reports.conftest import NOW, TENTH, Clock, ran

NOVEMBER = Month(2026, 11)
CLEAR = "一.1.6"


def cleared(month: Month = NOVEMBER) -> Tally:
    return next(tally for tally in reports.on_time(month).tallies if tally.clause_key == CLEAR)


def subjects(asked: Asked) -> list[str]:
    return [row.subject for row in reports.every(asked)]


def test_the_last_moment_is_in_time_and_a_millisecond_later_is_not(time: Clock) -> None:
    for room, seconds in enumerate((119.999, 120, 120.001)):
        ran("T05", f"room:{room}", seconds)
    assert (cleared().count, cleared().median) == (Count(2, 3), 120.0)
    assert subjects(Asked(NOVEMBER, CLEAR, "late")) == ["room:2"]
    assert cleared().bins[16:18] == (2, 1), "the last bar before the limit, and the first after it"


def test_what_is_not_counted_is_counted_apart(time: Clock) -> None:
    ran("T05", "room:met", 100)
    ran("T05", "room:runs", None, at=NOW - timedelta(seconds=120))
    ran("T05", "room:forgotten", None, at=NOW - timedelta(seconds=121))
    for room, gone in (("taken", 60), ("given up late", 200)):
        time.at = TENTH + timedelta(seconds=gone)
        ran("T05", f"room:{room}", None)
        deadlines.drop("T05", f"room:{room}", "taken")
    time.at = TENTH
    ran("T05", "room:undone", None)
    time.moves(seconds=5)
    deadlines.undo("room:undone", TENTH)
    time.at = NOW
    tally = cleared()
    assert (tally.count, tally.open, tally.dropped, tally.undone) == (Count(1, 3), 1, 1, 1)
    assert sum(tally.bins) == 3
    assert tally.bins[-1] == 2, "what was never settled stands in the last bar"
    for outcome, found in (
        ("in_time", ["met"]),
        ("late", ["forgotten", "given up late"]),
        ("open", ["runs"]),
        ("dropped", ["taken"]),
        ("undone", ["undone"]),
    ):
        assert subjects(Asked(NOVEMBER, CLEAR, outcome)) == [f"room:{room}" for room in found]  # type: ignore[arg-type]
    assert len(subjects(Asked(NOVEMBER, CLEAR))) == tally.count.total


def test_a_month_begins_and_ends_at_midnight_of_the_site(time: Clock) -> None:
    for room, moment in enumerate((NOVEMBER.start - timedelta(microseconds=1), NOVEMBER.start)):
        ran("T05", f"room:{room}", 60, at=moment)
    assert [cleared(month).count.total for month in (NOVEMBER.before(), NOVEMBER)] == [1, 1]
    assert str(NOVEMBER.start) == "2026-11-01 00:00:00+08:00"
    assert (Month(2026, 1).before(), Month(2026, 12).before(-1)) == (Month(2025, 12), Month(2027, 1))


def test_a_month_without_rows_says_nothing_and_divides_by_nothing(time: Clock) -> None:
    report = reports.on_time(Month(2026, 2))
    assert {tally.clause_key for tally in report.tallies} == set(reports.clauses())
    assert (report.count, report.count.share, report.change(), report.days) == (Count(), None, None, {})
    assert all(tally.median is None and tally.p90 is None for tally in report.tallies)
    assert reports.page(Asked(Month(2026, 2))) == ([], None)
    assert reports.arrivals(Month(2026, 2)).total == 0


def test_each_row_is_judged_by_the_limit_of_its_own_day(time: Clock) -> None:
    ran("T05", "room:1", 200)
    procedure.change("T05", Times(warn=60, due=300, breach=300, steps=[]))
    ran("T05", "room:2", 200, at=TENTH + timedelta(hours=1))
    procedure.forget()
    assert (cleared().count, cleared().limits) == (Count(1, 2), (120.0, 300.0))
    assert subjects(Asked(NOVEMBER, CLEAR, "late")) == ["room:1"]


def test_median_nine_of_ten_and_the_bars(time: Clock) -> None:
    took = [10, 20, 30, 40, 50, 60, 70, 80, 200, 900]
    for room, seconds in enumerate(took):
        ran("T05", f"room:{room}", seconds)
    tally = cleared()
    assert (tally.median, tally.p90) == (55.0, 200.0)
    assert (sum(tally.bins), tally.bins[-1]) == (10, 1), "nine hundred seconds are more than twice the limit"
    for bar, value in enumerate(tally.bins):
        assert len(subjects(Asked(NOVEMBER, CLEAR, bar=bar))) == value
    assert tally.hours == {10: 2}
    assert len(subjects(Asked(NOVEMBER, CLEAR, "late", hour=10))) == 2
    assert subjects(Asked(NOVEMBER, CLEAR, "late", hour=11)) == []


def test_month_against_month(time: Clock) -> None:
    for back, seconds in ((0, 60), (1, 300), (12, 60), (13, 60)):
        ran("T05", f"room:{back}", seconds, at=NOVEMBER.before(back).start + timedelta(days=3))
    trend = reports.trend(NOVEMBER, CLEAR)
    assert [str(month) for month, _count in trend][:: len(trend) - 1] == ["2025-11", "2026-11"]
    assert [(str(month), count.share) for month, count in trend if count.total] == [
        ("2025-11", 1.0), ("2026-10", 0.0), ("2026-11", 1.0)
    ]  # fmt: skip
    assert reports.on_time(NOVEMBER).change(CLEAR) == 100.0
    assert reports.first_month(reports.clauses()) == NOVEMBER.before(13)


def test_a_month_that_is_over_is_counted_once_until_something_is_added(time: Clock) -> None:
    october = NOVEMBER.before()
    ran("T05", "room:1", 60, at=october.start)
    ran("T05", "room:2", None, at=october.start)
    assert cleared(october).count == Count(1, 2)
    deadlines.meet("T05", "room:2", at=october.start + timedelta(seconds=300))
    assert cleared(october).median == 180.0, "what still ran is asked for again"
    ran("T05", "room:3", 90, at=october.start)
    assert cleared(october).count == Count(2, 3)
    assert reports.trend(october, CLEAR, 0) == [(october, Count(2, 3))]


def test_pages_of_rows_follow_each_other_even_at_the_same_moment(time: Clock) -> None:
    for room in range(7):
        ran("T05", f"room:{room}", 60, at=TENTH + timedelta(minutes=room // 2))
    pages, after = [], ""
    while True:
        rows, following = reports.page(Asked(NOVEMBER, CLEAR), after=after, limit=3)
        pages.append([row.subject[-1] for row in rows])
        if following is None:
            break
        after = following
    assert pages == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert [row.subject for row in reports.page(Asked(NOVEMBER, CLEAR, day=TENTH.date()))[0]][-1] == "room:0"
    assert reports.page(Asked(NOVEMBER, CLEAR, day=(TENTH + timedelta(days=1)).date()))[0] == []


def test_seconds_over_are_told_with_each_row(time: Clock) -> None:
    ran("T05", "room:1", 131.5)
    [row] = reports.every(Asked(NOVEMBER, CLEAR))
    assert (row.seconds, row.over, row.outcome) == (131.5, 11.5, "late")
