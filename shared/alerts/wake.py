"""Who is woken when there is something to send: the lines of the alert sender that runs in this process."""

import threading
from collections import defaultdict

from shared.journal import Event

_signals: dict[str, set[threading.Event]] = defaultdict(set)


def hears(what: str, signal: threading.Event) -> None:
    """`signal` is set whenever there may be something to send: `alerts` or `mail`."""
    _signals[what].add(signal)


def forgets(what: str, signal: threading.Event) -> None:
    """`signal` is not needed any more."""
    _signals[what].discard(signal)


def wake(what: str) -> None:
    """Something to send was committed."""
    for signal in tuple(_signals[what]):
        if not signal.is_set():
            signal.set()


def heard(event: Event) -> None:
    """An event that may have made an alert, or ended one."""
    if event.topic in ("visits", "deadlines", "relay", "watch_list", "quiet_calls", "volumes"):
        wake("alerts")


def mail() -> None:
    """An e-mail was put on its way."""
    wake("mail")
