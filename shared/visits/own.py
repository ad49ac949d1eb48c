"""What the register holds about one visitor, for themselves: all their visits, with phone and pictures (4.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from shared.lib import db, i18n, text
from shared.lib.errors import NotFound
from shared.lib.i18n import _
from shared.visits.model import Picture, Visit
from shared.visits.views import COLUMNS, VisitView


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A photo or a signature."""

    kind: str
    jpeg: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Own:
    """One visit with what is shown to nobody else without a note: the number, the pictures."""

    visit: VisitView
    phone: str
    pictures: tuple[OwnPicture, ...]


def own(token: str) -> list[Own]:
    """Every visit of the visitor of this one, the newest first; NotFound when there is none."""
    same = Visit.visitor_key == select(Visit.visitor_key).where(Visit.token == token).scalar_subquery()
    theirs = or_(Visit.token == token, and_(same, Visit.visitor_key != ""))
    query = select(*COLUMNS, Visit.phone).where(theirs).order_by(Visit.id.desc())
    with db.reading() as session:
        rows = session.execute(query).all()
        pictures = session.scalars(select(Picture).where(Picture.visit_id.in_([row.id for row in rows]))).all()
    if not rows:
        raise NotFound(_("This visit is not in the register."))
    return [Own(VisitView(*row[:-1]), row.phone or "", _of(row.id, pictures)) for row in rows]


def exactly(*, reg_no: str = "", name: str = "", day: date | None = None, badge: str = "") -> list[VisitView]:
    """The visit with this number; or those of somebody of exactly this name, of a day or with a badge, newest first."""
    if reg_no:
        return _found(Visit.reg_no == text.clean(reg_no).upper())
    where: list[Any] = []
    if day is not None:
        moment, (start, end) = func.coalesce(Visit.arrived_at, Visit.expected_at), i18n.day_bounds(day)
        where += [moment >= start, moment < end]
    digits = "".join(c for c in badge if c in "0123456789")
    if badge:
        where.append(Visit.badge_number == (int(digits[:9]) if digits else 0))
    wanted = text.fold(name)
    return [one for one in _found(*where) if text.fold(one.visitor_name) == wanted] if wanted and where else []


def _found(*where: Any) -> list[VisitView]:
    with db.reading() as session:
        return [VisitView(*row) for row in session.execute(select(*COLUMNS).where(*where).order_by(Visit.id.desc()))]


def _of(visit_id: int, pictures: Sequence[Picture]) -> tuple[OwnPicture, ...]:
    return tuple(OwnPicture(one.kind, one.jpeg, one.at) for one in pictures if one.visit_id == visit_id)
