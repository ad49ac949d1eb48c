"""Accounts as everybody reads them: who they are, which roles they have, whether they may sign in."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from shared.accounts.models import AccountRow, RoleRow, SessionRow
from shared.lib import db
from shared.lib.errors import NotFound
from shared.lib.i18n import _


@dataclass(frozen=True, slots=True)
class Account:
    """An account as everybody reads it. `roles` holds "employee" when it is linked to a person."""

    id: int
    token: str
    name: str
    login: str
    email: str
    roles: frozenset[str]
    person_id: int | None
    language: str
    has_password: bool
    disabled_at: datetime | None
    row_version: int
    last_seen_at: datetime | None = None


def any_account() -> bool:
    """Whether the desk has been set up."""
    with db.reading() as session:
        return session.scalar(select(AccountRow.id).limit(1)) is not None


def accounts() -> list[Account]:
    """Everybody who may sign in or could once, by name."""
    with db.reading() as session:
        roles = defaultdict(set)
        for row in session.scalars(select(RoleRow)):
            roles[row.account_id].add(row.role)
        newest = select(SessionRow.account_id, func.max(SessionRow.last_seen_at)).group_by(SessionRow.account_id)
        seen = {row[0]: row[1] for row in session.execute(newest)}
        rows = session.scalars(select(AccountRow).order_by(AccountRow.name, AccountRow.id))
        return [view(row, roles[row.id], seen.get(row.id)) for row in rows]


def account(token: str) -> Account:
    """The account with this public id."""
    with db.reading() as session:
        return _seen_whole(session, row_by_token(session, token))


def account_by_id(account_id: int) -> Account:
    """The account of an actor."""
    with db.reading() as session:
        return _seen_whole(session, row_by_id(session, account_id))


def account_of_person(person_id: int) -> Account | None:
    """The account of somebody in the directory, when there is one."""
    with db.reading() as session:
        row = session.scalar(select(AccountRow).where(AccountRow.person_id == person_id))
        return _seen_whole(session, row) if row else None


def view(row: AccountRow, stored: Collection[str], last_seen_at: datetime | None = None) -> Account:
    """A row and its roles as a value."""
    return Account(
        id=row.id,
        token=row.token,
        name=row.name,
        login=row.login,
        email=row.email or "",
        roles=frozenset(stored) | ({"employee"} if row.person_id else set()),
        person_id=row.person_id,
        language=row.language,
        has_password=row.password_hash is not None,
        disabled_at=row.disabled_at,
        row_version=row.row_version,
        last_seen_at=last_seen_at,
    )


def roles_of(session: Session, account_id: int) -> set[str]:
    """Roles that somebody gave."""
    return set(session.scalars(select(RoleRow.role).where(RoleRow.account_id == account_id)))


def row_by_token(session: Session, token: str) -> AccountRow:
    """The row of a public id, NotFound otherwise."""
    return _there(session.scalar(select(AccountRow).where(AccountRow.token == token)))


def row_by_id(session: Session, account_id: int) -> AccountRow:
    """The row of an actor's account, NotFound otherwise."""
    return _there(session.get(AccountRow, account_id))


def row_by_login(session: Session, login: str) -> AccountRow | None:
    """The row of a sign-in name or e-mail address, already plain."""
    return session.scalar(select(AccountRow).where(or_(AccountRow.login == login, AccountRow.email == login)))


def subject(row: AccountRow) -> str:
    """What the journal calls an account."""
    return f"account:{row.token}"


def _there(row: AccountRow | None) -> AccountRow:
    if row is None:
        raise NotFound(_("There is no such account."))
    return row


def _seen_whole(session: Session, row: AccountRow) -> Account:
    newest = select(func.max(SessionRow.last_seen_at)).where(SessionRow.account_id == row.id)
    return view(row, roles_of(session, row.id), session.scalar(newest))
