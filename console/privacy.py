"""What the privacy officer reads: who was shown many rows, looks at what is hidden, who asked about a colleague."""

from datetime import date
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict

from console import events
from shared import contact_requests, privacy
from shared.contact_requests import Week, monday_of
from shared.lib import web
from shared.lib.forms import AskedDay
from shared.lib.i18n import _

blueprint = Blueprint("privacy", __name__, template_folder="templates")


class Asked(BaseModel):
    """Which week, by one of its days."""

    model_config = ConfigDict(extra="ignore")
    week: AskedDay = None


@web.route(blueprint, "/console/privacy", needs="privacy.read")
def page() -> ResponseReturnValue:
    """The weeks in numbers, and one of them line by line."""
    weeks = contact_requests.weeks()
    wanted = web.query(Asked).week
    names = events.names()
    chosen = _chosen(weeks, monday_of(wanted) if wanted else None)
    return web.render(
        "console/privacy.html",
        weeks=weeks,
        chosen=chosen,
        told=events.tell(contact_requests.looks(chosen.monday)),
        requests=contact_requests.requests(chosen.monday),
        names=names,
        many=[(one, names.get(one.who) or _("a program")) for one in privacy.unseen()],
        most=privacy.MOST,
        here="privacy",
    )


@web.route(blueprint, "/console/privacy/many/<int:seq>/seen", needs="privacy.answer", methods=("POST",))
def seen(seq: int) -> ResponseReturnValue:
    """A privacy officer has looked into it."""

    def looked() -> dict[str, Any]:
        privacy.looked_into(seq)
        return {"say": _("Noted."), "go": "/console/privacy"}

    return web.once(looked)


def _chosen(weeks: list[Week], monday: date | None) -> Week:
    """The week that was asked for, when it is one of these; else the newest."""
    return next((week for week in weeks if week.monday == monday), weeks[0])
