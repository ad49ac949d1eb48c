"""Trying e-mail and the badge printer out from Settings, and how that fares until it is settled."""

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, EmailStr

from shared import alerts, badges
from shared.alerts import EmailView
from shared.badges import JobView
from shared.lib import web
from shared.lib.actor import actor
from shared.lib.errors import NotFound
from shared.lib.i18n import _

blueprint = Blueprint("trials", __name__)


class Addressee(BaseModel):
    """Where a test e-mail goes."""

    to: EmailStr


@web.route(blueprint, "/console/settings/email-test", needs="settings.change", methods=("POST",))
def try_email() -> ResponseReturnValue:
    """Sends an e-mail that says that e-mail works."""
    to = web.form(Addressee).to
    web.limit("trial", "20/hour", actor().ref)
    return web.once(lambda: {"at": f"/console/settings/email-test/{alerts.try_mail(to)}"}, status=202)


@web.route(blueprint, "/console/settings/email-test/<token>", needs="settings.change")
def email_fares(token: str) -> ResponseReturnValue:
    """How it fares."""
    return jsonify(_told(alerts.mail_state(token)))


@web.route(blueprint, "/console/settings/badge-test", needs="settings.change", methods=("POST",))
def try_printer() -> ResponseReturnValue:
    """Prints a badge that is nobody's."""
    web.limit("trial", "20/hour", actor().ref)
    return web.once(lambda: {"at": f"/console/settings/badge-test/{badges.print_test().job}"}, status=202)


@web.route(blueprint, "/console/settings/badge-test/<int:job>", needs="settings.change")
def badge_fares(job: int) -> ResponseReturnValue:
    """How far it is."""
    return jsonify(_told(badges.of_test(job)))


def _told(trial: EmailView | JobView | None) -> dict[str, Any]:
    if trial is None:
        raise NotFound(_("There is nothing here."))
    went = {"sent": True, "printed": True}.get(trial.state)
    return {"text": trial.text, "over": trial.over, "well": bool(went), "state": trial.state}
