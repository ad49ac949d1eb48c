"""What reception does with a visit: every answer has a sentence, and says whether it can be undone."""

from typing import Any, Literal

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from shared import alerts, badges, journal, phone, relay, rooms, visits, watch_list
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.forms import LARGEST
from shared.lib.i18n import _
from shared.visits import Correction, Return, reveal
from shared.visits.forms import Departure, HostRef

blueprint = Blueprint("visit_acts", __name__)


class Naming(BaseModel):
    """The person a visitor is for."""

    model_config = ConfigDict(extra="forbid")
    host: HostRef


class HostAnswer(BaseModel):
    """What a host says when reception asks them."""

    model_config = ConfigDict(extra="forbid")
    answer: Literal["coming", "minutes", "wait", "cannot"]
    minutes: int | None = Field(None, ge=1, le=alerts.MOST_MINUTES)


class Reprint(BaseModel):
    """Why a badge is printed once more."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field("", max_length=20)


class Undoing(BaseModel):
    """Which act is taken back."""

    model_config = ConfigDict(extra="forbid")
    seq: int = Field(ge=1, le=LARGEST)


@web.route(blueprint, "/console/visits/<token>/meeting", needs="visits.write", methods=("POST",))
def meet(token: str) -> ResponseReturnValue:
    """The host has come for the visitor."""
    return web.once(lambda: _undoable(visits.admit(token), _("%(name)s is with the host.")))


@web.route(blueprint, "/console/visits/<token>/greeting", needs="visits.write", methods=("POST",))
def greet(token: str) -> ResponseReturnValue:
    """Reception has greeted somebody from the kiosk (procedure 一.1.1)."""
    return web.once(lambda: _undoable(visits.greet(token), _("%(name)s was greeted.")))


@web.route(blueprint, "/console/visits/<token>/update", needs="visits.write", methods=("POST",))
def tell_visitor(token: str) -> ResponseReturnValue:
    """The visitor knows that the host has not answered yet (procedure 一.1.4)."""
    return web.once(lambda: _undoable(visits.tell_visitor(token), _("%(name)s knows that it takes a while.")))


@web.route(blueprint, "/console/visits/<token>/host-answer", needs="visits.write", methods=("POST",))
def answer_for_host(token: str) -> ResponseReturnValue:
    """What the host told reception, by telephone or in person."""
    form = web.form(HostAnswer)

    def kept() -> dict[str, Any]:
        done = alerts.answer_for(token, form.answer, form.minutes)
        said = _("Noted: %(words)s.") % {"words": alerts.answer_name(done.answer, done.minutes)}
        return {"token": token, "answer": done.answer, "say": said}

    return web.once(kept)


@web.route(blueprint, "/console/visits/<token>/entry", needs="visits.write", methods=("POST",))
def let_in(token: str) -> ResponseReturnValue:
    """Reception has looked at somebody who came unannounced or for the first time (procedure 一.1.1)."""
    return web.once(lambda: _undoable(visits.confirm_entry(token), _("%(name)s may go in.")))


@web.route(blueprint, "/console/visits/<token>/departure", needs="visits.write", methods=("POST",))
def depart(token: str) -> ResponseReturnValue:
    """The visitor is seen off (procedure 一.1.5)."""
    form = web.form(Departure)
    said = _("%(name)s has left.") if form.badge_returned else _("%(name)s has left, badge %(badge)s is not back.")
    return web.once(lambda: _undoable(visits.depart(token, how="console", badge_returned=form.badge_returned), said))


@web.route(blueprint, "/console/visits/<token>/badge-return", needs="visits.write", methods=("POST",))
def badge_back(token: str) -> ResponseReturnValue:
    """The badge came back later."""

    def back() -> dict[str, Any]:
        seq = reveal.return_badge(token)
        badge = visits.by_token(token).badge
        return {"token": token, "seq": seq, "say": _("Badge %(badge)s is back.") % {"badge": badge}}

    return web.once(back)


@web.route(blueprint, "/console/visits/<token>/badge", needs="badges.manage", methods=("POST",))
def print_again(token: str) -> ResponseReturnValue:
    """Prints the badge once more; why stands in the journal."""
    form = web.form(Reprint)

    def printed() -> dict[str, Any]:
        return {"token": token, "seq": badges.reprint(token, form.reason).seq, "say": _("The badge is about to print.")}

    return web.once(printed)


@web.route(blueprint, "/console/visits/<token>/badge-out", needs="badges.manage", methods=("POST",))
def it_came_out(token: str) -> ResponseReturnValue:
    """Reception has looked at the printer: the badge is there."""
    return web.once(lambda: {"token": token, "seq": badges.printed_after_all(token), "say": _("Noted: it came out.")})


@web.route(blueprint, "/console/visits/<token>/host", needs="visits.write", methods=("POST",))
def name_host(token: str) -> ResponseReturnValue:
    """Names the host, or another one; they are told at once."""
    form = web.form(Naming)

    def named() -> dict[str, Any]:
        done = visits.assign(token, form.host.ref)
        host = visits.by_token(done.token).host
        name = host.spoken(i18n.language()) if host else ""
        return {"token": done.token, "state": done.state, "say": _("%(name)s is being told.") % {"name": name}}

    return web.once(named)


@web.route(blueprint, "/console/visits/<token>/return", needs="visits.write", methods=("POST",))
def comes_again(token: str) -> ResponseReturnValue:
    """No message: the visitor comes again on another day (procedure 一.1.7)."""
    form = web.form(Return)
    when = i18n.format_date(form.return_date) if form.return_date else ""
    if form.return_time:
        when = f"{when} {form.return_time:%H:%M}"
    said = _("%(name)s comes again on %(when)s.") if when else _("%(name)s will come again, no day agreed.")
    return web.once(lambda: _undoable(visits.comes_again(token, form.return_date, form.return_time), said, when))


@web.route(blueprint, "/console/visits/<token>/cancellation", needs="visits.write", methods=("POST",))
def cancel(token: str) -> ResponseReturnValue:
    """Somebody who was expected does not come."""
    return web.once(lambda: _undoable(visits.cancel(token), _("%(name)s is no longer expected.")))


@web.route(blueprint, "/console/visits/<token>/correction", needs="visits.correct", methods=("POST",))
def correct(token: str) -> ResponseReturnValue:
    """Puts right what was written wrong; who was slower sees the other's change first."""
    form = web.form(Correction)

    def corrected() -> dict[str, Any]:
        done = visits.correct(token, form)
        said = _("Put right.") if done.seq else _("Nothing was changed.")
        return {"token": done.token, "state": done.state, "say": said}

    return web.once(corrected)


