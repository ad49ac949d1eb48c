"""The lock: names shorten to 姓** while clocks and sounds go on, and only a password opens it."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from shared import accounts
from shared.lib import web
from shared.lib.actor import actor
from shared.lib.errors import Refused
from shared.lib.i18n import _

blueprint = Blueprint("lock", __name__, template_folder="templates")
COOKIE = "foyer-locked"
OPEN = {"/console", "/console/board", "/console/due", "/console/lock", "/console/unlock"}
DAY = 86_400


class Locked(Refused):
    """The console is locked; a password opens it."""

    status, code = 423, "locked"


class Unlocking(BaseModel):
    """The password of the one who is signed in."""

    model_config = ConfigDict(extra="forbid")
    password: str = Field(min_length=1, max_length=1000)


def is_locked() -> bool:
    """Whether this browser was locked: a cookie that scripts cannot read, and that a new tab carries too."""
    return actor().kind == "account" and bool(web.read_cookie(request, COOKIE))


@blueprint.before_app_request
def _shut() -> ResponseReturnValue | None:
    """While locked, only the shortened board is open; a page leads there, a program is told."""
    path = request.path
    if not path.startswith(("/console", "/api/v1")) or path in OPEN or not is_locked():
        return None
    if request.method == "GET" and path.startswith("/console") and not web.wants_json():
        return web.render("console/locked.html")
    raise Locked(_("The console is locked."))


@web.route(blueprint, "/console/lock", needs="account", methods=("POST",))
def lock() -> ResponseReturnValue:
    """Locks this browser at once."""
    response = jsonify(locked=True)
    web.set_cookie(response, request, COOKIE, "1", max_age=DAY)
    return response


@web.route(blueprint, "/console/unlock", needs="account", methods=("POST",))
def unlock() -> ResponseReturnValue:
    """Opens it again with the password; wrong ones are counted like those of a sign-in."""
    form = web.form(Unlocking)
    accounts.confirm_password(form.password, address=request.remote_addr or "")
    response: Response = jsonify(locked=False)
    web.clear_cookie(response, request, COOKIE)
    return response
