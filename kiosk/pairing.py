"""Pairing: a new tablet shows a code, reception approves it, and the tablet gets its own cookie."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from shared import accounts
from shared.lib import web
from shared.lib.config import settings

blueprint = Blueprint("pairing", __name__)
COOKIE = "foyer-kiosk"
YEARS = 5 * 365 * 24 * 3600


@web.route(blueprint, "/kiosk/pairing", needs="public", methods=("POST",))
def start() -> ResponseReturnValue:
    """A code to show, valid for ten minutes."""
    web.limit("pairing", "10/minute", request.remote_addr or "")
    pairing = accounts.start_pairing()
    address = f"{settings().url}/console/devices?code={pairing.code}"
    return jsonify(code=pairing.code, poll=pairing.poll, expires_at=pairing.expires_at.isoformat(), address=address), 201


@web.route(blueprint, "/kiosk/pairing/<poll>", needs="public", methods=("POST",))
def collect(poll: str) -> ResponseReturnValue:
    """Whether somebody approved; the device's secret is handed out once, as a cookie no script can read."""
    secret = accounts.collect_pairing(poll)
    answer: Response = jsonify(paired=secret is not None)
    if secret is not None:
        web.set_cookie(answer, request, COOKIE, secret, max_age=YEARS, strict=True)
    return answer
