"""The thread that prints: draws what is due, sends it, and asks the printer before it ever sends again."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from shared import company
from shared.badges import queue, slip
from shared.badges.drivers import Doubtful, Outcome, Printer, PrinterError, printer_for
from shared.badges.facts import SIZES, BadgeFacts
from shared.badges.queue import Claimed, Lost
from shared.badges.render import Renderer, RenderFailed, shared_renderer
from shared.badges.wearer import facts_for
from shared.journal import Event
from shared.lib import clock, text
from shared.lib.config import settings
from shared.lib.errors import Refused

log = logging.getLogger("foyer.badges")
POLL = 5.0
SETTLE = timedelta(seconds=5)
ASK_FOR = timedelta(minutes=10)
_running: list["Printing"] = []


def alive() -> bool:
    """Whether badges are printed in this process."""
    return bool(_running) and _running[-1].thread.is_alive()


def heard(event: Event) -> None:
    """An event that may have queued a badge."""
    if event.topic in ("visits", "badges", "relay"):
        for printing in _running:
            printing.wake()


class Printing:
    """The print queue of this process, one badge after the other."""

    def __init__(
        self,
        renderer: Renderer | None = None,
        printer: Printer | None = None,
        facts: Callable[[int | None], BadgeFacts | None] = facts_for,
        settle: timedelta = SETTLE,
    ) -> None:
        self.renderer = renderer or shared_renderer()
        self.printer = printer or printer_for(settings().printer)
        self.facts, self.settle, self.worker = facts, settle, text.token(12)
        self.signal, self.stopping = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._run, name="print queue", daemon=True)

    def start(self) -> None:
        if settings().database.startswith("sqlite"):
            queue.release()
        if self.printer.name != "none:":
            self.renderer.start()
        _running.append(self)
        self.thread.start()

    def stop(self) -> None:
        if self in _running:
            _running.remove(self)
        self.stopping.set()
        self.signal.set()
        self.renderer.stop()
        if self.thread.ident:
            self.thread.join(5)

    def wake(self) -> None:
        """There may be something to print."""
        if self.printer.name != "none:":
            self.signal.set()

    def step(self) -> float:
        """Does what is due; gives the seconds after which to look again."""
        due, now = queue.next_due(), clock.now()
        if due is None or due > now:
            return POLL if due is None else min(POLL, max(0.01, (due - now).total_seconds()))
        job = queue.claim(self.worker)
        if job is None:
            return 0.0
        try:
            (self._settle if job.state == "sending" else self._print)(job)
        except Lost:
            log.warning("job %d went to another worker", job.id)
        return 0.0

    def _run(self) -> None:
        while not self.stopping.is_set():
            self.signal.clear()
            try:
                patience = self.step()
            except Exception as error:
                log.warning("the print queue stumbled: %s", type(error).__name__)
                patience = POLL
            if patience:
                self.signal.wait(patience)

    def _print(self, job: Claimed) -> None:
        """Draws and sends. From `begin` on the printer may have it, whatever happens to this process."""
        size = slip.size() if job.kind == "slip" else SIZES[company.facts().badge_size]
        try:
            pdf = self._slip(job) if job.kind == "slip" else self._badge(job, size.name)
        except (RenderFailed, Refused) as failed:
            self._not_drawn(job, str(failed))
            return
        if pdf is None:
            queue.cancelled(job)
            return
        queue.begin(job, self.printer.name)
        self._outcome(job, lambda: self.printer.send(job.job_name, pdf, size))

    def _badge(self, job: Claimed, size: str) -> bytes | None:
        facts = self.facts(job.visit_id)
        return self._drawn(facts, size) if facts is not None else None

    def _slip(self, job: Claimed) -> bytes | None:
        html = slip.slip_for(job.subject)
        return self.renderer.document(html, slip.style()) if html is not None else None

    def _drawn(self, facts: BadgeFacts, size: str) -> bytes:
        """The badge; without pictures when it cannot be drawn with them, or once more when the process was to blame."""
        try:
            return self.renderer.pdf(facts, size)
        except RenderFailed as failed:
            if self.stopping.is_set():
                raise
            log.warning("a badge could not be drawn (%s); drawing it plainly", failed.reason)
            return self.renderer.pdf(facts.plain(), size)

    def _not_drawn(self, job: Claimed, why: str) -> None:
        if self.stopping.is_set():
            queue.not_taken(job)
        else:
            queue.refused(job, PrinterError("not-drawn", why, permanent=True))

    def _settle(self, job: Claimed) -> None:
        """A job that was sent: the printer is asked what became of it, and nothing is sent while that is open."""
        since = clock.now() - (job.sent_at or job.created_at)
        if job.printer != self.printer.name:
            queue.unknown(job)
            return
        try:
            found = self.printer.look_for(job.job_name)
            known = found is not None or since < self.settle or self.printer.knows_since(since.total_seconds())
        except Doubtful as doubt:
            self._still_open(job, since, doubt)
        except PrinterError as why:
            queue.refused(job, why)
        else:
            if found is not None and found.done:
                queue.printed(job)
            elif found is not None or since < self.settle:
                queue.held(job, found or Outcome(done=False, reason=job.reason))
            elif known:
                queue.not_taken(job)
            else:
                queue.unknown(job)

    def _outcome(self, job: Claimed, send: Callable[[], Outcome]) -> None:
        try:
            outcome = send()
        except Doubtful as doubt:
            queue.held(job, Outcome(done=False, reason=doubt.reason, says=doubt.says))
        except PrinterError as why:
            queue.refused(job, why)
        else:
            if outcome.done:
                queue.printed(job)
            else:
                queue.held(job, outcome)

    def _still_open(self, job: Claimed, since: timedelta, doubt: Doubtful) -> None:
        if since > ASK_FOR:
            queue.unknown(job, doubt.reason)
        else:
            queue.held(job, Outcome(done=False, reason=doubt.reason, says=doubt.says))
