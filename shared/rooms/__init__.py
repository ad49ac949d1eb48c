"""Rooms: who sits where, tea every quarter of an hour, cleared within two minutes (procedure 一.1.2 to 一.1.6)."""

from shared.rooms.clearing import Cleared, clear, points
from shared.rooms.erasing import erase_words
from shared.rooms.forms import (
    ALL_DONE,
    DRINK_NAMES,
    PLANT_NAMES,
    POINTS,
    Checklist,
    Drink,
    Keeping,
    RoomForm,
    drink_name,
)
from shared.rooms.keeping import (
    add_room,
    arrange,
    cancel_reservation,
    change_room,
    close_room,
    open_room,
    reserve,
)
from shared.rooms.model import DRINKS, Room, RoomClearing, RoomReservation, RoomUse, TeaRound
from shared.rooms.questions import last_clearing, places, room, rooms, rounds_of
from shared.rooms.suggesting import Choice, choices
from shared.rooms.tea import AGAIN, Acted, do_not_disturb, note, serve
from shared.rooms.trace import Trace, subject, take_back
from shared.rooms.undoing import undo
from shared.rooms.using import carry_over, goes_on, occupy, open_use, vacate, where
from shared.rooms.views import STATES, Clearing, Reservation, RoomView, Round, Use

__all__ = [
    "AGAIN",
    "ALL_DONE",
    "DRINKS",
    "DRINK_NAMES",
    "PLANT_NAMES",
    "POINTS",
    "STATES",
    "Acted",
    "Checklist",
    "Choice",
    "Cleared",
    "Clearing",
    "Drink",
    "Keeping",
    "Reservation",
    "Room",
    "RoomClearing",
    "RoomForm",
    "RoomReservation",
    "RoomUse",
    "RoomView",
    "Round",
    "TeaRound",
    "Trace",
    "Use",
    "add_room",
    "arrange",
    "cancel_reservation",
    "carry_over",
    "change_room",
    "choices",
    "clear",
    "close_room",
    "do_not_disturb",
    "drink_name",
    "erase_words",
    "goes_on",
    "last_clearing",
    "note",
    "occupy",
    "open_room",
    "open_use",
    "places",
    "points",
    "reserve",
    "room",
    "rooms",
    "rounds_of",
    "serve",
    "subject",
    "take_back",
    "undo",
    "vacate",
    "where",
]
