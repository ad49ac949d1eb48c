"""Which days are worked: the office's calendar above the official one, above Monday to Friday (procedure 0.6)."""

from datetime import date

import pytest

from shared import calendar, journal
from shared.calendar import Day

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 9, 29), True),  # Monday
        (date(2025, 9, 27), False),  # Saturday
        (date(2025, 9, 28), True),  # Sunday, made up before the National Day
        (date(2025, 10, 1), False),  # National Day
        (date(2025, 10, 11), True),  # Saturday, made up after it
    ],
)
def test_chinese_holidays_and_made_up_days_are_known(database: str, day: date, worked: bool) -> None:
    assert calendar.is_workday(day) is worked


def test_in_a_year_that_nobody_knows_monday_to_friday_are_worked_and_the_administrator_is_told(database: str) -> None:
    assert calendar.is_workday(date(2031, 10, 1))  # Wednesday
    assert not calendar.is_workday(date(2031, 10, 4))
    assert calendar.unknown_years(date(2030, 11, 30)) == [2030]
    assert calendar.unknown_years(date(2030, 12, 1)) == [2030, 2031]
    assert calendar.unknown_years(date(2025, 12, 31)) == []


def test_a_year_is_known_once_its_calendar_was_imported_and_not_by_a_day_that_somebody_wrote(database: str) -> None:
    december = date(2030, 12, 1)
    calendar.set_day(date(2031, 10, 1), "holiday", "厂庆")
    assert calendar.unknown_years(december) == [2030, 2031]
    calendar.import_file(b"date,kind,name\n2031-10-01,holiday,National Day\n2031-10-02,holiday,\n")
    assert calendar.unknown_years(december) == [2030]
    calendar.set_day(date(2031, 10, 2), "workday")
    assert calendar.unknown_years(december) == [2030]


def test_what_the_office_says_stands_above_the_official_calendar(database: str) -> None:
    day = date(2025, 10, 1)
    calendar.set_day(day, "makeup_workday", "盘点")
    assert calendar.is_workday(day)
    assert dict(calendar.own_days()) == {day: Day(day, "makeup_workday", "盘点")}
    assert journal.newest(1)[0].action == "calendar.changed"
    calendar.clear_day(day)
    assert not calendar.is_workday(day)


def test_the_nth_working_day_counts_from_the_first(database: str) -> None:
    assert calendar.nth_workday(date(2026, 1, 1), 1) == date(2026, 1, 4)  # made up on a Sunday
    assert calendar.nth_workday(date(2026, 1, 1), 10) == date(2026, 1, 15)
    assert calendar.nth_workday(date(2025, 10, 13), 1) == date(2025, 10, 13)
    with pytest.raises(ValueError, match="one"):
        calendar.nth_workday(date(2026, 1, 1), 0)
