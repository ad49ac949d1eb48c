"""The call pad: a call is written down while it is on the line, several at once, and nothing that was typed is lost."""

from typing import Any, Literal

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from console import arrivals, asked_on_phone, pads, phone_cards
from console.new_visitor import DraftForm, told_plainly
from console.pads import PAD, PREFIX, Pad
from shared import contact_requests, drafts, journal, phone, privacy, procedure, relay
from shared.lib import clock, i18n, web
from shared.lib import phone as numbers
from shared.lib.actor import actor
from shared.lib.errors import Invalid, NotFound
from shared.lib.i18n import _, format_time, lazy
from shared.phone import Caller, CallForm, CallNotes

blueprint = Blueprint("phone", __name__, template_folder="templates")
OFFERED = ("message", "call_back", "declined")
BECAME = (
    ("transferred", lazy("Put through")),
    ("answered", lazy("Answered")),
    ("message", lazy("Message")),
    ("call_back", lazy("Call back")),
    ("declined", lazy("Nothing wanted")),
)
SELDOM = (
    ("wrong_number", lazy("Wrong number")),
    ("spam", lazy("Advertising")),
    ("missed", lazy("Missed")),
)


class PadForm(CallNotes):
    """What the pad sends: one choice for what became of the call, and which pad it was."""

    became: Literal["transferred", "answered", "message", "call_back", "declined", "wrong_number", "spam", "missed"]
    pad: str = Field("", max_length=12)

    def call(self) -> CallForm:
        """The same as the register takes it."""
        absent = self.became in OFFERED
        notes = {name: getattr(self, name) for name in CallNotes.model_fields}
        return CallForm(**notes, outcome="absent" if absent else self.became, offer=self.became if absent else "")


class Looked(BaseModel):
    """What is known of who calls: a number, or the beginning of a name."""

    model_config = ConfigDict(extra="ignore")
    number: str = Field("", max_length=40)
    name: str = Field("", max_length=60)


@web.route(blueprint, "/console/phone", needs="phone.write")
def newest() -> ResponseReturnValue:
    """The pad that was written in last, or an empty one."""
    begun = pads.begun()
    return _shown(begun[0] if begun else _empty())


@web.route(blueprint, "/console/phone/pads/<pad>", needs="phone.write")
def one(pad: str) -> ResponseReturnValue:
    """One of the pads that are being written in; a new one when nothing was written in it yet."""
    if not PAD.fullmatch(pad):
        raise NotFound(_("There is no such call."))
    return _shown(next((one for one in pads.begun() if one.id == pad), None) or _empty(pad))


@web.route(blueprint, "/console/drafts/pad/<pad>", needs="phone.write", methods=("POST",))
def keep_draft(pad: str) -> ResponseReturnValue:
    """Keeps what is being written; empty text throws it away."""
    form = web.form(DraftForm)
    if PAD.fullmatch(pad) and actor().kind == "account":
        if form.data:
            drafts.keep(actor().id, f"{PREFIX}{pad}", form.data)
        else:
            drafts.drop(actor().id, f"{PREFIX}{pad}")
    return "", 204


@web.route(blueprint, "/console/phone", needs="phone.write", methods=("POST",))
def save() -> ResponseReturnValue:
    """The call is written down, and whoever is to be told has a message on the way (procedure 二.1.6, 二.1.7)."""
    form = _told_plainly()
    return web.once(lambda: _missed(form) if form.became == "missed" else _taken(form), status=201)


@web.route(blueprint, "/console/phone/callers", needs="phone.write")
def callers() -> ResponseReturnValue:
    """Who is calling, by the number or the beginning of the name; what they wanted lately."""
    web.limit("callers", "240/minute", actor().ref)
    asked = web.query(Looked)
    found: list[Caller] = []
    if read := numbers.read(asked.number):
        found = phone.callers_of(read.normal)
    elif len(asked.name.strip()) > 1 or any(ord(one) > 0x2E80 for one in asked.name):
        found = phone.callers_like(asked.name)
    privacy.shown(one.token for one in found)
    return jsonify(callers=[_caller(one) for one in found])


