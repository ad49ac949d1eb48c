"""Day counters: how many rows of a register are of a day of the site, kept by the act that writes the row.

A year of them is read at a glance, and they stay as they are when what a row says is erased.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Date, bindparam, delete, func, select, text

from shared.lib import control, db
from shared.lib.config import settings
from shared.lib.i18n import today
from shared.register.definition import Register, registers
from shared.register.model import DayCount

_D: Any = DayCount.__table__.c
_stretch = (_D.register == bindparam("of"), _D.day >= bindparam("first"), _D.day <= bindparam("last"))
_BY_DAY = db.Prepared(select(_D.day, func.sum(_D.count).label("rows")).where(*_stretch).group_by(_D.day))
_BY_PART = db.Prepared(select(_D.day, _D.part, _D.count.label("rows")).where(*_stretch))
_ADD = db.Prepared(
    text(
        "INSERT INTO register_day (register, day, part, count) VALUES (:of, :day, :part, :more)"
        " ON CONFLICT (register, day, part) DO UPDATE SET count = register_day.count + excluded.count"
    ).bindparams(bindparam("day", type_=Date))
)
Parts = dict[tuple[date, str], int]


def count(register: Register, day: date, part: str, more: int = 1) -> None:
    """One row more on this day, or so many; fewer when it is counted elsewhere from now on. Only inside an act."""
    _ADD.run({"of": register.key, "day": day, "part": part, "more": more})


def by_day(register: Register, first: date, last: date) -> dict[date, int]:
    """How many rows each day from `first` to `last` has; a day that is not named has none."""
    with db.looking() as on:
        rows = _BY_DAY.all({"of": register.key, "first": first, "last": last}, on)
    return {row.day: int(row.rows) for row in rows}


def by_part(register: Register, first: date, last: date) -> Parts:
    """How many rows each of these days has, by what the register counts apart."""
    with db.looking() as on:
        return _kept(register, first, last, on)


def miscounted(register: Register, on: Connection) -> list[date]:
    """The days whose counters are not what its rows say: none, unless the site's zone was changed."""
    kept: dict[date, dict[str, int]] = {day: {} for day in _days(register, on)}
    for (day, part), rows in _kept(register, date.min, date.max, on).items():
        kept.setdefault(day, {})[part] = rows
    return [day for day in sorted(kept) if kept[day] != _counted(register, day, on)]


def recount() -> dict[str, int]:
    """Counts the days anew that are not what the rows say, an act each; how many those were, by register."""
    done = {}
    for register in registers():
        if register.counted is not None:
            with db.looking() as on:
                wrong = miscounted(register, on)
            for day in wrong:
                _recount(register, day)
            done[register.key] = len(wrong)
    return done


@db.act
def _recount(register: Register, day: date) -> None:
    db.connection().execute(delete(DayCount).where(_D.register == register.key, _D.day == day))
    for part, rows in _counted(register, day, db.connection()).items():
        count(register, day, part, rows)


def _kept(register: Register, first: date, last: date, on: Connection) -> Parts:
    rows = _BY_PART.all({"of": register.key, "first": first, "last": last}, on)
    return {(row.day, row.part): row.rows for row in rows if row.rows}


def _counted(register: Register, day: date, on: Connection) -> dict[str, int]:
    """What the rows of a day say."""
    start = datetime.combine(day, time.min, settings().zone)
    end = datetime.combine(day + timedelta(days=1), time.min, settings().zone)
    return {row.part: row.rows for row in _of_day(register).all({"start": start, "end": end}, on)}


def _days(register: Register, on: Connection) -> Iterator[date]:
    """From the first day that has a row to the last."""
    span = _span(register).first({}, on)
    if span.first is not None:
        first, last = today(span.first), today(span.last)
        yield from (first + timedelta(days=place) for place in range((last - first).days + 1))


@cache
def _of_day(register: Register) -> db.Prepared:
    moment, part = _columns(register)
    query = select(part.label("part"), func.count().label("rows"))
    return db.Prepared(query.where(moment >= bindparam("start"), moment < bindparam("end")).group_by(part))


@cache
def _span(register: Register) -> db.Prepared:
    moment, _part = _columns(register)
    return db.Prepared(select(func.min(moment).label("first"), func.max(moment).label("last")))


def _columns(register: Register) -> tuple[Any, Any]:
    table, names = register.model.__table__.c, register.counted or ("", "")
    return table[names[0]], table[names[1]]


control.operator("register.recount", recount)
