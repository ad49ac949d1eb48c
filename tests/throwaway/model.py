"""Keys that are lent: who has which, since when, and when it came back."""

from datetime import datetime

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib.db import UTC, Base, Token


class KeyLoan(Base):
    """One key that was lent."""

    __tablename__ = "key_loan"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    reg_no: Mapped[str] = mapped_column(String(20), unique=True)
    borrower: Mapped[str] = mapped_column(String(60))
    room: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(UTC)
    back_at: Mapped[datetime | None] = mapped_column(UTC)
    row_version: Mapped[int] = mapped_column(Integer, default=1)
