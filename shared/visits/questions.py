"""Questions to the visit register."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select

from shared.lib import db, text
from shared.lib.clock import now
from shared.lib.errors import NotFound
from shared.lib.i18n import _
from shared.visits.lanes import day_bounds
from shared.visits.model import ON_SITE, CorrectionRow, Visit
from shared.visits.views import COLUMNS, VisitView

_V: Any = Visit.__table__.c
_LEFT = db.Prepared(
    select(*COLUMNS).where(_V.phone_key == bindparam("key_"), _V.erased_at.is_(None)).order_by(_V.id.desc()).limit(5),
    of=VisitView,
)


def _views(rows: Iterable[Any]) -> list[VisitView]:
    return [VisitView._make(row) for row in rows]


def _one(query: Select[Any]) -> VisitView | None:
    with db.reading() as session:
        row = session.execute(query).first()
        return VisitView._make(row) if row is not None else None


def one(visit_id: int) -> VisitView:
    """The visit with this key; NotFound when there is none."""
    return _there(_one(select(*COLUMNS).where(Visit.id == visit_id)))


def left_number(phone_key: str) -> list[VisitView]:
    """The last visits with which a number was left, by its keyed hash; newest first."""
    with db.looking() as on:
        return _LEFT.all({"key_": phone_key}, on)


def many(visit_ids: Collection[int]) -> dict[int, VisitView]:
    """Those of these visits that are on site, by key."""
    if not visit_ids:
        return {}
    with db.reading() as session:
        rows = session.execute(select(*COLUMNS).where(Visit.id.in_(list(visit_ids)), Visit.state.in_(ON_SITE)))
        return {view.id: view for view in _views(rows)}


def by_token(token: str) -> VisitView:
    """The visit with this public id; NotFound when there is none."""
    return _there(_one(select(*COLUMNS).where(Visit.token == token)))


def by_pass(visit_pass: str) -> VisitView | None:
    """The visit this pass opens, also after it has ended; None when it never was one."""
    return _one(select(*COLUMNS).where(Visit.pass_hash == text.token_hash(visit_pass)))


def by_code(code: str) -> VisitView | None:
    """The visit on site with this short code."""
    query = select(*COLUMNS).where(Visit.short_code == text.plain_code(code), Visit.state.in_(ON_SITE))
    return _one(query)


def by_invitation(code: str) -> VisitView | None:
    """The expected visit of today that this invitation opens."""
    start, end = day_bounds(now())
    return _one(
        select(*COLUMNS).where(
            Visit.invitation_hash == text.token_hash(text.plain_code(code)),
            Visit.state == "expected",
            Visit.expected_at >= start,
            Visit.expected_at < end,
        )
    )


def of_host(person_id: int) -> list[VisitView]:
    """This person's visitors of today, and whoever is still on site, by their times; nobody else's."""
    start, end = day_bounds(now())
    moment = func.coalesce(Visit.arrived_at, Visit.expected_at)
    today = and_(moment >= start, moment < end, Visit.state != "cancelled")
    mine = select(*COLUMNS).where(Visit.host_id == person_id, or_(today, Visit.state.in_(ON_SITE)))
    with db.reading() as session:
        return _views(session.execute(mine.order_by(moment, Visit.id).limit(100)))


def secrets_of(visit_id: int) -> tuple[str, str]:
    """Pass and short code of a visit, for its badge and nothing else."""
    with db.reading() as session:
        row = session.execute(select(Visit.pass_sealed, Visit.short_code).where(Visit.id == visit_id)).first()
        return (row[0] or "", row[1] or "") if row else ("", "")


def corrections(visit_id: int) -> list[tuple[datetime, str, str, str, str]]:
    """When, which field, what it said, what it says, why; oldest first."""
    with db.reading() as session:
        query = select(CorrectionRow).where(CorrectionRow.visit_id == visit_id).order_by(CorrectionRow.id)
        rows = session.scalars(query)
        return [(row.at, row.field, row.old, row.new, row.reason) for row in rows]


def _there(view: VisitView | None) -> VisitView:
    if view is None:
        raise NotFound(_("This visit is not in the register."))
    return view