def _shown(pad: Pad) -> ResponseReturnValue:
    wanted = phone_cards.wanted_of(pad.values)
    html = web.render(
        "console/_pad.html",
        pad=pad,
        others=[one for one in pads.begun() if one.id != pad.id],
        values=pad.values,
        wanted=wanted,
        cards=phone_cards.shown(wanted.get("name", ""), str(pad.values.get("caller_name") or "")[:60]),
        became=[(key, i18n.gettext(name)) for key, name in BECAME],
        seldom=[(key, i18n.gettext(name)) for key, name in SELDOM],
        transfers=(("connected", _("Connected")), ("busy", _("Busy")), ("nobody", _("Nobody answered"))),
        spoken=[(key, i18n.gettext(name)) for key, name in phone.SPOKEN_NAMES.items()],
        clock=procedure.clock("T09"),
        last=procedure.clause("二.1.4").label,
        longest=relay.LONGEST,
        requests=asked_on_phone.of_pad(pad.id),
    )
    if "X-Fragment" in request.headers:
        return web.fragment(html, journal.last_seq())
    return web.render("console/board.html", board=arrivals.rendered(), sheet=html, opened=True, here="today")


def _empty(pad: str = "") -> Pad:
    """A new pad; for a call back it knows the number, and who is called."""
    wanted = request.args.get("back", "")[:40]
    values: dict[str, Any] = {}
    if wanted:
        missed = phone.one(wanted)
        known = phone.callers_of(missed.number) if missed.number else []
        values = {"number": missed.shown_number, "back_of": missed.token, "became": "answered"}
        if known:
            values |= {"caller_name": known[0].name, "caller_company": known[0].company}
    made = pad or f"{int(clock.now().timestamp() * 1000):x}"[-10:]
    line = None if values else _line()
    if line is not None:
        values = {"number": numbers.shown(line.number) if line.number else ""}
    return Pad(made, "", line.at if line else clock.now(), values)


def _line() -> phone.exchange.Line | None:
    """The call of the exchange that nobody writes down yet: one that is spoken rather than one that rings."""
    begun = {numbers.normalise(str(one.values.get("number", ""))) for one in pads.begun() if one.values.get("number")}
    lines = [one for one in phone.on_the_line() if one.number not in begun]
    return next((one for one in lines if one.answered), lines[0] if lines else None)


def _told_plainly() -> PadForm:
    """What the pad sent, or what is missing, at the pad's own fields."""
    form = told_plainly(PadForm, {"became": lazy("Choose what became of the call.")})
    try:
        if form.became != "missed":
            form.call().check(clock.now())
    except Invalid as refusal:
        fields = {"became" if name == "offer" else name: said for name, said in refusal.fields.items()}
        raise Invalid(refusal.sentence, fields=fields) from None
    return form


def _taken(form: PadForm) -> dict[str, Any]:
    done = phone.take(form.call())
    if form.pad:
        contact_requests.written_down(form.pad, phone.one(done.token))
    pads.forget(form.pad)
    said = _("%(number)s is written down.") % {"number": done.reg_no}
    if done.message:
        to = relay.one(done.message).to
        values = {"name": to.spoken(i18n.language()) if to else "", "minutes": procedure.clock("T09").due // 60}
        said = _("The message for %(name)s is on its way. Tell them within %(minutes)s minutes.") % values
    told = {"token": done.token, "reg_no": done.reg_no, "message": done.message, "seq": done.seq}
    return {**told, "say": said, "go": "/console"}


def _missed(form: PadForm) -> dict[str, Any]:
    done = phone.miss(form.number, form.call_at or clock.now(), rings=form.rings)
    pads.forget(form.pad)
    values = {"minutes": procedure.clock("T08").due // 60}
    said = _("Call back within %(minutes)s minutes.") % values
    if done.state != "missed":
        said = _("Noted. Nobody can be called back without a number.")
    return {"token": done.token, "reg_no": done.reg_no, "seq": done.seq, "say": said, "go": "/console"}


def _caller(one: Caller) -> dict[str, Any]:
    open_messages = i18n.ngettext("%(num)s message open", "%(num)s messages open", one.open_messages)
    return {
        "name": one.name,
        "company": one.company,
        "number": numbers.shown(one.number) if one.number else "",
        "when": f"{i18n.format_date(one.at)} {format_time(one.at)}",
        "matters": list(one.matters),
        "open": open_messages % {"num": one.open_messages} if one.open_messages else "",
    }
