"""The visit register as a table: by day, by state, by a name; page after page."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from console.api import VisitQuery
from console.visit import state_name
from shared import visits
from shared.lib import web
from shared.lib.i18n import _
from shared.visits.model import STATES

blueprint = Blueprint("register", __name__, template_folder="templates")


@web.route(blueprint, "/console/visits", needs="visits.read")
def page() -> ResponseReturnValue:
    """A page of the register, newest first; with `X-Fragment` only the rows and the way on."""
    asked = web.query(VisitQuery)
    rows, following = visits.page(state=asked.state, day=asked.date, q=asked.q, after=asked.after)
    template = "console/_register_rows.html" if "X-Fragment" in request.headers else "console/register.html"
    return web.render(
        template,
        rows=rows,
        following=following,
        asked=asked,
        states=states(),
        state_name=state_name,
        purpose_name=visits.purpose_name,
        here="register",
    )


def states() -> list[tuple[str, str]]:
    """What the register can be narrowed to."""
    names = {
        "": _("All"),
        "on_site": _("On site"),
        "expected": _("Expected"),
        "arrived": _("Waiting"),
        "meeting": _("With host"),
        "left": _("Left"),
        "cancelled": _("Cancelled"),
    }
    assert set(names) <= {"", "on_site", *STATES}
    return list(names.items())
