"""The demo's four rooms, a clock that stands still, and a receptionist."""

from collections.abc import Iterator
from datetime import datetime
from datetime import time as day_time

import pytest

from shared import deadlines, notice, rooms, visits
from shared.deadlines import Due
from shared.lib import clock, i18n
from shared.lib.actor import Actor, acting_as
from shared.lib.config import settings
from shared.visits import Seat
from shared.visits.changing import Done
from tests.cast import Cast, House, built, checks_in, people
from tests.shared.deadlines.conftest import Clock

LIN = Actor("account", 0, "Lin", frozenset({"receptionist"}))


@pytest.fixture
def time(database: str) -> Iterator[Clock]:
    standing = Clock()
    clock.set_clock(standing)
    yield standing
    clock.reset()


@pytest.fixture
def cast(time: Clock) -> Iterator[Cast]:
    notice.publish()
    made = people()
    with acting_as(LIN), i18n.use("en"):
        yield made


@pytest.fixture
def house(cast: Cast) -> House:
    return built()


def at(time: Clock, moment: str) -> None:
    """It is `moment` (hours, minutes and maybe seconds of the day in Shanghai)."""
    here = time.at.astimezone(settings().zone)
    wanted = day_time.fromisoformat(moment)
    time.at = here.replace(hour=wanted.hour, minute=wanted.minute, second=wanted.second, microsecond=0)


def comes(cast: Cast, name: str = "陈嘉豪", **more: object) -> str:
    """Somebody checks in at the kiosk; gives the token of the visit."""
    return checks_in(cast.host, visitor_name=name, **more).token


def seats(token: str, room: int, **more: object) -> Done:
    return visits.seat(token, Seat.model_validate({"room": room, **more}))


def clock_of(room: int, key: str) -> Due | None:
    """The clock that runs for a room."""
    return next((due for due in deadlines.running(f"room:{room}") if due.key == key), None)


def local(moment: datetime | None) -> str:
    """10:17, in Shanghai."""
    assert moment is not None
    return f"{moment.astimezone(settings().zone):%H:%M}"


def state(room: int) -> str:
    return rooms.room(room).state
