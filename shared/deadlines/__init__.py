"""Deadlines: everything that must happen by a time, kept as rows that survive a restart (procedure 0.7)."""

from shared import journal
from shared.deadlines import jump
from shared.deadlines.clockwork import Clockwork, alive
from shared.deadlines.firing import fire, soonest
from shared.deadlines.jump import follow_clock, ignore_clock
from shared.deadlines.model import Deadline
from shared.deadlines.questions import Kept, done_lately, kept, of_subject, open_now, page, running
from shared.deadlines.undoing import reopen, undo
from shared.deadlines.verbs import drop, drop_all, meet, meet_all, move, restart, start
from shared.deadlines.views import Done, Due, Met

# what the clockwork records when a stage comes; `steps` in the event's data are the steps of the ladder that came
FIRED = ("deadlines.warned", "deadlines.due", "deadlines.escalated", "deadlines.breached")


def join() -> None:
    """What one process was told about the machine's clock holds for all."""
    journal.after_commit(jump.hear)


__all__ = [
    "FIRED",
    "Clockwork",
    "Deadline",
    "Done",
    "Due",
    "Kept",
    "Met",
    "done_lately",
    "alive",
    "drop",
    "drop_all",
    "fire",
    "follow_clock",
    "join",
    "ignore_clock",
    "kept",
    "meet",
    "meet_all",
    "move",
    "of_subject",
    "open_now",
    "page",
    "reopen",
    "restart",
    "running",
    "soonest",
    "start",
    "undo",
]
