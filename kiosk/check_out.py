"""Check-out: the badge's QR, or its short code typed by hand (procedure 一.1.5)."""

import re

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from shared import visits
from shared.lib import web
from shared.lib.actor import actor
from shared.lib.errors import Conflict, Invalid
from shared.lib.i18n import _

blueprint = Blueprint("check_out", __name__)
ADDRESS = re.compile(r"/v/([\w-]{20,64})")


class Leaving(BaseModel):
    """What a visitor shows at the door: the pass (or the whole address in its QR), or the short code."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    visit_pass: str = Field("", alias="pass", max_length=300)
    code: str = Field("", max_length=20)


@web.route(blueprint, "/kiosk/departures", needs="visits.depart", methods=("POST",))
@web.route(blueprint, "/api/v1/departures", needs="visits.depart", methods=("POST",), name="api_departures")
def depart() -> ResponseReturnValue:
    """Ends a visit once; a second time says when it ended."""
    form = web.form(Leaving)
    if not form.visit_pass and not form.code:
        raise Invalid(_("Show the code of the badge, or type it."), fields={"pass": _("Fill this in.")})
    if form.code:
        web.limit("short-code", "5/minute", actor().ref)
    return web.once(lambda: _depart(form))


def _depart(form: Leaving) -> dict[str, str]:
    try:
        return _ended(form)
    except Conflict as refusal:
        if not actor().at_kiosk:
            raise
        raise Conflict(_("This visit has ended already."), code=refusal.code) from None  # a kiosk names nobody


def _ended(form: Leaving) -> dict[str, str]:
    how = "kiosk" if actor().at_kiosk else "api"
    if form.code:
        done = visits.depart_by_code(form.code, how=how)
    else:
        address = ADDRESS.search(form.visit_pass)
        done = visits.depart_by_pass(address.group(1) if address else form.visit_pass, how=how)
    return {"token": done.token, "state": done.state}
