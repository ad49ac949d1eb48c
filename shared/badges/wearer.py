"""Where a badge's facts come from: the visit, the company, and the department that is visited, never a person."""

from sqlalchemy import select

from shared import company, visits
from shared.badges.facts import BadgeFacts
from shared.lib import db
from shared.lib.config import settings
from shared.lib.i18n import format_date, use
from shared.visits import Picture, VisitView


def facts_for(visit_id: int) -> BadgeFacts | None:
    """What the badge of a visit says now; None when nobody wears it any more."""
    visit = visits.one(visit_id)
    return _facts(visit) if visit.on_site else None


def facts_of(visit: VisitView) -> BadgeFacts:
    """What the badge of `visit` says, also after the visit; its code then opens nothing."""
    return _facts(visit)


def _facts(visit: VisitView) -> BadgeFacts:
    house, host = company.facts(), visit.host
    visit_pass, code = visits.secrets_of(visit.id)
    with use(visit.language):
        date = format_date(visit.arrived_at or visit.created_at, "M月d日 EEE" if visit.language == "zh_Hans" else "")
    return BadgeFacts(
        company=house.name,
        company_en=house.name_en,
        visitor_name=visit.visitor_name,
        visitor_company=visit.visitor_company,
        department=host.department_in("zh_Hans") if host else "",
        department_en=host.department_in("en") if host else "",
        date_text=date,
        number=visit.badge,
        escort=visit.escort,
        qr_text=f"{settings().url}/v/{visit_pass}",
        code=code,
        language=visit.language,
        photo=_photo(visit.id) if house.kiosk_photo else None,
    )


def _photo(visit_id: int) -> bytes | None:
    wanted = select(Picture.jpeg).where(Picture.visit_id == visit_id, Picture.kind == "photo")
    with db.reading() as session:
        return session.scalar(wanted)
