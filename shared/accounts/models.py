"""Tables: who may sign in, where they are signed in, kiosks, tokens, and links that work once."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Sealed, Token


class AccountRow(Base):
    """Somebody who may sign in; linked to a person of the directory when it is an employee's."""

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    name: Mapped[str] = mapped_column(String(40))
    login: Mapped[str] = mapped_column(String(60), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), unique=True)
    language: Mapped[str] = mapped_column(String(10), default="")
    totp_secret: Mapped[str | None] = mapped_column(Sealed)
    created_at: Mapped[datetime] = mapped_column(UTC)
    disabled_at: Mapped[datetime | None] = mapped_column(UTC)
    row_version: Mapped[int] = mapped_column(Integer)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012


class RoleRow(Base):
    """One role of one account."""

    __tablename__ = "account_role"
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(30), primary_key=True)


class SessionRow(Base):
    """A browser that is signed in. Until `desk_until` it holds every right of the account, then only the own page's.

    From `locked_at` on it sees short names and does nothing, until a password opens it.
    """

    __tablename__ = "sign_in_session"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    token_hash: Mapped[str] = mapped_column(Token, unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    csrf: Mapped[str] = mapped_column(Token)
    kind: Mapped[str] = mapped_column(String(10))
    user_agent: Mapped[str] = mapped_column(String(60), default="")
    created_at: Mapped[datetime] = mapped_column(UTC)
    last_seen_at: Mapped[datetime] = mapped_column(UTC)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTC)
    desk_until: Mapped[datetime | None] = mapped_column(UTC)
    locked_at: Mapped[datetime | None] = mapped_column(UTC)
    expires_at: Mapped[datetime] = mapped_column(UTC)
    ended_at: Mapped[datetime | None] = mapped_column(UTC)

    __table_args__ = (Index("ix_sign_in_session_account_id_ended_at", "account_id", "ended_at"),)


class DeviceRow(Base):
    """A kiosk that reception has paired."""

    __tablename__ = "device"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    token_hash: Mapped[str] = mapped_column(Token, unique=True)
    csrf: Mapped[str] = mapped_column(Token)
    created_at: Mapped[datetime] = mapped_column(UTC)
    last_seen_at: Mapped[datetime | None] = mapped_column(UTC)
    revoked_at: Mapped[datetime | None] = mapped_column(UTC)


class PairingRow(Base):
    """A tablet that shows a code and waits for reception; its token lies here, sealed, until it is collected."""

    __tablename__ = "pairing"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[str] = mapped_column(String(6), unique=True)
    poll_hash: Mapped[str] = mapped_column(Token, unique=True)
    expires_at: Mapped[datetime] = mapped_column(UTC)
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
    device_token: Mapped[str | None] = mapped_column(Sealed)


class ApiTokenRow(Base):
    """A program that may ask, with the rights of its scope."""

    __tablename__ = "api_token"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    scope: Mapped[str] = mapped_column(String(10))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    token_hash: Mapped[str] = mapped_column(Token, unique=True)
    created_at: Mapped[datetime] = mapped_column(UTC)
    last_used_at: Mapped[datetime | None] = mapped_column(UTC)
    revoked_at: Mapped[datetime | None] = mapped_column(UTC)


class LinkRow(Base):
    """A link that works once: `set-up` the desk, `sign-in` by e-mail, `reset` a password."""

    __tablename__ = "sign_in_link"
    token_hash: Mapped[str] = mapped_column(Token, primary_key=True)
    purpose: Mapped[str] = mapped_column(String(10))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UTC)
    used_at: Mapped[datetime | None] = mapped_column(UTC)
