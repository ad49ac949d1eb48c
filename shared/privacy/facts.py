"""The facts of one visit by their names, as the visitor reads them."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from shared import rooms, visits
from shared.lib import i18n, phone
from shared.lib.i18n import _, format_date, format_time
from shared.rooms import DRINK_NAMES
from shared.visits import Own, VisitView


class Fact(NamedTuple):
    """One thing that is held, by its name."""

    label: str
    value: str


def facts_of(own: Own) -> tuple[Fact, ...]:
    """Everything the row of the register says, without what is empty."""
    visit = own.visit
    said = (*_who(own), *_whom(visit), *_when(visit), *_how(visit), *_agreed(visit))
    return tuple(Fact(label, value) for label, value in said if value)


def moment_of(at: datetime | None) -> str:
    """2026-11-23 10:30 at the site."""
    return f"{day_of(at)} {format_time(at)}" if at is not None else ""


def day_of(at: datetime) -> str:
    """2026-11-23 at the site."""
    return format_date(at, "yyyy-MM-dd")


def _who(own: Own) -> Iterator[tuple[str, str]]:
    visit = own.visit
    yield _("Visitor"), visit.visitor_name
    yield _("Company"), visit.visitor_company
    yield _("Phone"), phone.shown(own.phone) if own.phone else ""
    yield _("Party size"), str(visit.party_size)
    yield _("Language"), {"zh_Hans": "中文", "en": "English"}.get(visit.language, visit.language)


def _whom(visit: VisitView) -> Iterator[tuple[str, str]]:
    host, language = visit.host, i18n.language()
    yield _("Host"), host.spoken(language) if host else ""
    yield _("Department"), host.department_in(language) if host else ""
    yield _("Asked for"), visit.host_text
    yield _("Reason"), visits.purpose_name(visit.purpose)
    yield _("Note on the reason"), visit.purpose_note


def _when(visit: VisitView) -> Iterator[tuple[str, str]]:
    yield _("Booked for"), moment_of(visit.expected_at)
    yield _("Arrived"), moment_of(visit.arrived_at)
    yield _("Met the host"), moment_of(visit.met_at)
    yield _("Left"), moment_of(visit.left_at)
    yield _("Comes again"), moment_of(visit.return_at)


def _how(visit: VisitView) -> Iterator[tuple[str, str]]:
    yield _("Badge"), visit.badge
    yield _("Room"), _room(visit)
    yield _("Drink"), _(DRINK_NAMES.get(visit.drink, ""))
    yield _("First visit"), _("yes") if visit.first_visit else ""
    yield _("Escort required"), _("yes") if visit.escort else ""
    yield _("Remark"), visit.remark


def _agreed(visit: VisitView) -> Iterator[tuple[str, str]]:
    basis = {"consent": _("consent"), "notice": _("notice at the desk")}
    yield _("Legal basis"), basis.get(visit.lawful_basis, "")
    yield _("Notice, version"), visit.notice_version
    yield _("Agreed to it"), moment_of(visit.consent_at)


def _room(visit: VisitView) -> str:
    use = visit.room_use_id
    place = rooms.places([use]).get(use) if use is not None else None
    return ((i18n.language() == "en" and place.name_en) or place.name) if place is not None else ""
