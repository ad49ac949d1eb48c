"""A desk without clocks, and a way to let some run as they are told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from shared import deadlines
from shared.lib import clock

TENTH = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)  # Tuesday 10:00 in Shanghai
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class Clock:
    """What time it is; `moves` lets some go by."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def moves(self, **by: float) -> None:
        self.at += timedelta(**by)


@pytest.fixture
def time(database: str) -> Iterator[Clock]:
    standing = Clock()
    clock.set_clock(standing)
    yield standing
    clock.reset()


def ran(key: str, subject: str, seconds: float | None, *, at: datetime = TENTH) -> None:
    """A clock that began at `at` and was settled after so many seconds; None for one that runs on."""
    deadlines.start(key, subject, at=at)
    if seconds is not None:
        deadlines.meet(key, subject, at=at + timedelta(seconds=seconds))
