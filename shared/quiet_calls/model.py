"""Tables of quiet calls: who is called, each call of a receptionist, and what those who were called have said."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Sealed, Token

SAYS = ("coming", "police")


class Responder(Base):
    """Somebody who is called; `place` is where they stand in the order."""

    __tablename__ = "quiet_responder"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(Integer)


class QuietCall(Base):
    """A call, real or a drill. At most one runs. The note is sealed: it may name somebody."""

    __tablename__ = "quiet_call"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    drill: Mapped[bool] = mapped_column(Boolean)
    running: Mapped[int | None] = mapped_column(Integer, unique=True)
    begun_at: Mapped[datetime] = mapped_column(UTC)
    begun_by: Mapped[str] = mapped_column(String(40))
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    ended_by: Mapped[str | None] = mapped_column(String(40))
    false_alarm: Mapped[bool] = mapped_column(Boolean, default=False)
    note: Mapped[str | None] = mapped_column(Sealed)

    __table_args__ = (
        CheckConstraint("running IS NULL OR running = 1", name="one"),
        CheckConstraint("(running IS NULL) = (ended_at IS NOT NULL)", name="running"),
    )


class QuietAnswer(Base):
    """What somebody said: on the way, or the police has been called. Both may be said."""

    __tablename__ = "quiet_answer"
    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("quiet_call.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    says: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UTC)

    __table_args__ = (CheckConstraint("says IN ('" + "', '".join(SAYS) + "')", name="says"),)
