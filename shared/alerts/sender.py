"""The alert sender: one thread a way out, so that a hung mail server delays neither the screens nor sign-in links."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage

from shared.alerts import ending, letter, mail, queue, screen, wake
from shared.alerts.email import EmailChannel, configured
from shared.alerts.queue import EMAIL, OUTBOX, Claimed, NotSent, Queue
from shared.lib import clock, text
from shared.lib.config import settings

log = logging.getLogger("foyer.alerts")
POLL = 5.0
PACE = 1.0
SPARE = timedelta(seconds=20)
HOUSEKEEPING = timedelta(minutes=1)


class Line:
    """A thread that does `work` whenever `due` has come; a pace of its own keeps it from running hot."""

    def __init__(
        self,
        name: str,
        due: Callable[[], datetime | None],
        work: Callable[[], None],
        hears: str = "",
        pace: float = 0.0,
    ) -> None:
        self.name, self.due, self.work, self.hears, self.pace = name, due, work, hears, pace
        self.signal, self.stopping = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._run, name=f"alerts {name}", daemon=True)

    def start(self) -> None:
        wake.hears(self.hears, self.signal)
        self.thread.start()

    def stop(self) -> None:
        wake.forgets(self.hears, self.signal)
        self.stopping.set()
        self.signal.set()

    def step(self) -> float:
        """Does what is due; gives the seconds after which to look again."""
        moment = self.due()
        if moment is not None and moment <= clock.now():
            self.work()
            return 0.0
        return POLL if moment is None else min(POLL, max(0.01, (moment - clock.now()).total_seconds()))

    def _run(self) -> None:
        while not self.stopping.is_set():
            self.signal.clear()
            try:
                patience = self.step()
            except Exception as error:
                log.warning("%s stumbled: %s", self.name, type(error).__name__)
                patience = POLL
            if patience:
                self.signal.wait(patience)
            if self.pace:
                self.stopping.wait(self.pace)


class Post:
    """Letters of one queue, made and sent one after the other over one connection."""

    def __init__(
        self,
        of: Queue,
        make: Callable[[int], EmailMessage | None],
        sent: Callable[[Claimed, str], None],
        failed: Callable[[Claimed, NotSent], None],
        channel: EmailChannel | None = None,
    ) -> None:
        self.of, self.make, self.sent, self.failed = of, make, sent, failed
        self.channel = channel or EmailChannel()
        self.worker = text.token(12)

    def due(self) -> datetime | None:
        return queue.next_due(self.of) if configured() else None

    def work(self) -> None:
        """Claims what is due and sends it; what the lease has no time for, or a dead server, goes back."""
        rows = queue.claim(self.of, self.worker)
        try:
            for index, claimed in enumerate(rows):
                if clock.now() > claimed.until - SPARE:
                    queue.release(self.of, self.worker)
                    return
                why = self._one(claimed)
                if why is not None:
                    for held in rows[index:] if why.everyone else [claimed]:
                        self.failed(held, why)
                    if why.everyone:
                        return
        finally:
            self.channel.rest()

    def _one(self, claimed: Claimed) -> NotSent | None:
        """Makes and sends one letter, THEN marks it: a kill in between sends it again under the same id."""
        try:
            message = self.make(claimed.id)
            if message is None:
                return NotSent("too_late", permanent=True)
            self.sent(claimed, self.channel.send(message))
        except NotSent as why:
            return why
        except Exception as error:
            log.warning("a letter stumbled: %s", type(error).__name__)
            return NotSent("accident")
        return None


_running: list["Sender"] = []


def alive() -> bool:
    """Whether a sender runs in this process, with all its lines."""
    return bool(_running) and all(line.thread.is_alive() for line in _running[-1].lines)


class Sender:
    """Everything that goes out of this process."""

    def __init__(self) -> None:
        letters = Post(EMAIL, letter.of_delivery, email_sent, email_failed)
        links = Post(OUTBOX, mail.of_email, mail.mark_sent, mail.mark_failed)
        self._kept = clock.now()
        self.lines = [
            Line("screen", screen.next_due, screen.work, "alerts", PACE),
            Line("email", letters.due, letters.work, "alerts" if configured() else ""),
            Line("links", links.due, links.work, "mail"),
            Line("housekeeping", self._next_house, self._house),
        ]

    def start(self) -> None:
        if settings().database.startswith("sqlite"):
            for held in (EMAIL, OUTBOX):
                queue.release(held)
        for line in self.lines:
            line.start()
        _running.append(self)

    def stop(self) -> None:
        for line in self.lines:
            line.stop()
        for line in self.lines:
            line.thread.join(5)
        if self in _running:
            _running.remove(self)

    def wake(self) -> None:
        for line in self.lines:
            line.signal.set()

    def _next_house(self) -> datetime:
        return self._kept + HOUSEKEEPING

    def _house(self) -> None:
        self._kept = clock.now()
        while ending.expire(self._kept):
            pass


def email_sent(claimed: Claimed, provider_id: str) -> None:
    queue.sent(EMAIL, claimed, provider_id)


def email_failed(claimed: Claimed, why: NotSent) -> None:
    queue.failed(EMAIL, claimed, why)
