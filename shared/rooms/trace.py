"""What an act did to the rows of rooms, kept in its journal row, so that it can be taken back (rulings 12)."""

from datetime import datetime
from typing import Any, TypeVar

from shared import deadlines
from shared.lib import db
from shared.lib.errors import Conflict
from shared.lib.i18n import _
from shared.rooms.model import Room, RoomClearing, RoomReservation, RoomUse, TeaRound

TABLES: dict[str, Any] = {t.__tablename__: t for t in (Room, RoomUse, TeaRound, RoomClearing, RoomReservation)}
Row = TypeVar("Row", Room, RoomUse, TeaRound, RoomClearing, RoomReservation)


def subject(room_id: int) -> str:
    """What the journal and the clocks call a room."""
    return f"room:{room_id}"


class Trace:
    """Follows one act: rows it made, values that were there before, clocks it took to another room."""

    def __init__(self) -> None:
        self.made: list[list[Any]] = []
        self.was: list[list[Any]] = []
        self.moved: list[list[Any]] = []
        self.rooms: dict[int, Room] = {}
        self.place = 0  # the room that somebody was shown to

    def touch(self, room: Room) -> Room:
        """This act changes what a room is in: whoever looked at it before sees that it is another now."""
        if room.id not in self.rooms:
            self.rooms[room.id] = room
            room.row_version += 1
        return room

    def add(self, row: Row) -> Row:
        db.session().add(row)
        db.session().flush()
        self.made.append([row.__tablename__, row.id])
        return row

    def change(self, row: Row, **values: Any) -> None:
        """Gives a row new values; row versions and words that only people read are not in the journal."""
        before = {name: _plain(getattr(row, name)) for name in values}
        self.was.append([row.__tablename__, row.id, before])
        for name, value in values.items():
            setattr(row, name, value)
        db.session().flush()

    def move(self, key: str, old: int, new: int) -> None:
        """Takes a clock that runs from one room to another."""
        if deadlines.move(key, subject(old), subject(new)):
            self.moved.append([key, old, new])

    def data(self) -> dict[str, Any]:
        """All of it, for the journal row; empty when no room was concerned."""
        if not self.rooms:
            return {}
        versions = {str(key): room.row_version for key, room in self.rooms.items()}
        return {"rooms": versions, "made": self.made, "was": self.was, "moved": self.moved}


@db.act
def take_back(data: dict[str, Any], at: datetime) -> None:
    """Puts rooms and their clocks back to before the act at `at` that left `data`.

    Raises Conflict when something else has happened in one of the rooms since.
    """
    rooms = [db.session().get(Room, int(key)) for key in data["rooms"]]
    for room in rooms:
        if room is None or room.row_version != data["rooms"][str(room.id)]:
            raise Conflict(_("Something else has happened since. It can no longer be undone."))
    for key, old, new in data["moved"]:
        deadlines.move(key, subject(new), subject(old))
    for table, key, values in reversed(data["was"]):
        _restore(db.session().get(TABLES[table], key), values)
    for table, key in reversed(data["made"]):
        db.session().delete(db.session().get(TABLES[table], key))
        db.session().flush()
    for room in rooms:
        assert room is not None
        deadlines.undo(subject(room.id), at)
        room.row_version += 1


def _restore(row: Any, values: dict[str, Any]) -> None:
    for name, value in values.items():
        moment = name.endswith("_at") and value is not None
        setattr(row, name, datetime.fromisoformat(value) if moment else value)
    db.session().flush()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
