"""Tables of the visit register."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Sealed, Token

ON_SITE = ("arrived", "meeting", "absent_host")
WAITING = ("arrived", "absent_host")
STATES = ("expected", *ON_SITE, "left", "no_show", "cancelled", "refused")


def badge_of(number: int | None) -> str:
    """V012; a fourth digit when three are used up, empty for none."""
    return f"V{number:03d}" if number else ""


def _unique_on_site(column: str) -> Index:
    """No two people on site share this value; afterwards it may be used again."""
    where = text(f"left_at IS NULL AND {column} IS NOT NULL")
    return Index(f"uq_visit_{column}_on_site", column, unique=True, sqlite_where=where, postgresql_where=where)


class Visit(Base):
    """One row of the register; a row is never deleted by people, its number never used again."""

    __tablename__ = "visit"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    reg_no: Mapped[str | None] = mapped_column(String(20), unique=True)
    state: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(String(12))
    language: Mapped[str] = mapped_column(String(10))

    visitor_name: Mapped[str] = mapped_column(String(60))
    visitor_company: Mapped[str] = mapped_column(String(80), default="")
    visitor_key: Mapped[str] = mapped_column(String(24), index=True)
    party_size: Mapped[int] = mapped_column(Integer, default=1)
    phone: Mapped[str | None] = mapped_column(Sealed)
    phone_key: Mapped[str | None] = mapped_column(String(24), index=True)
    purpose: Mapped[str] = mapped_column(String(12))
    purpose_note: Mapped[str] = mapped_column(String(200), default="")

    host_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    host_text: Mapped[str] = mapped_column(String(80), default="")
    host_answer: Mapped[str | None] = mapped_column(String(12))
    host_minutes: Mapped[int | None] = mapped_column(Integer)
    host_answered_at: Mapped[datetime | None] = mapped_column(UTC)

    expected_at: Mapped[datetime | None] = mapped_column(UTC, index=True)
    expected_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    invitation_hash: Mapped[str | None] = mapped_column(String(43), unique=True)
    invitation_code: Mapped[str | None] = mapped_column(Sealed)

    arrived_at: Mapped[datetime | None] = mapped_column(UTC, index=True)
    captured_at: Mapped[datetime | None] = mapped_column(UTC)
    met_at: Mapped[datetime | None] = mapped_column(UTC)
    left_at: Mapped[datetime | None] = mapped_column(UTC, index=True)
    left_how: Mapped[str | None] = mapped_column(String(12))
    first_visit: Mapped[bool] = mapped_column(Boolean, default=False)
    escort: Mapped[bool] = mapped_column(Boolean, default=False)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTC)

    pass_hash: Mapped[str | None] = mapped_column(String(43), unique=True)
    pass_sealed: Mapped[str | None] = mapped_column(Sealed)
    short_code: Mapped[str | None] = mapped_column(String(6))
    badge_number: Mapped[int | None] = mapped_column(Integer)
    badge_returned: Mapped[bool] = mapped_column(Boolean, default=False)

    drink: Mapped[str] = mapped_column(String(10), default="")
    room_use_id: Mapped[int | None] = mapped_column(ForeignKey("room_use.id"), index=True)
    seated_at: Mapped[datetime | None] = mapped_column(UTC)

    notice_version: Mapped[str] = mapped_column(String(20), default="")
    lawful_basis: Mapped[str] = mapped_column(String(20), default="")
    consent_at: Mapped[datetime | None] = mapped_column(UTC)
    receptionist_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
    remark: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTC)
    row_version: Mapped[int] = mapped_column(Integer, default=1)
    will_return: Mapped[bool] = mapped_column(Boolean, default=False)
    return_at: Mapped[datetime | None] = mapped_column(UTC)
    time_open: Mapped[bool] = mapped_column(Boolean, default=False)
    closed_at: Mapped[datetime | None] = mapped_column(UTC)
    erased_at: Mapped[datetime | None] = mapped_column(UTC)

    __table_args__ = (
        CheckConstraint("party_size BETWEEN 1 AND 50", name="party_size"),
        CheckConstraint("left_at IS NULL OR arrived_at IS NULL OR left_at >= arrived_at", name="left_after_arrival"),
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
        CheckConstraint("arrived_at IS NULL OR reg_no IS NOT NULL", name="numbered"),
        CheckConstraint("host_id IS NOT NULL OR host_text <> ''", name="host"),
        _unique_on_site("badge_number"),
        _unique_on_site("short_code"),
        Index("ix_visit_state_arrived", "state", "arrived_at"),
    )


class Picture(Base):
    """A visitor's photo or signature, re-encoded; a row, so that a back-up is one thing."""

    __tablename__ = "visit_picture"
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(UTC)


class CorrectionRow(Base):
    """What a field said before, what it says now, and why (procedure 0.3, 更正)."""

    __tablename__ = "visit_correction"
    id: Mapped[int] = mapped_column(primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    old: Mapped[str] = mapped_column(Sealed)
    new: Mapped[str] = mapped_column(Sealed)
    reason: Mapped[str] = mapped_column(String(200), default="")
    by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTC)
