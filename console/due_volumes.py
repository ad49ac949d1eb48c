"""What Due now says about volumes: a full register goes to the officer (procedure 一.1.9)."""

from collections.abc import Mapping, Sequence

from console.due import WHO, Said, describe_with
from shared import volumes
from shared.deadlines import Due
from shared.lib import clock, i18n
from shared.lib.i18n import _, ngettext


def describe(running: Sequence[Due], masked: bool) -> Mapping[int, Said]:
    """One row a volume: to be handed over, or to be received."""
    known = volumes.many({_token(due) for due in running})
    return {due.id: _one(known[_token(due)], _overdue(due)) for due in running if _token(due) in known}


def _token(due: Due) -> str:
    return due.subject.partition(":")[2]


def _overdue(due: Due) -> str:
    """Since how many days it should have been filed (procedure 二.3.3); empty while there is time."""
    days = (i18n.today(clock.now()) - i18n.today(due.due)).days
    if days < 1:
        return ""
    return ngettext("Filing is overdue by %(num)s day", "Filing is overdue by %(num)s days", days) % {"num": days}


def _one(volume: volumes.VolumeView, overdue: str) -> Said:
    sheet = f"/console/volumes/{volume.token}"
    if volume.status in ("closed", "rejected"):
        line, button = _("Hand %(who)s to the officer") % {"who": WHO}, _("Handed over")
        then = overdue or (_("sent back: %(why)s") % {"why": volume.rejected} if volume.rejected else "")
        return Said(volume.name, line, button, f"{sheet}/hand-over", {}, then, done=_("received"), sheet=sheet)
    line = _("The officer receives %(who)s") % {"who": WHO}
    return Said(volume.name, line, then=overdue, done=_("received"), sheet=sheet)


def join() -> None:
    """Due now speaks of volumes."""
    describe_with("volume", describe)
