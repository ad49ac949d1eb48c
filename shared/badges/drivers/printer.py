"""What every printer can do, and the ways in which it can fail."""

from dataclasses import dataclass
from typing import Protocol

from shared.badges.facts import Size
from shared.lib.i18n import _

TELLING = {"stopped", "refused", "aborted", "wrong-label", "folder", "certificate"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """`done` when the badge is printed; otherwise the printer holds it, for `reason` in `says`, its own words."""

    done: bool
    reason: str = ""
    says: str = ""


class PrinterError(Exception):
    """The badge was certainly not printed. `permanent` when trying again cannot help."""

    def __init__(self, reason: str, says: str = "", *, permanent: bool = False) -> None:
        super().__init__(f"{reason}: {says}" if says else reason)
        self.reason, self.says, self.permanent = reason, says[:200], permanent


class Doubtful(PrinterError):
    """The badge was sent, and whether the printer took it is not known yet."""


class Printer(Protocol):
    """A job has one name for all time; a printer never prints two jobs of one name."""

    name: str

    def send(self, job_name: str, pdf: bytes, size: Size) -> Outcome:
        """Prints. Raises PrinterError when it certainly did not, Doubtful when that cannot be told."""

    def look_for(self, job_name: str) -> Outcome | None:
        """What became of a job that was sent; None when the printer does not know it.

        Raises PrinterError when it certainly was not printed, Doubtful when the printer cannot be asked.
        """

    def knows_since(self, seconds: float) -> bool:
        """Whether a job of `seconds` ago would still be known to this printer, had it arrived. Raises Doubtful."""

    def check(self) -> None:
        """Raises PrinterError when nothing could be printed now."""


def sentence(reason: str, says: str = "") -> str:
    """A reason as reception reads it; the printer's own words follow where they say more than ours."""
    known = {
        "out-of-paper": _("The badge printer is out of paper."),
        "out-of-ink": _("The badge printer is out of ink or ribbon."),
        "door-open": _("The badge printer is open."),
        "jam": _("Paper is stuck in the badge printer."),
        "paused": _("The badge printer is paused."),
        "stopped": _("The badge printer has stopped."),
        "offline": _("The badge printer does not answer."),
        "busy": _("The badge printer is busy."),
        "wrong-label": _("The badge printer does not take labels of this size."),
        "refused": _("The badge printer refused the badge."),
        "cancelled": _("The badge was cancelled at the printer."),
        "aborted": _("The badge printer gave the badge up."),
        "no-printer": _("No badge printer is set up."),
        "folder": _("The badge could not be written into the folder."),
        "not-drawn": _("The badge could not be drawn."),
        "visit-over": _("The visit was over before the badge was printed."),
        "certificate": _("The certificate of the badge printer is not trusted."),
        "no-answer": _("The badge printer has not said what became of the badge."),
    }
    said = known.get(reason, _("The badge could not be printed."))
    return f"{said} ({says})" if says and reason in TELLING else said
