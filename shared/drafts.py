"""Drafts: what somebody was writing when the page was closed, kept sealed on the server and in no browser."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, String, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib import db
from shared.lib.clock import now
from shared.lib.db import UTC, Base, Sealed, act_time
from shared.lib.errors import Invalid
from shared.lib.i18n import _

KEEP_HOURS = 24
LIMIT = 8_000  # characters; a form of the desk has a few hundred


class DraftRow(Base):
    """One unfinished form of one account."""

    __tablename__ = "draft"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    data: Mapped[str] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UTC, index=True)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written (JSON text), and when the last key was pressed."""

    data: str
    at: datetime


def of(account_id: int, kind: str) -> Draft | None:
    """The draft of this kind; None when there is none or it is older than a day."""
    query = select(DraftRow).where(DraftRow.account_id == account_id, DraftRow.kind == kind)
    with db.reading() as session:
        row = session.scalar(query)
        if row is None or row.at < now() - timedelta(hours=KEEP_HOURS):
            return None
        return Draft(row.data, row.at)


def begun(account_id: int, prefix: str) -> dict[str, Draft]:
    """Every draft whose kind begins like this, by kind, the one that was touched last first."""
    since = now() - timedelta(hours=KEEP_HOURS)
    mine = (DraftRow.account_id == account_id, DraftRow.kind.startswith(prefix, autoescape=True), DraftRow.at >= since)
    with db.reading() as session:
        rows = session.scalars(select(DraftRow).where(*mine).order_by(DraftRow.at.desc(), DraftRow.kind.desc()))
        return {row.kind: Draft(row.data, row.at) for row in rows}


@db.act
def keep(account_id: int, kind: str, data: str) -> None:
    """Keeps `data` in place of what was there before. The journal says nothing: nothing has happened yet."""
    if len(data) > LIMIT:
        raise Invalid(_("At most %(count)s characters.") % {"count": LIMIT})
    _drop(account_id, kind)
    db.session().add(DraftRow(account_id=account_id, kind=kind, data=data, at=act_time()))


@db.act
def drop(account_id: int, kind: str) -> None:
    """The form was saved, or thrown away."""
    _drop(account_id, kind)


@db.act
def purge(before: datetime) -> int:
    """Forgets every draft that was last touched before `before`; gives how many."""
    gone: Any = db.connection().execute(delete(DraftRow).where(DraftRow.at < before))
    return int(gone.rowcount)


def older(before: datetime) -> int:
    """How many were last touched before a moment."""
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(DraftRow).where(DraftRow.at < before)) or 0


def _drop(account_id: int, kind: str) -> None:
    db.connection().execute(delete(DraftRow).where(DraftRow.account_id == account_id, DraftRow.kind == kind))
