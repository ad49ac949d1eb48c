"""The clocks that ran for a past visit of the demo: how soon it was greeted, and how soon its host answered."""

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

USUAL, SPREAD = 19.0, 0.62  # seconds until somebody is greeted: 3 in 100 wait longer than a minute


def of(visit: Mapping[str, Any], desk: Sequence[int]) -> Iterator[dict[str, Any]]:
    """T01 for whoever came by the tablet, T02 for whoever had a host."""
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


def _ended(key: str, start: datetime, met: datetime | None, left: datetime, **more: Any) -> dict[str, Any]:
    """Met, or dropped when the visitor left before."""
    if met is None or met > left:
        return {"key": key, "starts_at": start, "dropped_at": left, "reason": "left", **more, "met_by": ""}
    return {"key": key, "starts_at": start, "met_at": met, **more}
