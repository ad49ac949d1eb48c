"""Roll calls for programs: begin one, read its list, mark, end it; the same rights and rules as on the page."""

import dataclasses
from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from shared import roll_call
from shared.lib import web
from shared.lib.clock import rfc3339
from shared.roll_call import CallView, MarksForm, MarkView, PersonView, StartForm

blueprint = Blueprint("roll_calls", __name__)


@web.route(blueprint, "/api/v1/roll-calls", needs="roll_calls.hold")
def calls() -> ResponseReturnValue:
    """The last calls, newest first."""
    return jsonify(roll_calls=[shape(one) for one in roll_call.last()], next=None)


@web.route(blueprint, "/api/v1/roll-calls", needs="roll_calls.hold", methods=("POST",))
def start() -> ResponseReturnValue:
    """Begins a call: 201; 200 when the same kind runs already, or the key began one before."""
    form = web.form(StartForm)
    made: list[bool] = []

    def begun() -> dict[str, Any]:
        call, new = roll_call.start(form)
        made.append(new)
        return shape(call)

    answer = web.once(begun, status=201)
    if made == [False]:
        answer.status_code = 200
    return answer


@web.route(blueprint, "/api/v1/roll-calls/<token>", needs="roll_calls.hold")
def one(token: str) -> ResponseReturnValue:
    """What a call has come to."""
    made = roll_call.report(roll_call.one(token))
    counts = {"counts": made.counts, "total": made.total, "found": made.found, "seconds": made.seconds}
    missing = [one.subject for one in made.missing]
    return jsonify(shape(made.call) | counts | {"missing": missing, "marks": [marked(mark) for mark in made.marks]})


@web.route(blueprint, "/api/v1/roll-calls/<token>/people", needs="roll_calls.hold")
def people(token: str) -> ResponseReturnValue:
    """Everybody on the list, and how they stand."""
    return jsonify(people=[person(one) for one in roll_call.people(roll_call.one(token))], next=None)


@web.route(blueprint, "/api/v1/roll-calls/<token>/marks", needs="roll_calls.hold", methods=("POST",))
def mark(token: str) -> ResponseReturnValue:
    """Takes marks, each once by its own key, in whichever order they come."""
    form = web.form(MarksForm)
    return web.once(lambda: dataclasses.asdict(roll_call.mark(token, form)))


@web.route(blueprint, "/api/v1/roll-calls/<token>/ending", needs="roll_calls.hold", methods=("POST",))
def end(token: str) -> ResponseReturnValue:
    """The call is over: 200 once, 409 when it already was."""
    return web.once(lambda: shape(roll_call.end(token)))


def shape(call: CallView) -> dict[str, Any]:
    """A call as programs read it."""
    return {
        "token": call.token,
        "drill": call.drill,
        "running": call.running,
        "started_at": rfc3339(call.started_at),
        "started_by": call.started_by,
        "ended_at": rfc3339(call.ended_at),
        "ended_by": call.ended_by,
    }


def person(one: PersonView) -> dict[str, Any]:
    """Somebody on the list."""
    return {
        "subject": one.subject,
        "kind": "staff" if one.staff else "visitor",
        "name": one.name,
        "place": one.place,
        "party_size": one.party_size,
        "host": one.host or None,
        "room": one.room or None,
        "badge": one.badge or None,
        "since": rfc3339(one.since),
        "late": one.late,
        "state": one.state,
        "contested": one.contested,
        "marks": [marked(mark) for mark in one.marks],
    }


def marked(mark: MarkView) -> dict[str, Any]:
    """A mark."""
    said = {"key": mark.key, "subject": mark.subject, "state": mark.state, "by": mark.by}
    return said | {"said_at": rfc3339(mark.said_at), "at": rfc3339(mark.at), "withdraws": list(mark.withdraws)}
