"""One visitor is forgotten because they ask for it, or kept because somebody must (procedure 4.6, 4.7)."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from shared import register, volumes
from shared.lib import db
from shared.lib.errors import Conflict
from shared.lib.i18n import _
from shared.visits.book import BOOK
from shared.visits.changing import visit_of
from shared.visits.erasing import PICTURES, WORDS
from shared.visits.model import ON_SITE, Visit
from shared.visits.register import REGISTER


@db.act
def erase(token: str) -> int:
    """A visitor asks to be forgotten: all that the schedule would erase goes now, from every visit of theirs.

    Conflict while they are here, and when a visit is held. Gives how many visits that were.
    """
    found = _same_visitor(visit_of(token))
    if any(one.state in ON_SITE for one in found):
        name = {"name": found[0].visitor_name}
        raise Conflict(_("%(name)s is still here. This can be erased afterwards.") % name, code="on-site")
    if any(register.of_row(REGISTER, one.id) is not None for one in found):
        raise Conflict(_("This is kept for a reason that somebody wrote down. That comes first."), code="held")
    for rule in (PICTURES, WORDS):
        register.erase(REGISTER, rule, found)
    volumes.reissue(BOOK, [one.id for one in found], "erased")
    return len(found)


@db.act
def hold(token: str, reason: str, until: date | None) -> None:
    """Nothing of this visit is erased until then (legal hold)."""
    register.hold(REGISTER, visit_of(token), reason, until)


@db.act
def lift(token: str) -> None:
    """The schedule goes on for this visit."""
    register.lift(REGISTER, visit_of(token))


def _same_visitor(visit: Visit) -> Sequence[Visit]:
    """Every visit of this person that still says who they are; the one that was asked for first."""
    same = (Visit.visitor_key == visit.visitor_key) & (Visit.visitor_key != "")
    query = select(Visit).where(or_(Visit.id == visit.id, same), Visit.erased_at.is_(None))
    return db.session().scalars(query.order_by(Visit.id != visit.id, Visit.id)).all()
