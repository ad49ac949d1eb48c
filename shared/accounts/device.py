"""Kiosks: a tablet shows a code, reception approves it, and from then on it is known by its cookie."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, select

from shared import journal
from shared.accounts.models import DeviceRow, PairingRow
from shared.lib import db, text
from shared.lib.clock import now
from shared.lib.errors import Gone, NotFound, TooMany
from shared.lib.i18n import _

WAITS = timedelta(minutes=10)
MOST_WAITING = 20


@dataclass(frozen=True, slots=True)
class Device:
    """A kiosk as reception sees it."""

    id: int
    name: str
    created_at: datetime
    last_seen_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pairing:
    """What a tablet gets when it asks to be paired: a code to show, a secret to ask with."""

    code: str
    poll: str
    expires_at: datetime


def devices() -> list[Device]:
    """Kiosks in service first, by name."""
    with db.reading() as session:
        rows = session.scalars(select(DeviceRow).order_by(DeviceRow.revoked_at.is_not(None), DeviceRow.name))
        return [_view(row) for row in rows]


@db.act
def start_pairing() -> Pairing:
    """A code of 6 characters for a tablet; it waits ten minutes for somebody to approve it."""
    session = db.session()
    session.execute(delete(PairingRow).where(PairingRow.expires_at <= db.act_time()))
    if (session.scalar(select(func.count(PairingRow.id))) or 0) >= MOST_WAITING:
        raise TooMany(_("Too many tablets are waiting. Try again in ten minutes."), retry_after=600)
    code, poll, until = _free_code(), text.token(24), db.act_time() + WAITS
    session.add(PairingRow(code=code, poll_hash=text.token_hash(poll), expires_at=until))
    return Pairing(code, poll, until)


def _free_code() -> str:
    taken = set(db.session().scalars(select(PairingRow.code)))
    return next(fresh for fresh in iter(text.short_code, "") if fresh not in taken)


def pairing_waits(code: str) -> bool:
    """Whether a tablet is showing this code now."""
    with db.reading() as session:
        return session.scalar(_waiting(code)) is not None


@db.act
def approve_pairing(code: str, name: str) -> Device:
    """Takes the tablet that shows `code` into service as `name`."""
    session = db.session()
    row = session.scalar(_waiting(code))
    if row is None:
        sentence = _("No tablet shows this code. It changes every ten minutes.")
        raise NotFound(sentence, fields={"code": sentence})
    device, secret = _add(name)
    row.device_id, row.device_token = device.id, secret
    session.flush()
    return device


@db.act
def collect_pairing(poll: str) -> str | None:
    """The device's secret, once, when somebody has approved; None while nobody has; Gone when it is too late."""
    session = db.session()
    row = session.scalar(select(PairingRow).where(PairingRow.poll_hash == text.token_hash(poll)))
    if row is None or row.expires_at <= db.act_time():
        raise Gone(_("This code is too old. Here is a new one."))
    secret = row.device_token
    if secret is not None:
        session.delete(row)
    return secret


@db.act
def offer_device(device_id: int, secret: str, lasts: timedelta) -> str:
    """Lets somebody collect a kiosk's secret once, with the secret that is given back; an earlier offer ends."""
    session, poll = db.session(), text.token(24)
    session.execute(delete(PairingRow).where(PairingRow.device_id == device_id))
    row = PairingRow(code=_free_code(), poll_hash=text.token_hash(poll), expires_at=db.act_time() + lasts)
    row.device_id, row.device_token = device_id, secret
    session.add(row)
    return poll


@db.act
def add_device(name: str) -> tuple[Device, str]:
    """A kiosk without a code: its secret is for the operator, once."""
    return _add(name)


@db.act
def revoke_device(device_id: int) -> Device:
    """Takes a kiosk out of service; its next request and its sockets are refused."""
    row = db.session().get(DeviceRow, device_id)
    if row is None:
        raise NotFound(_("There is no such kiosk."))
    if row.revoked_at is None:
        row.revoked_at = db.act_time()
        db.session().flush()
        journal.record("accounts.device_revoked", f"device:{row.id}", device=row.id)
    return _view(row)


def _waiting(code: str) -> Select[PairingRow]:
    at = db.act_time() if db.in_act() else now()
    return select(PairingRow).where(
        PairingRow.code == text.plain_code(code), PairingRow.expires_at > at, PairingRow.device_id.is_(None)
    )


def _add(name: str) -> tuple[Device, str]:
    session, secret = db.session(), text.token(32)
    row = DeviceRow(name=name, token_hash=text.token_hash(secret), csrf=text.token(), created_at=db.act_time())
    session.add(row)
    session.flush()
    journal.record("accounts.device_added", f"device:{row.id}", device=row.id)
    return _view(row), secret


def _view(row: DeviceRow) -> Device:
    return Device(row.id, row.name, row.created_at, row.last_seen_at, row.revoked_at)
