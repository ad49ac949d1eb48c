"""A row is put right: both values stay, after 15 minutes with a reason, in a closed volume by a manager (0.3, 更正)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from shared import accounts, journal, volumes
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.errors import Conflict, Forbidden, Gone, Invalid
from shared.lib.i18n import _
from shared.register.definition import Register
from shared.register.model import Correction
from shared.register.pages import row as found

FREE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A value that was put right."""

    at: datetime
    by: int | None
    field: str
    old: str
    new: str
    reason: str


@db.act
def correct(register: Register, token: str, values: Mapping[str, Any], reason: str, row_version: int) -> list[str]:
    """Puts columns of a row right; gives those that changed. Its version counts up and the journal has a row.

    Conflict when somebody was quicker; Invalid when a reason is wanted; Forbidden in a closed volume but for managers.
    """
    row = found(register, token)
    if row.row_version != row_version:
        raise Conflict(_("Somebody has just changed this. Look at the change first."), code="stale")
    changed = {name: value for name, value in values.items() if name in register.fields and value != getattr(row, name)}
    if not changed:
        return []
    if register.book is not None and register.book.erased(register.book.lines([row.id])[row.id]):
        raise Gone(_("What was written here has been erased."))
    filed = allow(register, row, reason)
    note(register, row, changed, reason)
    for name, value in changed.items():
        setattr(row, name, value)
    row.row_version += 1
    db.session().flush()
    told = {register.key: row.id, "columns": sorted(changed)}
    journal.record(f"{register.key}.corrected", f"{register.key}:{row.token}", **told)
    if filed and register.book is not None:
        volumes.corrected(register.book, row.id)
    return sorted(changed)


def allow(register: Register, row: Any, reason: str) -> bool:
    """Whether the row stands in a closed volume; refuses whoever may not put it right, or says no reason."""
    filed = volumes.of_row(register.key, row.id) is not None
    if filed and not accounts.may(actor(), "volumes.correct"):
        raise Forbidden(_("This stands in a closed volume. Only an administration manager puts it right."))
    if (filed or db.act_time() - row.created_at > FREE) and not reason:
        raise Invalid(_("Write why this is changed."), fields={"reason": _("Write why this is changed.")})
    return filed


def note(register: Register, row: Any, changed: Mapping[str, Any], reason: str) -> None:
    """Keeps what these columns said before, beside what they will say. Only inside an act, before the row changes."""
    by = (actor().id or None) if actor().kind == "account" else None
    db.session().add_all(
        Correction(
            register=register.key, row_id=row.id, field=name, old=str(getattr(row, name) or ""), new=str(value),
            reason=reason, by=by, at=db.act_time(),
        )
        for name, value in changed.items()
    )  # fmt: skip


def corrections(register: Register, row_id: int) -> list[Corrected]:
    """Everything that was put right in a row, oldest first."""
    query = select(Correction).where(Correction.register == register.key, Correction.row_id == row_id)
    with db.reading() as session:
        rows = session.scalars(query.order_by(Correction.id))
        return [Corrected(row.at, row.by, row.field, row.old, row.new, row.reason) for row in rows]


def was(register: Register, row_ids: Sequence[int]) -> Mapping[int, Mapping[str, Sequence[str]]]:
    """What corrected columns of these rows said before, oldest first: what a book prints struck through."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    query = select(Correction).where(Correction.register == register.key, Correction.row_id.in_(row_ids))
    with db.reading() as session:
        for row in session.scalars(query.order_by(Correction.id)):
            if row.old:
                found[row.row_id][row.field].append(row.old)
    return found


def forget_corrections(register: Register, row_ids: Sequence[int], fields: Sequence[str] = ()) -> None:
    """What these columns said goes (all of them, when none is named), and every reason: it may name somebody."""
    emptied = update(Correction).where(Correction.register == register.key, Correction.row_id.in_(row_ids))
    db.session().execute(emptied.values(reason=""))
    db.session().execute((emptied.where(Correction.field.in_(fields)) if fields else emptied).values(old="", new=""))
