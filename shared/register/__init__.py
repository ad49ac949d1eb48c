"""What every register has in common: how its rows are found, whatever is typed, and when they are forgotten."""

from shared.register.definition import Register, Rule, Texts, registers
from shared.register.forgetting import Forgetting, Run, erase, replay, run, runs
from shared.register.holding import HoldView, hold, holds, lift, of_row
from shared.register.indexing import Indexing, alive, index, refile
from shared.register.search import find

__all__ = [
    "Forgetting",
    "HoldView",
    "Indexing",
    "Register",
    "Rule",
    "Run",
    "Texts",
    "alive",
    "erase",
    "find",
    "hold",
    "holds",
    "index",
    "lift",
    "of_row",
    "refile",
    "registers",
    "replay",
    "run",
    "runs",
]
