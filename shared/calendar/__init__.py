"""The working calendar: which days are worked, the office's hours, and how business time is counted."""

from shared.calendar.changes import Line, Report, clear_day, import_file, set_day
from shared.calendar.days import (
    KINDS,
    CalendarDay,
    Day,
    forget,
    is_workday,
    nth_workday,
    own_days,
    unknown_years,
    workdays,
)
from shared.calendar.hours import add_business, at, business_between, end_of_workday, open_hours

__all__ = [
    "KINDS",
    "CalendarDay",
    "Day",
    "Line",
    "Report",
    "add_business",
    "at",
    "business_between",
    "clear_day",
    "end_of_workday",
    "forget",
    "import_file",
    "is_workday",
    "nth_workday",
    "open_hours",
    "own_days",
    "set_day",
    "unknown_years",
    "workdays",
]
