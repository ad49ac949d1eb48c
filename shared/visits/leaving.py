"""A visitor leaves a room: the last one stops its tea, and the time to clear begins (procedure 一.1.6)."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from shared import rooms
from shared.lib import db
from shared.rooms import Trace
from shared.visits.model import ON_SITE, Visit


def leaves_room(visit: Visit, *, timed: bool = True, at: datetime | None = None) -> Trace:
    """They get up from where they sit; with others left in the room nothing starts yet. Part of the act that calls."""
    trace = Trace()
    if visit.room_use_id is not None and rooms.goes_on(visit.room_use_id) and not others_in(visit):
        rooms.vacate(trace, visit.room_use_id, timed=timed, at=at)
    return trace


def fetched(visit: Visit) -> tuple[Trace, dict[str, Any]]:
    """The host has come: who sat in a waiting area does so no longer, who sits in a room stays there."""
    if visit.room_use_id is None or not rooms.where(visit.room_use_id)[1]:
        return Trace(), {}
    return leaves_room(visit), {"room_use_id": None}


def sits_rightly(visit: Visit, before: int | None) -> bool:
    """Whether they sit in a room that is still theirs, and nobody's room goes on without them where they were before.

    The others may have left meanwhile, which nothing in the room tells while somebody is in it.
    """
    now = visit.room_use_id if visit.state in ON_SITE else None
    if now is not None and not rooms.goes_on(now):
        return False
    return before in (None, now) or not rooms.goes_on(before) or bool(guests_of(before))


def others_in(visit: Visit) -> list[str]:
    """The names of those who sit with a visitor."""
    return guests_of(visit.room_use_id, but=visit.id) if visit.room_use_id is not None else []


def guests_of(use_id: int, *, but: int = 0) -> list[str]:
    """The names of those who are in a room, first come first. Only inside an act."""
    here = (Visit.room_use_id == use_id, Visit.left_at.is_(None), Visit.id != but)
    return list(db.session().scalars(select(Visit.visitor_name).where(*here).order_by(Visit.seated_at, Visit.id)))
