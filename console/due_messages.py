"""What Due now says about messages: to be passed on, to be confirmed, to be answered; one row a message."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from console import due_backup
from console.due import WHO, Said, describe_with
from shared import directory, relay
from shared.deadlines import Done, Due
from shared.lib import i18n
from shared.lib.i18n import _
from shared.relay import RelayView

Mask = Callable[[str], str]


def describe(running: Sequence[Due], masked: bool) -> Mapping[int, Said]:
    """The rows of T06, T09, T10 and T11 by their ids; while a message is to be passed on, that is all it says."""
    mask: Mask = directory.shortened if masked else str
    known, called = relay.many({_token(due) for due in running}), due_backup.words(mask)
    rows = [due for due in _one_each(running) if _token(due) in known]
    said = {due.id: _one(due, known[_token(due)], mask, masked) for due in rows}
    return {
        due.id: replace(said[due.id], then=called[due.subject]) if due.subject in called else said[due.id]
        for due in rows
    }


def _one_each(running: Sequence[Due]) -> list[Due]:
    """Of what runs for a message the first step, of what was just settled the last."""
    open_now: dict[str, Due] = {}
    settled: dict[str, Due] = {}
    for due in sorted(running, key=lambda one: one.key):
        if isinstance(due, Done):
            settled[due.subject] = due
        else:
            open_now.setdefault(due.subject, due)
    return [*open_now.values(), *settled.values()]


def _token(due: Due) -> str:
    return due.subject.partition(":")[2]


def _one(due: Due, message: RelayView, mask: Mask, masked: bool) -> Said:
    base, to = f"/console/messages/{message.token}", message.holder
    who = mask(to.spoken(i18n.language())) if to else ""
    values = {"who": WHO, "giver": mask(message.from_name) if masked else message.company or message.from_name}
    if message.wrong is not None:
        line = _("%(who)s says something is wrong, %(giver)s") % values
        return Said(who, line, then=_("Ask again and put it right"), sheet=base)
    if due.key in ("T06", "T09"):
        return _pass_on(due, message, who, _("Tell %(who)s, %(giver)s") % values, base)
    if due.key.startswith("T10"):
        line = _("%(who)s repeats what %(giver)s said") % values
        return Said(who, line, due.clock.button, f"{base}/confirmation", {}, sheet=base)
    body = {"summary": _("told the front desk")}
    return Said(who, _("%(who)s replies to %(giver)s") % values, due.clock.button, f"{base}/reply", body, sheet=base)


def _pass_on(due: Due, message: RelayView, who: str, line: str, base: str) -> Said:
    """The best way now and the one tap that says that it worked; everything else is a tap away on the sheet."""
    best = relay.next_channel(message.holder_id, message.tried)
    written = best == "paper_slip"
    button = _("Slip is there") if written else due.clock.button
    body = {"channel": best, "result": "delivered_written" if written else "reached"}
    then = _("next: %(way)s") % {"way": relay.channel_name(best)}
    return Said(who, line, button, f"{base}/attempts", body, then, done=due.clock.button, sheet=base)


def join() -> None:
    """Due now speaks of messages."""
    describe_with("relay", describe)
