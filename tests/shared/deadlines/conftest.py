"""A clock that stands still until it is moved, and a desk without deadlines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from shared.lib import clock

TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # Monday 10:00 in Shanghai


@dataclass
class Clock:
    """What time it is; `moves` lets some go by."""

    at: datetime = TEN

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
