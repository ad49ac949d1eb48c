"""The table of the deadlines: everything that must happen by a time, as durable rows."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, JSONText

STATES = ("open", "met", "dropped")
OPEN = text("state = 'open'")
_fires, _met = text("next_at IS NOT NULL"), text("met_at IS NOT NULL")


class Deadline(Base):
    """One clock that runs, or ran: from `starts_at`, in time until `breach_at`, red from `red_at`.

    `plan` holds the stages in order (JSON), each as seconds after the start and what happens then; `stage` says how
    many of them have fired, and `next_at` when the next one does: nothing fires without it.
    """

    __tablename__ = "deadline"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(8))
    clause: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    starts_at: Mapped[datetime] = mapped_column(UTC)
    warn_at: Mapped[datetime] = mapped_column(UTC)
    due_at: Mapped[datetime] = mapped_column(UTC)
    red_at: Mapped[datetime] = mapped_column(UTC)
    breach_at: Mapped[datetime] = mapped_column(UTC)
    state: Mapped[str] = mapped_column(String(8), default="open")
    met_at: Mapped[datetime | None] = mapped_column(UTC)
    met_by: Mapped[str] = mapped_column(String(40), default="")
    dropped_at: Mapped[datetime | None] = mapped_column(UTC)
    reason: Mapped[str] = mapped_column(String(40), default="")
    stage: Mapped[int] = mapped_column(Integer, default=0)
    next_at: Mapped[datetime | None] = mapped_column(UTC)
    plan: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]] = mapped_column(JSONText)

    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
        CheckConstraint("(state = 'met') = (met_at IS NOT NULL)", name="met"),
        CheckConstraint("state = 'open' OR next_at IS NULL", name="quiet"),
        CheckConstraint("starts_at <= due_at AND due_at <= breach_at", name="in_order"),
        Index("uq_deadline_open", "subject", "key", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_deadline_next", "next_at", sqlite_where=_fires, postgresql_where=_fires),
        Index("ix_deadline_met", "met_at", sqlite_where=_met, postgresql_where=_met),
        Index("ix_deadline_clause", "clause", "starts_at"),
    )
