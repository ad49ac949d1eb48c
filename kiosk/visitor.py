"""The visitor's own page on their phone: the host's answer, the pass, and the way out."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from flask_socketio import join_room

from kiosk import answers, words
from shared import company, visits
from shared.lib import i18n, web
from shared.lib.config import settings
from shared.lib.web.sockets import socketio

blueprint = Blueprint("visitor", __name__, template_folder="templates")


@web.route(blueprint, "/v/<visit_pass>", needs="public")
def page(visit_pass: str) -> ResponseReturnValue:
    """Carries on where the kiosk's done screen ends."""
    visit = answers.visit_of(visit_pass)
    with i18n.use(i18n.known(request.args.get("lang")) or visit.language):
        return web.render(
            "kiosk/visitor.html",
            visit=visit,
            visit_pass=visit_pass,
            state=answers.state_of(visit),
            company=company.facts(),
            words=words.catalogue(),
            short_code=visits.secrets_of(visit.id)[1] if visit.on_site else "",
            address=f"{settings().url}/v/{visit_pass}",
        )


@web.route(blueprint, "/v/<visit_pass>/departure", needs="public", methods=("POST",))
def depart(visit_pass: str) -> ResponseReturnValue:
    """Signs the visitor out from their own phone."""
    answers.visit_of(visit_pass)
    visits.depart_by_pass(visit_pass, how="pass")
    return redirect(f"/v/{visit_pass}", 303)


def watch(message: object = None, *_more: object) -> None:
    """A page that shows a visit hears when it changes: it names the pass, and the server chooses the room."""
    visit_pass = message.get("pass") if isinstance(message, dict) else None
    if isinstance(visit_pass, str) and len(visit_pass) <= 64:
        visit = visits.by_pass(visit_pass)
        if visit is not None:
            join_room(f"visit:{visit.id}")


for namespace in ("/v", "/kiosk"):
    socketio.on_event("watch", watch, namespace=namespace)
