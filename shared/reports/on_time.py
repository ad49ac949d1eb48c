"""How well each clause was kept in a month, counted from the rows of its clocks; each by its own breach time."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select

from shared import procedure
from shared.deadlines import Deadline
from shared.lib import clock, db
from shared.lib.db import UTC
from shared.lib.i18n import local
from shared.procedure import CLAUSES
from shared.reports.month import MONTHS, Month
from shared.reports.views import BINS, Count, OnTime, Tally, bin_of, outcome

SETTLED = timedelta(days=1)  # a month that ended a day ago and has nothing running does not change any more
_D: Any = Deadline.__table__.c
_in_month = (_D.clause == bindparam("clause_"), _D.starts_at >= bindparam("start_"), _D.starts_at < bindparam("end_"))
IN_TIME = and_(_D.state == "met", _D.met_at <= _D.breach_at)


def late_at(now: Any) -> ColumnElement[bool]:
    """What is late at `now`: the same as `is_late`, for the database."""
    settled_late = and_(_D.state == "met", _D.met_at > _D.breach_at)
    dropped_late = and_(_D.state == "dropped", _D.dropped_at > _D.breach_at)
    runs_late = and_(_D.state == "open", _D.breach_at < now)
    return and_(_D.reason != "undone", or_(settled_late, dropped_late, runs_late))


_ROWS = db.Prepared(select(_D.starts_at, _D.breach_at, _D.state, _D.met_at, _D.dropped_at, _D.reason).where(*_in_month))
_COUNTS = db.Prepared(
    select(
        func.sum(case((IN_TIME, 1), else_=0)).label("in_time"),
        func.sum(case((late_at(bindparam("now_", type_=UTC)), 1), else_=0)).label("late"),
        func.sum(case((_D.state == "open", 1), else_=0)).label("running"),
    ).where(*_in_month)
)
_SIZE = db.Prepared(select(func.count().label("rows")).select_from(Deadline).where(*_in_month))
_tallies: dict[tuple[Month, str], tuple[int, Tally]] = {}
_counts: dict[tuple[Month, str], tuple[int, Count]] = {}


def forget() -> None:
    """Counts everything anew."""
    _tallies.clear()
    _counts.clear()


db.when_closed(forget)


def clauses() -> tuple[str, ...]:
    """The clauses that have a clock, in the order of the procedure."""
    measured = {one.clause_key for one in procedure.DEFAULTS.values() if one.measured}
    return tuple(key for key in CLAUSES if key in measured)


def on_time(month: Month) -> OnTime:
    """The report of a month, beside the one before it."""
    keys = clauses()
    return OnTime(month, tuple(tally(month, key) for key in keys), {key: count(month.before(), key) for key in keys})


def trend(month: Month, clause: str, months: int = MONTHS) -> list[tuple[Month, Count]]:
    """A clause month against month: this one and up to twelve before, the oldest first."""
    return [(one, count(one, clause)) for one in (month.before(back) for back in range(months, -1, -1))]


def tally(month: Month, clause: str) -> Tally:
    """Everything about a clause in a month."""
    with db.looking() as on:
        size = _SIZE.first(_asked(month, clause), on).rows
        known = _tallies.get((month, clause))
        if known is not None and known[0] == size:
            return known[1]
        rows = _ROWS.all(_asked(month, clause), on)
    found = _tally(month, clause, rows)
    if _is_settled(month) and all(row.state != "open" for row in rows):
        _tallies[month, clause] = (size, found)
    return found


def count(month: Month, clause: str) -> Count:
    """How many there were, and how many in time; for the months beside the one that is looked at."""
    with db.looking() as on:
        size = _SIZE.first(_asked(month, clause), on).rows
        known = _counts.get((month, clause))
        if known is not None and known[0] == size:
            return known[1]
        row = _COUNTS.first({**_asked(month, clause), "now_": clock.now()}, on)
    found = Count(int(row.in_time or 0), int(row.in_time or 0) + int(row.late or 0))
    if _is_settled(month) and not row.running:
        _counts[month, clause] = (size, found)
    return found


def _asked(month: Month, clause: str) -> dict[str, Any]:
    return {"clause_": clause, "start_": month.start, "end_": month.end}


def _is_settled(month: Month) -> bool:
    return clock.now() - month.end > SETTLED


def _tally(month: Month, clause: str, rows: Iterable[Any]) -> Tally:
    now, of = clock.now(), Counter[str]()
    took: list[float] = []
    bins, limits, hours = Counter[int](), set[float](), Counter[int]()
    days: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        what = outcome(row.state, row.reason, row.met_at, row.dropped_at, row.breach_at, now)
        of[what] += 1
        if what not in ("in_time", "late"):
            continue
        limit, began = (row.breach_at - row.starts_at).total_seconds(), local(row.starts_at)
        seconds = (row.met_at - row.starts_at).total_seconds() if row.met_at else None
        if seconds is not None:
            took.append(seconds)
        limits.add(limit)
        bins[bin_of(seconds, limit, what == "late")] += 1
        days[began.date()][what == "late"] += 1
        hours[began.hour] += what == "late"
    return Tally(
        clause, month, Count(of["in_time"], of["in_time"] + of["late"]), of["open"], of["dropped"], of["undone"],
        median=median(took) if took else None,
        p90=sorted(took)[math.ceil(0.9 * len(took)) - 1] if took else None,
        bins=tuple(bins[place] for place in range(BINS)),
        limits=tuple(sorted(limits)),
        days={day: Count(good, good + late) for day, (good, late) in sorted(days.items())},
        hours={hour: late for hour, late in sorted(hours.items()) if late},
    )  # fmt: skip
