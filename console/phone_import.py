"""The call list of a telephone exchange comes in: first it is told what is in it, then all of it is taken or none."""

from typing import Annotated

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import Field

from console import registers
from shared import journal, phone
from shared.lib import web
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.errors import Invalid
from shared.lib.i18n import _, gettext, lazy
from shared.phone import Asked, Report

blueprint = Blueprint("phone_import", __name__, template_folder="templates")
PROFILES = {
    "asterisk": lazy("Asterisk or FreePBX (Master.csv)"),
    "generic": lazy("Another exchange (a list with headings)"),
}
COLUMNS = {f"column_{field}": field for field in phone.FIELDS}
MORE = 1 << 16  # bytes of the form beside the file
Heading = Annotated[str, Field(max_length=60)]


class ListForm(Asked):
    """What is said of a list, the columns by name; with `apply` it is taken."""

    column_time: Heading = ""
    column_number: Heading = ""
    column_answered: Heading = ""
    column_ring: Heading = ""
    column_talk: Heading = ""
    column_direction: Heading = ""
    column_id: Heading = ""
    apply: str = ""

    def asked(self) -> Asked:
        """The same as it is read."""
        columns = {field: getattr(self, name) for name, field in COLUMNS.items()}
        return Asked(profile=self.profile, zone=self.zone, order=self.order, columns=columns)


@web.route(blueprint, "/console/phone/import", needs="phone.write")
def page() -> ResponseReturnValue:
    """Where the file is chosen, beside the phone register."""
    html = web.render(
        "console/_phone_import.html",
        profiles=[(key, gettext(name)) for key, name in PROFILES.items()],
        orders=phone.ORDERS,
        zone=settings().zone.key,
        exchange=phone.exchange.state(),
        columns=[(name, gettext(phone.FIELDS[field])) for name, field in COLUMNS.items()],
    )
    if "X-Fragment" in request.headers:
        return web.fragment(html, journal.last_seq())
    return registers.listed(phone.REGISTER, sheet=html, opened=True)


@web.route(blueprint, "/console/phone/import", needs="phone.write", methods=("POST",), most=phone.BYTES + MORE)
def take() -> ResponseReturnValue:
    """What would become of the list, or, with `apply`, what has become of it."""
    web.limit("import", "20/minute", actor().ref)
    form = web.form(ListForm)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(_("Choose a file."), fields={"file": _("Choose a file.")})
    report = phone.import_calls(file.read(), form.asked(), rehearse=not form.apply)
    html = web.render("console/_phone_import_report.html", report=report, counts=_counts(report))
    return web.fragment(html, journal.last_seq())


@web.route(blueprint, "/console/phone/import/progress", needs="phone.write")
def progress() -> ResponseReturnValue:
    """How far the list is that comes in now."""
    rows, of = phone.import_progress()
    values = {"rows": f"{rows:,}", "of": f"{of:,}"}
    return jsonify(rows=rows, of=of, say=_("%(rows)s of %(of)s rows") % values if of else _("Beginning"))


def _counts(report: Report) -> list[tuple[str, int]]:
    return [
        (_("Lines"), report.rows),
        (_("Were missed"), report.missed),
        (_("Were answered"), report.answered),
        (_("Going out or inside"), report.others),
        (_("The same once more"), report.twice),
        (_("Known already"), report.known),
        (_("New, to call back"), report.to_call),
    ]
