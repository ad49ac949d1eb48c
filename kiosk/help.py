"""A visitor asks for a person: reception's screens say so at once."""

from typing import Literal

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict

from shared import calls
from shared.lib import web
from shared.lib.actor import actor

blueprint = Blueprint("kiosk_help", __name__)


class Call(BaseModel):
    """Why somebody at the kiosk wants a person."""

    model_config = ConfigDict(extra="forbid")
    reason: Literal["ask", "no_consent", "not_found", "printer", "sign"] = "ask"
    language: str = "zh_Hans"


@web.route(blueprint, "/kiosk/help", needs="kiosk.use", methods=("POST",))
def call() -> ResponseReturnValue:
    """Rings the consoles."""
    form = web.form(Call)
    web.limit("help", "12/minute", actor().ref)
    return web.once(lambda: {"seq": calls.ring(form.reason)}, status=201)
