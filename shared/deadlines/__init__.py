"""Deadlines: everything that must happen by a time, kept as rows that survive a restart (procedure 0.7)."""

from shared.deadlines.model import Deadline
from shared.deadlines.questions import Kept, done_lately, kept, of_subject, open_now, running
from shared.deadlines.undoing import reopen, undo
from shared.deadlines.verbs import drop, drop_all, meet, meet_all, restart, start
from shared.deadlines.views import Done, Due, Met

FIRED = ("deadlines.warned", "deadlines.due", "deadlines.escalated", "deadlines.breached")

__all__ = [
    "FIRED",
    "Deadline",
    "Done",
    "Due",
    "Kept",
    "Met",
    "done_lately",
    "drop",
    "drop_all",
    "kept",
    "meet",
    "meet_all",
    "of_subject",
    "open_now",
    "reopen",
    "restart",
    "running",
    "start",
    "undo",
]
