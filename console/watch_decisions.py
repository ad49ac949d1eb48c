"""At the visit: reception decides whether it is the person on the watch-list, and reads what to do."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict

from shared import visits, watch_list
from shared.lib import web
from shared.lib.actor import actor
from shared.lib.i18n import _
from shared.watch_list import Decided, LetIn

blueprint = Blueprint("watch_decisions", __name__)
SECONDS = 30


class Decision(BaseModel):
    """Whether it is them."""

    model_config = ConfigDict(extra="forbid")
    is_them: bool


@web.route(blueprint, "/console/matches/<token>/decision", needs="watch_list.decide", methods=("POST",))
def decide(token: str) -> ResponseReturnValue:
    """It is them, or it is not and everything goes on."""
    form = web.form(Decision)
    said = _("Noted: it is %(name)s.") if form.is_them else _("Noted: it is somebody else. Everything goes on.")
    return web.once(lambda: _undoable(watch_list.decide(token, is_them=form.is_them), said))


@web.route(blueprint, "/console/matches/<token>/admission", needs="watch_list.decide", methods=("POST",))
def let_in(token: str) -> ResponseReturnValue:
    """It is them, and they are let in all the same."""
    form = web.form(LetIn)
    return web.once(lambda: _undoable(watch_list.let_in(token, form), _("%(name)s is let in. The host is told.")))


@web.route(blueprint, "/console/matches/<token>/reason", needs="watch_list.decide", methods=("POST",))
def show(token: str) -> ResponseReturnValue:
    """Why, for half a minute; the look is written down."""
    web.limit("reveal", "60/minute", actor().ref)
    known = watch_list.reveal(token)
    named = ((_("Reason"), known["reason"] or _("erased")), (_("Let in because"), known["let_in"]))
    return {"shown": [{"label": label, "value": value} for label, value in named if value], "seconds": SECONDS}


def _undoable(done: Decided, said: str) -> dict[str, Any]:
    visit = visits.one(done.visit_id)
    told = said % {"name": visit.visitor_name}
    return {"token": visit.token, "state": done.state, "seq": done.seq, "undo": done.seq, "say": told}
