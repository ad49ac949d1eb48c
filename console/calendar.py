"""Settings, calendar: the office's own days above the official ones, by hand or from a file."""

from datetime import date
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console.people_import import WHAT
from shared import accounts, calendar, journal
from shared.lib import forms, i18n, web
from shared.lib.actor import actor
from shared.lib.errors import Invalid, NotFound
from shared.lib.i18n import _

blueprint = Blueprint("calendar", __name__, template_folder="templates")
SHOWN = 300
BYTES = 1 << 20


class DayForm(BaseModel):
    """What a day is."""

    model_config = ConfigDict(extra="forbid")
    date: forms.Day
    kind: str = Field("holiday", max_length=20)
    name: str = Field("", max_length=80)


@web.route(blueprint, "/console/calendar", needs="settings.change")
def page() -> ResponseReturnValue:
    """The office's own days, the years nobody knows, and where a file comes in."""
    days = sorted(calendar.own_days().values(), key=lambda day: day.date, reverse=True)
    years = _(", ").join(map(str, calendar.unknown_years()))
    return web.render("console/calendar.html", days=days[:SHOWN], kinds=calendar.KINDS, years=years, here="settings")


@web.route(blueprint, "/console/calendar", needs="settings.change", methods=("POST",))
def add() -> ResponseReturnValue:
    """Says what one day is."""
    form = web.form(DayForm)
    day = calendar.set_day(form.date, form.kind, form.name)
    return jsonify(say=_("%(day)s is kept.") % {"day": i18n.format_date(day.date)}, go="/console/calendar")


@web.route(blueprint, "/console/calendar/<day>/removal", needs="settings.change", methods=("POST",))
def remove(day: str) -> ResponseReturnValue:
    """Leaves a day to the official calendar."""
    try:
        calendar.clear_day(date.fromisoformat(day))
    except ValueError:
        raise NotFound(_("Nothing is written about this day.")) from None
    return jsonify(say=_("The official calendar holds for this day."), go="/console/calendar")


@web.route(blueprint, "/console/calendar/import", needs="settings.change", methods=("POST",))
def take() -> ResponseReturnValue:
    """What would become of each row, or, with `apply`, what has become of it."""
    web.limit("import", "20/minute", actor().ref)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(_("Choose a file."), fields={"file": _("Choose a file.")})
    if "apply" in request.form:
        accounts.need_confirmation()
    report = calendar.import_file(file.read(BYTES + 1), rehearse="apply" not in request.form)
    counts: list[tuple[str, str, int]] = [(what, _(label), report.count(what)) for what, label in WHAT.items()]
    lines = sorted(report.lines, key=lambda line: (line.what != "error", line.what == "unchanged", line.row))
    shown: dict[str, Any] = {"lines": lines[:SHOWN], "hidden": max(0, len(lines) - SHOWN), "what": WHAT}
    html = web.render("console/_calendar_report.html", report=report, counts=counts, **shown)
    return web.fragment(html, journal.last_seq())
