"""Pairing: a new tablet shows a code, reception approves it, and the tablet gets its own cookie."""

from typing import cast

from flask import Blueprint, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from kiosk import words
from shared import accounts
from shared.lib import web
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.errors import Gone

blueprint = Blueprint("pairing", __name__)
YEARS = 5 * 365 * 24 * 3600


@web.route(blueprint, "/kiosk/pairing", needs="public", methods=("POST",))
def start() -> ResponseReturnValue:
    """A code to show, valid for ten minutes."""
    web.limit("pairing", "10/minute", request.remote_addr or "")
    pairing = accounts.start_pairing()
    address = f"{settings().url}/console/devices?code={pairing.code}"
    return jsonify(
        code=pairing.code, poll=pairing.poll, expires_at=pairing.expires_at.isoformat(), address=address
    ), 201


@web.route(blueprint, "/kiosk/pairing/<poll>", needs="public", methods=("POST",))
def collect(poll: str) -> ResponseReturnValue:
    """Whether somebody approved; the device's secret is handed out once, as a cookie no script can read."""
    secret = accounts.collect_pairing(poll)
    answer: Response = jsonify(paired=secret is not None)
    if secret is not None:
        web.set_cookie(answer, request, accounts.DEVICE_COOKIE, secret, max_age=YEARS, strict=True)
    return answer


@web.route(blueprint, "/kiosk/open/<poll>", needs="public")
def offered(poll: str) -> ResponseReturnValue:
    """A link to a kiosk that is paired already (the demo prints one); its button makes this browser the kiosk."""
    if actor().kind == "device":
        return redirect("/kiosk", 303)
    return web.render("kiosk/open.html", words=words.catalogue())


@web.route(blueprint, "/kiosk/open/<poll>", needs="public", methods=("POST",))
def take(poll: str) -> ResponseReturnValue:
    """The kiosk, with its cookie; without one, and so with a code to show, when the link has been used."""
    web.limit("pairing", "10/minute", request.remote_addr or "")
    answer = cast(Response, redirect("/kiosk", 303))
    try:
        secret = accounts.collect_pairing(poll)
    except Gone:
        return answer
    if secret is not None:
        web.set_cookie(answer, request, accounts.DEVICE_COOKIE, secret, max_age=YEARS, strict=True)
    return answer
