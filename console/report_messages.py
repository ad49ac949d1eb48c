"""Messages that were passed on wrongly in a month: the rows behind that number, and the same as a list (O7)."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from pydantic import Field

from console.report_export import taken
from console.reports import MonthQuery, around, link, person
from shared import accounts, privacy, reports
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.i18n import _
from shared.register import Reason
from shared.reports import Mistake

blueprint = Blueprint("report_messages", __name__, template_folder="templates")


class WrongQuery(MonthQuery):
    """From where on."""

    after: str = Field("", pattern=reports.CURSOR)


class WrongExport(MonthQuery, Reason):
    """Of which month, and why."""


@web.route(blueprint, "/console/reports/messages", needs="reports.read")
def wrong() -> ResponseReturnValue:
    """Which messages were wrong; what they said is for whoever they were for, and for reception."""
    asked = web.query(WrongQuery)
    month = asked.chosen
    found, following = reports.mistakes(month, after=asked.after)
    privacy.shown(row.visit for row in found if row.visit)
    more = link("messages", month=month, after=following) if following else ""
    shown = {"rows": found, "more": more, "person": person, "wrong": reports.wrong(month), **around(month)}
    template = "_report_message_rows" if "X-Fragment" in request.headers else "report_messages"
    return web.render(f"console/{template}.html", **shown)


@web.route(blueprint, "/console/reports/messages/export", needs="reports.export", methods=("POST",))
def export() -> Response:
    """The rows as CSV; the journal says who took them and why."""
    accounts.need_confirmation()
    web.limit("export", "20/hour", actor().ref)
    asked = web.form(WrongExport)
    headings = [_("No."), _("From"), _("For"), _("Left at"), _("How often wrong"), _("Confirmed")]
    rows = list(reports.every_mistake(asked.chosen))
    privacy.shown(row.visit for row in rows if row.visit)
    reports.exported(asked.chosen, asked.reason, len(rows), clause=reports.ORAL, outcome="wrong")
    return taken(f"wrong-messages-{asked.chosen}.csv", [headings, *map(_line, rows)], asked.reason)


def _line(row: Mistake) -> list[str]:
    to = person(row.to_id)
    when = [i18n.format_datetime(at) if at else "" for at in (row.recorded, row.confirmed)]
    name = to.spoken(i18n.language()) if to else ""
    return [row.reg_no or "", row.visitor_name or "", name, when[0], str(row.times), when[1]]
