"""Questions about presence: where somebody is now, when that may change by itself, what colleagues are to know."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select

from shared.lib import clock, db
from shared.presence.cache import known
from shared.presence.model import Declared
from shared.presence.views import IN, PresenceView


def of(person_id: int | None) -> PresenceView:
    """What somebody is now; whoever said nothing and has no calendar is in."""
    if person_id is None:
        return IN
    moment = clock.now()
    return known(moment).of(person_id, moment)


def turns(people: Iterable[int | None]) -> datetime | None:
    """The next moment at which one of these people may be something else by itself; None within the next hours."""
    moment = clock.now()
    found = known(moment)
    return min((at for one in people if one is not None for at in found.turns(one, moment)), default=None)


def note_of(person_id: int | None) -> str:
    """What colleagues are to know as long as it holds; for staff only."""
    holds = or_(Declared.until.is_(None), Declared.until > clock.now())
    with db.reading() as session:
        return session.scalar(select(Declared.note).where(Declared.person_id == person_id, holds)) or ""
