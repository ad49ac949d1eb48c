"""Links that work once: signing in by e-mail, choosing a password, and what all of them share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from html import escape

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from shared import journal
from shared.accounts import passwords, tries
from shared.accounts.changes import add_account
from shared.accounts.forms import NewAccount, login_from, plain_login
from shared.accounts.later import later
from shared.accounts.models import AccountRow, LinkRow
from shared.accounts.questions import (
    Account,
    account_by_id,
    any_account,
    roles_of,
    row_by_id,
    row_by_login,
    row_by_token,
    subject,
)
from shared.accounts.signing_in import SignedIn, open_session, renew
from shared.lib import db, i18n, text
from shared.lib.actor import actor
from shared.lib.clock import now
from shared.lib.config import settings
from shared.lib.errors import Forbidden, Gone, NotFound
from shared.lib.i18n import _

BY_EMAIL = timedelta(minutes=15)
RESET = timedelta(hours=24)

Mail = Callable[[str, str, str, str], None]
_mail: Mail | None = None
Employee = Callable[[str], tuple[int, str] | None]
_employee: Employee = lambda address: None  # noqa: E731


def mail_with(send: Mail) -> None:
    """Tells how an e-mail goes out: `send(to, subject, text, html)`."""
    global _mail
    _mail = send


def employees_with(find: Employee) -> None:
    """Tells who works here under an e-mail address: `find(address)` gives person and name; no account is needed."""
    global _employee
    _employee = find


@db.act
def create_reset_link(token: str) -> str:
    """Address where somebody chooses a password: a day, once. Whoever asks hands it over."""
    row = row_by_token(db.session(), token)
    if actor().kind == "account" and actor().id == row.id:
        raise Forbidden(_("Change your own password on your account page."))
    db.session().execute(delete(LinkRow).where(LinkRow.account_id == row.id, LinkRow.purpose == "reset"))
    secret = new_link("reset", row.id, RESET)
    journal.record("accounts.link_made", subject(row), person_id=row.person_id, purpose="reset")
    return f"{settings().url}/sign-in/link/{secret}"


def request_link(email: str) -> None:
    """Sends a sign-in link when an account has this address; whoever asks learns nothing either way."""
    later(partial(_send_link, plain_login(email), i18n.language()))


@dataclass(frozen=True, slots=True)
class Link:
    """A link somebody holds: what it is for, and whose it is."""

    purpose: str
    account: Account | None


def link(secret: str) -> Link:
    """Looks at a link without using it; NotFound, Gone, or Forbidden when it is not for whoever asks."""
    with db.reading() as session:
        row = _valid(session, secret)
        return Link(row.purpose, account_by_id(row.account_id) if row.account_id else None)


@db.act
def sign_in_by_link(secret: str, *, user_agent: str = "", remember: bool = False, previous: str = "") -> SignedIn:
    """Signs in whoever got the e-mail, to their own page only."""
    account_id = use(secret, "sign-in").account_id or 0
    return open_session(account_id, None, user_agent=user_agent, remember=remember, previous=previous)


def reset_password(secret: str, password: str, *, user_agent: str = "") -> SignedIn:
    """Keeps the password chosen behind a link; every session of the account ends, this browser gets a new one."""
    held = link(secret)
    if held.purpose != "reset" or held.account is None:
        raise NotFound(_("This link is not known here."))
    passwords.check(password, [held.account.login, held.account.name])
    return _use_for_password(secret, held.account, passwords.hashed(password), user_agent)


@db.act
def _use_for_password(secret: str, known: Account, password_hash: str, user_agent: str) -> SignedIn:
    use(secret, "reset")
    return renew(known.token, password_hash, known.id, user_agent)


def _send_link(address: str, language: str) -> None:
    found = _new_for(address) if _mail and tries.link_allowed(address) else None
    if found is None or _mail is None:
        return
    with i18n.use(found[1] or language):
        url = f"{settings().url}/sign-in/link/{found[0]}"
        lines = [
            _("This link signs you in to your own page at the front desk:"),
            url,
            _("It works once, within %(minutes)s minutes. If you did not ask for it, leave it.")
            % {"minutes": BY_EMAIL // timedelta(minutes=1)},
        ]
        button = f'<a href="{escape(url)}">{escape(_("Sign in"))}</a>'
        html = "".join(f"<p>{part}</p>" for part in (escape(lines[0]), button, escape(lines[2])))
        _mail(address, _("Your sign-in link"), "\n\n".join(lines), html)


@db.act
def _new_for(address: str) -> tuple[str, str] | None:
    """Secret and language for whoever has this address and a page of their own; an employee's first link opens it."""
    session = db.session()
    row = session.scalar(select(AccountRow).where(AccountRow.email == address)) or _first_time(session, address)
    if row is None or row.disabled_at is not None:
        return None
    if not (row.person_id or "employee" in roles_of(session, row.id)):
        return None
    journal.record("accounts.link_made", subject(row), person_id=row.person_id, purpose="sign-in")
    return new_link("sign-in", row.id, BY_EMAIL), row.language


def _first_time(session: Session, address: str) -> AccountRow | None:
    """An account for somebody of the directory who has none."""
    person_id, name = _employee(address) or (None, "")
    held = select(AccountRow.id).where(AccountRow.person_id == person_id)
    if person_id is None or session.scalar(held) is not None or row_by_login(session, login_from(address)) is not None:
        return None
    made = add_account(NewAccount(name=name, login=login_from(address)[:60], email=address, person_id=person_id))
    return row_by_id(session, made.id)


def new_link(purpose: str, account_id: int | None, lasts: timedelta) -> str:
    """The secret of a new link. Only inside an act."""
    secret = text.token(24)
    row = LinkRow(
        token_hash=text.token_hash(secret), purpose=purpose, account_id=account_id, expires_at=db.act_time() + lasts
    )
    db.session().add(row)
    db.session().flush()
    return secret


def use(secret: str, purpose: str) -> LinkRow:
    """Uses a link up. Only inside an act."""
    session = db.session()
    row = _valid(session, secret)
    if row.purpose != purpose:
        raise NotFound(_("This link is not known here."))
    row.used_at = db.act_time()
    session.flush()
    return row


def _valid(session: Session, secret: str) -> LinkRow:
    row = session.get(LinkRow, text.token_hash(secret))
    if row is None:
        raise NotFound(_("This link is not known here."))
    if row.purpose == "set-up" and (row.used_at is not None or any_account()):
        raise Forbidden(_("The desk is set up already. Sign in instead."))
    if row.used_at is not None:
        raise Gone(_("This link has been used. Ask for a new one."))
    if row.expires_at <= (db.act_time() if db.in_act() else now()):
        raise Gone(_("This link is too old. Ask for a new one."))
    if row.account_id is not None:
        _for_me(row_by_id(session, row.account_id))
    return row


def _for_me(row: AccountRow) -> None:
    if actor().kind == "account" and actor().id != row.id:
        raise Forbidden(_("This link is for somebody else. Sign out first."))
    if row.disabled_at is not None:
        raise Gone(_("This account is shut. Reception knows more."))
