"""Day counters: how many rows of a register are of a day of the site, kept by the act that writes the row.

A year of them is read at a glance, and they stay as they are when what a row says is erased.
"""

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
_KEPT = db.Prepared(
    select(_D.day, _D.count.label("rows")).where(
        _D.register == bindparam("of"), _D.day >= bindparam("first"), _D.day <= bindparam("last")
    )
)
_ADD = db.Prepared(
    text(
        "INSERT INTO register_day (register, day, count) VALUES (:of, :day, :more)"
        " ON CONFLICT (register, day) DO UPDATE SET count = register_day.count + excluded.count"
    ).bindparams(bindparam("day", type_=Date))
)


def count(register: Register, day: date, more: int = 1) -> None:
    """This day has one row more, or so many. Only inside the act that writes them."""
    _ADD.run({"of": register.key, "day": day, "more": more})


def by_day(register: Register, first: date, last: date) -> dict[date, int]:
    """How many rows each day from `first` to `last` has; a day that is not named has none."""
    with db.looking() as on:
        return _kept(register, first, last, on)


def miscounted(register: Register, on: Connection) -> list[date]:
    """The days whose counter is not what the rows say: none, unless the site's zone was changed."""
    kept, days = _kept(register, date.min, date.max, on), set[date]()
    span = _span(register).first({}, on)
    if span.first is not None:
        first, last = today(span.first).toordinal(), today(span.last).toordinal()
        days.update(date.fromordinal(number) for number in range(first, last + 1))
    return [day for day in sorted(days | kept.keys()) if _counted(register, day, on) != kept.get(day, 0)]


def recount() -> dict[str, int]:
    """Counts the days anew that are not what the rows say, an act each; how many those were, by register."""
    done = {}
    for register in registers():
        if register.counted:
            with db.looking() as on:
                wrong = miscounted(register, on)
            for day in wrong:
                _recount(register, day)
            done[register.key] = len(wrong)
    return done


@db.act
def _recount(register: Register, day: date) -> None:
    db.connection().execute(delete(DayCount).where(_D.register == register.key, _D.day == day))
    rows = _counted(register, day, db.connection())
    if rows:
        count(register, day, rows)


def _kept(register: Register, first: date, last: date, on: Connection) -> dict[date, int]:
    return dict(_KEPT.all({"of": register.key, "first": first, "last": last}, on))


def _counted(register: Register, day: date, on: Connection) -> int:
    """What the rows of a day say."""
    start = datetime.combine(day, time.min, settings().zone)
    end = datetime.combine(day + timedelta(days=1), time.min, settings().zone)
    return int(_of_day(register).first({"start": start, "end": end}, on).rows)


@cache
def _of_day(register: Register) -> db.Prepared:
    moment = register.model.__table__.c[register.counted]
    count = select(func.count().label("rows")).select_from(register.model)
    return db.Prepared(count.where(moment >= bindparam("start"), moment < bindparam("end")))


@cache
def _span(register: Register) -> db.Prepared:
    moment = register.model.__table__.c[register.counted]
    return db.Prepared(select(func.min(moment).label("first"), func.max(moment).label("last")))


control.operator("register.recount", recount)
