"""The list on a warden's own device: sealed for it by the desk, opened there by a PIN when the desk is gone."""

import base64
import binascii

from flask import Blueprint, jsonify, send_from_directory
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console.roll_call import rendered
from console.roll_call_words import script_words
from shared import roll_call
from shared.lib import web
from shared.lib.errors import Invalid, NotFound
from shared.lib.i18n import _
from shared.lib.web.assets import STATIC

blueprint = Blueprint("roll_call_device", __name__, template_folder="templates")


class DeviceForm(BaseModel):
    """The public half of a key that only the PIN opens (SPKI, base64)."""

    model_config = ConfigDict(extra="forbid")
    public_key: str = Field(max_length=2000)


@web.route(blueprint, "/console/roll-call/device", needs="roll_calls.hold", methods=("POST",))
def keep() -> ResponseReturnValue:
    """From now on this session may fetch a sealed copy."""
    try:
        key = base64.b64decode(web.form(DeviceForm).public_key, validate=True)
    except binascii.Error:
        raise Invalid(_("That could not be read.")) from None
    roll_call.keep_device(key)
    return jsonify(kept=True)


@web.route(blueprint, "/console/roll-call/copy", needs="roll_calls.hold")
def copy() -> ResponseReturnValue:
    """The list, sealed: good for nobody but who knows the PIN, so a locked session goes on keeping it fresh."""
    key = roll_call.device_key()
    if key is None:
        raise NotFound(_("This device keeps no copy."))
    return jsonify(roll_call.sealed_for(key, rendered()))


@web.route(blueprint, "/console/roll-call/sw.js", needs="public")
def worker() -> ResponseReturnValue:
    """The service worker, allowed to answer for the page itself."""
    answer = send_from_directory(STATIC / "js" / "roll_call", "sw.js")
    answer.headers["Service-Worker-Allowed"] = "/console/roll-call"
    return answer


@web.route(blueprint, "/console/roll-call/offline", needs="public")
def offline() -> ResponseReturnValue:
    """The page without a desk: nothing in it but a place for the PIN."""
    return web.render("console/roll_call_offline.html", words=script_words())
