"""Tables of what the telephone exchange knows: every call of its list, and the imports by which they came."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Float, ForeignKey, Index, String, select, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Sealed, Token

_pending = text("pending")


class PhoneImport(Base):
    """A list that came in. No question shows a record of it before it is `done`; what was dropped goes at the next."""

    __tablename__ = "phone_import"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    state: Mapped[str] = mapped_column(String(8), default="writing")
    by: Mapped[str] = mapped_column(String(40))
    begun_at: Mapped[datetime] = mapped_column(UTC)
    written_at: Mapped[datetime] = mapped_column(UTC)

    __table_args__ = (CheckConstraint("state IN ('writing', 'dropped', 'done')", name="state"),)


class PhoneRecord(Base):
    """One call as the exchange knows it, known again by its `fingerprint`. `call_id` is the row of the register it
    belongs to; `pending` as long as the register has still to be told of it.
    """

    __tablename__ = "phone_record"
    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("phone_import.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(24), unique=True)
    at: Mapped[datetime] = mapped_column(UTC, index=True)
    number: Mapped[str | None] = mapped_column(Sealed)
    number_key: Mapped[str | None] = mapped_column(String(24))
    answered: Mapped[bool] = mapped_column(Boolean)
    direction: Mapped[str] = mapped_column(String(6))
    ring_seconds: Mapped[float | None] = mapped_column(Float)
    talk_seconds: Mapped[float | None] = mapped_column(Float)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("phone_call.id"), index=True)
    pending: Mapped[bool] = mapped_column(Boolean, default=False)

    __table_args__ = (
        CheckConstraint("direction IN ('in', 'out', 'inside')", name="direction"),
        CheckConstraint("ring_seconds >= 0", name="ring"),
        CheckConstraint("talk_seconds >= 0", name="talk"),
        Index("ix_phone_record_number_key", "number_key", "at"),
        Index("ix_phone_record_pending", "at", sqlite_where=_pending, postgresql_where=_pending),
    )


_R: Any = PhoneRecord.__table__.c
# what questions may show; said so that no database goes through an import instead of the few rows that are asked for
SEEN = _R.import_id.not_in(select(PhoneImport.id).where(PhoneImport.state != "done"))
