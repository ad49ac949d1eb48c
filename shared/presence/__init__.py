"""Presence: who is in, out, in a meeting or on leave, and until when; staff see it, a visitor never does."""

from shared.presence.cache import forget
from shared.presence.calendars import CalendarView, calendar_of, remove_calendar, subscribe, take_file
from shared.presence.forms import PresenceForm
from shared.presence.model import BUSY, STATES
from shared.presence.questions import note_of, of, turns
from shared.presence.reasons import reason_name
from shared.presence.refreshing import Refreshing, join
from shared.presence.verbs import clear, set_to, tidy
from shared.presence.views import IN, PresenceView

__all__ = [
    "BUSY",
    "IN",
    "STATES",
    "CalendarView",
    "PresenceForm",
    "PresenceView",
    "Refreshing",
    "calendar_of",
    "clear",
    "forget",
    "join",
    "note_of",
    "of",
    "reason_name",
    "remove_calendar",
    "set_to",
    "subscribe",
    "take_file",
    "tidy",
    "turns",
]
