"""When a clock that starts now warns, is due, turns red, is breached, and which steps its ladder takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from shared import calendar
from shared.procedure import Clock

MARKS = ("warned", "due", "breached")
JUST_LATE = timedelta(microseconds=1)  # met at the very breach is in time


@dataclass(frozen=True, slots=True)
class Plan:
    """The moments of one deadline, and its stages: seconds after the start, and what happens then."""

    warn: datetime
    due: datetime
    red: datetime
    breach: datetime
    stages: list[list[Any]]


def plan(clock: Clock, start: datetime) -> Plan:
    """The moments of `clock` when it starts at `start`."""
    if clock.ends == "workday":
        warn, due, breach = _until_evening(start)
    else:
        warn, due, breach = (_after(clock, start, seconds) for seconds in (clock.warn, clock.due, clock.breach))
    marks = {"warn": warn, "due": due, "breach": breach}
    steps = [
        (marks[step.after] if isinstance(step.after, str) else _after(clock, start, step.after), step)
        for step in clock.ladder
    ]
    reds = [moment for moment, step in steps if step.reddens]
    happens = [(warn, "warned"), (due, "due"), (breach + JUST_LATE, "breached")]
    happens += [(breach + JUST_LATE if step.after == "breach" else moment, step.what) for moment, step in steps]
    return Plan(warn, due, min([*reds, breach]), breach, _stages(start, happens))


def next_at(start: datetime, stages: Sequence[Sequence[Any]], stage: int) -> datetime | None:
    """When the stage after `stage` fires; None when all have."""
    return start + timedelta(seconds=stages[stage][0]) if stage < len(stages) else None


def _stages(start: datetime, happens: Iterable[tuple[datetime, str]]) -> list[list[Any]]:
    """What happens at the same moment is one stage."""
    found: dict[datetime, list[str]] = {}
    for moment, what in sorted(happens, key=lambda one: one[0]):
        found.setdefault(moment, []).append(what)
    return [[(moment - start).total_seconds(), *whats] for moment, whats in found.items()]


def _after(clock: Clock, start: datetime, seconds: int) -> datetime:
    length = timedelta(seconds=seconds)
    return start + length if clock.time == "wall" else calendar.add_business(start, length)


def _until_evening(start: datetime) -> tuple[datetime, datetime, datetime]:
    """A clock that ends with the working day warns when four fifths of the business time are gone."""
    end = calendar.end_of_workday(start)
    return calendar.add_business(start, calendar.business_between(start, end) * 0.8), end, end
