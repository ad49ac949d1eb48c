"""Messages for programs: reception takes them down and follows them, the person concerned answers their own."""

from typing import Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console.message_acts import Attempt, HandedOn, Reply, TakenBack, Wrong, chosen
from shared import privacy, relay, visits
from shared.lib import web
from shared.lib.actor import actor
from shared.lib.clock import rfc3339
from shared.lib.errors import Forbidden
from shared.lib.forms import CURSOR
from shared.lib.i18n import _
from shared.lib.web.routes import may
from shared.relay import AttemptView, RelayView
from shared.visits import LeftMessage

blueprint = Blueprint("relays", __name__)


class RelayQuery(BaseModel):
    """Which messages, and how many."""

    model_config = ConfigDict(extra="ignore")
    state: str = Field("open", max_length=12)
    after: str = Field("", pattern=CURSOR)
    limit: int = Field(50, ge=1, le=200)


class NewRelay(LeftMessage):
    """A message about a visit, whose token is public."""

    visit: str = Field(max_length=43)


@web.route(blueprint, "/api/v1/relays", needs="relays.follow")
def page() -> ResponseReturnValue:
    """Messages, newest first: all of them for reception, their own for everybody else."""
    asked, mine = web.query(RelayQuery), _me()
    rows, following = relay.page(asked.state, person_id=mine, after=asked.after, limit=asked.limit)
    privacy.shown(row.token for row in rows)
    return jsonify(relays=[shape(row, mine) for row in rows], next=following)


@web.route(blueprint, "/api/v1/relays", needs="relays.write", methods=("POST",))
def leave() -> ResponseReturnValue:
    """Takes a message for a host who is not there (procedure 一.1.7)."""
    form = web.form(NewRelay)
    left = LeftMessage.model_validate(form.model_dump(exclude={"visit", "no_call_back"}) | _none(form))
    return web.once(lambda: shape(relay.one(visits.leave_message(form.visit, left).token)), status=201)


@web.route(blueprint, "/api/v1/relays/<token>", needs="relays.follow")
def one(token: str) -> ResponseReturnValue:
    """One message with its tries, for reception or for whoever was asked about it."""
    return jsonify(shape(_readable(token), _me()))


@web.route(blueprint, "/api/v1/relays/<token>/attempts", needs="relays.write", methods=("POST",))
def attempt(token: str) -> ResponseReturnValue:
    """A try by hand."""
    form = web.form(Attempt)

    def tried() -> dict[str, Any]:
        relay.attempt(token, form.channel, form.result, form.note)
        return shape(relay.one(token))

    return web.once(tried)


@web.route(blueprint, "/api/v1/relays/<token>/confirmation", needs="relays.follow", methods=("POST",))
def confirm(token: str) -> ResponseReturnValue:
    """The content is right: repeated to reception, or said by the person."""
    mine = _me()
    return _kept(token, lambda: relay.confirm(token, "repeated" if mine is None else "api", person_id=mine))


@web.route(blueprint, "/api/v1/relays/<token>/error", needs="relays.follow", methods=("POST",))
def wrong(token: str) -> ResponseReturnValue:
    """Something is wrong with it: counted, and everything starts again."""
    form = web.form(Wrong)
    return _kept(token, lambda: relay.wrong(token, form.note, person_id=_me()))


@web.route(blueprint, "/api/v1/relays/<token>/reply", needs="relays.follow", methods=("POST",))
def reply(token: str) -> ResponseReturnValue:
    """The visitor has their reply."""
    form, mine = web.form(Reply), _me()
    method = "repeated" if mine is None else "api"
    return _kept(token, lambda: relay.reply(token, form.summary, person_id=mine, method=method))


@web.route(blueprint, "/api/v1/relays/<token>/holder", needs="relays.follow", methods=("POST",))
def hand_on(token: str) -> ResponseReturnValue:
    """Somebody else gets it, for a reason."""
    form = web.form(HandedOn)
    return _kept(token, lambda: relay.hand_on(token, chosen(form.to), form.reason, person_id=_me()))


@web.route(blueprint, "/api/v1/relays/<token>/cancellation", needs="relays.write", methods=("POST",))
def cancel(token: str) -> ResponseReturnValue:
    """Nobody needs it any more, for a reason."""
    form = web.form(TakenBack)
    return _kept(token, lambda: relay.cancel(token, form.reason))


def shape(view: RelayView, person_id: int | None = None) -> dict[str, Any]:
    """A message as programs read it; number and words only for reception and those it is meant for."""
    to, holder = view.to, view.holder
    reads = person_id is None or person_id == view.to_id or relay.holds(view, person_id)
    calls = reads and (person_id is None or relay.role_of(view, person_id) != "manager")
    return {
        "token": view.token,
        "subject": view.subject,
        "to": _person(to),
        "holder": _person(holder),
        "from_name": view.from_name,
        "company": view.company,
        "number": view.number if calls else None,
        "message": view.message if reads else None,
        "urgency": view.urgency,
        "reply_required": view.reply_required,
        "status": view.status,
        "escalated": view.escalated_at is not None,
        "wrong_count": view.wrong_count,
        "recorded_at": rfc3339(view.recorded_at),
        "notified_at": rfc3339(view.notified_at),
        "confirmed_at": rfc3339(view.confirmed_at),
        "confirm_method": view.confirm_method or None,
        "replied_at": rfc3339(view.replied_at),
        "reply_summary": view.reply_summary if reads else None,
        "closed_at": rfc3339(view.closed_at),
        "cancel_reason": view.cancel_reason,
        "attempts": [_attempt(one) for one in view.attempts if not one.undone],
    }


def _attempt(one: AttemptView) -> dict[str, Any]:
    made = {"n": one.n, "at": rfc3339(one.at), "by": one.by, "channel": one.channel, "result": one.result}
    return {**made, "note": one.note or None}


def _person(person: Any) -> dict[str, str] | None:
    return {"name": person.name, "department": person.department} if person is not None else None


def _none(form: NewRelay) -> dict[str, bool]:
    return {"no_call_back": True} if form.no_call_back else {}


def _me() -> int | None:
    """None for reception; the person for everybody else, and only for somebody in the directory."""
    if may("relays.write"):
        return None
    if actor().person_id is None:
        raise Forbidden(_("This account has no page of its own: it is not linked to anybody in the directory."))
    return actor().person_id


def _readable(token: str) -> RelayView:
    mine = _me()
    return relay.one(token) if mine is None else relay.for_person(token, mine)


def _kept(token: str, act: Any) -> ResponseReturnValue:
    def kept() -> dict[str, Any]:
        act()
        return shape(relay.one(token), _me())

    return web.once(kept)
