"""What the book still wants at the end of a day (procedure 一.2.2): who has not left, badges, gaps in the rows."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from shared.lib import db
from shared.lib.clock import now
from shared.lib.i18n import day_bounds, lazy
from shared.visits.forms import COMPANY_PURPOSES
from shared.visits.model import ON_SITE, Visit
from shared.visits.views import COLUMNS, VisitView

MOST = 300
LOOKS_BACK = timedelta(days=30)
GAPS = {
    "company": lazy("company"),
    "note": lazy("what the reason was"),
    "host": lazy("host"),
    "left": lazy("when they left"),
    "badge": lazy("badge back"),
    "receptionist": lazy("who received them"),
}
ALWAYS = 5  # name, reason, number of people, arrival and notice are there for every visit


@dataclass(frozen=True, slots=True)
class Row:
    """A visit of the day, and the columns that are still empty, as keys of `GAPS`."""

    visit: VisitView
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayEnd:
    """A day of the book. `here` have not left, `by_itself` were signed out by the desk, `badges` of the last 30 days
    are not back, `gaps` are the day's other rows in which something is missing; `filled` of `expected` columns.
    """

    day: date
    here: tuple[VisitView, ...]
    by_itself: tuple[VisitView, ...]
    badges: tuple[VisitView, ...]
    gaps: tuple[Row, ...]
    filled: int
    expected: int


def end_list(day: date) -> DayEnd:
    """How the book stands for a day."""
    start, end = day_bounds(day)
    arrived = Visit.arrived_at
    of_day = _views(arrived >= start, arrived < end)
    rows = [Row(visit, gaps(visit)) for visit in of_day if visit.erased_at is None]
    here = _views(Visit.state.in_(ON_SITE), arrived < end)
    out = _views(Visit.state == "left", Visit.badge_number.is_not(None), Visit.badge_returned.is_(False),
                 Visit.left_at >= now() - LOOKS_BACK, Visit.left_at < end)  # fmt: skip
    return DayEnd(
        day=day,
        here=here,
        by_itself=tuple(row.visit for row in rows if row.visit.left_how == "auto"),
        badges=out,
        gaps=tuple(row for row in rows if set(row.gaps) - {"left", "badge"}),
        filled=sum(_expected(row.visit) - len(row.gaps) for row in rows),
        expected=sum(_expected(row.visit) for row in rows),
    )


def gaps(visit: VisitView) -> tuple[str, ...]:
    """The columns that should be filled by now and are not."""
    empty = {
        "company": visit.purpose in COMPANY_PURPOSES and not visit.visitor_company,
        "note": visit.purpose == "other" and not visit.purpose_note,
        "host": visit.host_id is None,
        "left": visit.left_at is None or visit.left_how == "auto",
        "badge": visit.badge_number is not None and not visit.badge_returned,
        "receptionist": visit.receptionist_id is None,
    }
    return tuple(name for name, is_empty in empty.items() if is_empty)


def _expected(visit: VisitView) -> int:
    sometimes = (visit.purpose in COMPANY_PURPOSES, visit.purpose == "other", visit.badge_number is not None)
    return ALWAYS + 3 + sum(sometimes)


def _views(*where: Any) -> tuple[VisitView, ...]:
    query = select(*COLUMNS).where(*where).order_by(Visit.id).limit(MOST)
    with db.reading() as session:
        return tuple(map(VisitView._make, session.execute(query)))
