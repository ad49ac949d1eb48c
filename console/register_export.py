"""The visit register as a list for a spreadsheet: the columns of the paper book, for those who may, with a reason."""

from collections.abc import Iterator
from itertools import islice
from typing import Literal

from flask import Blueprint
from flask.typing import ResponseReturnValue

from console import events, taken
from console.api import VisitQuery
from console.taken import AT_ONCE, DIRECTLY, Cells
from console.visit import state_name
from shared import accounts, privacy, register, relay, visits
from shared.lib import i18n, web
from shared.lib.actor import acting_as, actor
from shared.lib.errors import Conflict
from shared.lib.i18n import _
from shared.register import Reason
from shared.visits import VisitView

blueprint = Blueprint("register_export", __name__)
WIDTHS = (18, 12, 8, 16, 24, 6, 12, 8, 16, 18, 8, 12, 10, 10, 10, 18, 16, 14, 30)


class Export(VisitQuery, Reason):
    """Which part, as what, and why."""

    form: Literal["xlsx", "csv", "pdf"] = "xlsx"


@web.route(blueprint, "/console/visits/export", needs="registers.export", methods=("POST",))
def export() -> ResponseReturnValue:
    """The rows as XLSX or CSV; the journal says who took them and why."""
    accounts.need_confirmation()
    web.limit("export", "20/hour", actor().ref)
    asked = web.form(Export)
    part = asked.model_dump(mode="json", include={"state", "date", "until", "purpose"}, exclude_none=True)
    pdf = _pages(asked) if asked.form == "pdf" else b""
    long, signed = asked.form != "pdf" and asked.rows(limit=DIRECTLY)[1] is not None, taken.signed(asked.reason)
    if long:
        taken.prepare(asked.form)
    register.exported(visits.REGISTER, asked.reason, form=asked.form, searched=bool(asked.q or asked.of), **part)
    if long:
        return taken.at_length("visits", asked.form, {"part": asked.model_dump(mode="json"), "taken": signed})
    return taken.file("visits", asked.form, pdf or taken.whole(table(asked, signed), asked.form, WIDTHS))


def _pages(asked: Export) -> bytes:
    """The pages of the book with these rows; who never came stands in no book."""
    found = list(islice(asked.every(at_once=AT_ONCE), taken.MOST_PRINTED + 1))
    taken.fits_on_paper(len(found))
    ids = [visit.id for visit in found if visit.reg_no]
    if not ids:
        raise Conflict(_("No visit fits. Try another day, or part of a name."))
    return taken.printed(visits.REGISTER, [ids], taken.signed(asked.reason))


def table(asked: VisitQuery, signed: str) -> Iterator[Cells]:
    """Headings, a row a visit, and a last row that says who took the list. Texts are made before the request ends."""
    known, language, who = events.names(), i18n.language(), actor()
    every = asked.every(at_once=AT_ONCE)
    found = islice(every, register.MOST)

    def rows() -> Iterator[Cells]:
        with i18n.use(language), acting_as(who):
            yield list(headings())
            while some := list(islice(found, AT_ONCE)):
                privacy.shown(visit.token for visit in some)
                messages = relay.for_visits([visit.id for visit in some])
                yield from (line(visit, bool(messages.get(visit.id)), known) for visit in some)
            if next(every, None) is not None:
                yield [taken.cut()]
            yield [signed]

    return rows()


def headings() -> list[str]:
    """The columns of the book (procedure 2.1)."""
    return [
        _("No."), _("Day"), _("Arrived"), _("Visitor"), _("Company"), _("Party size"), _("Reason"), _("Booked"),
        _("Host"), _("Department"), _("Badge"), _("Badge back"), _("State"), _("Message"), _("Comes again"), _("Left"),
        _("How"), _("Received by"), _("Remark"),
    ]  # fmt: skip


def line(visit: VisitView, message: bool, known: dict[str, str]) -> Cells:
    """One row of the book."""
    language, host, moment = i18n.language(), visit.host, visit.arrived_at or visit.expected_at
    yes = _("yes")
    return [
        visit.reg_no or "",
        i18n.today(moment).isoformat() if moment else "",
        i18n.format_time(visit.arrived_at) if visit.arrived_at else "",
        visit.visitor_name,
        visit.visitor_company,
        visit.party_size,
        visits.purpose_name(visit.purpose),
        yes if visit.invited else "",
        host.spoken(language) if host else visit.host_text,
        host.department_in(language) if host else "",
        visit.badge,
        yes if visit.badge and visit.badge_returned else "",
        state_name(visit),
        yes if message else "",
        (i18n.format_datetime(visit.return_at) if visit.return_at else yes) if visit.will_return else "",
        i18n.format_datetime(visit.left_at) if visit.left_at else "",
        events.left_how(visit.left_how),
        known.get(f"account:{visit.receptionist_id}", ""),
        visit.remark,
    ]
