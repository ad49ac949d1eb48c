"""Tables of the phone register: every call, and every try to call somebody back (procedure 2.2)."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, Float, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from shared.lib import text as letters
from shared.lib.db import UTC, Base, Sealed, Token

OUTCOMES = ("answered", "transferred", "absent", "wrong_number", "spam")
OFFERS = ("message", "call_back", "declined")
TRANSFERS = ("connected", "busy", "nobody")
STATES = ("handled", "missed", "called_back", "unreachable", "rang_again")
RESULTS = ("reached", "no_answer", "busy", "off")
SPOKEN = ("mandarin", "dialect", "english", "other")
_waits = text("state = 'missed'")


def key_of(number: str | None) -> str | None:
    """What a number is compared by."""
    return letters.keyed_hash("phone", number) if number else None


def _among(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ('" + "', '".join(values) + "')"


class Call(Base):
    """One call. Its number is sealed and compared by `number_key`; what was said is sealed; `offer` is what somebody
    was offered whose person was not there. `back_of` is the missed call that this one answers.
    """

    __tablename__ = "phone_call"
    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(Token, unique=True)
    reg_no: Mapped[str] = mapped_column(String(20), unique=True)
    state: Mapped[str] = mapped_column(String(12))
    direction: Mapped[str] = mapped_column(String(3), default="in")
    source: Mapped[str] = mapped_column(String(12), default="console")
    call_at: Mapped[datetime] = mapped_column(UTC, index=True)
    number: Mapped[str | None] = mapped_column(Sealed)
    number_key: Mapped[str | None] = mapped_column(String(24))
    caller_name: Mapped[str] = mapped_column(String(60), default="")
    caller_company: Mapped[str] = mapped_column(String(80), default="")
    caller_title: Mapped[str] = mapped_column(String(40), default="")
    spoken: Mapped[str] = mapped_column(String(10), default="mandarin")
    rings: Mapped[int | None] = mapped_column(Integer)
    answer_seconds: Mapped[float | None] = mapped_column(Float)
    wanted_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    wanted_text: Mapped[str] = mapped_column(String(80), default="")
    content: Mapped[str] = mapped_column(Sealed, default="")
    outcome: Mapped[str] = mapped_column(String(14))
    transfer_result: Mapped[str] = mapped_column(String(10), default="")
    offer: Mapped[str] = mapped_column(String(10), default="")
    complaint: Mapped[str | None] = mapped_column(Sealed)
    complained: Mapped[bool] = mapped_column(Boolean, default=False)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    back_of: Mapped[int | None] = mapped_column(ForeignKey("phone_call.id"))
    remark: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime] = mapped_column(UTC)
    settled_at: Mapped[datetime | None] = mapped_column(UTC)
    erased_at: Mapped[datetime | None] = mapped_column(UTC)
    row_version: Mapped[int] = mapped_column(Integer, default=1)

    __table_args__ = (
        CheckConstraint(_among("state", STATES), name="state"),
        CheckConstraint(_among("outcome", (*OUTCOMES, "missed")), name="outcome"),
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        CheckConstraint(_among("offer", ("", *OFFERS)), name="offer"),
        CheckConstraint(_among("transfer_result", ("", *TRANSFERS)), name="transfer_result"),
        CheckConstraint("outcome != 'absent' OR offer != ''", name="offered"),
        CheckConstraint("(state = 'missed') = (settled_at IS NULL)", name="settled"),
        Index("ix_phone_call_number_key", "number_key", "id"),
        Index("ix_phone_call_waits", "call_at", sqlite_where=_waits, postgresql_where=_waits),
    )


class CallBack(Base):
    """One try to call somebody back; what was taken back stays and says so."""

    __tablename__ = "phone_call_back"
    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("phone_call.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(UTC)
    by: Mapped[str] = mapped_column(String(40))
    result: Mapped[str] = mapped_column(String(10))
    note: Mapped[str | None] = mapped_column(Sealed)
    undone: Mapped[bool] = mapped_column(Boolean, default=False)

    __table_args__ = (CheckConstraint(_among("result", RESULTS), name="result"),)
