"""Tables of the alerts: who is to know what, how each channel fared, and e-mail on its way."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Sealed, Token
from shared.visits import acts

STATES = ("open", "answered", "settled", "expired", "cancelled")
LIVE = ("open", "answered")
ANSWERS = acts.ANSWERS
ON_THE_WAY = ("queued", "sending", "sent", "delivered", "seen")
DELIVERY_STATES = (*ON_THE_WAY, "answered", "failed")
_due = text("next_at IS NOT NULL")
_live = text("state IN ('open', 'answered')")


class Alert(Base):
    """One person is to know one thing. It holds no name: texts are made from the subject when they are sent.

    A `summary` speaks for `count` visitors, who are in `alert_visit`; its `visit_id` is the first of them.
    """

    __tablename__ = "alert"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(80))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    urgency: Mapped[str] = mapped_column(String(10), default="normal")
    state: Mapped[str] = mapped_column(String(10), default="open")
    summary: Mapped[bool] = mapped_column(Boolean, default=False)
    count: Mapped[int] = mapped_column(Integer, default=1)
    answer: Mapped[str | None] = mapped_column(String(12))
    minutes: Mapped[int | None] = mapped_column(Integer)
    answered_by_person: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_via: Mapped[str] = mapped_column(String(10), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UTC)
    passed_to: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    created_at: Mapped[datetime] = mapped_column(UTC)
    expires_at: Mapped[datetime] = mapped_column(UTC)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)
    told_again_at: Mapped[datetime | None] = mapped_column(UTC)

    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
        CheckConstraint("answer IS NULL OR answer IN ('" + "', '".join(ANSWERS) + "')", name="answer"),
        CheckConstraint("(answer = 'minutes') = (minutes IS NOT NULL) OR answer IS NULL", name="minutes"),
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 1 AND 120", name="minutes_range"),
        Index("ix_alert_person_created", "person_id", "created_at"),
        Index("ix_alert_live", "person_id", sqlite_where=_live, postgresql_where=_live),
        Index("ix_alert_expires", "expires_at", sqlite_where=_live, postgresql_where=_live),
    )


class AlertVisit(Base):
    """A visitor whom a summary speaks for, and whether they still wait."""

    __tablename__ = "alert_visit"
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"), primary_key=True)
    visit_id: Mapped[int] = mapped_column(ForeignKey("visit.id"), primary_key=True, index=True)
    waiting: Mapped[bool] = mapped_column(Boolean, default=True)


class Sending:
    """What everything that is sent has in common. `next_at` is when it is due again; nothing is due without it.

    A claimed row is due again when its lease ends, so that what a killed process held is sent after all.
    """

    state: Mapped[str] = mapped_column(String(10), default="queued")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_at: Mapped[datetime | None] = mapped_column(UTC)
    claimed_by: Mapped[str | None] = mapped_column(String(30))
    claimed_until: Mapped[datetime | None] = mapped_column(UTC)
    reason: Mapped[str] = mapped_column(String(20), default="")
    words: Mapped[str] = mapped_column(String(200), default="")
    provider_id: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime] = mapped_column(UTC)
    sent_at: Mapped[datetime | None] = mapped_column(UTC)
    failed_at: Mapped[datetime | None] = mapped_column(UTC)


class Delivery(Sending, Base):
    """An alert on one channel: queued, sending, sent, delivered, seen, answered; or failed, and why."""

    __tablename__ = "delivery"
    id: Mapped[int] = mapped_column(primary_key=True)
    alert_id: Mapped[int] = mapped_column(ForeignKey("alert.id"))
    channel: Mapped[str] = mapped_column(String(10))
    delivered_at: Mapped[datetime | None] = mapped_column(UTC)
    seen_at: Mapped[datetime | None] = mapped_column(UTC)

    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(DELIVERY_STATES) + "')", name="state"),
        Index("uq_delivery_alert_channel", "alert_id", "channel", unique=True),
        Index("ix_delivery_due", "channel", "next_at", sqlite_where=_due, postgresql_where=_due),
    )


class Email(Sending, Base):
    """An e-mail to anybody, on its way; sealed, and emptied as soon as it is sent or given up."""

    __tablename__ = "outgoing_email"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    to: Mapped[str | None] = mapped_column(Sealed)
    subject: Mapped[str | None] = mapped_column(Sealed)
    text: Mapped[str | None] = mapped_column(Sealed)
    html: Mapped[str | None] = mapped_column(Sealed)
    expires_at: Mapped[datetime] = mapped_column(UTC)

    __table_args__ = (Index("ix_outgoing_email_due", "next_at", sqlite_where=_due, postgresql_where=_due),)
