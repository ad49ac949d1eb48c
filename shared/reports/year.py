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
    """The twelve months that end with `last`: how many came on each of their days, the days without anybody too."""

    last: Month
    days: Mapping[date, int]

    @property
    def total(self) -> int:
        return sum(self.days.values())

    @property
    def busiest(self) -> tuple[date, int] | None:
        """The day on which most came, the latest such day; None when nobody came."""
        day = max(self.days, key=lambda one: (self.days[one], one))
        return (day, self.days[day]) if self.days[day] else None

    @property
    def months(self) -> Mapping[Month, int]:
        """How many came in each month, the earliest first."""
        found = {self.last.before(back): 0 for back in range(MONTHS - 1, -1, -1)}
        for day, visits in self.days.items():
            found[Month.of(day)] += visits
        return found


def year(last: Month) -> Year:
    """The twelve months up to the end of `last`."""
    first, end = last.before(MONTHS - 1).first, last.days[-1]
    found = register.by_day(REGISTER, first, end)
    days = (first + timedelta(days=place) for place in range((end - first).days + 1))
    return Year(last, {day: found.get(day, 0) for day in days})
