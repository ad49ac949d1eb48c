"""Signing in: a new session each time, twelve hours at the desk, thirty days for one's own page."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session as Database

from shared import journal
from shared.accounts import passwords, tries
from shared.accounts.changes import keep_password
from shared.accounts.forms import plain_login
from shared.accounts.later import later
from shared.accounts.models import AccountRow, SessionRow
from shared.accounts.questions import Account, account_by_id, roles_of, row_by_id, row_by_login, subject
from shared.accounts.rights import OWN
from shared.accounts.session import browser
from shared.lib import db, text
from shared.lib.actor import Actor, acting_as, actor
from shared.lib.errors import Invalid, Unauthorised
from shared.lib.i18n import _

DESK = timedelta(hours=12)
REMEMBERED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What the browser gets: the cookie's secret, how long it is kept (seconds), which roles it opens, the language."""

    cookie: str
    max_age: int
    roles: frozenset[str]
    language: str


def sign_in(
    login: str, password: str, *, address: str = "", user_agent: str = "", remember: bool = False, previous: str = ""
) -> SignedIn:
    """Checks name (or e-mail) and password; the same answer in the same time whatever is wrong with them."""
    plain = plain_login(login)
    account_id, kept = _usable(plain)
    if not _right(plain, address, kept, password):
        if account_id is not None:
            later(partial(note_refused, account_id))
        raise Unauthorised(_("That name and password do not go together."))
    return open_session(account_id or 0, kept, user_agent=user_agent, remember=remember, previous=previous)


def confirm_password(password: str, *, address: str = "") -> None:
    """The password once more, before something that matters; it counts for half an hour, and opens a locked session."""
    known, kept = _present()
    if not _right(known.login, address, kept, password):
        raise Invalid(_("That is not your password."), fields={"password": _("That is not your password.")})
    _confirmed()


def change_password(present: str, password: str, *, address: str = "", user_agent: str = "") -> SignedIn:
    """A new password for whoever is signed in: every session ends, this browser gets a new one."""
    known, kept = _present()
    if kept is not None and not _right(known.login, address, kept, present):
        raise Invalid(_("That is not your password."), fields={"present": _("That is not your password.")})
    passwords.check(password, [known.login, known.name])
    return renew(known.token, passwords.hashed(password), known.id, user_agent)


@db.act
def renew(token: str, password_hash: str, account_id: int, user_agent: str) -> SignedIn:
    """Keeps a new password and signs this browser in with it."""
    keep_password(token, password_hash)
    return open_session(account_id, password_hash, user_agent=user_agent)


@db.act
def open_session(
    account_id: int, password_hash: str | None, *, user_agent: str = "", remember: bool = False, previous: str = ""
) -> SignedIn:
    """A new session with a new secret; the browser's previous one ends. Without a password: only the own page."""
    session = db.session()
    row = row_by_id(session, account_id)
    if row.disabled_at is not None or row.password_hash != (password_hash or row.password_hash):
        raise Unauthorised(_("That name and password do not go together."))
    ended = _end_previous(session, previous)
    cookie, lasts = text.token(32), REMEMBERED if remember else DESK
    opened = _session_row(row, cookie, lasts, user_agent, by_password=password_hash is not None)
    opened.kind = "remembered" if remember else "desk"
    session.add(opened)
    session.flush()
    with acting_as(Actor("account", row.id)):
        told = {"session": opened.id, "kind": opened.kind, "sessions": ended}
        journal.record("accounts.signed_in", subject(row), person_id=row.person_id, **told)
    roles = frozenset(roles_of(session, row.id) | ({"employee"} if row.person_id else set()))
    return SignedIn(cookie, int(lasts.total_seconds()), roles if password_hash else roles & OWN, row.language)


@db.act
def note_refused(account_id: int) -> None:
    """Keeps in the journal that somebody tried a wrong password."""
    row = row_by_id(db.session(), account_id)
    journal.record("accounts.sign_in_refused", subject(row), person_id=row.person_id)


@db.act
def _confirmed() -> None:
    session = db.session()
    opened = session.get_one(SessionRow, actor().session_id or 0)
    action = "accounts.unlocked" if opened.locked_at else "accounts.confirmed"
    opened.confirmed_at, opened.locked_at = db.act_time(), None
    session.flush()
    journal.record(action, subject(row_by_id(session, opened.account_id)), session=opened.id)


def _right(login: str, address: str, kept: str | None, password: str) -> bool:
    """Whether the password is right; counts a wrong one, and refuses even the right one when there were too many."""
    with passwords.turn():
        tries.check(login, address)
        if passwords.matches(kept, password):
            return True
        tries.wrong(login, address)
        return False


def _usable(login: str) -> tuple[int | None, str | None]:
    """Account and password hash behind a name, nothing for one that is shut."""
    with db.reading() as session:
        row = row_by_login(session, login)
        return (row.id, row.password_hash) if row is not None and row.disabled_at is None else (None, None)


def _present() -> tuple[Account, str | None]:
    known = account_by_id(actor().id)
    with db.reading() as session:
        return known, row_by_id(session, known.id).password_hash


def _session_row(row: AccountRow, cookie: str, lasts: timedelta, user_agent: str, *, by_password: bool) -> SessionRow:
    at = db.act_time()
    return SessionRow(
        token_hash=text.token_hash(cookie),
        account_id=row.id,
        csrf=text.token(),
        user_agent=browser(user_agent),
        created_at=at,
        last_seen_at=at,
        confirmed_at=at if by_password else None,
        desk_until=at + DESK if by_password else None,
        expires_at=at + lasts,
    )


def _end_previous(session: Database, cookie: str) -> list[int]:
    held = select(SessionRow).where(SessionRow.token_hash == text.token_hash(cookie), SessionRow.ended_at.is_(None))
    row = session.scalar(held) if cookie else None
    if row is None:
        return []
    row.ended_at = db.act_time()
    return [row.id]
