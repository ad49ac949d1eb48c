"""Table of what is to be printed, and how far it has come."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base

STATES = ("queued", "sending", "printed", "failed", "unknown", "cancelled")
_open = text("state IN ('queued', 'sending')")


class PrintJob(Base):
    """One badge, or the slip of a message, on its way to a printer. It holds no name: that is read when it is drawn.

    One of `kind` test tries the printer out and belongs to no visit.

    `due_at` is when it is looked at next. `sending` means that the printer may have it, so that it is asked by
    `job_name` before anything is sent again. `reason` is a key of `printer.sentence`, `says` the printer's own words.
    """

    __tablename__ = "print_job"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), default="badge")
    subject: Mapped[str] = mapped_column(String(80))
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("visit.id"), index=True)
    job_name: Mapped[str] = mapped_column(String(80), unique=True)
    printer: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(10), default="queued")
    reason: Mapped[str] = mapped_column(String(20), default="")
    says: Mapped[str] = mapped_column(String(200), default="")
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime] = mapped_column(UTC)
    claimed_by: Mapped[str | None] = mapped_column(String(40))
    claimed_until: Mapped[datetime | None] = mapped_column(UTC)
    created_at: Mapped[datetime] = mapped_column(UTC)
    sent_at: Mapped[datetime | None] = mapped_column(UTC)
    finished_at: Mapped[datetime | None] = mapped_column(UTC)
    reprint_of: Mapped[int | None] = mapped_column(ForeignKey("print_job.id"))
    reprint_reason: Mapped[str] = mapped_column(String(20), default="")
    asked_by: Mapped[str] = mapped_column(String(40))

    __table_args__ = (
        CheckConstraint("state IN ('" + "', '".join(STATES) + "')", name="state"),
        CheckConstraint("kind <> 'badge' OR visit_id IS NOT NULL", name="badge"),
        CheckConstraint("(reprint_of IS NULL) = (reprint_reason = '')", name="reprint"),
        CheckConstraint("state <> 'sending' OR sent_at IS NOT NULL", name="sent"),
        Index("ix_print_job_due", "due_at", sqlite_where=_open, postgresql_where=_open),
    )
