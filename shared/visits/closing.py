"""A visit is closed by itself once nothing is left to do: replied to, room cleared, badge back (2.1, 已闭环)."""

from collections.abc import Callable

from sqlalchemy import or_, select

from shared import journal, relay, rooms
from shared.journal import Event
from shared.lib import db
from shared.rooms import RoomClearing, RoomUse
from shared.visits import absence
from shared.visits.changing import happened
from shared.visits.model import Visit

Holds = Callable[[Visit], bool]


def room_waits(visit: Visit) -> bool:
    """Whether the room they sat in is to be cleared, or still in use; nobody clears after a guest of a waiting area."""
    if visit.room_use_id is None:
        return False
    goes_on = RoomUse.ended_at.is_(None) & (not rooms.where(visit.room_use_id)[1])
    waits = or_(goes_on, RoomClearing.id.is_not(None))
    open_clearing = (RoomClearing.use_id == RoomUse.id) & RoomClearing.ended_at.is_(None)
    query = select(RoomUse.id).outerjoin(RoomClearing, open_clearing).where(RoomUse.id == visit.room_use_id, waits)
    return db.session().scalar(query) is not None


_holds: list[Holds] = [
    room_waits,
    lambda visit: relay.unfinished(f"visit:{visit.token}"),
    lambda visit: visit.badge_number is not None and not visit.badge_returned,
]
ENDS = (
    "visits.departed", "visits.badge_returned", "relay.confirmed", "relay.replied", "relay.cancelled",
)  # fmt: skip
REOPENS = ("visits.undone", "relay.undone", "relay.wrong")
CLEARS = ("rooms.cleared", "rooms.closed", "rooms.undone", "visits.seated", "visits.moved")


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
    for action in CLEARS:
        journal.within(action, cleared)
    journal.within("presence.changed", absence.follow)


def settle(event: Event) -> None:
    """Closes the visit when it is over and nothing is left to do; its messages are closed with it."""
    _settle(_of(event))


def cleared(event: Event) -> None:
    """A room was cleared, or is to be cleared after all: those who sat in it and have left may be closed, or not."""
    now = select(RoomClearing.use_id).where(or_(RoomClearing.ended_at == event.at, RoomClearing.ended_at.is_(None)))
    for visit in db.session().scalars(select(Visit).where(Visit.state == "left", Visit.room_use_id.in_(now))):
        if visit.closed_at is not None and room_waits(visit):
            visit.closed_at = None
        _settle(visit)


def _settle(visit: Visit | None) -> None:
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
