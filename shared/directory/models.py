"""The people who work here, and their departments."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Sealed, Token


class Department(Base):
    """A department; `sounds` is how its name may be typed in pinyin, derived from the name."""

    __tablename__ = "department"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    name_en: Mapped[str] = mapped_column(String(80), default="")
    manager_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", use_alter=True))
    sounds: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UTC)
    changed_at: Mapped[datetime] = mapped_column(UTC)
    changed_by: Mapped[str] = mapped_column(String(80), default="")
    row_version: Mapped[int] = mapped_column(default=1)


class Person(Base):
    """Somebody who works here. `pinyin` and `sounds` are derived from name, alias and reading when they are written.

    5,000 people are searched in memory (see `cache`), so the keys are one small column and need no table of their own.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("deputy_id IS NULL OR deputy_id <> id", name="not_own_deputy"),
        CheckConstraint("email IS NULL OR email = lower(email)", name="email_lower"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    alias: Mapped[str] = mapped_column(String(40), default="")
    reading: Mapped[str] = mapped_column(String(80), default="")
    pinyin: Mapped[str] = mapped_column(String(300))
    sounds: Mapped[str] = mapped_column(Text)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    title: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    phone: Mapped[str | None] = mapped_column(Sealed)
    phone_normal: Mapped[str | None] = mapped_column(Sealed)
    extension: Mapped[str | None] = mapped_column(Sealed)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    protected: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    left_at: Mapped[datetime | None] = mapped_column(UTC)
    created_at: Mapped[datetime] = mapped_column(UTC)
    changed_at: Mapped[datetime] = mapped_column(UTC)
    changed_by: Mapped[str] = mapped_column(String(80), default="")
    row_version: Mapped[int] = mapped_column(default=1)
