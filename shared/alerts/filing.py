"""A full register was handed over: the officers hear of it on every way until one of them has it (procedure 一.1.9)."""

from datetime import timedelta

from shared import accounts, directory, journal
from shared.alerts import summons
from shared.alerts.views import AlertView, alert_view
from shared.journal import Event
from shared.lib.actor import actor

KIND = "filing"
GOOD_FOR = timedelta(days=7)
OVER = ("volumes.received", "volumes.rejected", "volumes.taken_back")


def called(event: Event) -> None:
    """The administration officers; where there is none, the administration managers. Not whoever hands it over."""
    summons.summon(KIND, event.subject, _holding("admin_officer") or _holding("admin_manager"), event.at, GOOD_FOR)


def over(event: Event) -> None:
    """It has gone on, or back."""
    summons.dismiss(KIND, event.subject, event.at)


def filing_calls(person_id: int) -> list[AlertView]:
    """The volumes that wait for this person."""
    return [alert_view(one) for one in summons.mine(KIND, person_id)]


def join() -> None:
    """Calls follow from handing over, in the same transaction."""
    journal.within("volumes.handed_over", called)
    for action in OVER:
        journal.within(action, over)


def _holding(role: str) -> list[int]:
    linked = [one for one in accounts.accounts() if role in one.roles and not one.disabled_at and one.id != actor().id]
    found = [directory.person(one.person_id) for one in linked if one.person_id is not None]
    return [one.id for one in found if one is not None and one.active]


__all__ = ["KIND", "filing_calls", "join"]
