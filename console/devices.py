"""Kiosks: when each was last there, approving the code a tablet shows, taking one out of service."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from console.accounts import confirmed
from console.again import again, blank
from shared import accounts
from shared.lib import text, web
from shared.lib.actor import actor

blueprint = Blueprint("devices", __name__, template_folder="templates")


@web.route(blueprint, "/console/devices", needs="devices.pair")
def kiosks() -> ResponseReturnValue:
    """Every kiosk; the code is filled in for whoever scanned it from the tablet."""
    code = text.plain_code(request.args.get("code", ""))[:6]
    return web.render("console/devices.html", **blank() | {"typed": {"code": code} if code else {}}, **_all())


@web.route(blueprint, "/console/devices", needs="devices.pair", methods=("POST",))
def approve() -> ResponseReturnValue:
    """Takes the tablet that shows the code into service."""

    def work() -> ResponseReturnValue:
        web.limit("pairing", "10/minute", actor().ref)
        form = web.form(accounts.NewDevice)
        accounts.approve_pairing(form.code, form.name)
        return redirect("/console/devices?done=paired", 303)

    return again("console/devices.html", work, **_all())


@web.route(blueprint, "/console/devices/<int:device_id>/removal", needs="devices.manage", methods=("POST",))
@confirmed
def remove(device_id: int) -> ResponseReturnValue:
    """Takes it out of service at once."""
    accounts.revoke_device(device_id)
    return redirect("/console/devices?done=removed", 303)


def _all() -> dict[str, object]:
    return {"devices": accounts.devices(), "here": "accounts", "done": request.args.get("done", "")}
