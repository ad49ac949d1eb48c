"""How an act changes a visit: the row, its version, and the journal row that remembers what was."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from shared import journal, volumes
from shared.lib import db
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _, format_time
from shared.rooms import Trace
from shared.visits.model import Visit

AFTERWARDS = {"visits.corrected"}  # what may follow when the volume is closed


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: the visit's token, and the seq by which it may be undone for a moment."""

    token: str
    state: str
    seq: int


def change(
    visit: Visit,
    action: str,
    *,
    undo: bool = True,
    trace: Trace | None = None,
    data: dict[str, Any] | None = None,
    **values: Any,
) -> Done:
    """Writes the new values and the journal row; what can be undone remembers what was, in its room as well.

    What cannot be undone names the columns, so that whoever hears of it knows what it was about.
    """
    if visit.left_at is not None and action not in AFTERWARDS:
        _still_open(visit)
    plain = {name: getattr(visit, name) for name in values if not name.endswith("_at")}
    empty = {name: getattr(visit, name) is None for name in values if name.endswith("_at")}
    for name, value in values.items():
        setattr(visit, name, value)
    more: dict[str, Any] = dict(data or {})
    if trace is not None and trace.data():
        more["room"] = trace.data()
    if trace is not None and trace.place:
        more["place"] = trace.place
    return happened(action, visit, **({"was": plain, "empty": empty} if undo else {"columns": sorted(values)}), **more)


def _still_open(visit: Visit) -> None:
    """Conflict when the visit stands in a closed volume (procedure 0.5)."""
    filed = volumes.of_row("visit", visit.id)
    if filed is not None:
        raise Conflict(_("This stands in volume %(number)s, which is closed.") % {"number": filed.number}, code="filed")


def happened(action: str, visit: Visit, **data: Any) -> Done:
    visit.row_version = (visit.row_version or 0) + 1
    db.session().flush()
    event = journal.record(action, f"visit:{visit.token}", person_id=visit.host_id, visit=visit.id, **data)
    return Done(visit.token, visit.state, event.seq)


def visit_of(token: str) -> Visit:
    return only(select(Visit).where(Visit.token == token))


def only(query: Any) -> Visit:
    visit: Visit | None = db.session().scalar(query)
    if visit is None:
        raise NotFound(_("This visit is not in the register."))
    return visit


def already(visit: Visit) -> Conflict:
    name = visit.visitor_name
    if visit.left_at is not None:
        return Conflict(
            _("%(name)s left at %(time)s.") % {"name": name, "time": format_time(visit.left_at)}, code="left"
        )
    return Conflict(_("%(name)s is already with the host.") % {"name": name}, code="met")
