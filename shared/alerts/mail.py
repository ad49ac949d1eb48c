"""E-mail to anybody, such as a sign-in link: sealed on its way, emptied once it is sent, safe over a restart."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import insert, select, update

from shared import company, journal
from shared.alerts import letter, wake
from shared.alerts.model import Email
from shared.alerts.queue import OUTBOX, Claimed, NotSent, failed, sent
from shared.alerts.words import reason_name
from shared.lib import clock, db, text
from shared.lib.config import settings
from shared.lib.errors import Conflict
from shared.lib.i18n import _, format_time, language

GOOD_FOR = timedelta(hours=24)
TRIAL = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class EmailView:
    """How an e-mail fares; what it says is nobody's business."""

    token: str
    state: str
    reason: str
    words: str
    attempts: int
    next_at: datetime | None

    @property
    def over(self) -> bool:
        """Nothing more becomes of it by itself."""
        return self.next_at is None

    @property
    def text(self) -> str:
        """How it fares, in the reader's language."""
        if self.state == "sent":
            return _("Sent. It is in the mailbox in a moment.")
        if not self.reason:
            return _("On its way.")
        why = {"reason": reason_name(self.reason) + (f" ({self.words})" if self.words else "")}
        return (_("Not sent: %(reason)s.") if self.over else _("Not sent yet: %(reason)s. It is tried again.")) % why


@db.act
def send_mail(to: str, subject: str, text_: str, html: str = "", *, good_for: timedelta = GOOD_FOR) -> str:
    """Puts an e-mail on its way, durable when this returns; gives the token by which `mail_state` knows it."""
    at, public = db.act_time(), text.token(12)
    db.connection().execute(
        insert(Email),
        {
            "token": public,
            "to": to,
            "subject": subject,
            "text": text_,
            "html": html,
            "created_at": at,
            "next_at": at,
            "expires_at": at + good_for,
        },
    )
    db.on_commit(wake.mail)
    return public


@db.act
def try_mail(to: str) -> str:
    """An e-mail that says that e-mail works; gives its token. Raises Conflict when there is no mail server."""
    if not settings().smtp_url:
        raise Conflict(_("This desk sends no e-mail yet."))
    names = {"company": company.facts().spoken(language()), "time": format_time(db.act_time())}
    subject = _("E-mail from %(company)s works") % names
    public = send_mail(
        to, subject, _("Sent at %(time)s to try it out. Nothing has to be done.") % names, good_for=TRIAL
    )
    journal.record("alerts.mail_tried", "company")
    return public


def mail_state(token: str) -> EmailView | None:
    """How an e-mail fares; None when there is none."""
    columns = (Email.token, Email.state, Email.reason, Email.words, Email.attempts, Email.next_at)
    with db.reading() as session:
        row = session.execute(select(*columns).where(Email.token == token)).first()
    return EmailView(*row) if row else None


def of_email(email_id: int) -> EmailMessage | None:
    """The message of a row; None when it is too old to be of use."""
    with db.reading() as session:
        row = session.get(Email, email_id)
        if row is None or row.to is None or row.expires_at <= clock.now():
            return None
        message = letter.compose(row.to, row.subject or "", row.text or "", row.html or "")
        message["Message-ID"] = letter.message_id("email", row.token)
        return message


@db.act
def mark_sent(claimed: Claimed, provider_id: str = "") -> None:
    """It is out: nothing of it is kept but that it was sent."""
    sent(OUTBOX, claimed, provider_id)
    empty(claimed)


@db.act
def mark_failed(claimed: Claimed, why: NotSent) -> None:
    """Another try later, or the end, which empties it too."""
    failed(OUTBOX, claimed, why)
    empty(claimed)


def empty(claimed: Claimed) -> None:
    """Takes the words out of a row that is not due again."""
    over = update(Email).where(Email.id == claimed.id, Email.next_at.is_(None))
    db.connection().execute(over.values(to=None, subject=None, text=None, html=None))
