"""What a report says, as frozen numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from shared import procedure
from shared.procedure import Clause
from shared.reports.month import Month

Outcome = Literal["in_time", "late", "open", "dropped", "undone"]
OUTCOMES: tuple[Outcome, ...] = ("in_time", "late", "open", "dropped", "undone")
HALF = 17  # bars up to the limit, and as many up to twice the limit
BINS = 2 * HALF
AFTER_LIMIT = HALF


@dataclass(frozen=True, slots=True)
class Count:
    """In time of how many; what is still running or was not needed is not among them."""

    in_time: int = 0
    total: int = 0

    @property
    def late(self) -> int:
        return self.total - self.in_time

    @property
    def share(self) -> float | None:
        """In time of all, 0 to 1; None when there was nothing to keep."""
        return self.in_time / self.total if self.total else None

    def __add__(self, other: "Count") -> "Count":
        return Count(self.in_time + other.in_time, self.total + other.total)


@dataclass(frozen=True, slots=True)
class Tally:
    """How well a clause was kept in a month. `bins` are how long it took, as parts of each row's own limit."""

    clause_key: str
    month: Month
    count: Count
    open: int = 0
    dropped: int = 0
    undone: int = 0
    median: float | None = None
    p90: float | None = None
    bins: tuple[int, ...] = (0,) * BINS
    limits: tuple[float, ...] = ()
    days: Mapping[date, Count] = field(default_factory=dict)
    hours: Mapping[int, int] = field(default_factory=dict)

    @property
    def clause(self) -> Clause:
        return procedure.clause(self.clause_key)


@dataclass(frozen=True, slots=True)
class OnTime:
    """The report of a month: every clause that has a clock, and all of them together."""

    month: Month
    tallies: tuple[Tally, ...]
    before: Mapping[str, Count]

    @property
    def count(self) -> Count:
        return sum((tally.count for tally in self.tallies), Count())

    @property
    def count_before(self) -> Count:
        return sum(self.before.values(), Count())

    @property
    def days(self) -> dict[date, Count]:
        """Every day on which something counted, in order."""
        found: dict[date, Count] = {}
        for tally in self.tallies:
            for day, count in tally.days.items():
                found[day] = found.get(day, Count()) + count
        return dict(sorted(found.items()))

    @property
    def late_hours(self) -> dict[int, int]:
        """How many were late, by the hour of the day in which they began."""
        found: dict[int, int] = {}
        for tally in self.tallies:
            for hour, late in tally.hours.items():
                found[hour] = found.get(hour, 0) + late
        return dict(sorted(found.items()))

    def change(self, clause: str = "") -> float | None:
        """The share against the month before, in percentage points; None when one of the two has nothing."""
        then = self.before.get(clause, Count()) if clause else self.count_before
        now = next((tally.count for tally in self.tallies if tally.clause_key == clause), self.count)
        return None if now.share is None or then.share is None else 100 * (now.share - then.share)


def is_late(state: str, met: datetime | None, dropped: datetime | None, breach: datetime, now: datetime) -> bool:
    """Settled after the breach, given up after it, or still not settled; at the very breach it is in time."""
    ended = {"met": met, "dropped": dropped}.get(state) or now
    return ended > breach


def outcome(
    state: str, reason: str, met: datetime | None, dropped: datetime | None, breach: datetime, now: datetime
) -> Outcome:
    """What became of a clock. What was taken back, not needed in the end, or is not late yet, counts for nothing."""
    if reason == "undone":
        return "undone"
    if is_late(state, met, dropped, breach, now):
        return "late"
    return "in_time" if state == "met" else "open" if state == "open" else "dropped"


def bin_of(seconds: float | None, limit: float, late: bool) -> int:
    """Which bar a row stands in; those later than twice the limit, or never settled, stand in the last one."""
    if seconds is None:
        return BINS - 1
    part = int(HALF * seconds / limit) if limit else 0
    return min(max(part, HALF), BINS - 1) if late else min(part, HALF - 1)
