"""A party takes a room, moves on, leaves it: parts of the act that calls, which keeps the trace."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from shared import deadlines, directory
from shared.lib import db, i18n
from shared.lib.db import act_time
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _, format_time
from shared.rooms.finding import account_id, clearing_of, kept_now, room_of, spoken, use_in
from shared.rooms.model import Room, RoomClearing, RoomUse, TeaRound
from shared.rooms.trace import Trace, subject

CLOCKS = ("T03", "T04")


@db.act
def occupy(
    trace: Trace,
    room_id: int,
    *,
    drink: str = "",
    together: bool = False,
    reason: str = "",
    host_id: int | None = None,
    guests: str = "",
    pour: bool = True,
) -> int:
    """Gives the room to a party, and the key of its use; a waiting area takes everybody (procedure 一.1.2).

    `together` seats them with those who are in it, who are called `guests`; `reason` takes a room that is not cleared,
    or kept for somebody else, and stays with it. With no `drink` a room gets tea, a waiting area nothing; tea is due
    from now on, unless it comes along (`pour`).
    Raises Conflict when the room cannot be had.
    """
    room = trace.touch(room_of(room_id))
    trace.place = room.id
    use = use_in(room)
    wanted = drink or ("none" if room.waiting else "tea")
    if use is None:
        _may_take(room, reason, host_id)
        _skip_clearing(trace, room, reason)
        fresh = RoomUse(room_id=room.id, started_at=act_time(), drink=wanted, taken_by=account_id(), reason=reason)
        use = trace.add(fresh)
    elif not (together or room.waiting):
        raise _taken(room, use, guests)
    elif use.drink == "none" and wanted != "none":
        trace.change(use, drink=wanted)
    if pour and wanted != "none" and use.quiet_at is None:
        deadlines.start("T03", subject(room.id))
    return use.id


@db.act
def vacate(trace: Trace, use_id: int, *, timed: bool = True, why: str = "left", at: datetime | None = None) -> None:
    """The last guest has left: tea stops, and from this moment (`at`, or now) the room is to be cleared (一.1.6).

    A waiting area where nothing was served stays as it is. Where nobody saw them leave, no clock runs (not `timed`):
    the room is cleared the next morning, and that is neither in time nor late. A use that has ended is not ended
    again: what is in the room now belongs to others.
    """
    use, moment = _use(use_id), at or act_time()
    if use.ended_at is not None:
        return
    room = trace.touch(room_of(use.room_id))
    trace.change(use, ended_at=max(moment, use.started_at))
    for key in CLOCKS:
        deadlines.drop(key, subject(room.id), why, at=moment)
    if not room.waiting or _served(use):
        trace.add(RoomClearing(room_id=room.id, use_id=use.id, started_at=moment))
        if timed:
            deadlines.start("T05", subject(room.id), at=moment)


@db.act
def carry_over(trace: Trace, old: int, new: int) -> None:
    """Everybody moves to another room: what was drunk goes on there, with its clocks, and so does quiet."""
    before, after = _use(old), _use(new)
    trace.change(after, drink=before.drink, quiet_at=before.quiet_at, note=before.note)
    for brought in db.session().scalars(select(TeaRound).where(TeaRound.use_id == old)).all():
        trace.change(brought, use_id=new)
    for key in CLOCKS:
        trace.move(key, before.room_id, after.room_id)


def where(use_id: int) -> tuple[int, bool]:
    """Key of the room of a use, and whether it is a waiting area. Only inside an act."""
    room = room_of(_use(use_id).room_id)
    return room.id, room.waiting


def open_use(room_id: int) -> int | None:
    """The use that goes on in a room. Only inside an act."""
    use = use_in(room_of(room_id))
    return use.id if use is not None else None


def goes_on(use_id: int) -> bool:
    """Whether there is a use that has not ended. Only inside an act."""
    use = db.session().get(RoomUse, use_id)
    return use is not None and use.ended_at is None


def _may_take(room: Room, reason: str, host_id: int | None) -> None:
    name, values = spoken(room), {"room": spoken(room)}
    if room.closed_at is not None:
        said = _("%(room)s is out of service: %(reason)s.") % {"room": name, "reason": room.closed_reason}
        raise Conflict(said, code="out_of_service")
    if reason:
        return
    if clearing_of(room) is not None:
        said = _("%(room)s is not cleared. Take another room or give a reason.") % values
        raise Conflict(said, code="to_clear", fields={"reason": said})
    kept = kept_now(room)
    if kept is not None and (host_id is None or kept.person_id != host_id):
        person = directory.person(kept.person_id) if kept.person_id is not None else None
        whom = person.spoken(i18n.language()) if person else kept.purpose or _("somebody else")
        values |= {"name": whom, "time": format_time(kept.starts_at)}
        said = _("%(room)s is kept for %(name)s from %(time)s. Take another room or give a reason.") % values
        raise Conflict(said, code="reserved", fields={"reason": said})


def _taken(room: Room, use: RoomUse, guests: str) -> Conflict:
    values = {"room": spoken(room), "name": guests or _("somebody else"), "time": format_time(use.started_at)}
    said = _("%(name)s is in %(room)s since %(time)s. Take another room, or seat them together.") % values
    return Conflict(said, code="occupied", fields={"room": said})


def _skip_clearing(trace: Trace, room: Room, reason: str) -> None:
    clearing = clearing_of(room)
    if clearing is not None:
        trace.change(clearing, ended_at=act_time(), by=account_id(), reason=reason)
        deadlines.drop("T05", subject(room.id), "taken")


def _served(use: RoomUse) -> bool:
    found: Any = db.session().scalar(select(TeaRound.id).where(TeaRound.use_id == use.id).limit(1))
    return found is not None


def _use(use_id: int) -> RoomUse:
    use = db.session().get(RoomUse, use_id)
    if use is None:
        raise NotFound(_("There is no such room."))
    return use
