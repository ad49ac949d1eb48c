"""A register as a book: its columns, which rows stand in it, and when a volume of it is full (procedure 0.5)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from shared.lib import i18n

_known: dict[str, "Book"] = {}


def books() -> tuple["Book", ...]:
    """Every register that is kept as a book."""
    return tuple(_known.values())


def book(key: str) -> "Book | None":
    """The book of this register; None when it has none."""
    return _known.get(key)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the book: `plain` is what a line says in it, the same in every language; `shown` says it to a reader.

    What `stays` stands in the redacted edition, so it never holds a name. What comes `later` may still change when the
    volume is closed: a reply, or the name of a department. `width` is its share of the page.
    """

    key: str
    heading: str
    width: int
    plain: Callable[[Any], str]
    shown: Callable[[str], str] = str
    stays: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Book:
    """How the rows of a register stand in its volumes.

    `model` has a key `id`, its number in the column `number` and its moment in the column `at`. `settled` gives the
    conditions for rows that nobody writes in any more since a moment. `lines` gives what the columns read of rows, by
    id; `facts` what of such a line is sealed, `erased` whether something of it was erased; `was` what corrected columns
    said before, by id and column, oldest first.
    """

    key: str
    title: str
    model: Any
    number: str
    at: str
    columns: tuple[Column, ...]
    settled: Callable[[datetime], Sequence[Any]]
    lines: Callable[[Sequence[int]], Mapping[int, Any]]
    facts: Callable[[Any], Sequence[str]]
    erased: Callable[[Any], bool]
    was: Callable[[Sequence[int]], Mapping[int, Mapping[str, Sequence[str]]]]
    period: Literal["month", "year"] = "month"
    most: int = 200
    clock: str = "T29"  # how long it may take to the officer

    def __post_init__(self) -> None:
        _known[self.key] = self

    @property
    def kept(self) -> tuple[Column, ...]:
        """The columns of the redacted edition."""
        return tuple(column for column in self.columns if column.stays)

    def due_from(self, period: str, closed_at: datetime) -> datetime:
        """When the time to hand a volume over begins: as it is closed, for a yearly register when the year is over."""
        if self.period == "month":
            return closed_at
        return max(closed_at, i18n.day_bounds(date(int(period) + 1, 1, 1))[0])

    def period_of(self, day: Any) -> str:
        """2026-11, or 2026."""
        return f"{day:%Y-%m}" if self.period == "month" else f"{day:%Y}"


def in_order(number: str) -> tuple[int, ...]:
    """VIS-2026-00012 as what it is sorted by: the year, then the number."""
    return tuple(int(part) for part in number.split("-") if part.isdigit())
