"""Messages on one's own page and behind the link of an e-mail: read, confirmed, found wrong, replied to, handed on."""

from dataclasses import dataclass
from typing import Annotated, Literal

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from shared import alerts, directory, relay
from shared.alerts import AlertView
from shared.lib import i18n, web
from shared.lib.actor import Actor, acting_as, actor
from shared.lib.errors import Forbidden, Gone, Invalid, NotFound
from shared.lib.i18n import _, format_date, format_time
from shared.relay import Done, RelayView
from shared.relay.forms import Text

blueprint = Blueprint("mine_messages", __name__, template_folder="templates")
WITHOUT_NUMBER = ("manager",)  # they see to it that the message arrives; the number is for whoever calls back


class Said(BaseModel):
    """What somebody says about a message of theirs."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    act: Literal["confirm", "wrong", "reply", "hand_on"]
    note: Annotated[Text, Field(max_length=500)] = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A message as one of those who hold it reads it."""

    message: RelayView
    alert: AlertView | None
    role: str

    @property
    def token(self) -> str:
        return self.message.token

    @property
    def rings(self) -> bool:
        """Whether it still asks for a confirmation."""
        return self.message.open and self.message.wrong is None and self.alert is not None

    @property
    def in_short(self) -> str:
        """No more than may stand on a lock screen."""
        return alerts.listed(directory.surname(self.message.from_name), self.message.company)

    @property
    def call_back(self) -> str:
        """The number, for whoever is to call back (procedure 一.1.8)."""
        return "" if self.role in WITHOUT_NUMBER else self.message.call_back

    @property
    def dials(self) -> str:
        number = (self.message.number or "").partition(";")[0]
        return number if self.call_back else ""

    @property
    def left(self) -> str:
        moment = self.message.recorded_at
        return f"{format_date(moment)} {format_time(moment)}"

    @property
    def for_whom(self) -> str:
        """Whose message it is, when somebody is asked in their place."""
        to = self.message.to
        if self.role in ("recipient", "colleague") or to is None:
            return ""
        return _("for %(host)s, who has not confirmed it") % {"host": to.spoken(i18n.language())}

    @property
    def deputy(self) -> str:
        """To whom it can be handed on with one word why."""
        found = directory.deputy_of(self.message.holder_id)
        return found.spoken(i18n.language()) if found else ""


def notes(person_id: int) -> tuple[Note, ...]:
    """What somebody holds and has not finished; what is to be confirmed first."""
    ringing = alerts.open_messages(person_id)
    held = sorted(relay.of_person(person_id), key=lambda one: not one.open)
    return tuple(_note(one, person_id, ringing.get(f"relay:{one.token}")) for one in held)


@web.route(blueprint, "/me/messages/<token>", needs="relays.follow", methods=("POST",))
def say(token: str) -> ResponseReturnValue:
    """One tap, or a line: kept, and reception sees it."""
    said, person_id = web.form(Said), actor().person_id
    if person_id is None:
        raise NotFound(_("This account has no page of its own: it is not linked to anybody in the directory."))
    if web.wants_json():
        return web.once(lambda: {"id": token, "status": keep(token, person_id, said, "page").status})
    keep(token, person_id, said, "page")
    return redirect("/me", 303)


@web.route(blueprint, "/a/message/<signed>", needs="public")
def show(signed: str) -> ResponseReturnValue:
    """Shows the message to the one the link was made for; looking at it confirms nothing."""
    message, person_id = _held(signed)
    return _page(signed, message, person_id)


@web.route(blueprint, "/a/message/<signed>", needs="public", methods=("POST",))
def answer(signed: str) -> ResponseReturnValue:
    """Says it for the person the link was made for."""
    message, person_id = _held(signed)
    web.limit("answer link", "30/minute", message.token)
    said = web.form(Said)
    if _over(message, person_id):
        return _page(signed, message, person_id)
    with acting_as(Actor("link", person_id, roles=frozenset({"link"}), person_id=person_id)):
        keep(message.token, person_id, said, "link")
    return _page(signed, relay.one(message.token), person_id, just=True)


def keep(token: str, person_id: int, said: Said, method: str) -> Done:
    """What a person says about a message they hold."""
    if said.act == "confirm":
        return relay.confirm(token, method, person_id=person_id)
    if said.act == "wrong":
        return relay.wrong(token, said.note, person_id=person_id)
    if said.act == "reply":
        return relay.reply(token, said.note, person_id=person_id, method=method)
    deputy = directory.deputy_of(person_id)
    if deputy is None:
        raise Invalid(_("Nobody stands in for you. Tell the front desk who is to have it."))
    return relay.hand_on(token, deputy, said.note, person_id=person_id)


def _held(signed: str) -> tuple[RelayView, int]:
    """The message and whom the link is for; who is signed in as another, or has left the company, gets none of it."""
    token, person_id = alerts.read_message(signed)
    if actor().kind == "account" and actor().person_id != person_id:
        raise Forbidden(_("This link is for somebody else. Sign out first."))
    person = directory.person(person_id)
    if person is None or not person.active:
        raise Gone(_("This link is over. The front desk knows more."))
    return relay.for_person(token, person_id), person_id


def _over(message: RelayView, person_id: int) -> str:
    """Why the link is at its end, in a sentence; empty while it is good (rulings: until confirmed or handed on)."""
    if not relay.holds(message, person_id):
        return relay.handed_to(message.holder_id)
    if message.status == "cancelled":
        return _("This message was taken back.")
    moment = message.replied_at or message.confirmed_at
    if moment is None:
        return ""
    said = _("Replied at %(time)s.") if message.replied_at else _("Confirmed at %(time)s.")
    return said % {"time": format_time(moment)}


def _page(signed: str, message: RelayView, person_id: int, *, just: bool = False) -> ResponseReturnValue:
    over = _over(message, person_id)
    page = web.render(
        "console/message_link.html", note=_note(message, person_id, None), signed=signed, over=over, just=just
    )
    return page, 410 if over and not just else 200


def _note(message: RelayView, person_id: int, alert: AlertView | None) -> Note:
    return Note(message, alert, relay.role_of(message, person_id) or "")
