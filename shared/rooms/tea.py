"""Tea: served, refilled every quarter of an hour for each room, and left alone while a room wants quiet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from shared import deadlines, journal
from shared.lib import db
from shared.lib.db import act_time
from shared.lib.errors import Conflict
from shared.lib.i18n import _, format_time
from shared.rooms.finding import account_id, going_on, room_of, spoken
from shared.rooms.model import Room, RoomUse, TeaRound
from shared.rooms.trace import Trace, subject

AGAIN = timedelta(seconds=60)  # two people who press at the same moment have served once


@dataclass(frozen=True, slots=True)
class Acted:
    """What was done in a room: the seq by which it may be undone for a moment, and when tea is due next."""

    room_id: int
    seq: int
    due: datetime | None = None
    first: bool = False


@db.act
def serve(room_id: int) -> Acted:
    """Tea was brought: the first cup (procedure 一.1.3), or a refill (一.1.5), after which the clock starts again."""
    trace = Trace()
    room = trace.touch(room_of(room_id))
    use, about = going_on(room), subject(room_id)
    asked = deadlines.meet("T03", about) is not None
    before = _last(use)
    if before is not None and not asked and timedelta(0) <= act_time() - before.at < AGAIN:
        said = _("%(room)s was served at %(time)s.") % {"room": spoken(room), "time": format_time(before.at)}
        raise Conflict(said, code="served")
    trace.add(TeaRound(use_id=use.id, at=act_time(), by=account_id(), first=before is None))
    if use.drink == "none":
        trace.change(use, drink="tea")
    return _next(trace, room, use, before is None)


@db.act
def do_not_disturb(room_id: int, on: bool = True) -> Acted:
    """The room wants quiet, or may be entered again: no tea meanwhile, and a whole quarter of an hour afterwards."""
    trace = Trace()
    room = trace.touch(room_of(room_id))
    use, about = going_on(room), subject(room_id)
    if (use.quiet_at is not None) is on:
        raise Conflict(_quiet(room) if on else _("%(room)s may be entered.") % {"room": spoken(room)}, code="already")
    trace.change(use, quiet_at=act_time() if on else None)
    due = None
    if on:
        for key in ("T03", "T04"):
            deadlines.drop(key, about, "do_not_disturb")
    elif use.drink != "none":
        due = deadlines.start("T04" if _last(use) is not None else "T03", about).due
    action = "rooms.quiet" if on else "rooms.quiet_over"
    return Acted(room_id, journal.record(action, about, room=trace.data()).seq, due)


@db.act
def note(room_id: int, words: str) -> int:
    """Keeps a word about who is in a room; gives the seq of this."""
    room = room_of(room_id)
    going_on(room).note = words
    room.row_version += 1
    db.session().flush()
    return journal.record("rooms.noted", subject(room_id)).seq


def _next(trace: Trace, room: Room, use: RoomUse, first: bool) -> Acted:
    about, due = subject(room.id), None
    deadlines.meet("T04", about)
    if use.quiet_at is None:
        due = deadlines.start("T04", about).due
    action = "rooms.served" if first else "rooms.refilled"
    return Acted(room.id, journal.record(action, about, room=trace.data()).seq, due, first)


def _last(use: RoomUse) -> Any:
    """What was brought last, also when the machine's clock has been set back since."""
    query = select(TeaRound).where(TeaRound.use_id == use.id).order_by(TeaRound.id.desc())
    return db.session().scalar(query.limit(1))


def _quiet(room: Room) -> str:
    return _("%(room)s is not to be disturbed already.") % {"room": spoken(room)}
