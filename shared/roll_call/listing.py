"""Who is on site now: visitors by the register, and everybody who works here unless presence says they are away.

Nobody clocks in, so staff are only perhaps here.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared import directory, presence, rooms, visits
from shared.lib.errors import NotFound
from shared.roll_call.views import Facts, PersonView
from shared.visits import VisitView

LARGEST = 5000


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody as they come on a list; `visit_id` or `person_id` says who."""

    subject: str
    visit_id: int | None = None
    person_id: int | None = None
    party_size: int = 1
    since: datetime | None = None
    facts: Facts | None = None

    @property
    def view(self) -> PersonView:
        """As wardens read it, before anybody has marked them."""
        return PersonView(self.subject, self.person_id, self.party_size, self.since, False, self.facts)


def on_site() -> list[Listed]:
    """Visitors in the order in which they came, then staff by department and name."""
    here = visits.page(state="on_site", limit=LARGEST)[0]
    places = rooms.places({one.room_use_id for one in here if one.room_use_id is not None})
    came = sorted(here, key=lambda one: (one.arrived_at or one.created_at, one.id))
    staff = [person(one.id, one.token) for one in directory.people() if not presence.of(one.id).away]
    return [*(_visitor(one, places.get(one.room_use_id or 0)) for one in came), *staff]


def of(subject: str) -> Listed:
    """Whoever is meant, wherever they are now; NotFound when nobody is."""
    kind, _colon, token = subject.partition(":")
    if kind == "person":
        return person(directory.by_token(token).id, token)
    visit = visits.by_token(token)
    if visit.arrived_at is None:
        raise NotFound(token)
    return _visitor(visit, rooms.places([visit.room_use_id]).get(visit.room_use_id) if visit.room_use_id else None)


def person(person_id: int, token: str) -> Listed:
    """One of the staff."""
    return Listed(f"person:{token}", person_id=person_id)


def _visitor(one: VisitView, place: Any) -> Listed:
    facts = Facts(
        name=one.visitor_name,
        company=one.visitor_company,
        host_id=one.host_id,
        host_text=one.host_text,
        room=place.name if place else "",
        room_en=place.name_en if place else "",
        badge=one.badge,
        language=one.language,
    )
    return Listed(f"visit:{one.token}", one.id, None, one.party_size, one.arrived_at, facts)
