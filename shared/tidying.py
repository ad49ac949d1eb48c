"""What nobody needs any more goes by itself: ended sessions, old drafts, answered keys after 30 days."""

import logging
import threading
from datetime import timedelta

from shared import accounts, drafts
from shared.lib import clock, db
from shared.lib.web.once import forget_old

log = logging.getLogger("foyer.tidying")
EVERY = 6 * 3600.0
DRAFTS_KEPT = timedelta(days=1)


def tidy() -> int:
    """Deletes what has run out, each kind in an act of its own; says how many rows."""
    now = clock.now()
    return accounts.tidy() + db.write(lambda: drafts.purge(now - DRAFTS_KEPT)) + forget_old()


class Tidying:
    """A thread that tidies at the start and every six hours."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self._run, name="tidying", daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(5)

    def _run(self) -> None:
        while not self.stopping.is_set():
            try:
                tidy()
            except Exception:
                log.exception("tidying has to wait for the next time")
            self.stopping.wait(EVERY)
