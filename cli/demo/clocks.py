"""The clocks that ran for a past visit of the demo: greeted, answered for, served, and its room cleared (5.2)."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

USUAL, SPREAD = 19.0, 0.62  # seconds until somebody is greeted: 3 in 100 wait longer than a minute
FIRST, REFILL, CLEAR = (95.0, 0.41), (876.0, 0.178), (78.0, 0.32)  # tea on time 88 in 100, rooms cleared 91 in 100
IN_ROOMS = ("business", "meeting")


def of(visit: Mapping[str, Any], desk: Sequence[int], rooms: Sequence[int] = ()) -> Iterator[dict[str, Any]]:
    """T01 for whoever came by the tablet, T02 for whoever had a host, tea and clearing for whoever sat in a room."""
    arrived, left = visit["arrived_at"], visit["left_at"]
    if arrived is None or left is None:
        return
    dice = Random(f"clocks {arrived.isoformat()}")
    if visit["device_id"] is not None:
        greeted = arrived + timedelta(seconds=round(dice.lognormvariate(math.log(USUAL), SPREAD), 1))
        met_by = f"account:{dice.choice(desk)}" if desk else "system"
        yield _ended("T01", arrived, min(greeted, visit["met_at"] or greeted), left, met_by=met_by)
    if visit["host_id"] is not None:
        person = {"person_id": visit["host_id"]}
        yield _ended("T02", arrived, visit["host_answered_at"] or visit["met_at"], left, met_by="link", **person)
    if rooms and visit["met_at"] is not None and visit["purpose"] in IN_ROOMS and visit["left_how"] != "auto":
        yield from _in_a_room(dice, visit["met_at"], left, desk, dice.choice(rooms))


def _in_a_room(
    dice: Random, seated: datetime, left: datetime, desk: Sequence[int], room: int
) -> Iterator[dict[str, Any]]:
    """The first tea, a refill every quarter of an hour, and two minutes to clear."""
    more = {"subject": f"room:{room}", "met_by": f"account:{dice.choice(desk)}" if desk else "system"}
    key, start = "T03", seated
    while start < left:
        served = start + _takes(dice, *(FIRST if key == "T03" else REFILL))
        yield _ended(key, start, served, left, **more)
        key, start = "T04", served
    cleared = left + _takes(dice, *CLEAR)
    yield _ended("T05", left, cleared, cleared, **more)


def _takes(dice: Random, usual: float, spread: float) -> timedelta:
    return timedelta(seconds=round(dice.lognormvariate(math.log(usual), spread), 1))


def _ended(key: str, start: datetime, met: datetime | None, left: datetime, **more: Any) -> dict[str, Any]:
    """Met, or dropped when the visitor left before."""
    if met is None or met > left:
        return {"key": key, "starts_at": start, "dropped_at": left, "reason": "left", **more, "met_by": ""}
    return {"key": key, "starts_at": start, "met_at": met, **more}
