"""What the privacy officer is to look into: who was shown many rows; by e-mail, and on their page until it is seen."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared import accounts, alerts, company, directory, journal
from shared.accounts import Account
from shared.lib import clock, db, i18n
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.errors import Forbidden, NotFound
from shared.lib.i18n import _

ROLE, STANDS_IN = "privacy_officer", "admin_manager"
MANY, SEEN = "privacy.many_shown", "privacy.many_seen"
KEPT = timedelta(days=30)  # on the page, when nobody says that they have seen it


@dataclass(frozen=True, slots=True)
class Many:
    """Somebody was shown many rows within an hour."""

    seq: int
    at: datetime
    who: str
    rows: int


def tell() -> None:
    """An e-mail to every privacy officer; without one, to the administration managers. It names nobody. In an act."""
    at_work = [one for one in accounts.accounts() if one.disabled_at is None]
    told = [one for one in at_work if ROLE in one.roles] or [one for one in at_work if STANDS_IN in one.roles]
    for one in told:
        address = _address(one)
        if address and settings().smtp_url:
            with i18n.use(i18n.known(one.language) or settings().locale):
                alerts.send_mail(address, *_letter())


def unseen() -> list[Many]:
    """What nobody has looked into yet, newest first."""
    now = clock.now()
    found = journal.between(now - KEPT, now + timedelta(seconds=1), (MANY, SEEN))
    seen = {event.data["many"] for event in found if event.action == SEEN}
    return [
        Many(event.seq, event.at, event.subject, event.data["rows"])
        for event in found
        if event.action == MANY and event.seq not in seen
    ]


@db.act
def looked_into(seq: int) -> int:
    """A privacy officer has seen it. Gives the seq of this."""
    event = journal.at(seq)
    if event is None or event.action != MANY:
        raise NotFound(_("There is no such note."))
    if event.subject == actor().ref:
        raise Forbidden(_("Nobody ticks off what was written about themselves."))
    return journal.record(SEEN, event.subject, many=seq).seq


def _address(account: Account) -> str:
    person = directory.contact(account.person_id).email if account.person_id is not None else ""
    return account.email or person or ""


def _letter() -> tuple[str, str]:
    facts = {"company": company.facts().spoken(i18n.language()), "time": i18n.format_time(db.act_time())}
    facts["url"] = f"{settings().url}/console/privacy"
    subject = _("%(company)s: many entries about visitors were looked at") % facts
    body = _("At %(time)s an account had looked at more than 200 entries about visitors within an hour. Who it was:")
    return subject, f"{body % facts}\n\n{facts['url']}\n"
