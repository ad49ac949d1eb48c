"""Visitor badges: queued with the check-in, drawn in a process of their own, printed once."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shared.badges.acts import REPRINT_REASONS, Queued, print_test, printed_after_all, queue_badge, reprint
    from shared.badges.desk import document, join, paper, picture, preview, ready, slip_pdf
    from shared.badges.facts import SIZES
    from shared.badges.printing import Printing
    from shared.badges.questions import JobView, Trouble, for_visits, of_test, state_for_visitor, trouble
    from shared.badges.slips import print_slip, slip_words

__all__ = [
    "REPRINT_REASONS",
    "SIZES",
    "JobView",
    "Printing",
    "Queued",
    "Trouble",
    "document",
    "for_visits",
    "join",
    "paper",
    "of_test",
    "picture",
    "preview",
    "print_slip",
    "print_test",
    "printed_after_all",
    "queue_badge",
    "ready",
    "reprint",
    "slip_pdf",
    "slip_words",
    "state_for_visitor",
    "trouble",
]
_FROM = ("acts", "desk", "facts", "printing", "questions", "slips")


def __getattr__(name: str) -> Any:
    """Found when it is first used: the render process imports this package too, and must stay small."""
    if name in __all__:
        for module in (import_module(f"shared.badges.{part}") for part in _FROM):
            if hasattr(module, name):
                found = globals()[name] = getattr(module, name)
                return found
    raise AttributeError(name)
