"""What every register has in common: how its rows are found, whatever is typed, and when they are forgotten."""

from shared.register.counting import by_day, count, miscounted, recount
from shared.register.definition import Register, Rule, Texts, registers
from shared.register.exporting import MOST, Reason, exported
from shared.register.forgetting import Forgetting, Run, erase, replay, run, runs
from shared.register.holding import HoldView, hold, holds, lift, of_row
from shared.register.indexing import Indexing, alive, index, refile
from shared.register.search import find
from shared.register.views import View, drop_view, keep_view, views

__all__ = [
    "MOST",
    "Forgetting",
    "HoldView",
    "Indexing",
    "Reason",
    "Register",
    "Rule",
    "Run",
    "Texts",
    "View",
    "alive",
    "by_day",
    "count",
    "drop_view",
    "erase",
    "exported",
    "find",
    "hold",
    "holds",
    "index",
    "keep_view",
    "lift",
    "miscounted",
    "of_row",
    "recount",
    "refile",
    "registers",
    "replay",
    "run",
    "runs",
    "views",
]
