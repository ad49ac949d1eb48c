"""The working calendar: which days are worked, the office's hours, and how business time is counted."""

from shared.calendar.days import (
    KINDS,
    CalendarDay,
    Day,
    forget,
    hear,
    is_workday,
    nth_workday,
    own_days,
    unknown_years,
    workdays,
)
from shared.calendar.hours import add_business, business_between, end_of_workday, open_hours

__all__ = [
    "KINDS",
    "CalendarDay",
    "Day",
    "add_business",
    "business_between",
    "end_of_workday",
    "forget",
    "hear",
    "is_workday",
    "nth_workday",
    "open_hours",
    "own_days",
    "unknown_years",
    "workdays",
]
