"""A printer or CUPS queue that speaks IPP (RFC 8011): asked before, followed afterwards, found again by job name."""

import hashlib
import ssl
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from shared.badges.drivers import ipp_wire as wire
from shared.badges.drivers.ipp_media import media_for
from shared.badges.drivers.ipp_wire import Answer, Attribute
from shared.badges.drivers.printer import Doubtful, Outcome, PrinterError
from shared.badges.facts import Size

PRINT_JOB, GET_JOB, GET_JOBS, GET_PRINTER = 0x02, 0x09, 0x0A, 0x0B
STOPPED, CANCELLED, ABORTED, COMPLETED = 5, 7, 8, 9
NOT_SUPPORTED, NOT_NOW = 0x0501, 0x0500
FORMAT = "application/pdf"
ABOUT = (
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "printer-up-time",
    "media-supported",
    "print-scaling-supported",
)
REASONS = {
    "media-jam": "jam",
    "door-open": "door-open",
    "cover-open": "door-open",
    "interlock-open": "door-open",
    "media-empty": "out-of-paper",
    "media-needed": "out-of-paper",
    "toner-empty": "out-of-ink",
    "marker-supply-empty": "out-of-ink",
    "offline": "offline",
    "shutdown": "offline",
    "timed-out": "offline",
    "connecting-to-device": "offline",
    "paused": "paused",
    "moving-to-paused": "paused",
}

ROUNDING = 2  # a printer counts whole seconds, and may have counted one that had only begun


