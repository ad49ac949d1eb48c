"""Tables of the roll call: a call, whoever is on its list, and what was said of them; no word of it is erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, JSONText, Sealed, Token
from shared.roll_call.forms import STATES


class RollCall(Base):
    """A call, real or a drill. At most one runs; `key` is what the device that began it calls it."""

    __tablename__ = "roll_call"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    key: Mapped[str | None] = mapped_column(String(64), unique=True)
    drill: Mapped[bool]
    running: Mapped[int | None] = mapped_column(Integer, unique=True)
    started_at: Mapped[datetime] = mapped_column(UTC)
    started_by: Mapped[str] = mapped_column(String(40))
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    ended_by: Mapped[str | None] = mapped_column(String(40))

    __table_args__ = (
        CheckConstraint("running IS NULL OR running = 1", name="one"),
        CheckConstraint("(running IS NULL) = (ended_at IS NOT NULL)", name="running"),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="ended_after_start"),
    )


class OnCall(Base):
    """Somebody on the list of a call. A visitor's facts are kept as they were, sealed; staff are in the directory."""

    __tablename__ = "roll_call_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    roll_call_id: Mapped[int] = mapped_column(ForeignKey("roll_call.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(60))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    party_size: Mapped[int] = mapped_column(Integer, default=1)
    facts: Mapped[str | None] = mapped_column(Sealed)
    since: Mapped[datetime | None] = mapped_column(UTC)
    added_at: Mapped[datetime] = mapped_column(UTC)
    late: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        UniqueConstraint("roll_call_id", "subject"),
        CheckConstraint("party_size >= 1", name="party_size"),
    )


class Mark(Base):
    """What a warden said of somebody: when by the device, when the desk heard it, and which marks it takes back.

    `key` is made by the device, so that a mark that is sent again is still one.
    """

    __tablename__ = "roll_call_mark"
    id: Mapped[int] = mapped_column(primary_key=True)
    roll_call_id: Mapped[int] = mapped_column(ForeignKey("roll_call.id", ondelete="CASCADE"))
    on_call_id: Mapped[int] = mapped_column(ForeignKey("roll_call_person.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(10))
    by: Mapped[str] = mapped_column(String(40))
    said_at: Mapped[datetime] = mapped_column(UTC)
    at: Mapped[datetime] = mapped_column(UTC)
    withdraws: Mapped[list[Any]] = mapped_column(JSONText)

    __table_args__ = (
        UniqueConstraint("roll_call_id", "key"),
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
    )
