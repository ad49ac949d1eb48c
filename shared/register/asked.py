"""Somebody asks to be forgotten before their time (procedure 4.7): every row of theirs, at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from shared import volumes
from shared.lib import db
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _
from shared.register.definition import Register, Whose
from shared.register.forgetting import erase
from shared.register.holding import held
from shared.register.pages import book_of, row


def theirs(register: Register, token: str) -> Sequence[Any]:
    """Every row of whom the row with this public id is about; NotFound when there is none."""
    with db.reading() as session:
        return list(session.scalars(_rows(register, row(register, token))))


@db.act
def forget_whose(register: Register, token: str) -> int:
    """Erases what is kept of them, in closed volumes too; how many rows that were. Once more does nothing.

    Conflict while one of them is held, or something is still to be done about one.
    """
    first, also = row(register, token), _whose(register).also
    rows = [one for one in db.session().scalars(_rows(register, first)) if one.erased_at is None]
    ids, book = [row.id for row in rows], book_of(register)
    mine = register.model.id.in_(ids)
    if db.session().scalar(select(register.model.id).where(mine, held(register)).limit(1)) is not None:
        raise Conflict(_("One of these entries is kept beyond its time, so nothing was erased."), code="held")
    settled = set(db.session().scalars(select(register.model.id).where(mine, *book.settled(db.act_time()))))
    if settled != set(ids):
        raise Conflict(_("Something is still to be done for them. Settle it first."), code="open")
    if also is not None:
        also(first)
    for rule in register.rules:
        erase(register, rule, rows)
    volumes.reissue(book, ids, "erased")
    return len(rows)


def _rows(register: Register, first: Any) -> Any:
    model = register.model
    return select(model).where(*_whose(register).theirs(first)).order_by(model.id)


def _whose(register: Register) -> Whose:
    if register.whose is None:
        raise NotFound(_("There is no such register."))
    return register.whose
