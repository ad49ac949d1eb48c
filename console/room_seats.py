"""Where a visitor sits, or could: the part of their sheet that shows them to a room."""

from dataclasses import dataclass
from typing import Any

from console.lines import seated
from console.rooms import left_over, people, spoken, state_name, who
from shared import rooms, visits
from shared.lib.i18n import _, format_time
from shared.rooms import DRINK_NAMES, Choice
from shared.visits import VisitView


@dataclass(frozen=True, slots=True)
class Offer:
    """A room that could be taken: how it stands, and what has to be said for it."""

    id: int
    name: str
    seats: str
    words: str
    plant: str
    suggested: bool
    joins: bool
    reason: bool
    fits: bool


def of(visit: VisitView) -> dict[str, Any]:
    """What the sheet of a visit needs to know about rooms."""
    at = visit.room_use_id
    place = rooms.places([at]).get(at) if at is not None else None
    return {
        "place": place,
        "sits": seated(visit.seated_at, place) if place is not None and visit.seated_at else "",
        "drink": rooms.drink_name(visit.drink),
        "offers": offers(visit) if visit.on_site else [],
        "drinks": DRINK_NAMES,
    }


def offers(visit: VisitView) -> list[Offer]:
    """The rooms for a visitor, the right one first."""
    inside = visits.in_rooms()
    return [
        _offer(choice, inside.get(choice.room.use.id, []) if choice.room.use else [])
        for choice in visits.choices(visit)
    ]


def _offer(choice: Choice, guests: list[VisitView]) -> Offer:
    room = choice.room
    return Offer(
        room.id, spoken(room), left_over(room, guests), _words(choice, guests), room.plant, choice.suggested,
        choice.joins, choice.needs_reason, choice.fits,
    )  # fmt: skip


def _words(choice: Choice, guests: list[VisitView]) -> str:
    room = choice.room
    said = [] if choice.fits else [_("too small")]
    if room.state == "occupied":
        said.insert(0, " ".join(part for part in (who(guests), people(guests)) if part))
    elif room.reserved is not None:
        kept = room.reserved
        said.insert(0, _("reserved %(time)s") % {"time": format_time(kept.starts)})
    else:
        said.insert(0, state_name(room))
    return _(", ").join(part for part in said if part)
