"""Rooms as an administrator sees them: add one, change it, put them in order, take one out of service."""

from collections.abc import Callable

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from pydantic import Field

from console.accounts import confirmed
from console.again import again, blank
from shared import rooms
from shared.lib import web
from shared.rooms import PLANT_NAMES, RoomForm

blueprint = Blueprint("room_settings", __name__, template_folder="templates")
HERE = "/console/rooms/settings"


class ChangedRoom(RoomForm):
    """The facts of a room, and which version of it was looked at."""

    row_version: int = Field(ge=1)


@web.route(blueprint, HERE, needs="settings.change")
@confirmed
def every_room() -> ResponseReturnValue:
    """Every room, each with its form."""
    return web.render("console/rooms.html", **blank(), **_all())


@web.route(blueprint, HERE, needs="settings.change", methods=("POST",))
@confirmed
def add() -> ResponseReturnValue:
    """Opens a room."""
    return _kept(lambda: rooms.add_room(web.form(RoomForm)), 0)


@web.route(blueprint, f"{HERE}/<int:room_id>", needs="settings.change", methods=("POST",))
@confirmed
def change(room_id: int) -> ResponseReturnValue:
    """Gives a room other facts."""

    def changed() -> None:
        form = web.form(ChangedRoom)
        facts = RoomForm.model_validate(form.model_dump(exclude={"row_version"}))
        rooms.change_room(room_id, facts, form.row_version)

    return _kept(changed, room_id)


@web.route(blueprint, f"{HERE}/<int:room_id>/place", needs="settings.change", methods=("POST",))
@confirmed
def put_first(room_id: int) -> ResponseReturnValue:
    """Moves a room one place to the front."""
    order = [room.id for room in rooms.rooms()]
    if room_id in order[1:]:
        place = order.index(room_id)
        order[place - 1], order[place] = order[place], order[place - 1]
        rooms.arrange(order)
    return redirect(HERE, 303)


@web.route(blueprint, f"{HERE}/<int:room_id>/closure", needs="settings.change", methods=("POST",))
@confirmed
def close(room_id: int) -> ResponseReturnValue:
    """Takes a room out of service."""
    return _kept(lambda: rooms.close_room(room_id, request.form.get("reason", "").strip()[:80]), room_id)


@web.route(blueprint, f"{HERE}/<int:room_id>/opening", needs="settings.change", methods=("POST",))
@confirmed
def open_again(room_id: int) -> ResponseReturnValue:
    """Takes it back into service."""
    return _kept(lambda: rooms.open_room(room_id), room_id)


def _kept(work: Callable[[], object], room_id: int) -> ResponseReturnValue:
    def done() -> ResponseReturnValue:
        work()
        return redirect(f"{HERE}?done=saved", 303)

    return again("console/rooms.html", done, **_all() | {"wrong": room_id})


def _all() -> dict[str, object]:
    done = request.args.get("done", "")
    return {"rooms": rooms.rooms(), "plants": PLANT_NAMES, "here": "accounts", "done": done, "wrong": None}
