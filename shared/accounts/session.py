"""Where somebody is signed in, and ending it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from shared import journal
from shared.accounts.changes import end_all
from shared.accounts.models import SessionRow
from shared.accounts.questions import row_by_id, subject
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.clock import now
from shared.lib.errors import NotFound, Refused
from shared.lib.i18n import _

CONFIRMED = timedelta(minutes=30)
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = tuple((mark, mark) for mark in ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux"))


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in, as its owner sees it."""

    id: int
    kind: str
    user_agent: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


@db.act
def sign_out() -> None:
    """Ends the session of whoever asks."""
    if actor().session_id is not None:
        _end(actor().session_id, "accounts.signed_out")


@db.act
def lock() -> None:
    """Locks the session of whoever asks, for every page it has open; a password opens it."""
    opened = _open(actor().session_id)
    if opened.locked_at is None:
        opened.locked_at = db.act_time()
        _note("accounts.locked", opened, session=opened.id)


@db.act
def end_session(session_id: int) -> None:
    """Ends one of one's own sessions; somebody else's is not there."""
    _end(session_id, "accounts.sessions_ended")


@db.act
def end_other_sessions() -> int:
    """Ends every session of whoever asks but this one; says how many."""
    session, account_id = db.session(), actor().id
    row = row_by_id(session, account_id)
    ended = end_all(session, account_id, but=actor().session_id or 0)
    journal.record("accounts.sessions_ended", subject(row), person_id=row.person_id, sessions=ended)
    return len(ended)


def sessions() -> list[Session]:
    """Where whoever asks is signed in, the latest first."""
    mine = select(SessionRow).where(
        SessionRow.account_id == actor().id, SessionRow.ended_at.is_(None), SessionRow.expires_at > now()
    )
    with db.reading() as session:
        rows = session.scalars(mine.order_by(SessionRow.last_seen_at.desc()))
        return [Session(r.id, r.kind, r.user_agent, r.created_at, r.last_seen_at, r.expires_at) for r in rows]


def confirmed_lately() -> bool:
    """Whether whoever asks typed the password in the last half hour."""
    with db.reading() as session:
        row = session.get(SessionRow, actor().session_id or 0)
        return row is not None and row.confirmed_at is not None and now() - row.confirmed_at <= CONFIRMED


def need_confirmation() -> None:
    """Refuses what matters until the password was typed in the last half hour; programs with a token pass."""
    if actor().kind == "account" and not confirmed_lately():
        raise Refused(_("Type your password once more first."), code="confirm-password")


def browser(user_agent: str) -> str:
    """Chrome, Windows: enough to know one's own browser again, and nothing of what was sent."""
    found = [next((name for mark, name in known if mark in user_agent), "") for known in (BROWSERS, MACHINES)]
    return ", ".join(name for name in found if name)


def _end(session_id: int | None, action: str) -> None:
    opened = _open(session_id)
    opened.ended_at = db.act_time()
    _note(action, opened, sessions=[opened.id])


def _open(session_id: int | None) -> SessionRow:
    opened = db.session().get(SessionRow, session_id or 0)
    if opened is None or opened.account_id != actor().id or opened.ended_at is not None:
        raise NotFound(_("That session is over."))
    return opened


def _note(action: str, opened: SessionRow, **told: object) -> None:
    session = db.session()
    session.flush()
    row = row_by_id(session, opened.account_id)
    journal.record(action, subject(row), person_id=row.person_id, **told)
