"""`/`: which face do you need? And the language of what you read."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict

from console.again import inside
from shared import accounts, company
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.errors import Invalid
from shared.lib.i18n import _

blueprint = Blueprint("start", __name__, template_folder="templates")


class Language(BaseModel):
    """The language somebody reads, and the page they were on."""

    model_config = ConfigDict(extra="ignore")
    language: str
    next: str = "/"


@web.route(blueprint, "/", needs="public")
def chooser() -> ResponseReturnValue:
    """The doors of the house: kiosk, console, one's own page."""
    return web.render("console/start.html", company=company.facts())


@web.route(blueprint, "/language", needs="public", methods=("POST",))
def choose_language() -> ResponseReturnValue:
    """Remembers the language in this browser, and with the account of whoever is signed in."""
    form = web.form(Language)
    chosen = i18n.known(form.language)
    if chosen is None:
        raise Invalid(_("This language is not here yet."))
    if actor().kind == "account":
        accounts.change_language(actor().id, chosen)
    response = redirect(_own(form.next), 303)
    web.keep_language(response, request, chosen)
    return response


def _own(address: str) -> str:
    """An address of this house, without the language it asked for; the start for any other."""
    path, _mark, query = inside(address).partition("#")[0].partition("?")
    kept = "&".join(pair for pair in query.split("&") if pair and not pair.startswith("lang="))
    return (f"{path}?{kept}" if kept else path) or "/"
