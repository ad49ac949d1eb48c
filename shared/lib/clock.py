"""The clock everyone asks: wall time at start plus monotonic time; a jump of the machine's clock moves nothing."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _anchored() -> Callable[[], datetime]:
    start, ticks = datetime.now(UTC), time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - ticks)


_clock = _anchored()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _clock()


def rfc3339(moment: datetime | None) -> str | None:
    """2026-11-23T02:30:05Z, as programs read it; None for none."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def set_clock(clock: Callable[[], datetime]) -> None:
    """Replaces the clock; for tests and the demo only."""
    global _clock
    _clock = clock


def reset() -> None:
    """Follows the machine's clock from here on."""
    global _clock
    _clock = _anchored()
