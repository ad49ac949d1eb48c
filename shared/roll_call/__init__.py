"""Roll call: everybody on site on one list, marked by several wardens at once (紧急疏散名单, procedure 2.1)."""

from shared.roll_call.acts import end, start
from shared.roll_call.devices import RollCallDevice, device_key, keep_device, sealed_for
from shared.roll_call.forms import MOST, STATES, MarkForm, MarksForm, StartForm
from shared.roll_call.joining import join
from shared.roll_call.listing import Listed, on_site
from shared.roll_call.marking import Marked, mark
from shared.roll_call.model import Mark, OnCall, RollCall
from shared.roll_call.questions import earlier, last, lines_of, marks_after, one, people, running, size
from shared.roll_call.report import Report, report
from shared.roll_call.states import ORDER, STATE_NAMES, state_name, state_of
from shared.roll_call.views import CallView, MarkView, PersonView

__all__ = [
    "MOST",
    "ORDER",
    "STATES",
    "STATE_NAMES",
    "CallView",
    "Listed",
    "Mark",
    "MarkForm",
    "MarkView",
    "Marked",
    "MarksForm",
    "OnCall",
    "PersonView",
    "Report",
    "RollCall",
    "RollCallDevice",
    "StartForm",
    "device_key",
    "earlier",
    "end",
    "join",
    "keep_device",
    "last",
    "lines_of",
    "mark",
    "marks_after",
    "on_site",
    "one",
    "people",
    "report",
    "running",
    "sealed_for",
    "size",
    "start",
    "state_name",
    "state_of",
]
