"""What is done with rooms, by reception and by programs: every answer has a sentence, and says how to take it back."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from console.events import took
from console.rooms import spoken
from shared import directory, rooms, visits
from shared.lib import clock, i18n, web
from shared.lib.config import settings
from shared.lib.errors import Invalid
from shared.lib.forms import Day, Moment, invalid
from shared.lib.i18n import _, format_time
from shared.rooms import Acted, Checklist, Keeping
from shared.rooms.forms import Line
from shared.visits import Seat
from shared.visits.forms import HostRef

blueprint = Blueprint("room_acts", __name__)
Route = Callable[[Callable[..., ResponseReturnValue]], Callable[..., ResponseReturnValue]]


class Quiet(BaseModel):
    """Whether a room wants quiet."""

    model_config = ConfigDict(extra="forbid")
    on: bool = True


class Closing(BaseModel):
    """Why a room is out of service."""

    model_config = ConfigDict(extra="forbid")
    reason: Line = Field("", max_length=80)


class Nothing(BaseModel):
    """Nothing needs to be said."""

    model_config = ConfigDict(extra="forbid")


class Reserving(BaseModel):
    """A room is kept: today unless a day is named, with times of the site, or with moments as programs write them."""

    model_config = ConfigDict(extra="forbid")
    day: Day | None = None
    start: time | None = None
    end: time | None = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    host: HostRef | None = None
    purpose: Line = Field("", max_length=80)


def act(address: str) -> Route:
    """Registers a change at `address` for the console's own pages and for programs."""

    def both(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
        for prefix in ("/console", "/api/v1"):
            name = f"{view.__name__}_{prefix[1:4]}"
            web.route(blueprint, f"{prefix}{address}", needs="rooms.write", methods=("POST",), name=name)(view)
        return view

    return both


@act("/visits/<token>/seat")
def seat(token: str) -> ResponseReturnValue:
    """Shows a visitor to a room, or to another one (procedure 一.1.2)."""
    form = web.form(Seat)

    def seated() -> dict[str, Any]:
        moves = visits.by_token(token).room_use_id is not None
        done = (visits.move if moves else visits.seat)(token, form)
        room = rooms.room(form.room)
        values = {"name": visits.by_token(token).visitor_name, "room": spoken(room)}
        said = (_("%(name)s moves to %(room)s.") if moves else _("%(name)s sits in %(room)s.")) % values
        return {"token": token, "room": room.id, "state": room.state, "seq": done.seq, "undo": done.seq, "say": said}

    return web.once(seated)


@act("/rooms/<int:room_id>/tea")
def tea(room_id: int) -> ResponseReturnValue:
    """Tea was served or refilled (procedure 一.1.3, 一.1.5)."""
    web.form(Nothing)
    return web.once(lambda: _told(rooms.serve(room_id), _("%(room)s served."), _("%(room)s served, next at %(time)s.")))


@act("/rooms/<int:room_id>/quiet")
def quiet(room_id: int) -> ResponseReturnValue:
    """The room is not to be disturbed, or may be entered again."""
    on = web.form(Quiet).on
    said = _("%(room)s is not disturbed.") if on else _("%(room)s may be entered again.")
    return web.once(lambda: _told(rooms.do_not_disturb(room_id, on), said, _("%(room)s: tea at %(time)s.")))


@act("/rooms/<int:room_id>/clearing")
def clear(room_id: int) -> ResponseReturnValue:
    """The room is cleared (procedure 一.1.6)."""
    form = web.form(Checklist)

    def cleared() -> dict[str, Any]:
        done = rooms.clear(room_id, form)
        values = {"room": spoken(rooms.room(room_id)), "took": took(done.seconds)}
        said = _("%(room)s is clear, after %(took)s.") if values["took"] else _("%(room)s is clear.")
        return _answer(room_id, done.seq) | {"seconds": done.seconds, "in_time": done.in_time, "say": said % values}

    return web.once(cleared)


@act("/rooms/<int:room_id>/reservations")
def reserve(room_id: int) -> ResponseReturnValue:
    """Keeps the room for a time."""
    form = web.form(Reserving)
    keeping = _keeping(form)
    person = _person(form)
    return web.once(lambda: _told(rooms.reserve(room_id, keeping, person), _("%(room)s is kept.")))


@act("/rooms/<int:room_id>/reservations/<int:reservation_id>/cancellation")
def cancel(room_id: int, reservation_id: int) -> ResponseReturnValue:
    """The time is free again."""
    web.form(Nothing)
    return web.once(lambda: _told(rooms.cancel_reservation(reservation_id), _("%(room)s is no longer kept.")))


@act("/rooms/<int:room_id>/closure")
def close(room_id: int) -> ResponseReturnValue:
    """Takes the room out of service."""
    form = web.form(Closing)
    return web.once(lambda: _told(rooms.close_room(room_id, form.reason), _("%(room)s is out of service.")))


@act("/rooms/<int:room_id>/opening")
def open_again(room_id: int) -> ResponseReturnValue:
    """Takes the room back into service."""
    web.form(Nothing)
    return web.once(lambda: _told(rooms.open_room(room_id), _("%(room)s is in service again.")))


def _told(done: Acted, said: str, with_time: str = "") -> dict[str, Any]:
    values = {"room": spoken(rooms.room(done.room_id)), "time": format_time(done.due) if done.due else ""}
    return _answer(done.room_id, done.seq) | {"say": (with_time if done.due and with_time else said) % values}


def _answer(room_id: int, seq: int) -> dict[str, Any]:
    return {"room": room_id, "state": rooms.room(room_id).state, "seq": seq, "undo": seq}


def _person(form: Reserving) -> int | None:
    """Who asked for the room."""
    if form.host is None:
        return None
    person = directory.resolve_ref(form.host.ref)
    if person is None:
        raise Invalid(_("Choose the person once more."), fields={"host": _("Choose the person once more.")})
    return person.id


def _keeping(form: Reserving) -> Keeping:
    starts, ends = form.starts_at or _moment(form, form.start), form.ends_at or _moment(form, form.end)
    if starts is not None and ends is not None and form.ends_at is None and ends <= starts:
        ends += timedelta(days=1)
    missing = {name: _("Fill this in.") for name, value in (("start", starts), ("end", ends)) if value is None}
    if missing or starts is None or ends is None:
        raise Invalid(_("Fill this in."), fields=missing)
    try:
        return Keeping(starts_at=starts, ends_at=ends, purpose=form.purpose)
    except ValidationError as error:
        raise invalid(error) from None


def _moment(form: Reserving, at: time | None) -> datetime | None:
    day = form.day or i18n.today(clock.now())
    return datetime.combine(day, at.replace(tzinfo=None), settings().zone) if at is not None else None
