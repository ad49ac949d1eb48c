"""Questions to the rooms: how each stands at this moment, which belongs to a visit, what happened in it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from shared.lib import clock, db
from shared.lib.errors import NotFound
from shared.lib.i18n import _
from shared.rooms.model import Room, RoomClearing, RoomReservation, RoomUse, TeaRound
from shared.rooms.views import Clearing, Reservation, RoomView, Round, Use

_R: Any = Room.__table__.c
_U: Any = RoomUse.__table__.c
_T: Any = TeaRound.__table__.c
_C: Any = RoomClearing.__table__.c
_K: Any = RoomReservation.__table__.c
_FACTS = (
    _R.id, _R.name, _R.name_en, _R.seats, _R.plant, _R.smoking, _R.vip, _R.waiting, _R.place, _R.closed_at,
    _R.closed_reason, _R.row_version,
)  # fmt: skip
_ROOMS = db.Prepared(select(*_FACTS).order_by(_R.place, _R.id))
_USES = db.Prepared(
    select(_U.id, _U.room_id, _U.started_at, _U.drink, _U.quiet_at, _U.note).where(_U.ended_at.is_(None))
)
_ROUNDS = db.Prepared(
    select(_T.use_id, _T.at, _T.by, _T.first).join(RoomUse, _U.id == _T.use_id).where(_U.ended_at.is_(None)).order_by(
        _T.at, _T.id
    )
)  # fmt: skip
_CLEARINGS = db.Prepared(select(_C.id, _C.use_id, _C.started_at, _C.room_id).where(_C.ended_at.is_(None)))
_KEPT = db.Prepared(
    select(_K.id, _K.room_id, _K.starts_at, _K.ends_at, _K.person_id, _K.purpose)
    .where(_K.cancelled_at.is_(None), _K.ends_at > bindparam("now_"))
    .order_by(_K.starts_at, _K.id)
)
_PLACES = db.Prepared(
    select(_U.id, _R.id.label("room_id"), _R.name, _R.name_en, _R.waiting)
    .join(Room, _R.id == _U.room_id)
    .where(db.among(_U.id))
)


def rooms() -> list[RoomView]:
    """Every room in the order of the board."""
    moment = clock.now()
    with db.looking() as on:
        uses, clearings, kept = _uses(on), _clearings(on), _kept(on, moment)
        return [
            RoomView(*(*row, uses.get(row.id), clearings.get(row.id), tuple(kept[row.id]), moment))
            for row in _ROOMS.all({}, on)
        ]


def room(room_id: int) -> RoomView:
    """The room with this key; NotFound when there is none."""
    found = next((one for one in rooms() if one.id == room_id), None)
    if found is None:
        raise NotFound(_("There is no such room."))
    return found


def places(use_ids: Collection[int]) -> Mapping[int, Any]:
    """Where these uses are or were: key, name and English name of the room, whether it is a waiting area."""
    found: dict[int, Any] = {}
    if not use_ids:
        return found
    with db.looking() as on:
        for some in db.spread(sorted(set(use_ids))):
            found |= {row.id: row for row in _PLACES.all(some, on)}
    return found


def last_clearing(room_id: int) -> RoomClearing | None:
    """How the room was cleared last; None when it never was."""
    with db.reading() as session:
        ended = (RoomClearing.room_id == room_id, RoomClearing.ended_at.is_not(None))
        query = select(RoomClearing).where(*ended).order_by(RoomClearing.id.desc()).limit(1)
        return session.scalar(query)


def rounds_of(use_id: int) -> list[Round]:
    """When tea was brought during a use, in order."""
    with db.reading() as session:
        query = select(TeaRound).where(TeaRound.use_id == use_id).order_by(TeaRound.at, TeaRound.id)
        return [Round(row.at, row.by, row.first) for row in session.scalars(query)]


def _uses(on: Connection) -> dict[int, Use]:
    brought: dict[int, list[Round]] = defaultdict(list)
    for row in _ROUNDS.all({}, on):
        brought[row.use_id].append(Round(row.at, row.by, row.first))
    return {
        row.room_id: Use(row.id, row.room_id, row.started_at, row.drink, row.quiet_at, row.note, tuple(brought[row.id]))
        for row in _USES.all({}, on)
    }


def _clearings(on: Connection) -> dict[int, Clearing]:
    return {row.room_id: Clearing(row.id, row.use_id, row.started_at) for row in _CLEARINGS.all({}, on)}


def _kept(on: Connection, moment: datetime) -> dict[int, list[Reservation]]:
    kept: dict[int, list[Reservation]] = defaultdict(list)
    for row in _KEPT.all({"now_": moment}, on):
        kept[row.room_id].append(Reservation(*row))
    return kept
