"""Which days the demo office was open, and from when its register goes back."""

from collections.abc import Iterator
from datetime import date, timedelta

from shared.calendar.days import WORKED, official

MONTHS = 3


def first_day(today: date) -> date:
    """The first of the month three months before `today`: 1 August for 4 November."""
    month = today.year * 12 + today.month - 1 - MONTHS
    return date(month // 12, month % 12 + 1, 1)


def working_days(first: date, until: date) -> Iterator[date]:
    """Days from `first` on, before `until`, on which people worked; made-up Saturdays are among them."""
    for offset in range((until - first).days):
        day = first + timedelta(days=offset)
        if is_working(day):
            yield day


def is_working(day: date) -> bool:
    """Whether the demo office was open: by the official calendar alone, so that the past is always the same."""
    return official(day) in WORKED
