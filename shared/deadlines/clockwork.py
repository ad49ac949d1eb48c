"""The clockwork: one thread a process that sleeps until the next stage comes, and lets it fire."""

import logging
import threading
from datetime import datetime, timedelta

from shared.deadlines import firing, jump, wake
from shared.lib import clock

log = logging.getLogger("foyer.deadlines")
POLL = 5.0
AGAIN = timedelta(seconds=30)


class Clockwork:
    """Woken by what starts here; looks every 5 seconds for what other processes started. Each row is its own act."""

    def __init__(self) -> None:
        self.signal, self.stopping = threading.Event(), threading.Event()
        self.stumbled: dict[int, datetime] = {}
        self.thread = threading.Thread(target=self._run, name="clockwork", daemon=True)

    def start(self) -> None:
        self.thread.start()
        _running.append(self)

    def stop(self) -> None:
        wake.forgets(self.signal)
        self.stopping.set()
        self.signal.set()
        self.thread.join(5)
        if self in _running:
            _running.remove(self)

    def work(self) -> int:
        """Fires everything that has come; how many. What stumbles does not hold the others up, and is tried later."""
        moment, fired = clock.now(), 0
        for deadline_id in firing.come(moment):
            if self.stumbled.get(deadline_id, moment) > moment:
                continue
            try:
                fired += firing.fire(deadline_id) is not None
                self.stumbled.pop(deadline_id, None)
            except Exception:
                log.exception("a deadline stumbled")
                self.stumbled[deadline_id] = moment + AGAIN
        return fired

    def patience(self) -> float:
        """Seconds until there is something to do; at most 5."""
        at = firing.soonest()
        wake.waits(self.signal, at)
        if at is None:
            return POLL
        return min(POLL, max(0.0, (at - clock.now()).total_seconds()))

    def _run(self) -> None:
        while not self.stopping.is_set():
            wake.waits(self.signal, None)
            self.signal.clear()
            try:
                jump.notice()
                patience = POLL if self.work() == 0 and self.stumbled else self.patience()
            except Exception as error:
                log.warning("the clockwork stumbled: %s", type(error).__name__)
                patience = POLL
            self.signal.wait(patience)


_running: list[Clockwork] = []


def alive() -> bool:
    """Whether a clockwork runs in this process."""
    return bool(_running) and _running[-1].thread.is_alive()
