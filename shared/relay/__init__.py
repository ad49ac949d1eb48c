"""Messages for somebody who is not there: taken down, passed on, confirmed, answered (oral notification, 0.8)."""

from shared import deadlines, journal
from shared.relay import ladder
from shared.relay.attempts import attempt
from shared.relay.changing import Done
from shared.relay.channels import NAMES, RESULT_NAMES, channel_name, next_channel, result_name
from shared.relay.confirming import close_all, confirm, reply
from shared.relay.erasing import erase_number, erase_words, tokens_about
from shared.relay.forms import LONGEST, SHORTEST, MessageForm
from shared.relay.handing import cancel, hand_on
from shared.relay.ladder import next_in_line
from shared.relay.mine import handed_to
from shared.relay.model import CHANNELS, FAILURES, RESULTS, STATUSES, Relay
from shared.relay.questions import (
    FILTERS,
    about,
    for_person,
    for_visits,
    hand_over,
    holds,
    many,
    of_person,
    of_visit,
    one,
    page,
    passed_on,
    role_of,
    unfinished,
)
from shared.relay.recording import correct, record, wrong
from shared.relay.undoing import UNDOABLE, undo
from shared.relay.views import STATUS_NAMES, AttemptView, RelayView


def join() -> None:
    """The ladder of a message's clocks goes on in the act that lets them fire."""
    for action in deadlines.FIRED:
        journal.within(action, ladder.climb)


__all__ = [
    "CHANNELS",
    "FAILURES",
    "FILTERS",
    "LONGEST",
    "NAMES",
    "RESULTS",
    "RESULT_NAMES",
    "SHORTEST",
    "STATUSES",
    "STATUS_NAMES",
    "UNDOABLE",
    "AttemptView",
    "Done",
    "MessageForm",
    "Relay",
    "RelayView",
    "about",
    "attempt",
    "cancel",
    "channel_name",
    "close_all",
    "confirm",
    "erase_number",
    "erase_words",
    "correct",
    "for_person",
    "for_visits",
    "hand_on",
    "hand_over",
    "handed_to",
    "holds",
    "join",
    "many",
    "next_channel",
    "next_in_line",
    "of_person",
    "of_visit",
    "one",
    "page",
    "passed_on",
    "record",
    "reply",
    "result_name",
    "role_of",
    "tokens_about",
    "unfinished",
    "undo",
    "wrong",
]
