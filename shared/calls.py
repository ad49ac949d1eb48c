"""Calls from a kiosk: a visitor asked for a person, and nobody has said "on my way" yet."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_, select

from shared import accounts, journal
from shared.journal import Event, JournalRow
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.clock import now
from shared.lib.errors import NotFound
from shared.lib.i18n import _, lazy

LASTS = timedelta(minutes=30)
REASONS = {
    "ask": lazy("Asks for a person"),
    "no_consent": lazy("Would rather register with you"),
    "not_found": lazy("Did not find the host"),
    "printer": lazy("The badge did not come out"),
    "sign": lazy("Wants to sign with you"),
}


@dataclass(frozen=True, slots=True)
class Call:
    """A kiosk that rings."""

    seq: int
    at: datetime
    kiosk: str
    reason: str


def waiting() -> list[Call]:
    """The last call of each kiosk in the past half hour that nobody has answered, oldest first."""
    ringing: dict[str, Event] = {}
    for event in _recent():
        ringing.pop(event.subject, None)
        if event.action == "kiosk.help":
            ringing[event.subject] = event
    names = {f"device:{device.id}": device.name for device in accounts.devices()} if ringing else {}
    return [_call(event, names) for event in ringing.values()]


@db.act
def ring(reason: str) -> int:
    """The kiosk that asks rings on every console, once however often it is asked. Gives the seq of this."""
    return journal.record("kiosk.help", f"device:{actor().id}", reason=reason).seq


@db.act
def answer(seq: int) -> int:
    """Somebody is on the way: the call leaves every screen. Gives the seq of this."""
    event = journal.at(seq)
    if event is None or event.action != "kiosk.help":
        raise NotFound(_("There is no such call."))
    return journal.record("kiosk.help_seen", event.subject, call=seq).seq


def _call(event: Event, names: dict[str, str]) -> Call:
    reason = REASONS.get(str(event.data.get("reason", "ask")), REASONS["ask"])
    return Call(event.seq, event.at, names.get(event.subject, ""), _(reason))


_J: Any = JournalRow.__table__.c
_RUNG = db.Prepared(
    select(JournalRow.__table__)
    .where(or_(_J.action == "kiosk.help", _J.action == "kiosk.help_seen"), _J.seq > bindparam("seq_"))
    .order_by(_J.seq)
)


class _Past:
    seq = 0  # every call up to here is over, so that nobody reads it again


def _recent() -> list[Event]:
    since = now() - LASTS
    with db.looking() as on:
        rows = _RUNG.all({"seq_": _Past.seq}, on)
    over = [row.seq for row in rows if row.at < since]
    _Past.seq = max([_Past.seq, *over])
    return [
        Event(row.seq, row.at, row.actor, row.action, row.subject, row.person_id, row.data or {})
        for row in rows
        if row.at >= since
    ]


def forget() -> None:
    """Reads from the beginning again: another database was opened."""
    _Past.seq = 0


db.when_closed(forget)
