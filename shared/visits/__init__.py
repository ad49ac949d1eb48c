"""Visits: who is expected, who has come, for whom, and when they left (register 客户来访登记簿, procedure 2.1)."""

from shared.visits.absent import LeftMessage, Return, comes_again, leave_message
from shared.visits.acts import (
    admit,
    answered,
    assign,
    cancel,
    depart,
    depart_by_code,
    depart_by_pass,
    expect,
    greet,
    tell_visitor,
)
from shared.visits.check_in import CheckedIn, check_in
from shared.visits.closing import hold_with, join
from shared.visits.complete import GAPS, DayEnd, end_list
from shared.visits.day_end import end_day, next_day_end
from shared.visits.entry import confirm_entry
from shared.visits.erasing import NEVER_CAME, UNUSED_DAYS
from shared.visits.forgetting import erase, hold, lift
from shared.visits.forms import COMPANY_PURPOSES, PURPOSES, CheckIn, Correction, Expectation, purpose_name
from shared.visits.lanes import board
from shared.visits.model import ON_SITE, WAITING, Picture, Visit
from shared.visits.own import Own, exactly, own
from shared.visits.pages import again, every, find, page, size
from shared.visits.putting_right import correct, undo
from shared.visits.questions import (
    by_code,
    by_invitation,
    by_pass,
    by_token,
    corrections,
    left_number,
    many,
    of_host,
    one,
    secrets_of,
)
from shared.visits.register import REGISTER
from shared.visits.seating import Seat, choices, in_rooms, move, seat
from shared.visits.views import Board, Lane, VisitView

__all__ = [
    "COMPANY_PURPOSES",
    "GAPS",
    "DayEnd",
    "Board",
    "Lane",
    "NEVER_CAME",
    "ON_SITE",
    "REGISTER",
    "WAITING",
    "PURPOSES",
    "CheckIn",
    "CheckedIn",
    "Correction",
    "Expectation",
    "LeftMessage",
    "Own",
    "Picture",
    "Return",
    "Seat",
    "UNUSED_DAYS",
    "Visit",
    "VisitView",
    "admit",
    "again",
    "answered",
    "assign",
    "board",
    "by_code",
    "by_invitation",
    "by_pass",
    "by_token",
    "cancel",
    "check_in",
    "comes_again",
    "choices",
    "confirm_entry",
    "correct",
    "end_list",
    "corrections",
    "depart",
    "depart_by_code",
    "depart_by_pass",
    "end_day",
    "erase",
    "every",
    "exactly",
    "expect",
    "find",
    "greet",
    "hold",
    "hold_with",
    "in_rooms",
    "join",
    "leave_message",
    "lift",
    "left_number",
    "many",
    "move",
    "next_day_end",
    "of_host",
    "one",
    "own",
    "page",
    "purpose_name",
    "seat",
    "secrets_of",
    "size",
    "tell_visitor",
    "undo",
]
