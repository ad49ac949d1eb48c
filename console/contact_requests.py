"""Somebody asks how a colleague is reached: noted, the colleague is asked, and only what they agree to is shown."""

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console.contact import SECONDS, lines
from console.presence import referred
from shared import contact_requests, directory, visits
from shared.contact_requests import ContactForm, Outcome, RequestView
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.i18n import _
from shared.visits.forms import HostRef

blueprint = Blueprint("contact_requests", __name__, template_folder="templates")


class AskedByVisitor(ContactForm):
    """The same for a visitor: about whom they asked."""

    model_config = ConfigDict(extra="forbid")
    asker: str = Field("", max_length=0)
    about: HostRef


class Ending(BaseModel):
    """What reception said when nobody answered."""

    model_config = ConfigDict(extra="forbid")
    outcome: Outcome


@web.route(blueprint, "/console/visits/<token>/contact-requests", needs="contacts.record", methods=("POST",))
def by_visitor(token: str) -> ResponseReturnValue:
    """A visitor asked for somebody's number or address (procedure 一.1.1)."""
    visit, form = visits.by_token(token), web.form(AskedByVisitor)
    person = referred(form.about.ref)
    return web.once(lambda: said(contact_requests.note(person, form, visit=visit)), status=201)


@web.route(blueprint, "/console/directory/<token>/contact-requests", needs="contacts.record", methods=("POST",))
def by_somebody(token: str) -> ResponseReturnValue:
    """Somebody asked who is not here as a visitor (procedure 一.2.4)."""
    person, form = directory.by_token(token), web.form(ContactForm)
    return web.once(lambda: said(contact_requests.note(person, form)), status=201)


@web.route(blueprint, "/console/contact-requests/<token>/outcome", needs="contacts.record", methods=("POST",))
def settle(token: str) -> ResponseReturnValue:
    """Reception ends it; that the colleague agreed is for the colleague to say."""
    form = web.form(Ending)
    return web.once(lambda: said(contact_requests.settle(token, form.outcome)))


@web.route(blueprint, "/console/contact-requests/<token>/contact", needs="contacts.record", methods=("POST",))
def show(token: str) -> ResponseReturnValue:
    """For half a minute, what the colleague agreed to pass on and nothing else."""
    web.limit("reveal", "60/minute", actor().ref)
    return jsonify(shown=lines(contact_requests.show(token)), seconds=SECONDS)


def said(view: RequestView) -> dict[str, Any]:
    """The answer: the request as it stands, and a sentence."""
    name = view.person.spoken(i18n.language()) if view.person else ""
    words = (
        _("Noted.") if view.outcome else _("%(name)s is asked. Nothing is shown before they agree.") % {"name": name}
    )
    return {"token": view.token, "outcome": view.outcome, "say": words}
