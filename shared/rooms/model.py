"""Tables of the rooms: what there is, who used it, when tea was served, who cleared it, for when it is kept free."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Sealed

DRINKS = ("tea", "water", "coffee", "none")
_open_use, _open_clearing = text("ended_at IS NULL"), text("ended_at IS NULL")


class Room(Base):
    """A meeting room, or a waiting area that several parties share."""

    __tablename__ = "room"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), unique=True)
    name_en: Mapped[str] = mapped_column(String(30), default="")
    seats: Mapped[int] = mapped_column(Integer)
    plant: Mapped[str] = mapped_column(String(10), default="chair")
    smoking: Mapped[bool] = mapped_column(Boolean, default=False)
    vip: Mapped[bool] = mapped_column(Boolean, default=False)
    waiting: Mapped[bool] = mapped_column(Boolean, default=False)
    place: Mapped[int] = mapped_column(Integer, default=0)
    closed_at: Mapped[datetime | None] = mapped_column(UTC)
    closed_reason: Mapped[str] = mapped_column(String(80), default="")
    row_version: Mapped[int] = mapped_column(Integer, default=1)

    __table_args__ = (CheckConstraint("seats BETWEEN 1 AND 200", name="seats"),)


class RoomUse(Base):
    """Somebody is in a room, from the first guest who sits down until the last one leaves: one at a time."""

    __tablename__ = "room_use"
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UTC)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    drink: Mapped[str] = mapped_column(String(10), default="none")
    quiet_at: Mapped[datetime | None] = mapped_column(UTC)
    note: Mapped[str] = mapped_column(Sealed, default="")
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        CheckConstraint("drink IN ('" + "', '".join(DRINKS) + "')", name="drink"),
        CheckConstraint("ended_at IS NULL OR ended_at >= started_at", name="in_order"),
        Index("uq_room_use_open", "room_id", unique=True, sqlite_where=_open_use, postgresql_where=_open_use),
    )


class TeaRound(Base):
    """Tea or another drink was brought: when, and by whom."""

    __tablename__ = "tea_round"
    id: Mapped[int] = mapped_column(primary_key=True)
    use_id: Mapped[int] = mapped_column(ForeignKey("room_use.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTC)
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    first: Mapped[bool] = mapped_column(Boolean, default=False)


class RoomClearing(Base):
    """A room that the last guest has left: cleared with its checklist, or taken before that for a `reason`."""

    __tablename__ = "room_clearing"
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    use_id: Mapped[int] = mapped_column(ForeignKey("room_use.id"), index=True)
    started_at: Mapped[datetime] = mapped_column(UTC)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    cups: Mapped[bool] = mapped_column(Boolean, default=False)
    ashtray: Mapped[bool | None] = mapped_column(Boolean)
    table: Mapped[bool] = mapped_column("table_and_chairs", Boolean, default=False)
    tidy: Mapped[bool] = mapped_column(Boolean, default=False)
    found: Mapped[str] = mapped_column(Sealed, default="")
    seconds: Mapped[int | None] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(200), default="")

    __table_args__ = (
        Index(
            "uq_room_clearing_open", "room_id", unique=True, sqlite_where=_open_clearing,
            postgresql_where=_open_clearing,
        ),
    )  # fmt: skip


class RoomReservation(Base):
    """A room is kept free for a time: asked for by somebody of the company, for whom."""

    __tablename__ = "room_reservation"
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UTC)
    ends_at: Mapped[datetime] = mapped_column(UTC, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(Sealed, default="")
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    cancelled_at: Mapped[datetime | None] = mapped_column(UTC)

    __table_args__ = (CheckConstraint("ends_at > starts_at", name="in_order"),)
