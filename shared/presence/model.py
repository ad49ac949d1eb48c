"""Tables of presence: what somebody said about being there, whose calendar is read, and when it has no time."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Sealed

STATES = ("in", "out", "meeting", "leave")
SOURCES = ("self", "reception")
KINDS = ("file", "address")
BUSY = ("meeting", "out")


class Declared(Base):
    """What somebody is, because they or reception said so; it holds until its time is past. One row a person."""

    __tablename__ = "presence"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    until: Mapped[datetime | None] = mapped_column(UTC)
    source: Mapped[str] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Sealed)
    at: Mapped[datetime] = mapped_column(UTC)

    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
        CheckConstraint("source IN ('" + "', '".join(SOURCES) + "')", name="source"),
        CheckConstraint("until IS NULL OR until > at", name="until_after"),
    )


class PersonCalendar(Base):
    """Somebody's calendar: a file that was read once, or an address that is asked again; never what is in it."""

    __tablename__ = "person_calendar"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    address: Mapped[str | None] = mapped_column(Sealed)
    digest: Mapped[str] = mapped_column(String(64), default="")
    read_at: Mapped[datetime | None] = mapped_column(UTC)
    known_until: Mapped[datetime | None] = mapped_column(UTC)
    next_at: Mapped[datetime | None] = mapped_column(UTC)
    reason: Mapped[str] = mapped_column(String(20), default="")
    failed_at: Mapped[datetime | None] = mapped_column(UTC)
    created_at: Mapped[datetime] = mapped_column(UTC)
    version: Mapped[int] = mapped_column(Integer, default=1)

    __table_args__ = (
        CheckConstraint("kind IN ('" + "', '".join(KINDS) + "')", name="kind"),
        CheckConstraint("(kind = 'address') = (address IS NOT NULL)", name="address"),
        Index(
            "ix_person_calendar_next",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )


class BusyTime(Base):
    """A time at which a calendar says that its owner is not free; nothing about why."""

    __tablename__ = "busy_time"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    start_at: Mapped[datetime] = mapped_column(UTC)
    end_at: Mapped[datetime] = mapped_column(UTC, index=True)
    kind: Mapped[str] = mapped_column(String(10))

    __table_args__ = (
        CheckConstraint("kind IN ('" + "', '".join(BUSY) + "')", name="kind"),
        CheckConstraint("end_at > start_at", name="end_after_start"),
    )
