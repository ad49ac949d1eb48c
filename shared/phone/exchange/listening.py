"""The desk listens to the exchange: a call that nobody answers waits to be called back while its caller hangs up.

Every process listens for itself, and a call is kept once, so that nothing is missed when one of them ends.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from shared.lib import clock, i18n
from shared.lib.ami import Exchange, Lost, Wire, exchange
from shared.lib.config import settings
from shared.lib.i18n import _, lazy
from shared.phone.cdr import Record
from shared.phone.exchange import keeping
from shared.phone.exchange.ringing import MOST, Ringing

log = logging.getLogger("foyer.exchange")
SOONEST, LATEST = 1.0, 60.0  # seconds until it is tried again
REASONS = {
    "no_connection": lazy("nobody is there at its address"),
    "certificate": lazy("it cannot prove who it is"),
    "refused": lazy("it refuses the sign-in"),
    "no_answer": lazy("it does not answer"),
    "no_exchange": lazy("what answers is no exchange"),
    "accident": lazy("something went wrong here"),
}
_running: list["Listening"] = []


@dataclass(frozen=True, slots=True)
class Line:
    """A call that rings at the desk or is spoken now."""

    number: str | None
    at: datetime
    answered: bool


def listening() -> "Listening | None":
    """What listens where an exchange is set; None elsewhere."""
    return Listening(exchange(settings().exchange_url)) if settings().exchange_url else None


def reach(to: Exchange) -> None:
    """Signs in and hangs up; Lost says why that cannot be."""
    wire = Wire(to)
    try:
        wire.sign_in()
    finally:
        wire.close()


def reason_name(reason: str) -> str:
    """Why an exchange is not heard, in the reader's language."""
    return _(REASONS.get(reason, "")) or reason


def on_the_line() -> list[Line]:
    """The calls of now, the newest first; none where no exchange is heard."""
    rings = _running[-1].ringing.on_the_line() if _running else ()
    found = [Line(ring.number, ring.at, ring.answered_at is not None) for ring in rings]
    return sorted(found, key=lambda line: line.at, reverse=True)


def trouble() -> str:
    """One sentence for reception while the exchange is not heard; empty when all is well."""
    return _running[-1].trouble() if _running else ""


def state() -> str:
    """How it stands, for whoever looks after the desk; empty where no exchange is set."""
    return _running[-1].state() if _running else ""


def ready() -> dict[str, bool]:
    """Whether the exchange is heard; nothing where none is set."""
    return {"exchange": not _running[-1].lost} if _running else {}


class Listening:
    """The thread of one process."""

    def __init__(self, to: Exchange, *, wire: Callable[[Exchange], Wire] = Wire) -> None:
        self.to, self.wire = to, wire
        self.ringing = Ringing(to.lines)
        self.lost, self.since = "", clock.now()
        self.heard = False
        self.unkept: deque[Record] = deque(maxlen=MOST)
        self.stopping = threading.Event()
        self._open: Wire | None = None
        self.thread = threading.Thread(target=self._run, name="exchange", daemon=True)

    def start(self) -> None:
        self.thread.start()
        _running.append(self)

    def stop(self) -> None:
        self.stopping.set()
        if self._open:
            self._open.close()
        self.thread.join(5)
        if self in _running:
            _running.remove(self)

    def trouble(self) -> str:
        if not self.lost:
            return ""
        words = {"time": i18n.format_time(self.since), "reason": reason_name(self.lost)}
        sentence = _("The telephone exchange is not heard since %(time)s: %(reason)s. Calls that nobody answers come "
                     "with its call list.")  # fmt: skip
        return sentence % words

    def state(self) -> str:
        if self.lost or not self.heard:
            return self.trouble() or _("The telephone exchange is being called.")
        words = {"time": i18n.format_datetime(self.since)}
        return _("The telephone exchange is heard since %(time)s: calls that nobody answers appear at once.") % words

    def _run(self) -> None:
        patience, reason = SOONEST, ""
        while not self.stopping.is_set():
            began = time.monotonic()
            try:
                self._listen()
            except Lost as why:
                reason = why.reason
            except Exception as error:
                log.warning("the exchange stumbled: %s", type(error).__name__)
                reason = "accident"
            lasted = time.monotonic() - began > LATEST
            patience = SOONEST if lasted else min(LATEST, patience * 2)
            if not self.stopping.is_set():
                self._says(reason)
                self.stopping.wait(patience)

    def _listen(self) -> None:
        """Hears one connection to its end; what rings when it breaks is not known afterwards."""
        self.ringing.calls.clear()
        self._open = wire = self.wire(self.to)
        try:
            if self.stopping.is_set():  # `stop` may have seen no connection yet
                return
            wire.sign_in()
            self._says("")
            for said in wire.messages():
                over = self.ringing.hear(said, clock.now())
                if over is not None:
                    self.unkept.append(over)
                self._keep()
        finally:
            wire.close()

    def _keep(self) -> None:
        """What is over is kept; where the desk cannot write just now, it is tried again with the next word."""
        while self.unkept:
            try:
                keeping.keep(self.unkept[0])
            except Exception as error:
                log.warning("a call has to wait: %s", type(error).__name__)
                return
            self.unkept.popleft()

    def _says(self, lost: str) -> None:
        if self.heard != (not lost) or self.lost != lost:
            self.heard, self.lost, self.since = not lost, lost, self.since if self.lost and lost else clock.now()
        try:
            keeping.noted(lost)
        except Exception as error:
            log.warning("what the exchange does could not be noted: %s", type(error).__name__)
