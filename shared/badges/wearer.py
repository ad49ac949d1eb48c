"""Where a badge's facts come from: the visit, the company, and the department that is visited, never a person."""

from datetime import datetime

from sqlalchemy import select

from shared import company, visits
from shared.badges.facts import BadgeFacts
from shared.lib import clock, db
from shared.lib.config import settings
from shared.lib.i18n import _, format_date, use
from shared.visits import Picture, VisitView


def facts_for(visit_id: int | None) -> BadgeFacts | None:
    """What the badge of a visit says now; None when nobody wears it any more. Without a visit it is a test."""
    if visit_id is None:
        return sample()
    visit = visits.one(visit_id)
    return _facts(visit) if visit.on_site else None


def facts_of(visit: VisitView) -> BadgeFacts:
    """What the badge of `visit` says, also after the visit; its code then opens nothing."""
    return _facts(visit)


def sample() -> BadgeFacts:
    """A badge that is nobody's, in the desk's first language; its code leads to the first page."""
    house, language = company.facts(), settings().locale
    with use(language):
        return BadgeFacts(
            company=house.name,
            company_en=house.name_en,
            visitor_name=_("Test badge"),
            visitor_company=house.spoken(language),
            date_text=_date(clock.now(), language),
            number="V000",
            qr_text=settings().url,
            language=language,
        )


def _facts(visit: VisitView) -> BadgeFacts:
    house, host = company.facts(), visit.host
    visit_pass, code = visits.secrets_of(visit.id)
    with use(visit.language):
        date = _date(visit.arrived_at or visit.created_at, visit.language)
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


def _date(moment: datetime, language: str) -> str:
    return format_date(moment, "M月d日 EEE" if language == "zh_Hans" else "")


def _photo(visit_id: int) -> bytes | None:
    wanted = select(Picture.jpeg).where(Picture.visit_id == visit_id, Picture.kind == "photo")
    with db.reading() as session:
        return session.scalar(wanted)
