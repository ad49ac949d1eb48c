"""Tables of the messages: what is to be passed on to whom, every try, and who is asked to confirm it."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Sealed, Token

OPEN = ("recorded", "attempting", "notified")
STATUSES = (*OPEN, "confirmed", "replied", "closed", "cancelled")
VOICE = ("in_person", "extension", "mobile", "via_colleague")
WRITTEN = ("im", "sms", "email", "paper_slip")
CHANNELS = (*VOICE, *WRITTEN, "page")
FAILURES = ("no_answer", "busy", "off", "refused")
RESULTS = ("reached", "delivered_written", *FAILURES, "auto_sent")
METHODS = ("repeated", "page", "link", "api")
ROLES = ("recipient", "colleague", "deputy", "dept_manager", "manager")
_holds = text("until IS NULL")


class Relay(Base):
    """One message on its way: from somebody who gave it, about a visit or a call, to a person.

    What people wrote is sealed. `wrong` is what the recipient said was wrong with it, until it is put right. Each
    `round` starts the tries anew: when it was wrong, and when somebody else has it.
    """

    __tablename__ = "relay"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    urgency: Mapped[str] = mapped_column(String(8), default="normal")
    from_name: Mapped[str] = mapped_column(Sealed)
    company: Mapped[str] = mapped_column(Sealed)
    number: Mapped[str | None] = mapped_column(Sealed)
    message: Mapped[str] = mapped_column(Sealed)
    wrong: Mapped[str | None] = mapped_column(Sealed)
    read_back_done: Mapped[bool] = mapped_column(Boolean, default=False)
    reply_required: Mapped[bool] = mapped_column(Boolean, default=False)
    status: Mapped[str] = mapped_column(String(12), default="recorded")
    wrong_count: Mapped[int] = mapped_column(Integer, default=0)
    round: Mapped[int] = mapped_column(Integer, default=0)
    recorded_at: Mapped[datetime] = mapped_column(UTC, index=True)
    recorded_by: Mapped[str] = mapped_column(String(40))
    notified_at: Mapped[datetime | None] = mapped_column(UTC)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTC)
    confirm_method: Mapped[str] = mapped_column(String(10), default="")
    replied_at: Mapped[datetime | None] = mapped_column(UTC)
    reply_summary: Mapped[str | None] = mapped_column(Sealed)
    closed_at: Mapped[datetime | None] = mapped_column(UTC)
    escalated_at: Mapped[datetime | None] = mapped_column(UTC)
    cancelled_at: Mapped[datetime | None] = mapped_column(UTC)
    cancel_reason: Mapped[str | None] = mapped_column(Sealed)

    __table_args__ = (
        CheckConstraint("status IN ('" + "', '".join(STATUSES) + "')", name="status"),
        CheckConstraint("urgency IN ('normal', 'urgent')", name="urgency"),
        CheckConstraint("(status = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled"),
        CheckConstraint("status NOT IN ('confirmed', 'replied') OR confirmed_at IS NOT NULL", name="confirmed"),
        Index("ix_relay_status", "status", "recorded_at"),
    )


class RelayAttempt(Base):
    """One try to reach the person, by hand or by the desk itself; what was taken back stays and says so."""

    __tablename__ = "relay_attempt"
    id: Mapped[int] = mapped_column(primary_key=True)
    relay_id: Mapped[int] = mapped_column(ForeignKey("relay.id", ondelete="CASCADE"), index=True)
    n: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UTC)
    by: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(14))
    result: Mapped[str] = mapped_column(String(18))
    note: Mapped[str | None] = mapped_column(Sealed)
    round: Mapped[int] = mapped_column(Integer, default=0)
    undone: Mapped[bool] = mapped_column(Boolean, default=False)

    __table_args__ = (
        CheckConstraint("channel IN ('" + "', '".join(CHANNELS) + "')", name="channel"),
        CheckConstraint("result IN ('" + "', '".join(RESULTS) + "')", name="result"),
    )


class RelayHolder(Base):
    """Who may read a message and confirm it, from when until when, and why: the recipient, a deputy, a colleague."""

    __tablename__ = "relay_holder"
    id: Mapped[int] = mapped_column(primary_key=True)
    relay_id: Mapped[int] = mapped_column(ForeignKey("relay.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(14))
    reason: Mapped[str | None] = mapped_column(Sealed)
    since: Mapped[datetime] = mapped_column(UTC)
    until: Mapped[datetime | None] = mapped_column(UTC)

    __table_args__ = (
        CheckConstraint("role IN ('" + "', '".join(ROLES) + "')", name="role"),
        Index(
            "uq_relay_holder_holds", "relay_id", "person_id", unique=True, sqlite_where=_holds, postgresql_where=_holds
        ),
    )
