"""The visit register as a table: by days, state, reason and whatever is typed; one visitor's visits; kept views."""

from typing import Annotated, Any
from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from console.api import PAGE, VisitQuery
from console.visit import state_name
from shared import privacy, register, visits
from shared.lib import text, web
from shared.lib.actor import actor
from shared.lib.forms import HIGHEST
from shared.lib.i18n import _
from shared.visits.model import STATES

blueprint = Blueprint("register", __name__, template_folder="templates")


class NewView(VisitQuery):
    """What is shown, under a name of one's own."""

    model_config = ConfigDict(extra="ignore")
    name: Annotated[str, AfterValidator(text.clean)] = Field(min_length=1, max_length=30)


class Dropped(BaseModel):
    """Which view is not needed any more."""

    model_config = ConfigDict(extra="forbid")
    view: int = Field(ge=1, le=HIGHEST)


@web.route(blueprint, "/console/visits", needs="visits.read")
def page() -> ResponseReturnValue:
    """A page of the register, newest first; with `X-Fragment` only the rows and the way on."""
    asked = web.query(VisitQuery)
    rows, following = asked.rows(limit=PAGE)
    privacy.shown(row.token for row in rows)
    template = "console/_register_rows.html" if "X-Fragment" in request.headers else "console/register.html"
    return web.render(
        template,
        rows=rows,
        earlier=address(asked, after=following) if following else "",
        asked=asked,
        here_is=address(asked),
        narrowed=address(asked) != address(VisitQuery()),
        whose=visits.by_token(asked.of) if asked.of else None,
        often=visits.again(asked.of) if asked.of else 0,
        kept=[(view, f"/console/visits?{view.query}") for view in register.views(visits.REGISTER, actor().id)],
        states=states(),
        purposes=visits.PURPOSES,
        state_name=state_name,
        purpose_name=visits.purpose_name,
        here="register",
    )


@web.route(blueprint, "/console/visits/views", needs="visits.read", methods=("POST",))
def keep() -> ResponseReturnValue:
    """Keeps what is shown for the one who asks."""
    form = web.form(NewView)

    def kept() -> dict[str, Any]:
        register.keep_view(visits.REGISTER, actor().id, form.name, _query(form))
        return {"say": _("%(name)s is kept.") % {"name": form.name}, "go": "/console/visits"}

    return web.once(kept)


@web.route(blueprint, "/console/visits/views/removal", needs="visits.read", methods=("POST",))
def drop() -> ResponseReturnValue:
    """Drops a view of the one who asks."""
    form = web.form(Dropped)

    def dropped() -> dict[str, Any]:
        register.drop_view(actor().id, form.view)
        return {"say": _("Removed."), "go": "/console/visits"}

    return web.once(dropped)


def address(asked: VisitQuery, **more: str | None) -> str:
    """Where this part of the register is."""
    query = _query(asked, **more)
    return f"/console/visits?{query}" if query else "/console/visits"


def _query(asked: VisitQuery, **more: str | None) -> str:
    values = asked.model_dump(mode="json", include={"state", "date", "until", "purpose", "of", "q"}) | more
    return urlencode({name: value for name, value in values.items() if value})


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
