"""A long list on its way: how far it is, a way to stop it, and the file, for whoever asked for it."""

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from shared.lib import web
from shared.lib.actor import actor
from shared.lib.i18n import _
from shared.register import taking

blueprint = Blueprint("exports", __name__, template_folder="templates")


@web.route(blueprint, "/console/exports/<token>", needs="registers.export")
def page(token: str) -> ResponseReturnValue:
    """How far it is; with `X-Fragment` only that."""
    one = taking.find(token, actor().ref)
    part = "X-Fragment" in request.headers
    return web.render("console/_taking.html" if part else "console/taking.html", taking=one, here="register")


@web.route(blueprint, "/console/exports/<token>/list", needs="registers.export")
def fetch(token: str) -> ResponseReturnValue:
    """The file, as often as it is asked for while it is kept."""
    one = taking.find(token, actor().ref)
    pieces, size = taking.opened(one)
    answer = Response(pieces, mimetype=one.mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{one.name}"'
    answer.content_length = size
    return answer


@web.route(blueprint, "/console/exports/<token>/cancellation", needs="registers.export", methods=("POST",))
def cancel(token: str) -> ResponseReturnValue:
    """Stops it, or throws it away when it is ready."""
    taking.cancel(taking.find(token, actor().ref))
    return jsonify(say=_("Cancelled. Nothing of the list is kept."), go=f"/console/exports/{token}")
