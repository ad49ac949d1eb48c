"""What happens to accounts: made, changed, shut, opened, given a password."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from shared import journal
from shared.accounts import passwords
from shared.accounts.forms import AccountChange, NewAccount
from shared.accounts.models import AccountRow, RoleRow, SessionRow
from shared.accounts.questions import Account, account, roles_of, row_by_id, row_by_login, row_by_token, subject, view
from shared.accounts.rights import MANAGERS
from shared.lib import db, text
from shared.lib.actor import actor
from shared.lib.errors import Conflict, Forbidden, Invalid
from shared.lib.i18n import _


@db.act
def add_account(new: NewAccount, *, password_hash: str | None = None) -> Account:
    """Makes an account. Without a password it waits for a link; nobody gives themselves one this way."""
    session = db.session()
    _free(session, new.signs_in_as, new.email, None)
    _nobodys(session, new.person_id)
    row = AccountRow(
        token=text.token(),
        name=new.name,
        login=new.signs_in_as,
        email=new.email,
        password_hash=password_hash,
        person_id=new.person_id,
        language=new.language,
        created_at=db.act_time(),
    )
    session.add(row)
    session.flush()
    session.add_all(RoleRow(account_id=row.id, role=role) for role in new.roles)
    session.flush()
    journal.record("accounts.added", subject(row), person_id=row.person_id, roles=sorted(new.roles))
    return view(row, new.roles)


@db.act
def change_account(token: str, change: AccountChange) -> Account:
    """Name, e-mail and roles. Nobody changes their own roles; other roles end every session of the account."""
    session = db.session()
    row = row_by_token(session, token)
    if row.row_version != change.row_version:
        raise Conflict(_("Somebody has just changed this account. See that change first."))
    _free(session, row.login, change.email, row.id)
    before, wanted = roles_of(session, row.id), set(change.roles)
    row.name, row.email = change.name, change.email
    flag_modified(row, "name")  # a change of roles counts as one of the account
    session.flush()
    if wanted != before:
        _change_roles(session, row, before, wanted)
    journal.record("accounts.changed", subject(row), person_id=row.person_id)
    return view(row, wanted)


@db.act
def change_language(account_id: int, language: str) -> None:
    """The language somebody reads in."""
    row = row_by_id(db.session(), account_id)
    row.language = language
    db.session().flush()
    journal.record("accounts.changed", subject(row), person_id=row.person_id)


@db.act
def disable(token: str) -> Account:
    """Shuts an account: it cannot sign in, and is signed out everywhere."""
    session = db.session()
    row = row_by_token(session, token)
    _somebody_else(row, _("Somebody else has to shut your account."))
    if row.disabled_at is None:
        _shut(session, row)
        _keep_a_manager(session, roles_of(session, row.id))
    return view(row, roles_of(session, row.id))


@db.act
def enable(token: str) -> Account:
    """Opens a shut account again."""
    session = db.session()
    row = row_by_token(session, token)
    if row.disabled_at is not None:
        row.disabled_at = None
        session.flush()
        journal.record("accounts.enabled", subject(row), person_id=row.person_id)
    return view(row, roles_of(session, row.id))


def person_left(event: journal.Event) -> None:
    """Reaction to a person leaving the company: their account is shut in the same transaction."""
    session = db.session()
    row = session.scalar(select(AccountRow).where(AccountRow.person_id == event.person_id))
    if event.person_id is not None and row is not None and row.disabled_at is None:
        _shut(session, row)


def choose_password(token: str, password: str) -> None:
    """Checks, hashes and keeps a new password; every session of the account ends."""
    known = account(token)
    passwords.check(password, [known.login, known.name])
    keep_password(token, passwords.hashed(password))


@db.act
def keep_password(token: str, password_hash: str) -> None:
    """Keeps a password that was hashed before; every session of the account ends."""
    session = db.session()
    row = row_by_token(session, token)
    row.password_hash = password_hash
    session.flush()
    journal.record("accounts.password_set", subject(row), person_id=row.person_id, sessions=end_all(session, row.id))


def end_all(session: Session, account_id: int, but: int = 0) -> list[int]:
    """Ends every open session of an account, except one when told so, and says which."""
    open_ones = select(SessionRow).where(SessionRow.account_id == account_id, SessionRow.ended_at.is_(None))
    ended = list(session.scalars(open_ones.where(SessionRow.id != but)))
    for row in ended:
        row.ended_at = db.act_time()
    session.flush()
    return [row.id for row in ended]


def _change_roles(session: Session, row: AccountRow, before: set[str], wanted: set[str]) -> None:
    _somebody_else(row, _("Somebody else has to change your roles."))
    for role in before - wanted:
        session.delete(session.get_one(RoleRow, (row.id, role)))
    session.add_all(RoleRow(account_id=row.id, role=role) for role in wanted - before)
    session.flush()
    _keep_a_manager(session, before)
    ended = end_all(session, row.id)
    journal.record(
        "accounts.roles_changed", subject(row), person_id=row.person_id, roles=sorted(wanted), sessions=ended
    )


def _somebody_else(row: AccountRow, sentence: str) -> None:
    if actor().kind == "account" and actor().id == row.id:
        raise Forbidden(sentence)


def _shut(session: Session, row: AccountRow) -> None:
    row.disabled_at = db.act_time()
    session.flush()
    journal.record("accounts.disabled", subject(row), person_id=row.person_id, sessions=end_all(session, row.id))


def _keep_a_manager(session: Session, before: set[str]) -> None:
    """The last one who may manage accounts stays."""
    if before.isdisjoint(MANAGERS):
        return
    holders = select(RoleRow.role).join(AccountRow, AccountRow.id == RoleRow.account_id)
    if session.scalar(holders.where(RoleRow.role.in_(MANAGERS), AccountRow.disabled_at.is_(None)).limit(1)) is None:
        raise Invalid(_("This is the last account that can manage accounts. Give somebody else the role first."))


def _nobodys(session: Session, person_id: int | None) -> None:
    held = select(AccountRow.id).where(AccountRow.person_id == person_id)
    if person_id is not None and session.scalar(held) is not None:
        sentence = _("This person has an account already.")
        raise Conflict(sentence, fields={"person": sentence})


def _free(session: Session, login: str, email: str | None, mine: int | None) -> None:
    for field, value, sentence in (
        ("login", login, _("Somebody signs in with this name already.")),
        ("email", email, _("Another account has this e-mail address.")),
    ):
        taken = row_by_login(session, value) if value else None
        if taken is not None and taken.id != mine:
            raise Conflict(sentence, fields={field: sentence})
