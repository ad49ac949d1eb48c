"""Which room for how many: the smallest that fits, free ones first, the best room only for those it is meant for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shared.rooms.views import RoomView

ORDER = {"free": 0, "reserved": 1, "occupied": 2, "to_clear": 3}


@dataclass(frozen=True, slots=True)
class Choice:
    """A room that could be taken: how many seats are free, whether the party fits, and whether somebody is in it."""

    room: RoomView
    free_seats: int
    fits: bool
    suggested: bool = False

    @property
    def joins(self) -> bool:
        """Whether they would sit with others."""
        return self.room.use is not None and not self.room.waiting

    @property
    def needs_reason(self) -> bool:
        return self.room.state == "to_clear"


def choices(rooms: Iterable[RoomView], party: int, inside: Mapping[int, int], *, vip: bool = False) -> list[Choice]:
    """Every room in service, the best for `party` people first; `inside` says how many sit in each, `vip` for whom.

    The first is suggested when it fits and can be had as it is.
    """
    found = [_choice(room, party, inside.get(room.id, 0)) for room in rooms if room.state != "out_of_service"]
    found.sort(key=lambda one: _rank(one, vip))
    if found and _can_be_had(found[0]):
        best = found[0]
        found[0] = Choice(best.room, best.free_seats, best.fits, suggested=True)
    return found


def _choice(room: RoomView, party: int, inside: int) -> Choice:
    free = max(0, room.seats - inside)
    return Choice(room, free, free >= party)


def _can_be_had(one: Choice) -> bool:
    return one.fits and (one.room.state == "free" or (one.room.waiting and one.room.state == "occupied"))


def _rank(one: Choice, vip: bool) -> tuple[bool, int, bool, bool, int, int]:
    room = one.room
    state = 0 if room.waiting and room.state == "occupied" else ORDER[room.state]
    return not one.fits, state, room.vip is not vip if vip else room.vip, room.waiting, room.seats, room.place
