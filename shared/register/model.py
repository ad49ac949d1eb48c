"""Tables of every register: which piece of text stands in which row, how many rows a day has, what may not be erased
yet, what was erased.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, Integer, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, JSONText, Sealed

Whole = BigInteger().with_variant(Integer, "sqlite")


class Gram(Base):
    """A piece of text, as a number, and a row that holds it."""

    __tablename__ = "register_gram"
    gram: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    row_id: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)

    __table_args__ = ({"sqlite_with_rowid": False},)


class RowGrams(Base):
    """The pieces of one row, four bytes each, so that they can be taken back whatever the row says now."""

    __tablename__ = "register_row"
    register: Mapped[str] = mapped_column(String(16), primary_key=True)
    row_id: Mapped[int] = mapped_column(Whole, primary_key=True, autoincrement=False)
    grams: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = ({"sqlite_with_rowid": False},)


class DayCount(Base):
    """How many rows of a register are of a day of the site."""

    __tablename__ = "register_day"
    register: Mapped[str] = mapped_column(String(16), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    count: Mapped[int] = mapped_column(Integer)

    __table_args__ = ({"sqlite_with_rowid": False},)


_holds = text("lifted_at IS NULL")


class Hold(Base):
    """A row that is kept although its time is over (legal hold): why, who said so, until when if that is known."""

    __tablename__ = "register_hold"
    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(String(16))
    row_id: Mapped[int] = mapped_column(Whole)
    reason: Mapped[str] = mapped_column(Sealed)
    until: Mapped[date | None] = mapped_column(Date)
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(UTC)

    __table_args__ = (
        Index("uq_register_hold_open", "register", "row_id", unique=True, sqlite_where=_holds, postgresql_where=_holds),
    )


class Correction(Base):
    """What a column of a row said before, what it says now, and why (procedure 0.3, 更正)."""

    __tablename__ = "register_correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(String(16))
    row_id: Mapped[int] = mapped_column(Whole)
    field: Mapped[str] = mapped_column(String(40))
    old: Mapped[str] = mapped_column(Sealed)
    new: Mapped[str] = mapped_column(Sealed)
    reason: Mapped[str] = mapped_column(Sealed, default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)

    __table_args__ = (Index("ix_register_correction_row", "register", "row_id"),)


class SavedView(Base):
    """What an account looks for again and again in a register."""

    __tablename__ = "saved_view"
    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    register: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(30))
    query: Mapped[str] = mapped_column(String(600))

    __table_args__ = (Index("uq_saved_view_name", "account_id", "register", "name", unique=True),)


class RetentionRun(Base):
    """A run of the retention schedule: how many rows of each code lost what; `rehearsal` when nothing was erased."""

    __tablename__ = "retention_run"
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UTC)
    by: Mapped[str] = mapped_column(String(40))
    rehearsal: Mapped[bool] = mapped_column(Boolean, default=False)
    counts: Mapped[dict[str, Any]] = mapped_column(JSONText)
    held: Mapped[int] = mapped_column(Integer, default=0)
