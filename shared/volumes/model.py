"""Tables of the archive: volumes of each register, which rows stand in them, and the editions of the hash chain."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Sealed, Token

STATES = ("closed", "handed_over", "rejected", "received", "archived")


class Volume(Base):
    """A full register, as it goes from the desk to the archive (procedure 0.5); people are kept as the journal does."""

    __tablename__ = "register_volume"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    register: Mapped[str] = mapped_column(String(16))
    number: Mapped[int] = mapped_column(Integer)
    period: Mapped[str] = mapped_column(String(7))
    from_no: Mapped[str] = mapped_column(String(20))
    to_no: Mapped[str] = mapped_column(String(20))
    last_at: Mapped[datetime] = mapped_column(UTC)
    rows: Mapped[int] = mapped_column(Integer)
    status: Mapped[str] = mapped_column(String(12), default="closed")
    why: Mapped[str] = mapped_column(String(8))
    closed_at: Mapped[datetime] = mapped_column(UTC)
    closed_by: Mapped[str] = mapped_column(String(40))
    handed_at: Mapped[datetime | None] = mapped_column(UTC)
    handed_by: Mapped[str | None] = mapped_column(String(40))
    received_at: Mapped[datetime | None] = mapped_column(UTC)
    received_by: Mapped[str | None] = mapped_column(String(40))
    rejected: Mapped[str | None] = mapped_column(Sealed)
    archived_at: Mapped[datetime | None] = mapped_column(UTC)
    archive_no: Mapped[str | None] = mapped_column(String(40))
    destroyed_at: Mapped[datetime | None] = mapped_column(UTC)

    __table_args__ = (
        CheckConstraint("status IN ('" + "', '".join(STATES) + "')", name="status"),
        Index("uq_register_volume_number", "register", "number", unique=True),
    )


class Filed(Base):
    """A row that stands in a volume. `seal` is a keyed hash of the whole line, gone once something of it is erased."""

    __tablename__ = "register_filed"
    register: Mapped[str] = mapped_column(String(16), primary_key=True)
    row_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    volume_id: Mapped[int] = mapped_column(ForeignKey("register_volume.id"), index=True)
    seal: Mapped[str | None] = mapped_column(String(24))

    __table_args__ = ({"sqlite_with_rowid": False},)


class Edition(Base):
    """A link of the chain: the redacted lines of a volume when it was closed, or when it was issued again, and why.

    `sha256` is over `text`, which begins with the hash of the edition before it. The text goes with the volume, the
    hash stays.
    """

    __tablename__ = "register_edition"
    id: Mapped[int] = mapped_column(primary_key=True)
    register: Mapped[str] = mapped_column(String(16), index=True)
    volume_id: Mapped[int] = mapped_column(ForeignKey("register_volume.id"), index=True)
    issue: Mapped[int] = mapped_column(Integer)
    why: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UTC)
    previous: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    text: Mapped[str | None] = mapped_column(Text)
