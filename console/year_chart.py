"""Twelve months day by day as squares on a calendar, a column a week: the larger the square, the more came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from shared.lib import i18n
from shared.reports import Year

STEP, MOST, LEAST, NOBODY = 13.6, 12.4, 3.0, 1.6
LEFT, HEAD, BAND = 26.0, 16.0, 122.0
HALF = 6  # months in a band; two bands are read on a phone, one would not be
MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Square:
    """A day: the upper left corner, the side, what it says, and whether nobody came."""

    x: float
    y: float
    side: float
    said: str
    nobody: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A word beside the squares."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """Six months from `first` on, drawn below `top`."""

    first: date
    top: float

    def middle(self, day: date) -> tuple[float, float]:
        """The middle of a day's cell."""
        week = ((day - self.first).days + self.first.weekday()) // 7
        return LEFT + (week + 0.5) * STEP, self.row(day.weekday())

    def row(self, weekday: int) -> float:
        return self.top + HEAD + (weekday + 0.5) * STEP


def squares(year: Year) -> list[Square]:
    """The areas are to each other as the numbers are; a day without anybody is a dot."""
    most = max(year.days.values()) or 1
    return [_square(day, visits, most, _band(year, day)) for day, visits in year.days.items()]


def marks(year: Year) -> list[Mark]:
    """Months above, every other weekday at the side."""
    months = [
        Mark(round(_band(year, one.first).middle(one.first)[0] - STEP / 2, 1), _band(year, one.first).top + HEAD - 5,
             i18n.format_date(one.first, "MMM"))
        for one in year.months
    ]  # fmt: skip
    weekdays = [
        Mark(0, round(band.row(day) + 4, 1), i18n.format_date(MONDAY + timedelta(days=day), "EEEEE"))
        for band in _bands(year)
        for day in (0, 2, 4, 6)
    ]
    return months + weekdays


def _square(day: date, visits: int, most: int, band: Band) -> Square:
    side = round(max(LEAST, MOST * sqrt(visits / most)), 1) if visits else NOBODY
    x, y = band.middle(day)
    said = f"{i18n.format_date(day)}: {visits}"
    return Square(round(x - side / 2, 1), round(y - side / 2, 1), side, said, not visits)


def _bands(year: Year) -> Sequence[Band]:
    months = list(year.months)
    return Band(months[0].first, 0.0), Band(months[HALF].first, BAND)


def _band(year: Year, day: date) -> Band:
    first, second = _bands(year)
    return second if day >= second.first else first
