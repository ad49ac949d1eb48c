"""Missed calls: whoever nobody answered is called back, with what to say at hand; three tries close it (T08)."""

from typing import Any, Literal

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console import arrivals, phone_cards
from shared import journal, phone, procedure
from shared.lib import i18n, web
from shared.lib.i18n import _
from shared.phone import Done
from shared.relay.forms import Text

blueprint = Blueprint("call_backs", __name__, template_folder="templates")


class Tried(BaseModel):
    """A try to call back and how it went."""

    model_config = ConfigDict(extra="forbid")
    result: Literal["reached", "no_answer", "busy", "off"]
    note: Text = Field("", max_length=200)


@web.route(blueprint, "/console/phone/<token>", needs="phone.write")
def sheet(token: str) -> ResponseReturnValue:
    """Somebody who is to be called back: the script, the number, and every try."""
    html = rendered(token)
    if "X-Fragment" in request.headers:
        return web.fragment(html, journal.last_seq())
    return web.render("console/board.html", board=arrivals.rendered(), sheet=html, opened=True, here="today")


@web.route(blueprint, "/console/phone/<token>/tries", needs="phone.write", methods=("POST",))
def tried(token: str) -> ResponseReturnValue:
    """A try to call back (procedure 二.1.5)."""
    form = web.form(Tried)
    return web.once(lambda: _tried(phone.call_back(token, form.result, form.note)))


def rendered(token: str) -> str:
    """The sheet of a call that nobody answered."""
    call = phone.one(token)
    known = phone.callers_of(call.number) if call.number else []
    return web.render(
        "console/_call_back.html",
        call=call,
        caller=known[0] if known else None,
        clock=procedure.clock("T08"),
        left=phone.TRIES - len(call.tries),
        results=[(one, i18n.gettext(phone.RESULT_NAMES[one.result])) for one in call.tries],
        cards=phone_cards.shown(caller=known[0].name if known else ""),
    )


def _tried(done: Done) -> dict[str, Any]:
    said = {
        "called_back": _("Called back."),
        "unreachable": _("Three tries. The call is closed as not reached."),
    }.get(done.state, _("Noted. Try once more later."))
    return {"token": done.token, "state": done.state, "seq": done.seq, "undo": done.seq, "say": said}
