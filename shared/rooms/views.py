"""A room as everybody reads it: what it is, and how it stands at this moment. Frozen."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from shared import directory
from shared.directory import PersonView

State = Literal["free", "reserved", "occupied", "to_clear", "out_of_service"]
STATES: tuple[State, ...] = ("free", "reserved", "occupied", "to_clear", "out_of_service")
AHEAD = timedelta(minutes=15)  # so long before its time a reservation holds the room


@dataclass(frozen=True, slots=True)
class Round:
    """Somebody brought tea."""

    at: datetime
    by: int | None
    first: bool


@dataclass(frozen=True, slots=True)
class Use:
    """Who is in a room is the visits' to say; this is since when, what they drink, and when it was brought."""

    id: int
    room_id: int
    started: datetime
    drink: str
    quiet: datetime | None
    note: str
    rounds: tuple[Round, ...]

    @property
    def served(self) -> datetime | None:
        """When tea was brought last."""
        return self.rounds[-1].at if self.rounds else None


@dataclass(frozen=True, slots=True)
class Clearing:
    """The last guest has left, and nobody has cleared up yet."""

    id: int
    use_id: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Reservation:
    """A time for which a room is kept."""

    id: int
    room_id: int
    starts: datetime
    ends: datetime
    person_id: int | None
    purpose: str

    @property
    def person(self) -> PersonView | None:
        """Who asked for it."""
        return directory.person(self.person_id) if self.person_id is not None else None

    def holds(self, moment: datetime) -> bool:
        """Whether the room is kept at `moment`, or will be in a quarter of an hour."""
        return self.starts - AHEAD <= moment < self.ends


@dataclass(frozen=True, slots=True)
class RoomView:
    """A room at this moment."""

    id: int
    name: str
    name_en: str
    seats: int
    plant: str
    smoking: bool
    vip: bool
    waiting: bool
    place: int
    closed: datetime | None
    closed_reason: str
    row_version: int
    use: Use | None
    clearing: Clearing | None
    reservations: tuple[Reservation, ...]
    at: datetime

    @property
    def state(self) -> State:
        """How it stands: out of service and occupied outweigh to clear, that outweighs reserved."""
        if self.use is not None:
            return "occupied"
        if self.closed is not None:
            return "out_of_service"
        if self.clearing is not None:
            return "to_clear"
        return "reserved" if self.reserved is not None else "free"

    @property
    def reserved(self) -> Reservation | None:
        """The reservation that holds it now."""
        return next((one for one in self.reservations if one.holds(self.at)), None)

    def spoken(self, language: str) -> str:
        """Its name in the reader's language."""
        return self.name if language == "zh_Hans" else self.name_en or self.name
