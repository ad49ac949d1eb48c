"""Rows of a report as a list for a spreadsheet: for those who may, with a reason, and never with a formula in it."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from console import events, report_words
from console.reports import RowsQuery
from console.taken import TYPES, signed
from shared import accounts, privacy, reports
from shared.lib import i18n, lists, web
from shared.lib.actor import actor
from shared.lib.i18n import _
from shared.register import Reason
from shared.reports import Row

blueprint = Blueprint("report_export", __name__)


class Export(RowsQuery, Reason):
    """Which rows, and why."""


@web.route(blueprint, "/console/reports/export", needs="reports.export", methods=("POST",))
def export() -> ResponseReturnValue:
    """The rows as CSV; the journal says who took them and why."""
    accounts.need_confirmation()
    web.limit("export", "20/hour", actor().ref)
    asked = web.form(Export)
    names, rows = events.names(), list(reports.every(asked.asked))
    privacy.shown(row.visit for row in rows if row.visit)
    reports.exported(asked.chosen, asked.reason, len(rows), clause=asked.clause, outcome=asked.outcome)
    table = [_headings(), *(_line(row, names.get(row.met_by, "")) for row in rows)]
    return taken(f"on-time-{asked.chosen}.csv", table, asked.reason)


def taken(name: str, rows: list[list[str]], reason: str) -> Response:
    """Rows as a file with this name; its last line says who took it, when and why."""
    answer = Response(lists.as_csv([*rows, [signed(reason)]]), mimetype=TYPES["csv"])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _headings() -> list[str]:
    return [
        _("Clause"), _("What"), _("No."), _("About"), _("Began"), _("Due"), _("Late after"), _("Settled"),
        _("Settled by"), _("Seconds over"), _("Outcome"),
    ]  # fmt: skip


def _line(row: Row, by: str) -> list[str]:
    when = [i18n.format_datetime(at) if at else "" for at in (row.starts, row.due, row.breach, row.met)]
    over = f"{row.over:.3f}" if row.outcome == "late" else ""
    what = [row.clause.label, row.clock.name, row.reg_no or "", report_words.about(row)]
    return [*what, *when, by, over, report_words.outcome_words(row)]
