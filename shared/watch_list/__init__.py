"""The watch-list: whom to look out for, and what to do; an exact name is a question that a person answers."""

from shared.watch_list.acts import add, change, end, last_day, look, resume, usual_day
from shared.watch_list.cache import forget
from shared.watch_list.deciding import Decided, decide, let_in, reveal, undo
from shared.watch_list.erasing import REGISTER, erase_visits
from shared.watch_list.forms import LetIn, WatchForm
from shared.watch_list.matching import meant, note
from shared.watch_list.model import WatchEntry, WatchMatch, WatchTold
from shared.watch_list.questions import check, entries, holding, holds, of_visit, one
from shared.watch_list.views import EntryView, MatchView

__all__ = [
    "REGISTER",
    "Decided",
    "EntryView",
    "LetIn",
    "MatchView",
    "WatchEntry",
    "WatchForm",
    "WatchMatch",
    "WatchTold",
    "add",
    "change",
    "check",
    "decide",
    "end",
    "entries",
    "erase_visits",
    "forget",
    "holding",
    "holds",
    "last_day",
    "let_in",
    "look",
    "meant",
    "note",
    "of_visit",
    "one",
    "resume",
    "reveal",
    "undo",
    "usual_day",
]
