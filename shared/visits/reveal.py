"""What is hidden until reception asks for it: phone, pass, codes. The journal keeps every look (procedure 4.2.8)."""

from dataclasses import dataclass

from sqlalchemy import select

from shared import journal
from shared.lib import db
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _
from shared.visits.model import ON_SITE, Visit

LOOKS = frozenset({"visits.phone_revealed", "visits.codes_revealed"})


@dataclass(frozen=True, slots=True)
class Codes:
    """What opens a visit: the pass of the visitor's page, the short code to leave, the code of an invitation."""

    visit_pass: str
    short_code: str
    invitation: str


@db.act
def reveal_phone(token: str) -> str:
    """The visitor's number, empty when none was left."""
    visit = _visit(token)
    journal.record("visits.phone_revealed", f"visit:{token}", visit=visit.id)
    return visit.phone or ""


def known_phone(token: str) -> str:
    """The number for a message that is being written; the look is written down where there is one."""
    with db.reading() as session:
        known = session.scalar(select(Visit.phone).where(Visit.token == token))
    return reveal_phone(token) if known else ""


@db.act
def reveal_codes(token: str) -> Codes:
    """Pass and codes of a visit that has not ended."""
    visit = _visit(token)
    if visit.state != "expected" and visit.state not in ON_SITE:
        raise Conflict(_("The pass of this visit has ended."))
    journal.record("visits.codes_revealed", f"visit:{token}", visit=visit.id)
    invitation = (visit.invitation_code or "") if visit.state == "expected" else ""
    return Codes(visit.pass_sealed or "", visit.short_code or "", invitation)


def invitation_code(token: str) -> str:
    """The code of an expected visit, for the desk itself when it checks somebody in."""
    with db.reading() as session:
        return session.scalar(select(Visit.invitation_code).where(Visit.token == token)) or ""


@db.act
def return_badge(token: str) -> int:
    """The badge came back after its wearer had left. Gives the seq of this."""
    visit = _visit(token)
    if visit.state != "left" or visit.badge_returned:
        raise Conflict(_("This badge is back already."))
    visit.badge_returned, visit.row_version = True, visit.row_version + 1
    db.session().flush()
    return journal.record("visits.badge_returned", f"visit:{token}", person_id=visit.host_id, visit=visit.id).seq


def _visit(token: str) -> Visit:
    visit = db.session().scalar(select(Visit).where(Visit.token == token))
    if visit is None:
        raise NotFound(_("This visit is not in the register."))
    return visit
