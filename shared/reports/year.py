"""Twelve months day by day, read from the day counters: nothing is counted while somebody waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from shared import register
from shared.reports.month import Month
from shared.visits import REGISTER

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Year:
    """The twelve months that end with `last`: how many came each day and each month, nobody too, the earliest first."""

    last: Month
    days: Mapping[date, int]
    months: Mapping[Month, int]

    @property
    def total(self) -> int:
        return sum(self.days.values())

    @property
    def busiest(self) -> tuple[date, int] | None:
        """The day on which most came, the latest such day; None when nobody came."""
        day = max(self.days, key=lambda one: (self.days[one], one))
        return (day, self.days[day]) if self.days[day] else None


def year(last: Month) -> Year:
    """The twelve months up to the end of `last`."""
    first, end = last.before(MONTHS - 1).first, last.days[-1]
    found = register.by_day(REGISTER, first, end)
    days = {day: found.get(day, 0) for day in (first + timedelta(days=n) for n in range((end - first).days + 1))}
    months = {last.before(back): 0 for back in range(MONTHS - 1, -1, -1)}
    for day, visits in days.items():
        months[Month.of(day)] += visits
    return Year(last, days, months)
