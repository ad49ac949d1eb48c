"""Who is asking: cookies and tokens looked up once, kept in memory, forgotten when the journal says so."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import journal
from shared.accounts.changes import person_left
from shared.accounts.later import seen
from shared.accounts.models import AccountRow, ApiTokenRow, DeviceRow, SessionRow
from shared.accounts.questions import roles_of
from shared.accounts.rights import OWN, SCOPES
from shared.lib import db
from shared.lib.actor import Actor
from shared.lib.clock import now
from shared.lib.text import token_hash

SESSION_COOKIE, DEVICE_COOKIE = "foyer", "foyer-kiosk"
SEEN_EVERY = timedelta(minutes=1)
MOST_KEPT = 5000


@dataclass(slots=True)
class _Known:
    """A credential that was looked up: who it is now, who it is on their own page alone, until when."""

    actor: Actor
    row: tuple[str, int]
    csrf: str
    seen_at: datetime | None
    own: Actor | None = None
    desk_until: datetime | None = None
    expires_at: datetime | None = None
    remembered: bool = False


_known: dict[tuple[str, str], _Known] = {}
_csrf: dict[tuple[str, int], str] = {}
_turn = 0
_lock = threading.Lock()


def identify(*, bearer: str, session: str, device: str, path: str, secure: bool) -> Actor | None:
    """Who a request comes from. A bearer outweighs cookies; a kiosk's pages know the device only, people's pages the
    session only, the API either.

    `secure`: HTTPS or this machine. Without it a bearer for a device is not believed. A remembered phone is nobody
    on the desk's own pages once twelve hours are over, so that it is asked to sign in there.
    """
    if bearer:
        return by_bearer(bearer, secure=secure)
    if _below("/kiosk", path):
        return by_device(device)
    who = by_session(session, desk_only=_below("/console", path))
    return who or by_device(device) if _below("/api", path) else who


def _below(root: str, path: str) -> bool:
    return path == root or path.startswith(f"{root}/")


def by_session(cookie: str, *, desk_only: bool = False) -> Actor | None:
    """Whoever is signed in with this cookie; after the desk's hours with the rights of their own page only.

    `desk_only`: nobody then, when the account would have more rights after signing in again. A remembered phone's own
    page goes on while its desk is locked.
    """
    known = _look_up("session", cookie, _session)
    if known is None or known.own is None or (known.expires_at and known.expires_at <= now()):
        return None
    if known.desk_until and now() < known.desk_until:
        return known.own if known.actor.locked and known.remembered and not desk_only else known.actor
    return None if desk_only and known.own.roles != known.actor.roles else known.own


def by_device(cookie: str) -> Actor | None:
    """The kiosk that holds this cookie."""
    known = _look_up("device", cookie, _device)
    return known.actor if known else None


def by_bearer(secret: str, *, secure: bool = True) -> Actor | None:
    """The program that sent this token, or the kiosk, over HTTPS or from this machine."""
    known = _look_up("token", secret, _token)
    if known is not None:
        return known.actor if secure or "device" not in known.actor.roles else None
    return by_device(secret) if secure else None


def csrf_of(who: Actor) -> str:
    """The token that changes from this session or kiosk must carry; it lives as long as they do."""
    key = ("session", who.session_id or 0) if who.kind == "account" else (who.kind, who.id)
    return _csrf.get(key) or _stored_csrf(key)


def forget() -> None:
    """Looks everybody up again: something has changed who may do what."""
    global _turn
    with _lock:
        _turn += 1
        _known.clear()
        _csrf.clear()


journal.keep_fresh(forget, "accounts", "directory")


def join() -> None:
    """Somebody who leaves the company loses the account with the same act."""
    journal.within("directory.person_retired", person_left)


def ended_by(event: journal.Event) -> Callable[[Actor], bool] | None:
    """Whose sockets an event puts an end to, None for most events: signed out, shut, taken out of service."""
    if event.topic != "accounts":
        return None
    sessions = frozenset(event.data.get("sessions", ()))
    if sessions:
        return lambda who: who.kind == "account" and who.session_id in sessions
    kind = {"accounts.device_revoked": "device", "accounts.token_revoked": "token"}.get(event.action)
    return (lambda who: who.kind == kind and who.id == event.data[kind]) if kind else None


def _stored_csrf(key: tuple[str, int]) -> str:
    table = {"session": SessionRow.__table__, "device": DeviceRow.__table__}.get(key[0])
    if table is None:
        return ""
    with db.reading() as session:
        return session.scalar(select(table.c.csrf).where(table.c.id == key[1])) or ""


def _look_up(kind: str, secret: str, find: Callable[[Session, str], _Known | None]) -> _Known | None:
    if not secret or len(secret) > 100:
        return None
    key = (kind, token_hash(secret))
    known = _known.get(key)
    if known is None:
        known = _read(key, find)
    if known is not None and (known.seen_at is None or now() - known.seen_at >= SEEN_EVERY):
        known.seen_at = now()
        seen(*known.row, known.seen_at)
    return known


def _read(key: tuple[str, str], find: Callable[[Session, str], _Known | None]) -> _Known | None:
    """Reads one; keeps it only when nothing changed meanwhile."""
    turn = _turn
    with db.reading() as session:
        found = find(session, key[1])
    with _lock:
        if found is not None and turn == _turn:
            if len(_known) >= MOST_KEPT:
                _known.clear()
            _known[key] = found
            _csrf[found.row] = found.csrf
    return found


def _session(session: Session, hashed: str) -> _Known | None:
    row = session.scalar(select(SessionRow).where(SessionRow.token_hash == hashed, SessionRow.ended_at.is_(None)))
    account = session.get(AccountRow, row.account_id) if row else None
    if row is None or account is None or account.disabled_at is not None:
        return None
    roles = _roles(session, account)
    whole = Actor("account", account.id, account.name, roles, account.person_id, row.id, account.language)
    known = _Known(whole, ("session", row.id), row.csrf, row.last_seen_at, replace(whole, roles=roles & OWN))
    known.actor = replace(whole, locked=row.locked_at is not None)
    known.desk_until, known.expires_at, known.remembered = row.desk_until, row.expires_at, row.kind == "remembered"
    return known


def _device(session: Session, hashed: str) -> _Known | None:
    row = session.scalar(select(DeviceRow).where(DeviceRow.token_hash == hashed, DeviceRow.revoked_at.is_(None)))
    if row is None:
        return None
    actor = Actor("device", row.id, row.name, SCOPES["kiosk"])
    return _Known(actor, ("device", row.id), row.csrf, row.last_seen_at)


def _token(session: Session, hashed: str) -> _Known | None:
    row = session.scalar(select(ApiTokenRow).where(ApiTokenRow.token_hash == hashed, ApiTokenRow.revoked_at.is_(None)))
    account = session.get(AccountRow, row.account_id) if row and row.account_id else None
    if row is None or (account is not None and account.disabled_at is not None):
        return None
    person, language = (account.person_id, account.language) if account else (None, "")
    actor = Actor("token", row.id, row.name, SCOPES[row.scope], person, None, language)
    return _Known(actor, ("token", row.id), "", row.last_used_at)


def _roles(session: Session, account: AccountRow) -> frozenset[str]:
    return frozenset(roles_of(session, account.id) | (OWN if account.person_id else frozenset()))
