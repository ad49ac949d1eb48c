"""What rooms there are, in which order, when one is kept for somebody, and when one is out of service."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from shared import deadlines, directory, journal
from shared.lib import db, i18n
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Invalid, NotFound
from shared.lib.i18n import _, format_time
from shared.rooms.finding import account_id, clearing_of, kept_for, room_of, spoken, use_in
from shared.rooms.forms import Keeping, RoomForm
from shared.rooms.model import Room, RoomReservation
from shared.rooms.tea import Acted
from shared.rooms.trace import Trace, subject


@db.act
def add_room(form: RoomForm) -> int:
    """Opens a room, at the end of the board."""
    _check_name(form.name, None)
    last = db.session().scalar(select(func.max(Room.place))) or 0
    room = Room(**form.model_dump(), place=last + 1, row_version=1)
    db.session().add(room)
    db.session().flush()
    journal.record("rooms.added", subject(room.id))
    return room.id


@db.act
def change_room(room_id: int, form: RoomForm, row_version: int) -> None:
    """Gives a room other facts; Conflict when somebody has changed it meanwhile."""
    room = room_of(room_id)
    if room.row_version != row_version:
        raise Conflict(_("Somebody has just changed this. Look at the change first."), code="stale")
    _check_name(form.name, room_id)
    for name, value in form.model_dump().items():
        setattr(room, name, value)
    _changed(room, "rooms.changed")


@db.act
def arrange(room_ids: Sequence[int]) -> None:
    """Puts the rooms into this order; those that are not named follow."""
    known = list(db.session().scalars(select(Room).order_by(Room.place, Room.id)))
    wanted = {key: place for place, key in enumerate(room_ids)}
    for place, room in enumerate(sorted(known, key=lambda one: wanted.get(one.id, len(wanted))), start=1):
        room.place = place
    db.session().flush()
    journal.record("rooms.arranged", "rooms")


@db.act
def close_room(room_id: int, reason: str) -> Acted:
    """Takes a room out of service, which needs a reason; Conflict while somebody is in it."""
    if not reason:
        raise Invalid(_("Say why it is out of service."), fields={"reason": _("Say why it is out of service.")})
    trace = Trace()
    room = trace.touch(room_of(room_id))
    if use_in(room) is not None:
        raise Conflict(_("Somebody is in %(room)s.") % {"room": spoken(room)}, code="occupied")
    if room.closed_at is not None:
        raise Conflict(_("%(room)s is out of service already.") % {"room": spoken(room)}, code="out_of_service")
    clearing = clearing_of(room)
    if clearing is not None:
        trace.change(clearing, ended_at=act_time(), by=account_id(), reason=reason)
        deadlines.drop("T05", subject(room_id), "closed")
    trace.change(room, closed_at=act_time(), closed_reason=reason)
    return Acted(room_id, journal.record("rooms.closed", subject(room_id), room=trace.data()).seq)


@db.act
def open_room(room_id: int) -> Acted:
    """Takes a room back into service."""
    trace = Trace()
    room = trace.touch(room_of(room_id))
    if room.closed_at is None:
        raise Conflict(_("%(room)s is in service.") % {"room": spoken(room)}, code="open")
    trace.change(room, closed_at=None, closed_reason="")
    return Acted(room_id, journal.record("rooms.opened", subject(room_id), room=trace.data()).seq)


@db.act
def reserve(room_id: int, form: Keeping, person_id: int | None = None) -> Acted:
    """Keeps a room for a time that `person_id` asked for; Conflict when that meets another reservation."""
    trace = Trace()
    room = trace.touch(room_of(room_id))
    if form.ends_at <= act_time():
        raise Invalid(_("This time has passed."), fields={"ends_at": _("This time has passed.")})
    if room.closed_at is not None:
        said = _("%(room)s is out of service: %(reason)s.")
        raise Conflict(said % {"room": spoken(room), "reason": room.closed_reason}, code="out_of_service")
    _check_free(room, form.starts_at, form.ends_at)
    kept = trace.add(
        RoomReservation(
            room_id=room_id, starts_at=form.starts_at, ends_at=form.ends_at, person_id=person_id,
            purpose=form.purpose, made_by=account_id(),
        )
    )  # fmt: skip
    done = journal.record(
        "rooms.reserved", subject(room_id), person_id=person_id, reservation=kept.id, room=trace.data()
    )
    return Acted(room_id, done.seq)


@db.act
def cancel_reservation(reservation_id: int) -> Acted:
    """The time is free again."""
    kept: Any = db.session().get(RoomReservation, reservation_id)
    if kept is None or kept.cancelled_at is not None:
        raise NotFound(_("This reservation is not there any more."))
    trace = Trace()
    room = trace.touch(room_of(kept.room_id))
    trace.change(kept, cancelled_at=act_time())
    done = journal.record("rooms.reservation_cancelled", subject(room.id), person_id=kept.person_id, room=trace.data())
    return Acted(room.id, done.seq)


def _check_free(room: Room, starts: datetime, ends: datetime) -> None:
    other = kept_for(room, starts, ends)
    if other is None:
        return
    person = directory.person(other.person_id) if other.person_id is not None else None
    values = {"room": spoken(room), "from": format_time(other.starts_at), "until": format_time(other.ends_at)}
    values["name"] = person.spoken(i18n.language()) if person else other.purpose or _("somebody else")
    said = _("%(room)s is kept for %(name)s from %(from)s until %(until)s.") % values
    raise Conflict(said, code="reserved", fields={"starts_at": said})


def _check_name(name: str, own: int | None) -> None:
    other = db.session().scalar(select(Room.id).where(Room.name == name))
    if other is not None and other != own:
        raise Invalid(_("There is a room of this name."), fields={"name": _("There is a room of this name.")})


def _changed(room: Room, action: str) -> None:
    room.row_version += 1
    db.session().flush()
    journal.record(action, subject(room.id))
