"""A visit is closed by itself once nothing about it is left to do: replied to, badge back (procedure 2.1, 已闭环)."""

from collections.abc import Callable

from shared import journal, relay
from shared.journal import Event
from shared.lib import db
from shared.visits import absence
from shared.visits.changing import happened
from shared.visits.model import Visit

Holds = Callable[[Visit], bool]
_holds: list[Holds] = [
    lambda visit: relay.unfinished(f"visit:{visit.token}"),
    lambda visit: visit.badge_number is not None and not visit.badge_returned,
]
ENDS = (
    "visits.departed", "visits.badge_returned", "relay.confirmed", "relay.replied", "relay.cancelled",
)  # fmt: skip
REOPENS = ("visits.undone", "relay.undone", "relay.wrong")


def hold_with(holds: Holds) -> None:
    """Names one more thing that keeps a visit from being closed."""
    if holds not in _holds:
        _holds.append(holds)


def join() -> None:
    """Whatever may be the last thing to do closes the visit in its own act; what is taken back opens it again.

    Visitors who wait hear where their host is.
    """
    for action in ENDS:
        journal.within(action, settle)
    for action in REOPENS:
        journal.within(action, reopen)
    journal.within("presence.changed", absence.follow)


def settle(event: Event) -> None:
    """Closes the visit when it is over and nothing is left to do; its messages are closed with it."""
    visit = _of(event)
    if visit is None or visit.state != "left" or visit.closed_at is not None or any(one(visit) for one in _holds):
        return
    visit.closed_at = db.act_time()
    relay.close_all(f"visit:{visit.token}")
    happened("visits.closed", visit)


def reopen(event: Event) -> None:
    """Something is to be done after all."""
    visit = _of(event)
    if visit is not None and visit.closed_at is not None:
        visit.closed_at = None
        settle(event)


def _of(event: Event) -> Visit | None:
    visit_id = event.data.get("visit")
    return db.session().get(Visit, visit_id) if visit_id is not None else None
