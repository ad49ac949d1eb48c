"""What Due now says about messages: to be passed on, to be confirmed, to be answered; one row a message."""

from collections.abc import Callable, Mapping, Sequence

from console.due import Said, describe_with
from shared import relay
from shared.deadlines import Due
from shared.lib import i18n, text
from shared.lib.i18n import _
from shared.relay import RelayView

Mask = Callable[[str], str]
PASS_ON = "T06"


def describe(running: Sequence[Due], masked: bool) -> Mapping[int, Said]:
    """The rows of T06, T10 and T11 by their ids; while a message is to be passed on, that is all it says."""
    mask: Mask = text.mask_name if masked else str
    known = relay.many({_token(due) for due in running})
    first = {due.subject for due in running if due.key == PASS_ON}
    shown = [due for due in running if due.key == PASS_ON or due.subject not in first]
    return {due.id: _one(due, known[_token(due)], mask, masked) for due in shown if _token(due) in known}


def _token(due: Due) -> str:
    return due.subject.partition(":")[2]


def _one(due: Due, message: RelayView, mask: Mask, masked: bool) -> Said:
    base, to = f"/console/messages/{message.token}", message.holder
    who = mask(to.spoken(i18n.language())) if to else ""
    giver = mask(message.from_name) if masked else message.company or message.from_name
    best = relay.next_channel(message.holder_id, message.tried)
    if message.wrong is not None:
        return Said(who, _("says something is wrong: %(giver)s") % {"giver": giver}, then=_("Ask again and correct it"))
    if due.key == PASS_ON:
        written = best == "paper_slip"
        button = _("Slip is there") if written else due.clock.button
        body = {"channel": best, "result": "delivered_written" if written else "reached"}
        then = _("next: %(way)s") % {"way": relay.channel_name(best)}
        return Said(who, _("message from %(giver)s") % {"giver": giver}, button, f"{base}/attempts", body, then)
    if due.key.startswith("T10"):
        about = _("to repeat: message from %(giver)s") % {"giver": giver}
        return Said(who, about, due.clock.button, f"{base}/confirmation", {})
    about = _("to reply to %(giver)s") % {"giver": giver}
    return Said(who, about, due.clock.button, f"{base}/reply", {"summary": _("told the front desk")})


def join() -> None:
    """Due now speaks of messages."""
    describe_with("relay", describe)
