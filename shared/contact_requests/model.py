"""Table of those who asked how a colleague is reached, and of what became of it (procedure 一.2.4)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.directory import WAYS
from shared.lib.db import UTC, Base, Sealed, Token

AGREED = "person_agreed"
BY_RECEPTION = ("declined_relayed", "refused")
OUTCOMES = (*BY_RECEPTION, AGREED)


class ContactRequest(Base):
    """Who asked (a visit, a call, or a description that is sealed), about whom, which way, and the outcome once there
    is one. `pad` is where the call is being written down that asked, until it is saved.

    Nobody but the person can agree: a row that says so names the account that tapped, and when.
    """

    __tablename__ = "contact_request"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id", ondelete="SET NULL"), index=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("phone_call.id"), index=True)
    pad: Mapped[str | None] = mapped_column(String(12))
    asker: Mapped[str | None] = mapped_column(Sealed)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    wanted: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str | None] = mapped_column(String(20))
    asked_at: Mapped[datetime] = mapped_column(UTC, index=True)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UTC)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[datetime | None] = mapped_column(UTC)

    __table_args__ = (
        CheckConstraint("wanted IN ('" + "', '".join(WAYS) + "')", name="wanted"),
        CheckConstraint("outcome IN ('" + "', '".join(OUTCOMES) + "')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled"),
        CheckConstraint(
            f"outcome IS NULL OR outcome <> '{AGREED}' OR (answered_at IS NOT NULL AND answered_by IS NOT NULL)",
            name="own_tap",
        ),
    )
