"""A caller asks for somebody's number: noted from the open pad, the same as at the desk; only the person can agree."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from pydantic import ConfigDict, Field

from console.contact_requests import said
from console.new_visitor import told_plainly
from console.pads import PAD
from console.presence import referred
from shared import contact_requests, journal
from shared.contact_requests import ContactForm, RequestView
from shared.lib import phone, web
from shared.lib.actor import actor
from shared.lib.errors import NotFound
from shared.lib.i18n import _, lazy
from shared.phone.forms import Line
from shared.relay.forms import Number
from shared.visits.forms import HostRef

blueprint = Blueprint("asked_on_phone", __name__, template_folder="templates")


class AskedByCaller(ContactForm):
    """About whom a caller asked, and what the pad knows of the caller."""

    model_config = ConfigDict(extra="forbid")
    asker: str = Field("", max_length=0)
    about: HostRef
    number: Number = Field(None, max_length=40)
    caller_name: Line = Field("", max_length=60)
    caller_company: Line = Field("", max_length=80)

    def noted(self) -> ContactForm:
        """The same as every request is noted."""
        known = [one for one in (self.caller_name, self.caller_company) if one]
        who = _(", ").join(known) or (phone.shown(self.number) if self.number else "")
        return ContactForm(wanted=self.wanted, outcome=self.outcome, asker=who[:120])


@web.route(blueprint, "/console/phone/pads/<pad>/contact-requests", needs="contacts.record")
def noted(pad: str) -> ResponseReturnValue:
    """What the caller of a pad has asked for so far."""
    requests = of_pad(pad)
    return web.fragment(web.render("console/_asked_on_phone.html", requests=requests), journal.last_seq())


@web.route(blueprint, "/console/phone/pads/<pad>/contact-requests", needs="contacts.record", methods=("POST",))
def note(pad: str) -> ResponseReturnValue:
    """The caller asked for somebody's number or address (procedure 2.2)."""
    if not PAD.fullmatch(pad):
        raise NotFound(_("There is no such call."))
    form = told_plainly(AskedByCaller, {"about": lazy("Choose whose number they want.")})
    person = referred(form.about.ref)
    return web.once(lambda: said(contact_requests.note(person, form.noted(), pad=pad)), status=201)


def of_pad(pad: str) -> list[RequestView]:
    """What the caller asked for whose call one is writing down."""
    return contact_requests.of_pad(pad, actor().id) if actor().kind == "account" else []
