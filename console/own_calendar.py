"""One's own calendar: a file that was exported, or a secret address that is asked; only busy times are kept."""

from typing import Annotated

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console.again import again, blank
from console.me import me
from shared import presence
from shared.lib import ics, web
from shared.lib.actor import actor
from shared.lib.errors import Invalid
from shared.lib.i18n import _

blueprint = Blueprint("own_calendar", __name__, template_folder="templates")
PAGE = "console/own_calendar.html"


class Subscription(BaseModel):
    """The secret address of a calendar."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    calendar_address: Annotated[str, Field(min_length=1, max_length=2000)]


@web.route(blueprint, "/me/calendar", needs="me")
def page() -> ResponseReturnValue:
    """Which calendar is read, how that went, and how to take one in."""
    return web.render(PAGE, **blank(), **_mine())


@web.route(blueprint, "/me/calendar/file", needs="me", methods=("POST",))
def take_file() -> ResponseReturnValue:
    """An exported calendar; known for two weeks from now."""

    def work() -> ResponseReturnValue:
        _not_too_often()
        given = request.files.get("file")
        if given is None or not given.filename:
            raise Invalid(_("Choose a file."), fields={"file": _("Choose a file.")})
        presence.take_file(me(), given.read(ics.BYTES + 1))
        return redirect("/me/calendar", 303)

    return again(PAGE, work, **_mine())


@web.route(blueprint, "/me/calendar/address", needs="me", methods=("POST",))
def subscribe() -> ResponseReturnValue:
    """An address that is asked at once, and every quarter of an hour; it is never shown again."""

    def work() -> ResponseReturnValue:
        _not_too_often()
        presence.subscribe(me(), web.form(Subscription).calendar_address)
        return redirect("/me/calendar", 303)

    return again(PAGE, work, **_mine())


@web.route(blueprint, "/me/calendar/removal", needs="me", methods=("POST",))
def remove() -> ResponseReturnValue:
    """The calendar goes, and its times with it."""
    presence.remove_calendar(me())
    return redirect("/me/calendar", 303)


def _not_too_often() -> None:
    web.limit("calendar", "10/minute", actor().ref)


def _mine() -> dict[str, object]:
    return {"calendar": presence.calendar_of(me()), "reason_name": presence.reason_name}
