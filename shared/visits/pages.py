"""The visit register page by page, newest first: all of it, a part, one visitor's visits, or what is typed."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from shared import register
from shared.lib import db, i18n, text
from shared.visits.model import ON_SITE, Visit
from shared.visits.register import REGISTER, also
from shared.visits.views import COLUMNS, VisitView

_V: Any = Visit.__table__.c
_moment: Any = func.coalesce(_V.arrived_at, _V.expected_at)
_theirs = select(_V.visitor_key).where(_V.token == bindparam("of")).scalar_subquery()
_PARTS: dict[str, Any] = {
    "on_site": or_(*(_V.state == state for state in ON_SITE)),
    "state": _V.state == bindparam("state"),
    "since": _moment >= bindparam("since"),
    "until": _moment < bindparam("until"),
    "purpose": _V.purpose == bindparam("purpose"),
    "of": or_(_V.token == bindparam("of"), and_(_V.visitor_key == _theirs, _V.visitor_key != "")),
    "before": _V.id < bindparam("before"),
}
_ONES = db.Prepared(select(*COLUMNS).where(db.among(_V.id)), of=VisitView)


def find(query: str, limit: int = 20) -> list[VisitView]:
    """Visits whose visitor, company, host, badge or number fits what is written, newest first."""
    wanted = text.clean(query)
    if not wanted:
        return []
    return page(q=wanted, limit=limit)[0]


def page(
    *, state: str = "", day: date | None = None, q: str = "", after: str = "", limit: int = 50, **more: Any
) -> tuple[list[VisitView], str | None]:
    """A page of the register, newest first; the second value is the cursor of the next page.

    `more` are `until` (with `day`: the last day of a stretch), `purpose`, and `of` (a visit: whoever came then).
    """
    asked, wanted = _asked(state, day, **more), text.clean(q)
    before = int(after) if after.isdigit() else None
    if wanted:
        where = [_PARTS[part] for part in asked]
        ids, following = register.find(
            REGISTER, wanted, where=where, given=asked, also=also(wanted), before=before, limit=limit
        )
        shown = _by_id(ids)
        return [shown[one] for one in ids if one in shown], str(following) if following is not None else None
    if before is not None:
        asked["before"] = before
    with db.looking() as on:
        rows: list[VisitView] = _rows(tuple(asked)).all({**asked, "limit": limit + 1}, on)
    return rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None


def every(*, at_once: int = 500, **asked: Any) -> Iterator[VisitView]:
    """Everything that `page` would give, page after page, newest first."""
    after: str | None = ""
    while after is not None:
        rows, after = page(**asked, after=after, limit=at_once)
        yield from rows


def size(*, state: str = "", day: date | None = None, **more: Any) -> int:
    """How many rows the pages of a part have together, unless something is typed."""
    asked = _asked(state, day, **more)
    with db.looking() as on:
        return int(_count(tuple(asked)).first(asked, on).visits)


def again(token: str) -> int:
    """How often this visitor has come, or was expected, as far as the register still knows; this visit included."""
    return size(of=token)


@cache
def _rows(parts: tuple[str, ...]) -> db.Prepared:
    query = select(*COLUMNS).where(*(_PARTS[part] for part in parts))
    return db.Prepared(query.order_by(_V.id.desc()).limit(bindparam("limit")), of=VisitView)


@cache
def _count(parts: tuple[str, ...]) -> db.Prepared:
    query = select(func.count().label("visits")).select_from(Visit)
    return db.Prepared(query.where(*(_PARTS[part] for part in parts)))


def _by_id(ids: list[int]) -> dict[int, VisitView]:
    with db.looking() as on:
        return {view.id: view for some in db.spread(ids) for view in _ONES.all(some, on)}


def _asked(
    state: str, day: date | None, *, until: date | None = None, purpose: str = "", of: str = ""
) -> dict[str, Any]:
    """The parts that are asked for, with what they are compared with."""
    last = until or day
    given = {
        "on_site": state == "on_site",
        "state": state if state != "on_site" else "",
        "since": i18n.day_bounds(day)[0] if day is not None else None,
        "until": i18n.day_bounds(last)[1] if last is not None else None,
        "purpose": purpose,
        "of": of,
    }
    return {part: value for part, value in given.items() if value}
