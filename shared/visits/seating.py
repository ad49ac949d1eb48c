"""Where visitors sit: a room for a party, moving on, and which room would be the right one (procedure 一.1.2)."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select

from shared import deadlines, rooms
from shared.lib import db, i18n
from shared.lib.db import act_time
from shared.lib.errors import Conflict
from shared.lib.i18n import _
from shared.rooms import Choice, Drink, Trace
from shared.visits import entry
from shared.visits.changing import Done, already, change, visit_of
from shared.visits.forms import Line
from shared.visits.leaving import guests_of, others_in
from shared.visits.model import ON_SITE, Visit
from shared.visits.views import COLUMNS, VisitView

MOST_NAMES = 3
_HERE = db.Prepared(
    select(*COLUMNS)
    .where(Visit.room_use_id.is_not(None), Visit.left_at.is_(None))
    .order_by(Visit.seated_at, Visit.id)
    .limit(500),
    of=VisitView,
)


class Seat(BaseModel):
    """Which room, what they drink, whether they sit with those who are in it, and why it is taken all the same."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    room: int = Field(ge=1, le=2**31 - 1)
    drink: Drink | None = None
    together: bool = False
    reason: Line = Field("", max_length=200)


@db.act
def seat(token: str, form: Seat) -> Done:
    """Gives a room to a visitor who is here; they are greeted, and their tea is due from now (一.1.2, 一.1.3).

    Raises Conflict with a sentence when the room cannot be had, or when they sit in one already.
    """
    visit, trace = _here(token), Trace()
    if visit.room_use_id is not None:
        raise Conflict(_("%(name)s sits in %(room)s already.") % _at(visit), code="seated")
    drink = form.drink or visit.drink
    deadlines.meet("T01", f"visit:{token}")
    use = _occupy(trace, visit, form, drink)
    values: dict[str, Any] = {"room_use_id": use, "seated_at": act_time(), "drink": drink or visit.drink}
    return change(visit, "visits.seated", trace=trace, **values, **entry.led_in(visit, use))


@db.act
def move(token: str, form: Seat) -> Done:
    """The visitor goes to another room; with the last of a room its tea goes along, and the room is to be cleared."""
    visit, trace = _here(token), Trace()
    old = visit.room_use_id
    if old is None:
        raise Conflict(_("%(name)s does not sit anywhere yet.") % {"name": visit.visitor_name}, code="not-seated")
    if rooms.where(old)[0] == form.room:
        raise Conflict(_("%(name)s sits in %(room)s already.") % _at(visit), code="seated")
    alone = rooms.goes_on(old) and not others_in(visit)
    goes_along = alone and not form.drink and not rooms.where(old)[1] and rooms.open_use(form.room) is None
    new = _occupy(trace, visit, form, form.drink or visit.drink, pour=not goes_along)
    if goes_along:
        rooms.carry_over(trace, old, new)
    if alone:
        rooms.vacate(trace, old, why="moved")
    values: dict[str, Any] = {"room_use_id": new, "drink": form.drink or visit.drink}
    return change(visit, "visits.moved", trace=trace, **values, **entry.led_in(visit, new))


def choices(visit: VisitView) -> list[Choice]:
    """The rooms for a visitor, the right one first; a protected host's guests are shown to the best room."""
    inside = {key: sum(one.party_size for one in guests) for key, guests in in_rooms().items()}
    at = visit.room_use_id
    known = [room for room in rooms.rooms() if room.use is None or room.use.id != at]
    host = visit.host
    return rooms.choices(
        known, visit.party_size, _by_room(known, inside), vip=bool(host and host.protected), host_id=visit.host_id
    )


def in_rooms() -> Mapping[int, list[VisitView]]:
    """Who sits where: the visits of each use that goes on, first come first."""
    found: dict[int, list[VisitView]] = defaultdict(list)
    with db.looking() as on:
        for view in _HERE.all({}, on):
            found[view.room_use_id or 0].append(view)
    return found


def _here(token: str) -> Visit:
    visit = visit_of(token)
    if visit.state in ON_SITE:
        return visit
    if visit.left_at is not None:
        raise already(visit)
    raise Conflict(_("%(name)s has not arrived.") % {"name": visit.visitor_name})


def _occupy(trace: Trace, visit: Visit, form: Seat, drink: str, *, pour: bool = True) -> int:
    use = rooms.open_use(form.room)
    names = guests_of(use) if use is not None else []
    return rooms.occupy(
        trace, form.room, drink=drink, together=form.together, reason=form.reason, host_id=visit.host_id,
        guests=_(", ").join(names[:MOST_NAMES]), pour=pour,
    )  # fmt: skip


def _at(visit: Visit) -> dict[str, Any]:
    place = rooms.places([visit.room_use_id or 0]).get(visit.room_use_id or 0)
    name = (place.name if i18n.language() == "zh_Hans" else place.name_en or place.name) if place else ""
    return {"name": visit.visitor_name, "room": name}


def _by_room(known: list[Any], inside: Mapping[int, int]) -> dict[int, int]:
    return {room.id: inside.get(room.use.id, 0) for room in known if room.use is not None}
