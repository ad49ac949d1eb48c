"""The quiet call at the console: one key or one button calls, and a line that nobody notices says who comes."""

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from console import events
from shared import alerts, directory, quiet_calls
from shared.alerts import AlertView
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.clock import rfc3339
from shared.lib.i18n import _, format_time
from shared.quiet_calls import Answer, Beginning, Ending, QuietView

blueprint = Blueprint("quiet_call", __name__, template_folder="templates")


@web.route(blueprint, "/console/quiet-call/state", needs="quiet_calls.make")
def state() -> ResponseReturnValue:
    """Whether a call runs, and how it stands with each who was called; names are short while the session is locked."""
    call = quiet_calls.running()
    if call is None:
        return jsonify(call=None)
    people = [_line(one, call) for one in alerts.quiet_called(call.subject)]
    return jsonify(
        call=call.token,
        drill=call.drill,
        title=_title(call),
        people=people,
        coming=sum(1 for one in people if one["answered"]),
    )


@web.route(blueprint, "/console/quiet-call", needs="quiet_calls.make", methods=("POST",))
def begin() -> ResponseReturnValue:
    """Calls; pressed again within ten minutes it adds nothing, later it calls everybody anew."""
    form = web.form(Beginning)
    return web.once(lambda: {"call": quiet_calls.begin(drill=form.drill)[0].token})


@web.route(blueprint, "/console/quiet-call/<token>/ending", needs="quiet_calls.make", methods=("POST",))
def end(token: str) -> ResponseReturnValue:
    """It is over, or it was a false alarm."""
    form = web.form(Ending)
    said = _("Everybody hears that it was a false alarm.") if form.false_alarm else _("Noted.")
    return web.once(lambda: {"call": quiet_calls.end(token, form).token, "say": said})


@web.route(blueprint, "/api/v1/quiet-calls", needs="quiet_calls.make")
def api_page() -> ResponseReturnValue:
    """The last calls, newest first."""
    return jsonify(quiet_calls=[shape(one) for one in quiet_calls.last()], next=None)


@web.route(blueprint, "/api/v1/quiet-calls", needs="quiet_calls.make", methods=("POST",))
def api_begin() -> ResponseReturnValue:
    """A button under the desk calls: 201; 200 while one of the last ten minutes rings."""
    form = web.form(Beginning)
    made: list[bool] = []

    def begun() -> dict[str, Any]:
        call, new = quiet_calls.begin(drill=form.drill)
        made.append(new)
        return shape(call)

    answer = web.once(begun, status=201)
    if made == [False]:
        answer.status_code = 200
    return answer


@web.route(blueprint, "/api/v1/quiet-calls/<token>/ending", needs="quiet_calls.make", methods=("POST",))
def api_end(token: str) -> ResponseReturnValue:
    """It is over: 200 once, 409 when it already was."""
    form = web.form(Ending)
    return web.once(lambda: shape(quiet_calls.end(token, form)))


def shape(call: QuietView) -> dict[str, Any]:
    """A call as programs read it; the note stays at the desk."""
    return {
        "token": call.token,
        "drill": call.drill,
        "running": call.running,
        "false_alarm": call.false_alarm,
        "begun_at": rfc3339(call.begun_at),
        "begun_by": call.begun_by,
        "ended_at": rfc3339(call.ended_at),
        "answers": [_said(one) for one in call.answers],
    }


def _said(one: Answer) -> dict[str, Any]:
    return {"name": one.person.name if one.person else "", "says": one.says, "at": rfc3339(one.at)}


def _line(alert: AlertView, call: QuietView) -> dict[str, Any]:
    """One who was called: what they said, or whether it has reached them."""
    person = alert.person
    name = person.spoken(i18n.language()) if person else ""
    said = [one for one in call.answers if one.person_id == alert.person_id]
    words = _(", ").join(f"{format_time(one.at)} {one.words}" for one in said) or _reached(alert)
    return {"name": directory.shortened(name) if actor().locked else name, "words": words, "answered": bool(said)}


def _reached(alert: AlertView) -> str:
    seen = next((one for one in alert.deliveries if one.state == "seen"), None)
    if seen is not None and seen.at is not None:
        return _("%(time)s seen") % {"time": format_time(seen.at)}
    if any(one.state in ("sent", "delivered") for one in alert.deliveries):
        return _("told")
    return _("not reached yet")


def _title(call: QuietView) -> str:
    when = {"time": format_time(call.begun_at), "name": events.names().get(call.begun_by, "")}
    return (_("Drill, %(time)s, %(name)s") if call.drill else _("%(time)s, %(name)s")) % when
