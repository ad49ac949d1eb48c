"""The register of keys: what it is found by, what it looks like on paper, what it forgets."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from shared import register
from shared.lib import db, i18n
from shared.lib.clock import rfc3339
from shared.register import Register, Rule, Texts
from shared.volumes import Book, Column
from tests.throwaway.model import KeyLoan


def lines(row_ids: Sequence[int]) -> Mapping[int, KeyLoan]:
    with db.reading() as session:
        return {row.id: row for row in session.scalars(select(KeyLoan).where(KeyLoan.id.in_(row_ids)))}


def shown(written: str) -> str:
    return i18n.format_datetime(datetime.fromisoformat(written)) if written else ""


def erase(rows: Sequence[Any]) -> None:
    for row in rows:
        row.borrower = "*"
    register.forget_corrections(REGISTER, [row.id for row in rows])


BOOK = Book(
    key="key", title="Keys", model=KeyLoan, number="reg_no", at="created_at", lines=lines, period="year",
    settled=lambda before: (KeyLoan.back_at <= before,),
    facts=lambda row: [row.reg_no, row.borrower, row.room, str(row.back_at)],
    erased=lambda row: row.borrower == "*",
    was=lambda row_ids: register.was(REGISTER, row_ids),
    columns=(
        Column("no", "No.", 20, lambda row: row.reg_no, stays=True),
        Column("borrower", "Name", 40, lambda row: row.borrower),
        Column("room", "Room", 30, lambda row: row.room, stays=True),
        Column("lent", "Day", 30, lambda row: rfc3339(row.created_at) or "", shown, stays=True),
        Column("back", "Back", 30, lambda row: rfc3339(row.back_at) or "", shown, stays=True),
    ),
)  # fmt: skip
REGISTER = Register(
    key="key", model=KeyLoan, columns=("borrower", "room"), altered=("key.lent", "key.corrected"), book=BOOK,
    texts=lambda row: Texts(names=(row.borrower,), words=(row.room,)),
    fields={"borrower": "Name", "room": "Room"},
    rules=(Rule("K1", "Names", "erased", lambda: 30,
                lambda before: (KeyLoan.back_at <= before, KeyLoan.borrower != "*"), erase),),
)  # fmt: skip
