"""The host is not there: reception decides, and nobody waits for somebody who is out (procedure 一.1.7).

Where a host is changes by itself when a time is past, so that it is looked up and not kept with the visit.
"""

from sqlalchemy import or_, select

from shared import journal, presence
from shared.journal import Event
from shared.lib import db
from shared.presence import PresenceView
from shared.visits.model import WAITING, Visit


def is_away(host_id: int | None, *, invited: bool) -> bool:
    """Out or on leave; also in a meeting, unless the visitor was invited and may be what the meeting is about."""
    return _away(presence.of(host_id), invited=invited)


def note(visit: Visit) -> None:
    """Says in the journal that the host who is asked now is not there; not where they are."""
    if is_away(visit.host_id, invited=visit.expected_at is not None):
        noted(visit.id, f"visit:{visit.token}", visit.host_id)


def noted(visit_id: int, subject: str, host_id: int | None, action: str = "visits.host_absent") -> None:
    journal.record(action, subject, person_id=host_id, visit=visit_id)


def follow(event: Event) -> None:
    """Somebody said where they are: visitors who wait for their answer hear that it may be different now."""
    now, before = (PresenceView(event.data[key]) for key in ("state", "was"))
    open_ = or_(Visit.host_answer.is_(None), Visit.host_answer == "delegated")
    waiting = select(Visit).where(Visit.host_id == event.person_id, Visit.state.in_(WAITING), open_)
    for visit in db.session().scalars(waiting.limit(50)):
        away, was = (_away(one, invited=visit.expected_at is not None) for one in (now, before))
        if away != was:
            action = "visits.host_absent" if away else "visits.host_back"
            noted(visit.id, f"visit:{visit.token}", visit.host_id, action)


def _away(now: PresenceView, *, invited: bool) -> bool:
    return now.away or (now.state == "meeting" and not invited)
