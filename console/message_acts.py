"""What reception does with a message: every try is one tap, every answer a sentence with a way back."""

from typing import Annotated, Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from shared import badges, directory, presence, relay
from shared.directory import PersonView
from shared.lib import i18n, web
from shared.lib.errors import Invalid
from shared.lib.i18n import _
from shared.relay import Done, RelayView
from shared.relay.forms import Message, Text

blueprint = Blueprint("message_acts", __name__)


def _ref(value: Any) -> Any:
    return value.get("ref") if isinstance(value, dict) else value


class Sent(BaseModel):
    """What is sent about a message; nothing that is not asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Attempt(Sent):
    """A try and how it went."""

    channel: str = Field(max_length=14)
    result: str = Field(max_length=18)
    note: Text = Field("", max_length=200)


class Confirmation(Sent):
    """The recipient has repeated it, in person or on this line."""

    channel: str = Field("in_person", pattern="^(in_person|extension|mobile|via_colleague|im)$")


class Reply(Sent):
    """What the visitor was told."""

    summary: Text = Field("", max_length=500)


class Wrong(Sent):
    """What is wrong with it."""

    note: Text = Field("", max_length=500)


class Right(Sent):
    """What was really said."""

    message: Message


class HandedOn(Sent):
    """Who has it from now on, and why."""

    to: Annotated[str, BeforeValidator(_ref)] = Field(max_length=300)
    reason: Text = Field("", max_length=200)


class TakenBack(Sent):
    """Why nobody needs it."""

    reason: Text = Field("", max_length=200)


def chosen(ref: str) -> PersonView:
    """Whom a reference names."""
    person = directory.resolve_ref(ref)
    if person is None:
        raise Invalid(_("Choose the person once more."), fields={"to": _("Choose the person once more.")})
    return person


@web.route(blueprint, "/console/messages/<token>/attempts", needs="relays.write", methods=("POST",))
def attempt(token: str) -> ResponseReturnValue:
    """A try by hand (procedure O3, O4)."""
    form = web.form(Attempt)

    def tried() -> dict[str, Any]:
        done = relay.attempt(token, form.channel, form.result, form.note)
        return undoable(done, _tried(done, form))

    return web.once(tried)


@web.route(blueprint, "/console/messages/<token>/confirmation", needs="relays.write", methods=("POST",))
def confirm(token: str) -> ResponseReturnValue:
    """The recipient repeated the key points (procedure O5)."""
    form = web.form(Confirmation)
    said = _("%(name)s repeated it correctly.")
    return web.once(lambda: undoable(relay.confirm(token, "repeated", channel=form.channel), said))


@web.route(blueprint, "/console/messages/<token>/reply", needs="relays.write", methods=("POST",))
def reply(token: str) -> ResponseReturnValue:
    """The visitor has their reply (procedure 一.1.8)."""
    form = web.form(Reply)
    return web.once(lambda: undoable(relay.reply(token, form.summary), _("Noted: %(name)s has replied.")))


@web.route(blueprint, "/console/messages/<token>/error", needs="relays.write", methods=("POST",))
def wrong(token: str) -> ResponseReturnValue:
    """The recipient told reception that something is wrong (procedure O7)."""
    form = web.form(Wrong)
    return web.once(lambda: said(relay.wrong(token, form.note), _("Noted. Ask again and put it right.")))


@web.route(blueprint, "/console/messages/<token>/correction", needs="relays.write", methods=("POST",))
def correct(token: str) -> ResponseReturnValue:
    """What was really said; the person gets it anew."""
    form = web.form(Right)
    return web.once(lambda: said(relay.correct(token, form.message), _("Put right. %(name)s is being told again.")))


@web.route(blueprint, "/console/messages/<token>/holder", needs="relays.write", methods=("POST",))
def hand_on(token: str) -> ResponseReturnValue:
    """Somebody else gets it, for a reason (procedure O6)."""
    form = web.form(HandedOn)

    def handed() -> dict[str, Any]:
        return said(relay.hand_on(token, chosen(form.to), form.reason), _("%(name)s is being told."))

    return web.once(handed)


@web.route(blueprint, "/console/messages/<token>/cancellation", needs="relays.write", methods=("POST",))
def cancel(token: str) -> ResponseReturnValue:
    """Nobody needs it any more, for a reason."""
    form = web.form(TakenBack)
    return web.once(lambda: undoable(relay.cancel(token, form.reason), _("The message for %(name)s is taken back.")))


@web.route(blueprint, "/console/messages/<token>/slip", needs="relays.write", methods=("POST",))
def print_slip(token: str) -> ResponseReturnValue:
    """The slip on paper, once more if need be."""
    return web.once(lambda: {"token": token, "seq": badges.print_slip(token), "say": _("The slip is about to print.")})


def said(done: Done, sentence: str) -> dict[str, Any]:
    """The answer to an act: where the message stands, and a sentence."""
    holder = relay.one(done.token).holder
    words = sentence % {"name": holder.spoken(i18n.language()) if holder else ""}
    return {"token": done.token, "status": done.status, "seq": done.seq, "say": words}


def undoable(done: Done, sentence: str) -> dict[str, Any]:
    """The same with a way back."""
    return {**said(done, sentence), "undo": done.seq}


def _tried(done: Done, form: Attempt) -> str:
    if done.status == "notified":
        return _("%(name)s knows. Have it repeated.") if form.result == "reached" else _("%(name)s has it in writing.")
    if form.result == "delivered_written":
        return not_counted(relay.one(done.token))
    return _("Noted. %(name)s was not reached.")


def not_counted(view: RelayView) -> str:
    """Why the clock goes on although it lies there in writing (procedure O4); empty when it does not, or is over."""
    written = any(result == "delivered_written" for _channel, result in view.tried)
    if not written or view.status not in ("recorded", "attempting"):
        return ""
    if presence.of(view.holder_id).is_in:
        return _("Noted. %(name)s is in: say it in person as well.")
    return _("Noted, but it does not count yet: call %(name)s first, twice if nobody answers.")
