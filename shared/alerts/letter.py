"""The text of an alert, made when it is sent: surname, company and kind of reason, and links that answer it."""

from collections.abc import Callable
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from sqlalchemy import select

from shared import accounts, company, directory, visits
from shared.alerts import backup_letter, links, message_letter, summons_letter, words
from shared.alerts.model import LIVE, Alert, Delivery
from shared.alerts.questions import visits_of
from shared.alerts.queue import NotSent
from shared.alerts.views import alert_view
from shared.lib import clock, db, i18n
from shared.lib.config import settings
from shared.lib.i18n import _
from shared.visits import VisitView

OWN: dict[str, Callable[[Alert], dict[str, Any]]] = {
    "message": message_letter.values,
    "backup": backup_letter.values,
    "watch": summons_letter.watch_values,
    "quiet": summons_letter.quiet_values,
    "filing": backup_letter.values,
    "overdue": backup_letter.values,
}
PAPER = {"watch": "backup", "filing": "backup", "overdue": "backup"}  # whose letter looks like whose
TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / "alerts"


@dataclass(frozen=True, slots=True)
class Button:
    """A link that shows one answer, ready to be given."""

    label: str
    url: str
    main: bool = False


def of_delivery(delivery_id: int) -> EmailMessage | None:
    """The e-mail that tells a person of an alert, in their language; None when nobody needs to answer any more."""
    with db.reading() as session:
        alert = session.scalar(select(Alert).join(Delivery).where(Delivery.id == delivery_id))
    if alert is None or alert.state not in LIVE:
        return None
    address = directory.contact(alert.person_id).email
    person = directory.person(alert.person_id)
    if not address or person is None:
        raise NotSent("no_address", permanent=True)
    about = PAPER.get(alert.kind, alert.kind) if alert.kind in OWN else "visitor"
    with i18n.use(_language(alert.person_id)):
        values = OWN.get(alert.kind, _values)(alert)
        plain, html = _render(f"{about}.txt", values), _render(f"{about}.html", values)
        message = compose(address, values["subject"], plain, html, name=person.name)
    again = alert.told_again_at is not None
    message["Message-ID"] = message_id("alert-again" if again else "alert", alert.token)
    if again:
        message["References"] = message_id("alert", alert.token)
    return message


def of_quiet_end(person_id: int, *, drill: bool) -> tuple[str, str]:
    """Subject and text of the e-mail that takes a quiet call back, in the language of whoever was called."""
    with i18n.use(_language(person_id)):
        said = _("False alarm: nobody is needed at the front desk")
        subject = _("Drill: %(words)s") % {"words": said} if drill else said
        return subject, f"{said}\n\n{company.facts().spoken(i18n.language())}\n"


def compose(to: str, subject: str, plain: str, html: str = "", *, name: str = "") -> EmailMessage:
    """A message from the front desk; nothing in it can end a header line."""
    message = EmailMessage(policy=SMTP)
    sender, address = parseaddr(settings().mail_from)
    own_name = company.facts().spoken(i18n.language())
    try:
        message["From"] = Address(_one_line(sender) or own_name, addr_spec=address or f"reception@{_domain()}")
        message["To"] = Address(_one_line(name), addr_spec=to)
    except (ValueError, IndexError):
        raise NotSent("unknown_address", permanent=True) from None
    message["Subject"] = _one_line(subject)
    message["Date"] = format_datetime(clock.now())
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def _values(alert: Alert) -> dict[str, Any]:
    waiting = visits_of(alert_view(alert))
    visit = waiting[0] if waiting else visits.one(alert.visit_id or 0)
    many = alert.summary and alert.count > 1
    who, subject = directory.surname(visit.visitor_name), _subject(alert, visit)
    if many:
        more = i18n.ngettext("%(n)s more visitor for you", "%(n)s more visitors for you", alert.count)
        who, subject = more % {"n": alert.count}, more % {"n": alert.count}
    return {
        "subject": subject,
        "who": who,
        "what": "" if many else words.reason_for_coming(visit),
        "when": _("Arrived %(time)s") % {"time": i18n.format_time(visit.arrived_at or alert.created_at)},
        "buttons": _buttons(links.address(alert.token, alert.person_id)),
        "html_lang": i18n.HTML_LANG[i18n.language()],
        "page": f"{settings().url}/me",
        "company": company.facts().spoken(i18n.language()),
    }


def _subject(alert: Alert, visit: VisitView) -> str:
    """Who has come, for whom, and whether this is said once more."""
    values = {"who": words.in_short(visit), "host": visit.host.spoken(i18n.language()) if visit.host else ""}
    if alert.kind == "deputy":
        return _("At the front desk for %(host)s, who has not answered: %(who)s") % values
    if alert.told_again_at is not None:
        return _("Still at the front desk for you: %(who)s") % values
    return _("At the front desk for you: %(who)s") % values


def _buttons(url: str) -> list[Button]:
    def to(label: str, *, main: bool = False, **answer: Any) -> Button:
        return Button(label, f"{url}?{urlencode(answer)}" if answer else url, main)

    return [
        to(_("Coming at once"), main=True, answer="coming"),
        to(_("In 5 minutes"), answer="minutes", minutes=5),
        to(_("Other answers")),
    ]


def _render(name: str, values: dict[str, Any]) -> str:
    return _environment().get_template(name).render(_=_, **values)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _one_line(value: str) -> str:
    """What may stand in a header: no end of line, nothing that cannot be seen; punctuation stays as it was written."""
    return "".join(c for c in " ".join(value.split()) if c.isprintable())


def _language(person_id: int) -> str:
    """The language the person reads in; the site's when they never chose."""
    account = accounts.account_of_person(person_id)
    return i18n.known(account.language if account else "") or settings().locale


def message_id(kind: str, token: str) -> str:
    """The same for every attempt, so that a mailbox shows a repeated letter once."""
    return f"<{kind}.{token}@{_domain()}>"


def _domain() -> str:
    """Where our mail comes from: the sender's domain, or the host people know."""
    host = urlsplit(settings().url).hostname or "localhost"
    return parseaddr(settings().mail_from)[1].rpartition("@")[2] or ("localhost" if ":" in host else host)