@web.route(blueprint, "/console/undo", needs="visits.write", methods=("POST",))
def undo() -> ResponseReturnValue:
    """Takes one's own last act back, within 15 seconds."""
    form = web.form(Undoing)

    event = journal.at(form.seq)

    def undone() -> dict[str, Any]:
        if event is not None and event.topic == "relay":
            taken = relay.undo(form.seq)
            return {"token": taken.token, "status": taken.status, "say": _("Undone.")}
        if event is not None and event.topic == "phone":
            tried = phone.undo(form.seq)
            return {"token": tried.token, "state": tried.state, "say": _("Undone.")}
        if event is not None and event.topic == "rooms":
            return {"room": rooms.undo(form.seq).room_id, "say": _("Undone.")}
        if event is not None and event.topic == "watch_list":
            decided = watch_list.undo(form.seq)
            return {"token": visits.one(decided.visit_id).token, "state": decided.state, "say": _("Undone.")}
        done = visits.undo(form.seq)
        return {"token": done.token, "state": done.state, "say": _("Undone.")}

    return web.once(undone)


@web.route(blueprint, "/console/visits/<token>/phone", needs="visits.write", methods=("POST",))
def show_phone(token: str) -> ResponseReturnValue:
    """The visitor's number for half a minute; the look is written down."""
    web.limit("reveal", "60/minute", actor().ref)
    number = reveal.reveal_phone(token) or _("none was left")
    return {"shown": [{"label": _("Phone"), "value": number}], "seconds": 30}


@web.route(blueprint, "/console/visits/<token>/codes", needs="visits.write", methods=("POST",))
def show_codes(token: str) -> ResponseReturnValue:
    """Short code and invitation for half a minute; the look is written down."""
    web.limit("reveal", "60/minute", actor().ref)
    codes = reveal.reveal_codes(token)
    named = ((_("Code to leave"), codes.short_code), (_("Invitation code"), codes.invitation))
    return {"shown": [{"label": label, "value": value} for label, value in named if value], "seconds": 30}


def _undoable(done: Any, said: str, when: str = "") -> dict[str, Any]:
    visit = visits.by_token(done.token)
    said = said % {"name": visit.visitor_name, "badge": visit.badge, "when": when}
    return {"token": done.token, "state": done.state, "seq": done.seq, "undo": done.seq, "say": said}
