"""What Due now says about missed calls: whoever nobody answered is called back (procedure 二.1.5)."""

from collections.abc import Mapping, Sequence

from console import due_backup
from console.due import WHO, Said, describe_with
from shared import directory, phone
from shared.deadlines import Due
from shared.lib.i18n import _
from shared.phone import CallView


def describe(running: Sequence[Due], masked: bool) -> Mapping[int, Said]:
    """The rows of T08 by their ids; the number is short, for the desk stands where visitors look at it."""
    known = phone.many({_token(due) for due in running})
    called = due_backup.words(directory.shortened if masked else str)
    return {
        due.id: _one(due, known[_token(due)], called.get(due.subject, "")) for due in running if _token(due) in known
    }


def _token(due: Due) -> str:
    return due.subject.partition(":")[2]


def _one(due: Due, call: CallView, called: str) -> Said:
    base = f"/console/phone/{call.token}"
    then = called or (_("%(n)s tries so far") % {"n": len(call.tries)} if call.tries else "")
    return Said(
        call.masked_number, _("Call %(who)s back") % {"who": WHO}, due.clock.button, f"{base}/tries",
        {"result": "reached"}, then, sheet=base,
    )  # fmt: skip


def join() -> None:
    """Due now speaks of missed calls."""
    describe_with("phone", describe)
