"""How somebody is reached: hidden until reception asks for it, shown for half a minute, every look written down."""

from typing import Annotated, Literal

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console.event_words import WAYS
from console.presence import referred
from shared import directory
from shared.lib import web
from shared.lib.actor import actor
from shared.lib.i18n import _

blueprint = Blueprint("contact", __name__, template_folder="templates")
SECONDS = 30
Way = Literal["extension", "phone", "email"]


class Looking(BaseModel):
    """Which ways somebody wants to see; all of them when nothing is said."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    ways: Annotated[tuple[Way, ...], Field(min_length=1, max_length=3)] = ("extension", "phone", "email")


@web.route(blueprint, "/console/directory/<token>/contact", needs="people.contact", methods=("POST",))
def show(token: str) -> ResponseReturnValue:
    """For half a minute; who looked at whose is in the journal (procedure 4.2.8)."""
    return jsonify(shown=lines(_looked(token)), seconds=SECONDS)


@web.route(blueprint, "/api/v1/people/<ref>/contact", needs="people.contact", methods=("POST",))
def api_show(ref: str) -> ResponseReturnValue:
    """The same for a program, by the reference of a search."""
    return jsonify(_looked(referred(ref).token))


def lines(known: dict[str, str]) -> list[dict[str, str]]:
    """What is shown, each with its name."""
    shown = [{"label": _(WAYS[way]), "value": value} for way, value in known.items()]
    return shown or [{"label": _("Contact"), "value": _("nothing is known")}]


def _looked(token: str) -> dict[str, str]:
    web.limit("reveal", "60/minute", actor().ref)
    return directory.reveal_contact(token, web.form(Looking).ways)
