"""Rows that may not be erased yet, although their time is over or somebody asks for it (legal hold)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select, update

from shared import journal
from shared.lib import clock, db
from shared.lib.actor import actor
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _, today
from shared.register.definition import Register
from shared.register.model import Hold


@dataclass(frozen=True, slots=True)
class HoldView:
    """One hold that is in force."""

    id: int
    row_id: int
    reason: str
    until: date | None
    by: int | None
    at: datetime


@db.act
def hold(register: Register, row: Any, reason: str, until: date | None) -> None:
    """Nothing of this row is erased from now on, until that day is over or somebody lifts it."""
    if of_row(register, row.id) is not None:
        raise Conflict(_("This is already kept."), code="held")
    _lift(register, row.id)
    made = Hold(register=register.key, row_id=row.id, reason=reason, until=until, by=_account(), at=db.act_time())
    db.session().add(made)
    db.session().flush()
    journal.record("retention.held", f"{register.key}:{row.token}", **{register.key: row.id})


@db.act
def lift(register: Register, row: Any) -> None:
    """The schedule goes on for this row."""
    if of_row(register, row.id) is None:
        raise NotFound(_("This is not kept any longer than usual."))
    _lift(register, row.id)
    journal.record("retention.lifted", f"{register.key}:{row.token}", **{register.key: row.id})


def of_row(register: Register, row_id: int) -> HoldView | None:
    """Why a row may not be erased; None when it may."""
    with db.reading() as session:
        row = session.scalar(select(Hold).where(Hold.row_id == row_id, *_in_force(register)))
        return _view(row) if row is not None else None


def holds(register: Register) -> list[HoldView]:
    """Everything that is held, the newest first."""
    with db.reading() as session:
        return [
            _view(row) for row in session.scalars(select(Hold).where(*_in_force(register)).order_by(Hold.id.desc()))
        ]


def held(register: Register) -> Any:
    """The condition that a row is held."""
    return register.model.id.in_(select(Hold.row_id).where(*_in_force(register)))


def forget(register: Register, row_ids: Iterable[int]) -> None:
    """Why these rows were held once, for it may name somebody; that they were stays. Only inside an act."""
    mine = (Hold.register == register.key, Hold.row_id.in_(list(row_ids)))
    db.session().execute(update(Hold).where(*mine).values(reason=""))


def _in_force(register: Register) -> tuple[Any, ...]:
    still = or_(Hold.until.is_(None), Hold.until >= today(clock.now()))
    return Hold.register == register.key, Hold.lifted_at.is_(None), still


def _lift(register: Register, row_id: int) -> None:
    open_holds = select(Hold).where(Hold.register == register.key, Hold.row_id == row_id, Hold.lifted_at.is_(None))
    for row in db.session().scalars(open_holds):
        row.lifted_at, row.lifted_by = db.act_time(), _account()
    db.session().flush()


def _account() -> int | None:
    return (actor().id or None) if actor().kind == "account" else None


def _view(row: Hold) -> HoldView:
    return HoldView(row.id, row.row_id, row.reason, row.until, row.by, row.at)
