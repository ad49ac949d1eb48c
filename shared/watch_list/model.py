"""Tables of the watch-list: whom to look out for and until when, who is told, and who may have come."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Sealed, Token

STATES = ("open", "not_them", "is_them")


class WatchEntry(Base):
    """Somebody to look out for. Every word is sealed; `aliases` has one a line. It is deleted when its time is over."""

    __tablename__ = "watch_entry"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    name: Mapped[str] = mapped_column(Sealed)
    aliases: Mapped[str] = mapped_column(Sealed)
    company: Mapped[str] = mapped_column(Sealed)
    reason: Mapped[str] = mapped_column(Sealed)
    instruction: Mapped[str] = mapped_column(Sealed)
    expires_at: Mapped[datetime] = mapped_column(UTC, index=True)
    added_by: Mapped[str] = mapped_column(String(40))
    added_at: Mapped[datetime] = mapped_column(UTC)
    row_version: Mapped[int] = mapped_column(Integer, default=1)


class WatchTold(Base):
    """A person who is told when somebody on the list may have come."""

    __tablename__ = "watch_told"
    entry_id: Mapped[int] = mapped_column(ForeignKey("watch_entry.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)


class WatchMatch(Base):
    """A visit whose name is one on the list: open until a person decides. It holds no name."""

    __tablename__ = "watch_match"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"))
    subject: Mapped[str] = mapped_column(String(60))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("watch_entry.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="open")
    at: Mapped[datetime] = mapped_column(UTC, index=True)
    decided_by: Mapped[str | None] = mapped_column(String(40))
    decided_at: Mapped[datetime | None] = mapped_column(UTC)
    let_in_by: Mapped[str | None] = mapped_column(String(40))
    let_in_at: Mapped[datetime | None] = mapped_column(UTC)
    let_in_reason: Mapped[str | None] = mapped_column(Sealed)

    __table_args__ = (
        UniqueConstraint("visit_id", "entry_id"),
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
        CheckConstraint("(state = 'open') = (decided_at IS NULL)", name="decided"),
        CheckConstraint("let_in_at IS NULL OR state = 'is_them'", name="let_in"),
    )
