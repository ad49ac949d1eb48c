"""Messages that were passed on wrongly (procedure 0.8, O7): how many in a month, and which, but not what they say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select

from shared.lib import db
from shared.relay.model import Relay
from shared.reports import paging
from shared.reports.month import Month
from shared.visits import Visit

ORAL = "O5"  # the clause whose row says how often the content was wrong
AT_ONCE = 500
_R: Any = Relay.__table__.c
_V: Any = Visit.__table__.c
_COLUMNS: Any = (
    _R.id, _R.token, _R.recorded_at, _R.to_id, _R.wrong_count, _R.confirmed_at, _V.token, _V.reg_no, _V.visitor_name,
    _V.language,
)  # fmt: skip
_in_month = (_R.recorded_at >= bindparam("start_"), _R.recorded_at < bindparam("end_"))
_COUNT = db.Prepared(
    select(func.count().label("total"), func.sum(case((_R.wrong_count > 0, 1), else_=0)).label("wrong"))
    .select_from(Relay)
    .where(*_in_month)
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """How many messages were taken down in a month, and in how many of them something was wrong."""

    wrong: int
    total: int


@dataclass(frozen=True, slots=True)
class Mistake:
    """A message that was passed on wrongly: from which visit, for whom, how often, and when it was confirmed."""

    id: int
    token: str
    recorded: datetime
    to_id: int
    times: int
    confirmed: datetime | None
    visit: str | None
    reg_no: str | None
    visitor_name: str | None
    language: str | None


def wrong(month: Month) -> Wrong:
    """The number of a month, counted by when the messages were taken down."""
    with db.looking() as on:
        row = _COUNT.first({"start_": month.start, "end_": month.end}, on)
    return Wrong(int(row.wrong or 0), int(row.total))


def mistakes(month: Month, *, after: str = "", limit: int = 50) -> tuple[list[Mistake], str | None]:
    """A page of them, the newest first; the second value is the cursor of the next page."""
    found = _page(month, after, limit + 1)
    return found[:limit], _cursor(found[limit - 1]) if len(found) > limit else None


def every_mistake(month: Month) -> Iterator[Mistake]:
    """All of them, fetched a few hundred at a time."""
    after = ""
    while found := _page(month, after, AT_ONCE):
        yield from found
        after = _cursor(found[-1])


def _page(month: Month, after: str, limit: int) -> list[Mistake]:
    query = (
        select(*_COLUMNS)
        .select_from(Relay.__table__.outerjoin(Visit.__table__, _R.visit_id == _V.id))
        .where(_R.recorded_at >= month.start, _R.recorded_at < month.end, _R.wrong_count > 0)
        .where(paging.follows(_R.recorded_at, _R.id, after))
        .order_by(_R.recorded_at.desc(), _R.id.desc())
        .limit(limit)
    )
    with db.looking() as on:
        return [Mistake(*row) for row in on.execute(query)]


def _cursor(row: Mistake) -> str:
    return paging.cursor(row.recorded, row.id)
