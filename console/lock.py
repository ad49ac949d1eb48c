"""The lock: names shorten to 姓** while clocks and sounds go on, and only a password opens it."""

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from shared import accounts
from shared.lib import web
from shared.lib.actor import actor
from shared.lib.errors import Refused
from shared.lib.i18n import _

blueprint = Blueprint("lock", __name__, template_folder="templates")
OPEN = {"/console", "/console/board", "/console/due", "/console/rooms", "/console/lock", "/console/unlock", "/sign-out"}
OPEN |= {"/console/quiet-call", "/console/quiet-call/state"}  # help is called without a password
OPEN |= {"/console/roll-call/copy"}  # sealed: good for nobody who does not know the PIN


class Locked(Refused):
    """The console is locked; a password opens it."""

    status, code = 423, "locked"


class Unlocking(BaseModel):
    """The password of the one who is signed in."""

    model_config = ConfigDict(extra="forbid")
    password: str = Field(min_length=1, max_length=1000)


@blueprint.before_app_request
def _shut() -> ResponseReturnValue | None:
    """While a session is locked, only the shortened board is open to it; a page leads there, a program is told."""
    if not actor().locked or request.path in OPEN or _anybodys():
        return None
    if request.method == "GET" and not web.wants_json() and "X-Fragment" not in request.headers:
        return web.render("console/locked.html")
    raise Locked(_("The console is locked."))


def _anybodys() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "needs", "public") == "public"


@web.route(blueprint, "/console/lock", needs="account", methods=("POST",))
def lock() -> ResponseReturnValue:
    """Locks this session at once, in every page it has open."""
    accounts.lock()
    return jsonify(locked=True)


@web.route(blueprint, "/console/unlock", needs="account", methods=("POST",))
def unlock() -> ResponseReturnValue:
    """Opens it again with the password; wrong ones are counted like those of a sign-in."""
    form = web.form(Unlocking)
    accounts.confirm_password(form.password, address=request.remote_addr or "")
    return jsonify(locked=False)
