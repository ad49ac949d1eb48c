"""A full register was handed over: the officers hear of it on every way until one of them has it (procedure 一.1.9).

That of a year is not filed in time: the administration managers hear of it until it is (procedure 二.3.3, T19).
"""

from datetime import timedelta

from shared import accounts, deadlines, directory, journal
from shared.alerts import summons
from shared.alerts.views import AlertView, alert_view
from shared.journal import Event
from shared.lib.actor import actor

KIND, OVERDUE = "filing", "overdue"
KINDS = (KIND, OVERDUE)
GOOD_FOR, STAYS_LATE = timedelta(days=7), timedelta(days=366)  # what is late stays so until it is filed
OVER = ("volumes.received", "volumes.rejected", "volumes.taken_back")


def called(event: Event) -> None:
    """The administration officers; where there is none, the administration managers. Not whoever hands it over."""
    summons.summon(KIND, event.subject, _holding("admin_officer") or _holding("admin_manager"), event.at, GOOD_FOR)


def over(event: Event) -> None:
    """It has gone on, or back."""
    summons.dismiss(KIND, event.subject, event.at)
    if event.action == "volumes.received":
        summons.dismiss(OVERDUE, event.subject, event.at)


def late(event: Event) -> None:
    """The time of a volume is over; whose clock says that a manager is to know, is told."""
    if event.subject.startswith("volume:") and "manager" in event.data["steps"]:
        summons.summon(OVERDUE, event.subject, _holding("admin_manager"), event.at, STAYS_LATE)


def filing_calls(person_id: int) -> list[AlertView]:
    """The volumes that wait for this person, and those that are late."""
    return [alert_view(one) for kind in KINDS for one in summons.mine(kind, person_id)]


def join() -> None:
    """Calls follow from handing over, in the same transaction."""
    journal.within("volumes.handed_over", called)
    for action in OVER:
        journal.within(action, over)
    for action in deadlines.FIRED:
        journal.within(action, late)


def _holding(role: str) -> list[int]:
    linked = [one for one in accounts.accounts() if role in one.roles and not one.disabled_at and one.id != actor().id]
    found = [directory.person(one.person_id) for one in linked if one.person_id is not None]
    return [one.id for one in found if one is not None and one.active]


__all__ = ["KIND", "KINDS", "OVERDUE", "filing_calls", "join"]
