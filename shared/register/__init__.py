"""What every register has in common: how its rows are found, whatever is typed, and when they are forgotten."""

from shared.register.archived import ARCHIVED
from shared.register.asked import forget_whose, theirs
from shared.register.correcting import Corrected, correct, corrections, forget_corrections, was
from shared.register.counting import by_day, count, miscounted, recount
from shared.register.definition import Kind, Log, Register, Rule, Texts, Whose, logs, of, registers
from shared.register.exporting import MOST, Reason, exported
from shared.register.forgetting import Forgetting, Run, erase, replay, run, runs
from shared.register.holding import HoldView, hold, holds, lift, of_row
from shared.register.indexing import Indexing, alive, index, refile
from shared.register.log import LOG
from shared.register.pages import book_of, every, page, row, size, tokens
from shared.register.search import find
from shared.register.taking import Takings, join
from shared.register.views import View, drop_view, keep_view, views

__all__ = [
    "ARCHIVED",
    "Corrected",
    "Forgetting",
    "HoldView",
    "Indexing",
    "Kind",
    "LOG",
    "Log",
    "MOST",
    "Reason",
    "Register",
    "Rule",
    "Run",
    "Takings",
    "Texts",
    "View",
    "Whose",
    "alive",
    "book_of",
    "by_day",
    "correct",
    "corrections",
    "count",
    "drop_view",
    "erase",
    "every",
    "exported",
    "find",
    "forget_corrections",
    "forget_whose",
    "hold",
    "holds",
    "index",
    "join",
    "keep_view",
    "lift",
    "miscounted",
    "of",
    "logs",
    "of_row",
    "page",
    "recount",
    "refile",
    "registers",
    "replay",
    "row",
    "run",
    "runs",
    "size",
    "theirs",
    "tokens",
    "views",
    "was",
]
