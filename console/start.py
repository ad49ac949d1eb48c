"""`/`: which face do you need? And the language of what you read."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict

from shared import accounts, company
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.errors import Invalid
from shared.lib.i18n import _

blueprint = Blueprint("start", __name__, template_folder="templates")
YEAR = 365 * 86_400


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
    response.set_cookie("lang", chosen, max_age=YEAR, secure=request.is_secure, httponly=True, samesite="Lax")
    return response


def _own(address: str) -> str:
    """An address of this house, without the language it asked for; the start for any other."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith("//"):
        return "/"
    kept = "&".join(pair for pair in parts.query.split("&") if pair and not pair.startswith("lang="))
    return f"{parts.path}?{kept}" if kept else parts.path
