"""Which room for how many: the smallest that fits, free ones first, the best room only for those it is meant for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from shared.rooms.views import RoomView

ORDER = {"free": 0, "reserved": 1, "occupied": 2, "to_clear": 3}


@dataclass(frozen=True, slots=True)
class Choice:
    """A room that could be taken: how many seats are free, whether the party fits, and whether somebody is in it."""

    room: RoomView
    free_seats: int
    fits: bool
    own: bool = False
    suggested: bool = False

    @property
    def joins(self) -> bool:
        """Whether they would sit with others."""
        return self.room.use is not None and not self.room.waiting

    @property
    def needs_reason(self) -> bool:
        return self.room.state == "to_clear" or (self.room.state == "reserved" and not self.own)


def choices(
    rooms: Iterable[RoomView],
    party: int,
    inside: Mapping[int, int],
    *,
    vip: bool = False,
    host_id: int | None = None,
) -> list[Choice]:
    """Every room in service, the best for `party` people first; `inside` says how many sit in each, `vip` for whom.

    What is kept for the host of the party is theirs before any other. The first is suggested when it fits and can be
    had as it is.
    """
    in_service = [room for room in rooms if room.state != "out_of_service"]
    found = [_choice(room, party, inside.get(room.id, 0), host_id) for room in in_service]
    found.sort(key=lambda one: _rank(one, vip))
    if found and _can_be_had(found[0]):
        best = found[0]
        found[0] = replace(best, suggested=True)
    return found


def _choice(room: RoomView, party: int, inside: int, host_id: int | None) -> Choice:
    free, kept = max(0, room.seats - inside), room.reserved
    own = room.state == "reserved" and kept is not None and kept.person_id is not None and kept.person_id == host_id
    return Choice(room, free, free >= party, own)


def _can_be_had(one: Choice) -> bool:
    return one.fits and (one.own or one.room.state == "free" or (one.room.waiting and one.room.state == "occupied"))


def _rank(one: Choice, vip: bool) -> tuple[bool, int, bool, bool, int, int]:
    room = one.room
    state = -1 if one.own else 0 if room.waiting and room.state == "occupied" else ORDER[room.state]
    return not one.fits, state, room.vip is not vip if vip else room.vip, room.waiting, room.seats, room.place
