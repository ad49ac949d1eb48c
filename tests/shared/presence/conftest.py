"""A desk at ten in the morning, with the cast."""

from datetime import UTC, datetime

import pytest

from shared.lib import clock, text
from tests.cast import Cast, people
from tests.shared.accounts.conftest import Clock

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # ten o'clock at the site


@pytest.fixture
def time(database: str) -> Clock:
    text._keys.cache_clear()
    standing = Clock(MORNING)
    clock.set_clock(standing)
    return standing


@pytest.fixture
def cast(time: Clock) -> Cast:
    return people()
