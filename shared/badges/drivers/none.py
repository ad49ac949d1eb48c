"""No printer: reception hands out badges of its own."""

from shared.badges.drivers.printer import Outcome, PrinterError
from shared.badges.facts import Size


class NoPrinter:
    """Refuses every job for good."""

    name = "none:"

    def send(self, job_name: str, pdf: bytes, size: Size) -> Outcome:
        raise PrinterError("no-printer", permanent=True)

    def look_for(self, job_name: str) -> Outcome | None:
        return None

    def knows_since(self, seconds: float) -> bool:
        return True

    def check(self) -> None:
        """Having none is a choice, not a fault."""
