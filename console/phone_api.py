"""The phone register for programs: calls page after page, what is written down, what was missed, who is called back."""

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console.call_backs import Tried
from console.registers import Asked
from shared import phone, privacy, register
from shared.lib import web
from shared.lib.clock import rfc3339
from shared.lib.forms import Moment
from shared.phone import CallForm, CallView, TryView
from shared.relay.forms import Number

blueprint = Blueprint("phone_api", __name__)


class CallQuery(Asked):
    """Which part of the register, and how many."""

    limit: int = Field(50, ge=1, le=200)


class MissedCall(BaseModel):
    """A call nobody answered; without a number nobody can be called back."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    call_at: Moment
    number: Number = Field(None, max_length=40)
    rings: int | None = Field(None, ge=1, le=30)


@web.route(blueprint, "/api/v1/calls", needs="registers.read")
def page() -> ResponseReturnValue:
    """Calls, newest first."""
    asked = web.query(CallQuery)
    ids, following = register.page(phone.REGISTER, **asked.part, after=asked.after, limit=asked.limit)
    calls = phone.by_ids(ids)
    privacy.shown(call.token for call in calls)
    return jsonify(calls=[shape(call) for call in calls], next=following)


@web.route(blueprint, "/api/v1/calls", needs="phone.write", methods=("POST",))
def take() -> ResponseReturnValue:
    """Writes a call down; whoever is to be told has a message on the way (procedure 二.1.6, 二.1.7)."""
    form = web.form(CallForm)

    def taken() -> dict[str, Any]:
        done = phone.take(form)
        return {**shape(phone.one(done.token)), "relay": done.message or None}

    return web.once(taken, status=201)


@web.route(blueprint, "/api/v1/missed-calls", needs="phone.write", methods=("POST",))
def miss() -> ResponseReturnValue:
    """Nobody answered: the call waits to be called back (procedure 二.1.5)."""
    form = web.form(MissedCall)

    def missed() -> dict[str, Any]:
        return shape(phone.one(phone.miss(form.number, form.call_at, rings=form.rings, source="api").token))

    return web.once(missed, status=201)


@web.route(blueprint, "/api/v1/calls/<token>", needs="registers.read")
def one(token: str) -> ResponseReturnValue:
    """One call with every try to call back."""
    return jsonify(shape(phone.one(token)))


@web.route(blueprint, "/api/v1/calls/<token>/call-backs", needs="phone.write", methods=("POST",))
def call_back(token: str) -> ResponseReturnValue:
    """A try to call back and how it went; the third without an answer closes the call."""
    form = web.form(Tried)
    return web.once(lambda: shape(phone.one(phone.call_back(token, form.result, form.note).token)))


def shape(call: CallView) -> dict[str, Any]:
    """A call as programs read it."""
    wanted = call.wanted
    return {
        "token": call.token,
        "reg_no": call.reg_no,
        "state": call.state,
        "direction": call.direction,
        "call_at": rfc3339(call.call_at),
        "number": call.number,
        "caller_name": call.caller_name,
        "caller_company": call.caller_company,
        "caller_title": call.caller_title,
        "wanted": {"name": wanted.name, "department": wanted.department} if wanted else None,
        "wanted_text": call.wanted_text,
        "content": call.content,
        "outcome": call.outcome,
        "transfer_result": call.transfer_result,
        "offer": call.offer,
        "complaint": call.complaint,
        "settled_at": rfc3339(call.settled_at),
        "call_backs": [_try(one) for one in call.tries],
    }


def _try(one: TryView) -> dict[str, Any]:
    return {"at": rfc3339(one.at), "by": one.by, "result": one.result, "note": one.note or None}
