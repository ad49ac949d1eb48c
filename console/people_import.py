"""A list of people comes in: first every row is told what would become of it, then all of it is taken or none."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from console.directory import opened
from shared import directory, journal
from shared.directory import rows
from shared.lib import i18n, sheets, web
from shared.lib.actor import actor
from shared.lib.errors import Invalid
from shared.lib.i18n import _, lazy

blueprint = Blueprint("people_import", __name__, template_folder="templates")
WHAT = {
    "new": lazy("New"),
    "changed": lazy("Changed"),
    "unchanged": lazy("As before"),
    "error": lazy("Not possible"),
}
SHOWN = 300


@web.route(blueprint, "/console/directory/import", needs="people.change")
def page() -> ResponseReturnValue:
    """Where the file is chosen."""
    return opened("console/_import.html")


@web.route(blueprint, "/console/directory/template.csv", needs="people.change")
def template() -> ResponseReturnValue:
    """An empty list with every heading."""
    response = Response(rows.template(i18n.language()), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


@web.route(blueprint, "/console/directory/import", needs="people.change", methods=("POST",))
def take() -> ResponseReturnValue:
    """What would become of each row, or, with `apply`, what has become of it."""
    web.limit("import", "20/minute", actor().ref)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(_("Choose a file."), fields={"file": _("Choose a file.")})
    report = directory.import_people(sheets.read(file.read(sheets.BYTES + 1)), rehearse="apply" not in request.form)
    counts = [(what, _(label), report.count(what)) for what, label in WHAT.items()]
    lines = sorted(report.lines, key=lambda line: (line.what != "error", line.what == "unchanged", line.row))
    html = web.render(
        "console/_import_report.html",
        report=report,
        counts=counts,
        lines=lines[:SHOWN],
        hidden=max(0, len(lines) - SHOWN),
        what=WHAT,
        label=rows.label,
    )
    return web.fragment(html, journal.last_seq())
