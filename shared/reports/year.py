"""Twelve months day by day, read from the day counters: nothing is counted while somebody waits."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
    days = {date.fromordinal(number): 0 for number in range(first.toordinal(), end.toordinal() + 1)}
    days |= register.by_day(REGISTER, first, end)
    months = Counter[tuple[int, int]]()
    for day, visits in days.items():
        months[day.year, day.month] += visits
    return Year(last, days, {Month(*month): visits for month, visits in months.items()})
