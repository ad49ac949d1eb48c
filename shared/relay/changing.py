"""How an act changes a message: the row, the try it logs, the clocks, and the journal row that remembers what was."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from shared import deadlines, journal
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Gone, NotFound
from shared.lib.i18n import _, format_time
from shared.relay.model import OPEN, Relay, RelayAttempt, RelayHolder


@dataclass(frozen=True, slots=True)
class Done:
    """What an act did: the message's token, and the seq by which it may be taken back for a moment."""

    token: str
    status: str
    seq: int


def relay_of(token: str) -> Relay:
    """The row of a public id; NotFound when there is none."""
    row: Relay | None = db.session().scalar(select(Relay).where(Relay.token == token))
    if row is None:
        raise NotFound(_("There is no such message."))
    return row


def subject_of(row: Relay) -> str:
    return f"relay:{row.token}"


def change(row: Relay, action: str, *, undo: bool = True, data: dict[str, Any] | None = None, **values: Any) -> Done:
    """Writes the new values and the journal row; what can be undone remembers what was, without a word of it."""
    was = {name: getattr(row, name) for name in ("status", "confirm_method", "round")}
    empty = [name for name in values if name not in was and getattr(row, name) is None]
    for name, value in values.items():
        setattr(row, name, value)
    return happened(row, action, **(data or {}), **({"was": was, "empty": empty} if undo else {}))


def happened(row: Relay, action: str, **data: Any) -> Done:
    """One journal row about a message; everybody who holds it hears of it."""
    db.session().flush()
    event = journal.record(
        action, subject_of(row), person_id=data.pop("person_id", None) or holder(row), visit=row.visit_id, **data
    )
    return Done(row.token, row.status, event.seq)


def log_attempt(row: Relay, channel: str, result: str, note: str = "") -> None:
    """Writes down one try."""
    tried = db.session().scalar(select(func.count()).where(RelayAttempt.relay_id == row.id)) or 0
    made = RelayAttempt(
        relay_id=row.id, n=tried + 1, at=act_time(), by=actor().ref, channel=channel, result=result, note=note or None,
        round=row.round,
    )  # fmt: skip
    db.session().add(made)


def still_open(row: Relay) -> Relay:
    """Raises Conflict, or Gone, with what became of it when nothing is to be passed on any more."""
    if row.status in OPEN:
        return row
    if row.status == "cancelled":
        raise Gone(_("This message was taken back."))
    raise Conflict(_("Confirmed at %(time)s.") % {"time": format_time(row.confirmed_at or row.recorded_at)})


def pass_on_clock(subject: str) -> str:
    """What measures how soon a message is passed on: T09 for one that came by phone, T06 for a visitor's."""
    return "T09" if subject.startswith("phone:") else "T06"


def clock_of(row: Relay, plain: str) -> str:
    """T10 or T11, or what they are called when it is urgent."""
    return f"{plain}U" if row.urgency == "urgent" else plain


def start(row: Relay, key: str) -> None:
    """The clock starts from the beginning, for whoever holds the message."""
    deadlines.restart(key, subject_of(row), visit_id=row.visit_id, person_id=holder(row))


def meet(row: Relay, key: str) -> None:
    deadlines.meet(key, subject_of(row))


def holders(row: Relay) -> list[RelayHolder]:
    """Everybody who may confirm it now."""
    query = select(RelayHolder).where(RelayHolder.relay_id == row.id, RelayHolder.until.is_(None))
    return list(db.session().scalars(query.order_by(RelayHolder.id)))


def holder(row: Relay) -> int:
    """Whose message it is: the recipient, or the colleague it was handed to."""
    held = [one.person_id for one in holders(row) if one.role in ("recipient", "colleague")]
    return held[-1] if held else row.to_id
