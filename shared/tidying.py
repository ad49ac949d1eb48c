"""What goes by itself: ended sessions, old drafts, answered keys; visitors at day end; old calls; full volumes."""

import logging
import threading
import time
from datetime import timedelta

from shared import accounts, drafts, phone, quiet_calls, visits, volumes
from shared.lib import clock, db
from shared.lib.i18n import lazy
from shared.lib.web.once import KEEP_DAYS, forget_old, older
from shared.register import Log

log = logging.getLogger("foyer.tidying")
EVERY, LOOK = 6 * 3600.0, 300.0
DRAFTS_KEPT = timedelta(days=1)

SIGN_INS = Log(
    "L2", lazy("Sessions that are over, links and codes for signing in"), lazy("erased"),
    lambda: accounts.SESSIONS_KEPT.days, lambda _before: accounts.untidy(), lambda _before: accounts.tidy(),
)  # fmt: skip
ANSWERS = Log(
    "R1", lazy("What a repeated request of a device or a program is answered"), lazy("erased"),
    lambda: KEEP_DAYS, older, lambda _before: forget_old(),
)  # fmt: skip
UNFINISHED = Log(
    "R2", lazy("What somebody was writing when a page was closed"), lazy("erased"),
    lambda: DRAFTS_KEPT.days, drafts.older, drafts.purge,
)  # fmt: skip


_running: list["Tidying"] = []


def alive() -> bool:
    """Whether this process does what goes by itself."""
    return bool(_running) and _running[-1].thread.is_alive()


def tidy() -> int:
    """Deletes what has run out, each kind in an act of its own; says how many rows."""
    now = clock.now()
    return accounts.tidy() + db.write(lambda: drafts.purge(now - DRAFTS_KEPT)) + forget_old()


class Tidying:
    """A thread that tidies every six hours, ends the visitors' day and old quiet calls, and closes full volumes."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="tidying", daemon=True)

    def start(self) -> None:
        self.thread.start()
        _running.append(self)

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(5)
        if self in _running:
            _running.remove(self)

    def _run(self) -> None:
        tidied = -EVERY
        while not self.stopping.is_set():
            patience = LOOK
            try:
                if time.monotonic() - tidied >= EVERY:
                    tidied = time.monotonic()
                    tidy()
                visits.end_day()
                quiet_calls.end_old()
                volumes.close_full()
                phone.settle_all()
                patience = _until_day_end()
            except Exception:
                log.exception("tidying has to wait for the next time")
            self.stopping.wait(patience)


def _until_day_end() -> float:
    """Seconds until the visitors' day ends; at most five minutes, for somebody may change when that is."""
    now = clock.now()
    return min(LOOK, max(1.0, (visits.next_day_end(now) - now).total_seconds()))
