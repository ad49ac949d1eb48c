"""A message for a host who is not there, written down in a sheet: prefilled from the visit, kept as a draft."""

import json
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from console import arrivals
from console.new_visitor import DraftForm, told_plainly
from shared import company, directory, drafts, journal, procedure, relay, visits
from shared.lib import i18n, phone, web
from shared.lib.actor import actor
from shared.lib.i18n import _, format_time, lazy
from shared.visits import LeftMessage, VisitView, reveal

blueprint = Blueprint("message_form", __name__, template_folder="templates")
MISSING = {
    "to": lazy("Choose who it is for."),
    "return_date": lazy("Choose a day."),
    "return_time": lazy("Choose a time."),
}


@web.route(blueprint, "/console/visits/<token>/message", needs="relays.write")
def sheet(token: str) -> ResponseReturnValue:
    """The form alone for the page that opens it, or the board with the form open."""
    html = rendered(visits.by_token(token))
    if "X-Fragment" in request.headers:
        return web.fragment(html, journal.last_seq())
    return web.render("console/board.html", board=arrivals.rendered(), sheet=html, opened=True, here="today")


@web.route(blueprint, "/console/visits/<token>/message", needs="relays.write", methods=("POST",))
def leave(token: str) -> ResponseReturnValue:
    """Keeps the message and starts the clock for passing it on (procedure 一.1.7)."""
    form = told_plainly(LeftMessage, MISSING)
    return web.once(lambda: _left(token, form), status=201)


@web.route(blueprint, "/console/drafts/message/<token>", needs="relays.write", methods=("POST",))
def keep_draft(token: str) -> ResponseReturnValue:
    """Keeps what is being written; empty text throws it away."""
    form = web.form(DraftForm)
    if actor().kind == "account":
        if form.data:
            drafts.keep(actor().id, draft_of(token), form.data)
        else:
            drafts.drop(actor().id, draft_of(token))
    return "", 204


def draft_of(token: str) -> str:
    """The kind of the draft of a message about one visit."""
    return f"message-{token}"[:30]


def rendered(visit: VisitView) -> str:
    """The form, with what is known of the visit, or with what was being written."""
    kept = drafts.of(actor().id, draft_of(visit.token)) if actor().kind == "account" else None
    written = _read(kept.data) if kept else {}
    values = _from_visit(visit) | written | ({} if "number" in written else {"number": _number(visit)})
    return web.render(
        "console/_message_form.html",
        visit=visit,
        host=visit.host,
        values=values,
        draft_at=format_time(kept.at) if kept else "",
        clock=procedure.clock("T06"),
        longest=relay.LONGEST,
        phone_days=company.facts().phone_days,
    )


def _from_visit(visit: VisitView) -> dict[str, Any]:
    """Name, company and host as the card has them."""
    return {"from_name": visit.visitor_name, "company": visit.visitor_company, "to": _to(visit)}


def _number(visit: VisitView) -> str:
    """The number of who waits, as often as the button that shows it; that somebody looked is written down."""
    if visit.state not in visits.WAITING:
        return ""
    web.limit("reveal", "60/minute", actor().ref)
    return phone.shown(reveal.known_phone(visit.token))


def _to(visit: VisitView) -> dict[str, str]:
    host = visit.host
    if host is None:
        return {"name": "", "value": "", "department": ""}
    spoken, department = host.spoken(i18n.language()), host.department_in(i18n.language())
    return {"name": spoken, "value": directory.ref_of(host), "department": department}


def _read(data: str) -> dict[str, Any]:
    try:
        kept = json.loads(data)
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def _left(token: str, form: LeftMessage) -> dict[str, Any]:
    done = visits.leave_message(token, form)
    if actor().kind == "account":
        drafts.drop(actor().id, draft_of(token))
    to = relay.one(done.token).to
    said = _("The message for %(name)s is on its way. Tell them within %(minutes)s minutes.")
    values = {"name": to.spoken(i18n.language()) if to else "", "minutes": procedure.clock("T06").due // 60}
    return {"token": done.token, "seq": done.seq, "say": said % values, "go": "/console"}
