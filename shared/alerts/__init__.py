"""Alerts: a person is told on every channel, answers from where it arrives, and reception sees how it fared."""

from datetime import timedelta

from shared import accounts, deadlines, journal
from shared.alerts import backup, ending, filing, ladder, messages, queue, quiet, raising, wake, watching
from shared.alerts.answers import MOST_MINUTES, Answered, answer, answer_for, over
from shared.alerts.backup import Called, backups
from shared.alerts.backup_letter import Matter, matter
from shared.alerts.cards import Mark, for_visits, marks, told
from shared.alerts.filing import filing_calls
from shared.alerts.links import Held, address, message_address, read, read_message, sign, sign_message
from shared.alerts.mail import EmailView, mail_state, send_mail, try_mail
from shared.alerts.messages import open_messages, ways_of
from shared.alerts.model import ANSWERS, Alert, Delivery
from shared.alerts.questions import (
    backup_calls,
    backup_over,
    last_seq,
    lately_over,
    one,
    open_for,
    page,
    steps,
    visits_of,
)
from shared.alerts.quiet import quiet_alerts, quiet_called
from shared.alerts.screen import page_asked, page_open, pages_with, received
from shared.alerts.sender import Sender, alive
from shared.alerts.summons_letter import watch_matter
from shared.alerts.views import AlertView, DeliveryView
from shared.alerts.watching import watch_calls, watchers
from shared.alerts.words import answer_name, in_short, listed, reason_for_coming, visitor_sees

SIGN_IN_LINK = timedelta(minutes=15)
REACTIONS = {
    "visits.checked_in": raising.checked_in,
    "visits.assigned": ending.assigned,
    "visits.corrected": ending.corrected,
    "visits.met": ending.ended,
    "visits.message_left": ending.ended,
    "visits.comes_again": ending.ended,
    "visits.departed": ending.ended,
    "visits.cancelled": ending.ended,
    "visits.undone": ending.undone,
    **dict.fromkeys(deadlines.FIRED, ladder.climb),
    "clock.followed": queue.moved,
}


def join() -> None:
    """Alerts follow from visits in the same transaction, the sender wakes after it, sign-in links go out as mail."""
    for action, reaction in REACTIONS.items():
        journal.within(action, reaction)
    messages.join()
    backup.join()
    watching.join()
    filing.join()
    quiet.join()
    journal.after_commit(wake.heard)
    accounts.mail_with(_send_link)


def ready() -> dict[str, bool]:
    """Whether what sends alerts and mail is at work; a mail server that is down is told on the cards, not here."""
    return {"mail": alive()}


def _send_link(to: str, subject: str, text: str, html: str) -> None:
    send_mail(to, subject, text, html, good_for=SIGN_IN_LINK)


__all__ = [
    "ANSWERS",
    "MOST_MINUTES",
    "Alert",
    "AlertView",
    "Answered",
    "Called",
    "Delivery",
    "DeliveryView",
    "EmailView",
    "Held",
    "Mark",
    "Matter",
    "Sender",
    "address",
    "answer",
    "answer_for",
    "answer_name",
    "backup_calls",
    "backup_over",
    "backups",
    "filing_calls",
    "for_visits",
    "in_short",
    "join",
    "last_seq",
    "lately_over",
    "listed",
    "mail_state",
    "marks",
    "matter",
    "message_address",
    "one",
    "open_for",
    "open_messages",
    "over",
    "page",
    "page_asked",
    "page_open",
    "pages_with",
    "quiet_alerts",
    "quiet_called",
    "read",
    "read_message",
    "ready",
    "reason_for_coming",
    "received",
    "send_mail",
    "sign",
    "sign_message",
    "steps",
    "told",
    "try_mail",
    "visitor_sees",
    "visits_of",
    "watch_calls",
    "watch_matter",
    "watchers",
    "ways_of",
]
