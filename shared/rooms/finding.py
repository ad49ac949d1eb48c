"""Rows of rooms inside an act, and the sentences for when one is not as it has to be."""

from datetime import datetime, timedelta

from sqlalchemy import select

from shared.lib import db, i18n
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _
from shared.rooms.model import Room, RoomClearing, RoomReservation, RoomUse
from shared.rooms.views import AHEAD


def room_of(room_id: int) -> Room:
    """The row of a room; NotFound when there is none."""
    room = db.session().get(Room, room_id)
    if room is None:
        raise NotFound(_("There is no such room."))
    return room


def use_in(room: Room) -> RoomUse | None:
    """The use that goes on in a room."""
    return db.session().scalar(select(RoomUse).where(RoomUse.room_id == room.id, RoomUse.ended_at.is_(None)))


def going_on(room: Room) -> RoomUse:
    """The use that goes on; Conflict when nobody is in the room."""
    use = use_in(room)
    if use is None:
        raise Conflict(_("Nobody is in %(room)s.") % {"room": spoken(room)}, code="empty")
    return use


def clearing_of(room: Room) -> RoomClearing | None:
    """What is still to be cleared up in a room."""
    query = select(RoomClearing).where(RoomClearing.room_id == room.id, RoomClearing.ended_at.is_(None))
    return db.session().scalar(query)


def kept_for(room: Room, starts: datetime, ends: datetime) -> RoomReservation | None:
    """The first reservation of a room that meets this time."""
    meets = (RoomReservation.starts_at < ends, RoomReservation.ends_at > starts, RoomReservation.cancelled_at.is_(None))
    query = select(RoomReservation).where(RoomReservation.room_id == room.id, *meets)
    return db.session().scalar(query.order_by(RoomReservation.starts_at).limit(1))


def kept_now(room: Room) -> RoomReservation | None:
    """The reservation that holds a room at this moment."""
    return kept_for(room, act_time(), act_time() + AHEAD + timedelta(microseconds=1))


def spoken(room: Room) -> str:
    """The room's name in the reader's language."""
    return room.name if i18n.language() == "zh_Hans" else room.name_en or room.name


def account_id() -> int | None:
    """Who acts, when it is somebody with an account."""
    return (actor().id or None) if actor().kind == "account" else None
