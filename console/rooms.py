"""Rooms at the foot of the board: each with who is in it, and the ring of what is due there (procedure 一.1.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, current_app

from console import fragments
from console.fragments import Fragment, Key
from shared import deadlines, directory, rooms, visits
from shared.deadlines import Due
from shared.lib import clock, i18n
from shared.lib.i18n import _, format_date, format_time, lazy
from shared.rooms import RoomView
from shared.visits import VisitView

blueprint = Blueprint("rooms", __name__, template_folder="templates")
RING_WORDS = {"T03": lazy("tea"), "T04": lazy("refill"), "T05": lazy("clear")}
MOST_NAMES = 3
SHORT = {"zh_Hans": "M月d日", "en": "d MMM"}  # a day on a tile
BETWEEN = {"zh_Hans": "、", "en": ", "}  # names of a list


@dataclass(frozen=True, slots=True)
class Tile:
    """A room on the board: two lines, and a ring with its word when something is due."""

    room: RoomView
    name: str
    seats: str
    lines: tuple[str, ...]
    people: str
    due: Due | None
    word: str
    label: str
    colour: str
    quiet: bool

    @property
    def state(self) -> str:
        return self.room.state


def tiles(*, masked: bool = False) -> list[Tile]:
    """Every room as the board shows it, in the reader's language."""
    inside, running = visits.in_rooms(), clocks()
    return [tile(room, guests_in(room, inside), running.get(room.id, ()), masked=masked) for room in rooms.rooms()]


def tile(room: RoomView, guests: Sequence[VisitView], running: Sequence[Due], *, masked: bool = False) -> Tile:
    """What the tile of a room says."""
    due = min(running, key=lambda one: one.due, default=None)
    name = spoken(room)
    word = _(RING_WORDS[due.key]) if due else ""
    return Tile(
        room=room,
        name=name,
        seats=seats(room),
        lines=tuple(_lines(room, guests, masked)),
        people=people(guests) if not room.waiting else "",
        due=due,
        word=word,
        label=_("%(room)s, %(what)s") % {"room": name, "what": word} if due else "",
        colour=due.colour(clock.now()) if due else "",
        quiet=room.use is not None and room.use.quiet is not None,
    )


def spoken(room: RoomView) -> str:
    """Its name in the reader's language."""
    return room.spoken(i18n.language())


def clocks() -> dict[int, list[Due]]:
    """What runs for rooms, by the key of the room."""
    found: dict[int, list[Due]] = {}
    for due in deadlines.open_now():
        kind, _colon, key = due.subject.partition(":")
        if kind == "room" and key.isdigit() and due.key in RING_WORDS:
            found.setdefault(int(key), []).append(due)
    return found


def guests_in(room: RoomView, inside: Mapping[int, list[VisitView]] | None = None) -> list[VisitView]:
    """Who is in a room now, first come first."""
    if room.use is None:
        return []
    return (visits.in_rooms() if inside is None else inside).get(room.use.id, [])


def seats(room: RoomView) -> str:
    """How many seats, in words."""
    return i18n.ngettext("%(num)s seat", "%(num)s seats", room.seats) % {"num": room.seats}


def state_name(room: RoomView) -> str:
    """How a room stands, in words."""
    return {
        "free": _("Free"),
        "reserved": _("Reserved"),
        "occupied": _("Taken"),
        "to_clear": _("To clear"),
        "out_of_service": _("Out of service"),
    }[room.state]


def who(guests: Sequence[VisitView], masked: bool = False) -> str:
    """Those in a room: a name, the firm of a party, or a few names."""
    hide = directory.shortened if masked else str
    if not guests:
        return ""
    if len(guests) == 1 and guests[0].party_size > 1:
        return guests[0].visitor_company or hide(guests[0].visitor_name)
    names = [hide(one.visitor_name) for one in guests[:MOST_NAMES]]
    return BETWEEN[i18n.language()].join(names)


def people(guests: Sequence[VisitView]) -> str:
    """How many sit in a room, in words; nothing for one."""
    count = sum(one.party_size for one in guests)
    return i18n.ngettext("%(num)s person", "%(num)s people", count) % {"num": count} if count > 1 else ""


def _lines(room: RoomView, guests: Sequence[VisitView], masked: bool) -> list[str]:
    if room.state == "occupied":
        return _occupied(room, guests, masked)
    if room.state == "to_clear" and room.clearing is not None:
        return [_("To clear"), left(room)]
    if room.state == "out_of_service":
        return [_("Out of service"), room.closed_reason]
    return _kept(room, masked)


def _occupied(room: RoomView, guests: Sequence[VisitView], masked: bool) -> list[str]:
    if room.waiting:
        return [who(guests, masked), left_over(room, guests)]
    hosts = list(dict.fromkeys(_host(one, masked) for one in guests))
    beside = _("with %(name)s") % {"name": BETWEEN[i18n.language()].join(hosts)} if any(hosts) else ""
    if room.use is not None and room.use.quiet is not None:
        beside = _("do not disturb")
    return [who(guests, masked), beside]


def left(room: RoomView) -> str:
    """Since when a room is to be cleared: an hour of today, or the day whose guests nobody cleared up after."""
    if room.clearing is None:
        return ""
    since = room.clearing.since
    if i18n.today(since) == i18n.today(room.at):
        return _("left %(time)s") % {"time": format_time(since)}
    return _("since %(day)s") % {"day": format_date(since, SHORT[i18n.language()])}


def left_over(room: RoomView, guests: Sequence[VisitView]) -> str:
    """How many seats are free."""
    free = max(0, room.seats - sum(one.party_size for one in guests))
    return i18n.ngettext("%(num)s seat free", "%(num)s seats free", free) % {"num": free}


def _kept(room: RoomView, masked: bool) -> list[str]:
    hide = directory.shortened if masked else str
    kept = next(iter(room.reservations), None)
    if kept is None or i18n.today(kept.starts) != i18n.today(room.at):
        return [_("Free")]
    by = hide(kept.person.spoken(i18n.language())) if kept.person else ("" if masked else kept.purpose)
    when = _("reserved %(time)s") % {"time": format_time(kept.starts)}
    return [when, by] if room.state == "reserved" else [_("Free"), _("%(when)s %(name)s") % {"when": when, "name": by}]


def _host(visit: VisitView, masked: bool) -> str:
    hide = directory.shortened if masked else str
    return hide(visit.host.spoken(i18n.language())) if visit.host else ""


def _render(asked: Key, seq: int) -> str:
    _language, _writes, masked = asked
    template = current_app.jinja_env.get_template("console/_rooms.html")
    return template.render(fragments.context(), seq=seq, tiles=tiles(masked=masked), masked=masked)


strip = Fragment(_render)
strip.serve(blueprint, "/console/rooms", needs="visits.read")


@blueprint.app_context_processor
def _for_templates() -> dict[str, object]:
    return {"rooms_strip": strip.html}
