"""When a clock that starts now warns, is due, turns red, is breached, and which steps its ladder takes."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from shared import calendar
from shared.procedure import Clock

MARKS = ("warned", "due", "breached")
JUST_LATE = timedelta(microseconds=1)  # met at the very breach is in time


@dataclass(frozen=True, slots=True)
class Plan:
    """How long after its start a clock warns, is due, turns red and is breached; its stages as they are kept.

    A stage is the seconds after the start, and what happens then; `first` is the length until the first.
    """

    warn: timedelta
    due: timedelta
    red: timedelta
    breach: timedelta
    stages: str
    first: timedelta


def plan(clock: Clock, start: datetime) -> Plan:
    """The plan of `clock` when it starts at `start`."""
    if clock.ends == "workday":
        warn, end = _until_evening(start)
        return _plan(clock, {"warn": warn, "due": end, "breach": end}, _no_length)
    if clock.time == "wall":
        return _of_wall(clock)

    def length(seconds: int) -> timedelta:
        return calendar.add_business(start, timedelta(seconds=seconds)) - start

    return _plan(clock, {name: length(getattr(clock, name)) for name in ("warn", "due", "breach")}, length)


@lru_cache(maxsize=64)
def stages(kept: str) -> list[list[Any]]:
    """The stages of a plan as they were kept."""
    found: list[list[Any]] = json.loads(kept)
    return found


def next_at(start: datetime, kept: str, stage: int) -> datetime | None:
    """When the stage after `stage` fires; None when all have."""
    known = stages(kept)
    return start + timedelta(seconds=known[stage][0]) if stage < len(known) else None


@lru_cache(maxsize=64)
def _of_wall(clock: Clock) -> Plan:
    """The same whenever it starts."""
    marks = {name: timedelta(seconds=getattr(clock, name)) for name in ("warn", "due", "breach")}
    return _plan(clock, marks, lambda seconds: timedelta(seconds=seconds))


def _plan(clock: Clock, marks: dict[str, timedelta], length: Callable[[int], timedelta]) -> Plan:
    steps = [(marks[step.after] if isinstance(step.after, str) else length(step.after), step) for step in clock.ladder]
    breach = marks["breach"]
    happens = [(marks["warn"], "warned"), (marks["due"], "due"), (breach + JUST_LATE, "breached")]
    happens += [(breach + JUST_LATE if step.after == "breach" else after, step.what) for after, step in steps]
    found = _stages(happens)
    red = min([*(after for after, step in steps if step.reddens), breach])
    return Plan(marks["warn"], marks["due"], red, breach, json.dumps(found), timedelta(seconds=found[0][0]))


def _stages(happens: Iterable[tuple[timedelta, str]]) -> list[list[Any]]:
    """What happens at the same moment is one stage."""
    found: dict[timedelta, list[Any]] = {}
    for after, what in sorted(happens, key=lambda one: one[0]):
        found.setdefault(after, [after.total_seconds()]).append(what)
    return list(found.values())


def _until_evening(start: datetime) -> tuple[timedelta, timedelta]:
    """A clock that ends with the working day warns when four fifths of the business time are gone."""
    end = calendar.end_of_workday(start)
    return calendar.add_business(start, calendar.business_between(start, end) * 0.8) - start, end - start


def _no_length(seconds: int) -> timedelta:
    raise ValueError("a clock that ends with the working day has no step with a time of its own")
