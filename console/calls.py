"""A kiosk rings: reception says "on my way"."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from shared import calls
from shared.lib import web
from shared.lib.i18n import _

blueprint = Blueprint("calls", __name__)


@web.route(blueprint, "/console/calls/<int:seq>/answer", needs="visits.write", methods=("POST",))
def answer(seq: int) -> ResponseReturnValue:
    """The call leaves every screen."""
    return jsonify(seq=calls.answer(seq), say=_("On the way."))
