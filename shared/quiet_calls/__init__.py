"""Quiet calls: help is called to the desk without anybody in front of it noticing."""

from shared.quiet_calls.acts import answer, begin, choose, end, end_old, ring_with
from shared.quiet_calls.erasing import REGISTER
from shared.quiet_calls.forms import MOST, Beginning, Ending, QuietSettings
from shared.quiet_calls.model import SAYS, QuietAnswer, QuietCall, Responder
from shared.quiet_calls.questions import last, note_of, one, responders, running
from shared.quiet_calls.views import Answer, QuietView, place, words

__all__ = [
    "MOST",
    "REGISTER",
    "SAYS",
    "Answer",
    "Beginning",
    "Ending",
    "QuietAnswer",
    "QuietCall",
    "QuietSettings",
    "QuietView",
    "Responder",
    "answer",
    "begin",
    "choose",
    "end",
    "end_old",
    "last",
    "note_of",
    "one",
    "place",
    "responders",
    "ring_with",
    "running",
    "words",
]
