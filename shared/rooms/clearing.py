"""Clearing a room within two minutes of the last guest: four points, and what was left behind (procedure 一.1.6)."""

from dataclasses import dataclass

from shared import deadlines, journal
from shared.lib import db
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Invalid
from shared.lib.i18n import _
from shared.rooms.finding import account_id, clearing_of, room_of, spoken
from shared.rooms.forms import POINTS, Checklist
from shared.rooms.model import Room
from shared.rooms.trace import Trace, subject


@dataclass(frozen=True, slots=True)
class Cleared:
    """A room is free again: how long it took, and whether that was in time; neither where no clock ran (day end)."""

    room_id: int
    seq: int
    seconds: int | None
    in_time: bool | None


@db.act
def clear(room_id: int, done: Checklist) -> Cleared:
    """Everything on the checklist is done; the room is free. Invalid names what is not ticked."""
    trace = Trace()
    room = trace.touch(room_of(room_id))
    clearing = clearing_of(room)
    if clearing is None:
        raise Conflict(_("There is nothing to clear in %(room)s.") % {"room": spoken(room)}, code="clear")
    _check(room, done)
    met = deadlines.meet("T05", subject(room_id))
    seconds, in_time = (round(met.seconds), met.in_time) if met else (None, None)
    trace.change(
        clearing, ended_at=act_time(), by=account_id(), cups=True, ashtray=done.ashtray if room.smoking else None,
        table=True, tidy=True, found=done.found, seconds=seconds,
    )  # fmt: skip
    seq = journal.record(
        "rooms.cleared", subject(room_id), seconds=seconds, in_time=in_time, found=bool(done.found), room=trace.data()
    ).seq
    return Cleared(room_id, seq, seconds, in_time)


def points(room: Room | object) -> list[str]:
    """The points of the checklist for a room; an ashtray only where smoking is allowed."""
    return [name for name in POINTS if name != "ashtray" or getattr(room, "smoking", False)]


def _check(room: Room, done: Checklist) -> None:
    missing = [name for name in points(room) if not getattr(done, name)]
    if missing:
        said = _("Still to do: %(points)s.") % {"points": _(", ").join(_(POINTS[name]) for name in missing)}
        raise Invalid(said, fields=dict.fromkeys(missing, said))
