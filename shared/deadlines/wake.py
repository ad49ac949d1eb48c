"""Who is woken when a clock starts that fires sooner than what is waited for."""

import threading
from datetime import datetime

_waiting: dict[threading.Event, datetime | None] = {}


def waits(signal: threading.Event, until: datetime | None) -> None:
    """`signal` is set when something fires before `until` (whenever anything does, when nothing is waited for)."""
    _waiting[signal] = until


def forgets(signal: threading.Event) -> None:
    """`signal` is not needed any more."""
    _waiting.pop(signal, None)


def at(moment: datetime | None) -> None:
    """Something was committed that fires at `moment`."""
    for signal, until in tuple(_waiting.items()):
        if moment is not None and (until is None or moment < until):
            signal.set()
