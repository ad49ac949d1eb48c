"""On one's own page: may somebody have my number or address? Nobody else can say yes."""

from dataclasses import dataclass

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict

from shared import contact_requests, directory
from shared.contact_requests import RequestView
from shared.lib import web
from shared.lib.i18n import _, format_time

blueprint = Blueprint("mine_asked", __name__, template_folder="templates")


class Said(BaseModel):
    """Yes or no."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    agrees: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to somebody about themselves."""

    request: RequestView

    @property
    def token(self) -> str:
        return self.request.token

    @property
    def at(self) -> str:
        return format_time(self.request.asked_at)

    @property
    def question(self) -> str:
        return _("May %(name)s have your %(way)s?") % {"name": self.request.who, "way": self.request.way}

    @property
    def in_short(self) -> str:
        """No more than may stand on a lock screen."""
        who = directory.surname(self.request.who) if self.request.visit_id is not None else _("Somebody")
        return _("%(name)s asks how you are reached") % {"name": who}


def asked(person_id: int) -> tuple[Asked, ...]:
    """What somebody is asked now, oldest first."""
    return tuple(Asked(one) for one in contact_requests.open_for(person_id))


@web.route(blueprint, "/me/contact-requests/<token>", needs="contacts.answer", methods=("POST",))
def say(token: str) -> ResponseReturnValue:
    """One tap: kept, and reception sees it."""
    said = web.form(Said)
    if web.wants_json():
        return web.once(lambda: {"token": token, "outcome": contact_requests.answer(token, agrees=said.agrees).outcome})
    contact_requests.answer(token, agrees=said.agrees)
    return redirect("/me", 303)
