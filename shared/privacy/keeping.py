"""Until when what is held about a visit is kept, kind by kind, as the visitor reads it (procedure 4.6)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from shared import company, register, visits
from shared.lib import i18n
from shared.lib.i18n import _
from shared.privacy.facts import Fact, day_of
from shared.visits import NEVER_CAME, UNUSED_DAYS, Own, VisitView


def kept(own: Own) -> Iterator[Fact]:
    """Each kind of what is held, and the day on which it is erased."""
    visit, facts = own.visit, company.facts()
    held = register.of_row(visits.REGISTER, visit.id) is not None
    yield Fact(_("Name, company, notes and messages"), _words(visit, held))
    if own.phone:
        yield Fact(_("Phone"), _until(visit.closed_at, facts.phone_days, held))
    for one in own.pictures:
        yield Fact(_("Photo") if one.kind == "photo" else _("Signature"), _until(one.at, facts.photo_days, held))
    yield Fact(_("What happened"), _until(visit.left_at or visit.created_at, facts.security_days, held))
    yield Fact(_("Number, times, reason, host and outcome"), _("stay in the register, without a name"))


def _words(visit: VisitView, held: bool) -> str:
    if visit.erased_at is not None:
        return _("was erased on %(day)s") % {"day": day_of(visit.erased_at)}
    if visit.state in NEVER_CAME:
        return _until(visit.expected_at or visit.created_at, UNUSED_DAYS, held)
    ended = None if visit.on_site else visit.left_at or visit.arrived_at
    return _until(ended, company.facts().visit_days, held)


def _until(start: datetime | None, days: int, held: bool) -> str:
    if held:
        return _("kept longer, for a reason that was written down")
    if start is None:
        said = i18n.ngettext("%(count)s day after the visit is over", "%(count)s days after the visit is over", days)
        return said % {"count": days}
    return _("is erased on %(day)s") % {"day": day_of(start + timedelta(days=days))}
