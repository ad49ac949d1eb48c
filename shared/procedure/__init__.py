"""The written procedure as data: each clause, its clocks, and their ladders; its clocks are edited in Settings."""

from shared.procedure.changes import (
    LONGEST,
    ClockChange,
    Times,
    back_to_default,
    change,
    clock,
    clocks,
    forget,
    own_times,
)
from shared.procedure.clauses import CLAUSES, Clause, clause
from shared.procedure.clocks import DEFAULTS, Clock, Mark, Step, What

__all__ = [
    "CLAUSES",
    "DEFAULTS",
    "LONGEST",
    "Clause",
    "Clock",
    "ClockChange",
    "Mark",
    "Step",
    "Times",
    "What",
    "back_to_default",
    "change",
    "clause",
    "clock",
    "clocks",
    "forget",
    "own_times",
]
