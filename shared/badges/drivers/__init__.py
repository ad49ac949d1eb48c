"""Where badges are printed: nowhere, into a folder, or on a printer that speaks IPP."""

from pathlib import Path

from shared.badges.drivers.printer import Doubtful, Outcome, Printer, PrinterError
from shared.lib.config import settings

__all__ = ["Doubtful", "Outcome", "Printer", "PrinterError", "printer_for"]


def printer_for(setting: str) -> Printer:
    """The printer of `none:`, `folder:`, `folder:PATH`, `ipp://…` or `ipps://…`."""
    kind, _, rest = setting.partition(":")
    if kind == "none":
        from shared.badges.drivers.none import NoPrinter

        return NoPrinter()
    if kind == "folder":
        from shared.badges.drivers.folder import Folder

        return Folder(Path(rest) if rest else settings().data / "printed")
    if kind in ("ipp", "ipps"):
        from shared.badges.drivers.ipp import IppPrinter

        return IppPrinter(setting)
    raise ValueError(f"{setting}: none:, folder:, folder:PATH, ipp://… or ipps://…")