class IppPrinter:
    """`uri` is ipp://host:port/path; an ipps:// certificate of no known authority is named by `#sha256=…`."""

    def __init__(
        self,
        uri: str,
        *,
        timeout: float = 5.0,
        print_timeout: float = 15.0,
        patience: float = 4.0,
        history: float = 45.0,
    ) -> None:
        parts = urlsplit(uri)
        self.name, self.uri = uri, uri.partition("#")[0]
        self.secure, self.host, self.port = parts.scheme == "ipps", parts.hostname or "localhost", parts.port or 631
        self.path = parts.path if parts.path not in ("", "/") else "/ipp/print"
        self.pin = parts.fragment.removeprefix("sha256=").lower()
        self.timeout, self.print_timeout = timeout, print_timeout
        self.patience, self.pause, self.history = patience, 0.25, history

    def send(self, job_name: str, pdf: bytes, size: Size) -> Outcome:
        about = self._about()
        _refuse_when_blocked(about)
        media = media_for(size, about.get("media-supported", []))
        given = [
            Attribute(wire.NAME, "requesting-user-name", ("foyer",)),
            Attribute(wire.NAME, "job-name", (job_name,)),
            Attribute(wire.MIME, "document-format", (FORMAT,)),
        ]
        job = [Attribute(wire.KEYWORD, "media", (media,))] if media else []
        if "none" in about.get("print-scaling-supported", []):
            job.append(Attribute(wire.KEYWORD, "print-scaling", ("none",)))
        answer = self._ask(PRINT_JOB, given, job, pdf)
        if answer.status >= 0x400:
            self._refused(answer)
        return self._follow(int(answer.group(wire.JOB)["job-id"][0]))

    def look_for(self, job_name: str) -> Outcome | None:
        found = [*self._jobs("not-completed", job_name), *self._jobs("completed", job_name)]
        states = {int(job["job-state"][0]): job for job in found}
        if COMPLETED in states:
            return Outcome(done=True)
        alive = [job for state, job in states.items() if state < CANCELLED]
        if alive:
            return self._held(alive[0])
        if states:
            _given_up(*max(states.items()))
        return None

    def knows_since(self, seconds: float) -> bool:
        """Printers forget: jobs after about a minute (RFC 8011 4.2.6), and everything when they are switched off."""
        about = self._certainly(self._about)
        return seconds < self.history and int(_first(about, "printer-up-time", 0)) - ROUNDING > seconds

    def check(self) -> None:
        _refuse_when_blocked(self._about())

    def _about(self) -> dict[str, list[Any]]:
        wanted = [Attribute(wire.KEYWORD, "requested-attributes", ABOUT)]
        answer = self._ask(GET_PRINTER, wanted)
        if answer.status >= 0x400:
            raise PrinterError("refused", f"IPP 0x{answer.status:04x}", permanent=answer.status < NOT_NOW)
        return answer.group(wire.PRINTER)

    def _jobs(self, which: str, job_name: str) -> list[dict[str, list[Any]]]:
        wanted = [
            Attribute(wire.NAME, "requesting-user-name", ("foyer",)),
            Attribute(wire.INTEGER, "limit", (500,)),
            Attribute(wire.KEYWORD, "requested-attributes", ("job-id", "job-name", "job-state", "job-state-message")),
            Attribute(wire.KEYWORD, "which-jobs", (which,)),
        ]
        answer = self._certainly(lambda: self._ask(GET_JOBS, wanted))
        return [job for job in answer.all(wire.JOB) if _first(job, "job-name", "") == job_name]

    def _follow(self, job: int) -> Outcome:
        """Watches a job that was taken until it is printed; after `patience` seconds it is left with the printer."""
        wanted = [
            Attribute(wire.INTEGER, "job-id", (job,)),
            Attribute(wire.NAME, "requesting-user-name", ("foyer",)),
            Attribute(wire.KEYWORD, "requested-attributes", ("job-id", "job-state", "job-state-message")),
        ]
        until = time.monotonic() + self.patience
        while True:
            answer = self._certainly(lambda: self._ask(GET_JOB, wanted))
            attributes = answer.group(wire.JOB)
            state = int(_first(attributes, "job-state", 0))
            if state == COMPLETED:
                return Outcome(done=True)
            if state in (CANCELLED, ABORTED):
                _given_up(state, attributes)
            if not state:
                raise Doubtful("no-answer", f"IPP 0x{answer.status:04x}")
            if time.monotonic() > until:
                return self._held(attributes)
            time.sleep(self.pause)

    def _held(self, job: dict[str, list[Any]]) -> Outcome:
        """The printer has the job and has not printed it yet; what it says of itself tells why."""
        about = self._certainly(self._about)
        says = _says(about) if _reason(about) else str(_first(job, "job-state-message", ""))
        return Outcome(done=False, reason=_reason(about), says=says)

    def _refused(self, answer: Answer) -> None:
        """Why a job was not taken: for the moment, or for good."""
        says = str(_first(answer.group(wire.OPERATION), "status-message", f"IPP 0x{answer.status:04x}"))
        if answer.status < NOT_NOW or answer.status == NOT_SUPPORTED:
            raise PrinterError("refused", says, permanent=True)
        about = self._about()
        raise PrinterError(_reason(about) or "busy", _says(about) or says)

    def _certainly(self, ask: Callable[[], Any]) -> Any:
        """Asks about a job that may have been printed: no answer leaves that open."""
        try:
            return ask()
        except PrinterError as error:
            raise Doubtful(error.reason, error.says) from error

    def _ask(
        self, operation: int, attributes: list[Attribute], job: list[Attribute] | None = None, document: bytes = b""
    ) -> Answer:
        connection = self._connect(self.print_timeout if document else self.timeout)
        try:
            body = wire.request(operation, self.uri, attributes, job) + document
            connection.request("POST", self.path, body, {"Content-Type": "application/ipp"})
            response = connection.getresponse()
            data = response.read()
            if response.status == 200:
                return wire.answer(data)
        except (OSError, HTTPException, ValueError) as error:
            raise (Doubtful if document else PrinterError)(
                "no-answer" if document else "offline", str(error)
            ) from error
        finally:
            connection.close()
        raise PrinterError("refused", f"HTTP {response.status}", permanent=response.status < 500)

    def _connect(self, timeout: float) -> HTTPConnection:
        connection = HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            if self.secure:
                connection = HTTPSConnection(
                    self.host, self.port, timeout=timeout, context=self._trust(pinned=bool(self.pin))
                )
            connection.connect()
            if self.pin and self._shown(connection) != self.pin:
                raise PrinterError("certificate", f"sha256={self._shown(connection)}", permanent=True)
        except ssl.SSLCertVerificationError as error:
            raise PrinterError("certificate", error.verify_message, permanent=True) from error
        except OSError as error:
            raise PrinterError("offline", error.strerror or str(error)) from error
        return connection

    def _trust(self, *, pinned: bool) -> ssl.SSLContext:
        context = ssl.create_default_context()
        if pinned:
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        return context

    def _shown(self, connection: HTTPConnection) -> str:
        shown = connection.sock.getpeercert(binary_form=True) if isinstance(connection.sock, ssl.SSLSocket) else b""
        return hashlib.sha256(shown or b"").hexdigest()


def _refuse_when_blocked(about: dict[str, list[Any]]) -> None:
    if not _first(about, "printer-is-accepting-jobs", True):
        raise PrinterError(_reason(about) or "paused", _says(about))
    if _first(about, "printer-state", 0) == STOPPED:
        raise PrinterError(_reason(about) or "stopped", _says(about))


def _given_up(state: int, job: dict[str, list[Any]]) -> None:
    says = str(_first(job, "job-state-message", ""))
    raise PrinterError("aborted" if state == ABORTED else "cancelled", says, permanent=state == CANCELLED)


def _reason(about: dict[str, list[Any]]) -> str:
    """The first of the printer's reasons that somebody at the desk can do something about."""
    bare = [
        str(word).removesuffix("-error").removesuffix("-warning").removesuffix("-report")
        for word in about.get("printer-state-reasons", [])
    ]
    return next((reason for word, reason in REASONS.items() if word in bare), "")


def _says(about: dict[str, list[Any]]) -> str:
    reasons = ", ".join(str(word) for word in about.get("printer-state-reasons", []) if word != "none")
    return reasons or str(_first(about, "printer-state-message", ""))


def _first(attributes: dict[str, list[Any]], name: str, default: Any) -> Any:
    return attributes.get(name, [default])[0]
