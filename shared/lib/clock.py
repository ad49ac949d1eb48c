"""The clock everyone asks: wall time at start plus monotonic time; a jump of the machine's clock moves nothing.

Such a jump is told (`jump`), and followed only when somebody says so (`follow`), or at a restart.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

JUMP = timedelta(seconds=2)
ZERO = timedelta(0)
_machine: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731


class _Anchored:
    """Time since `start`, by a clock that nobody can set; `ignored` is a jump that somebody does not want to follow."""

    def __init__(self) -> None:
        self.start, self.ticks, self.ignored = _machine(), time.monotonic(), ZERO

    def __call__(self) -> datetime:
        return self.start + timedelta(seconds=time.monotonic() - self.ticks)


_clock: Callable[[], datetime] = _Anchored()


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _clock()


def rfc3339(moment: datetime | None) -> str | None:
    """2026-11-23T02:30:05Z, as programs read it; None for none."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else None


def jump() -> timedelta:
    """How far the machine's clock has moved away from ours; zero up to 2 s, and for a jump that is ignored."""
    if not isinstance(_clock, _Anchored):
        return ZERO
    by = _machine() - _clock()
    return ZERO if abs(by - _clock.ignored) <= JUMP or abs(by) <= JUMP else by


def follow() -> None:
    """Goes with the machine's clock from here on."""
    if isinstance(_clock, _Anchored):
        reset()


def ignore() -> None:
    """Stays where we are; the same jump is not told again."""
    if isinstance(_clock, _Anchored):
        _clock.ignored = _machine() - _clock()


def set_clock(clock: Callable[[], datetime]) -> None:
    """Replaces the clock; for tests and the demo only."""
    global _clock
    _clock = clock


def set_machine(machine: Callable[[], datetime]) -> None:
    """Replaces the machine's clock, as somebody with the right to set it does; for tests only."""
    global _machine
    _machine = machine


def reset() -> None:
    """Follows the machine's clock from here on."""
    global _clock
    _clock = _Anchored()
