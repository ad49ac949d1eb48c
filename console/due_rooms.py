"""What Due now says about rooms: tea to be brought or refilled, a room to be cleared (procedure 一.1.3 to 一.1.6)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from console import due_backup
from console.due import Later, Said, comes_with, describe_with
from console.rooms import guests_in, spoken
from shared import directory, rooms, visits
from shared.deadlines import Done, Due
from shared.lib import clock, i18n
from shared.lib.i18n import _, format_time
from shared.rooms import ALL_DONE, Reservation, RoomView
from shared.visits import VisitView

TEA = ("T03", "T04")


def describe(running: Sequence[Due], masked: bool) -> Mapping[int, Said]:
    """The rows of T03, T04 and T05, by their ids; each is settled with one tap."""
    known, inside = {room.id: room for room in rooms.rooms()}, visits.in_rooms()
    following = {due.subject: due.due for due in running if due.key == "T04" and not isinstance(due, Done)}
    called = due_backup.words(directory.shortened if masked else str)
    said: dict[int, Said] = {}
    for due in running:
        room = known.get(int(due.subject.partition(":")[2] or 0))
        if room is not None and due.key in (*TEA, "T05"):
            said[due.id] = _one(due, room, guests_in(room, inside), following.get(due.subject), called)
    return said


def _one(
    due: Due, room: RoomView, guests: Sequence[VisitView], following: datetime | None, called: Mapping[str, str]
) -> Said:
    name, base = spoken(room), f"/console/rooms/{room.id}"
    if due.key == "T05":
        return Said(name, _("clear"), due.clock.button, f"{base}/clearing", ALL_DONE.model_dump())
    what = _("refill") if due.key == "T04" else _first(room, guests)
    after = _("next at %(time)s") % {"time": format_time(following)} if following else ""
    then = called.get(due.subject, "") if due.key == "T04" else ""
    return Said(name, what, due.clock.button, f"{base}/tea", {}, then or _then(due), after=after)


def _first(room: RoomView, guests: Sequence[VisitView]) -> str:
    """Tea for 2."""
    drink = rooms.drink_name(room.use.drink if room.use else "tea")
    return _("%(drink)s for %(n)s") % {"drink": drink.lower(), "n": sum(one.party_size for one in guests) or 1}


def _then(due: Due) -> str:
    """Once it is over: when it turns red."""
    if due.colour(clock.now()) != "over":
        return ""
    return _("late from %(time)s") % {"time": format_time(due.red)}


def coming(masked: bool) -> list[Later]:
    """Rooms that are kept for later today."""
    found = [(room, kept) for room in rooms.rooms() for kept in room.reservations]
    return [
        Later(kept.starts, _kept(room, kept, masked), f"/console/rooms/{room.id}")
        for room, kept in found
        if kept.starts > room.at and i18n.today(kept.starts) == i18n.today(room.at)
    ]


def _kept(room: RoomView, kept: Reservation, masked: bool) -> str:
    person = kept.person.spoken(i18n.language()) if kept.person else "" if masked else kept.purpose
    values = {"room": spoken(room), "name": directory.shortened(person) if masked and person else person}
    return (_("%(room)s is kept for %(name)s") % values).strip()


def join() -> None:
    """Due now speaks of rooms."""
    describe_with("room", describe)
    comes_with(coming)
