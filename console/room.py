"""The sheet of one room: who is in it, tea, clearing, for when it is kept; and rooms for programs."""

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from console import arrivals, events
from console.rooms import clocks, guests_in, left, spoken, state_name, tile
from shared import accounts, journal, rooms
from shared.lib import web
from shared.lib.clock import rfc3339
from shared.lib.web.routes import may
from shared.rooms import DRINK_NAMES, POINTS, Reservation, RoomView

blueprint = Blueprint("room", __name__, template_folder="templates")


@web.route(blueprint, "/console/rooms/<int:room_id>", needs="visits.read")
def sheet(room_id: int) -> ResponseReturnValue:
    """The sheet alone for the page that opens it, or the board with the sheet open."""
    seq = journal.last_seq()
    html = rendered(rooms.room(room_id))
    if "X-Fragment" in request.headers:
        return web.fragment(html, seq)
    return web.render("console/board.html", board=arrivals.rendered(), sheet=html, opened=True, here="today")


def rendered(room: RoomView) -> str:
    """The sheet of `room` as HTML."""
    guests = guests_in(room)
    cleared = rooms.last_clearing(room.id)
    return web.render(
        "console/_room.html",
        room=room,
        name=spoken(room),
        guests=guests,
        people=sum(one.party_size for one in guests),
        tile=tile(room, guests, clocks().get(room.id, [])),
        state=state_name(room),
        left=left(room),
        points=[(name, POINTS[name]) for name in rooms.points(room)],
        drink=rooms.drink_name(room.use.drink) if room.use else "",
        drinks=DRINK_NAMES,
        names={one.id: one.name for one in accounts.accounts()},
        cleared=cleared,
        history=events.tell(journal.about(rooms.subject(room.id), 30), names=False)[::-1],
    )


@web.route(blueprint, "/api/v1/rooms", needs="rooms.read")
def every() -> ResponseReturnValue:
    """Every room in the order of the board, as it stands now."""
    return jsonify(rooms=[shape(room) for room in rooms.rooms()], next=None)


@web.route(blueprint, "/api/v1/rooms/<int:room_id>", needs="rooms.read")
def one(room_id: int) -> ResponseReturnValue:
    """One room."""
    return jsonify(shape(rooms.room(room_id)))


def shape(room: RoomView) -> dict[str, Any]:
    """A room as programs read it; who is in it only for those who read visits."""
    named = may("visits.read")
    use, clearing = room.use, room.clearing
    return {
        "id": room.id,
        "name": room.name,
        "name_en": room.name_en,
        "seats": room.seats,
        "plant": room.plant,
        "smoking": room.smoking,
        "vip": room.vip,
        "waiting": room.waiting,
        "state": room.state,
        "reason": room.closed_reason or None,
        "row_version": room.row_version,
        "since": rfc3339(use.started if use else clearing.since if clearing else room.closed),
        "drink": use.drink if use else None,
        "do_not_disturb": bool(use and use.quiet),
        "served_at": [rfc3339(one.at) for one in use.rounds] if use else [],
        "visits": [one.token for one in guests_in(room)] if named else None,
        "reservations": [_kept(one, named) for one in room.reservations],
    }


def _kept(kept: Reservation, named: bool) -> dict[str, Any]:
    person = kept.person if named else None
    return {
        "id": kept.id,
        "starts_at": rfc3339(kept.starts),
        "ends_at": rfc3339(kept.ends),
        "by": {"name": person.name, "department": person.department} if person else None,
        "purpose": kept.purpose if named else None,
    }
