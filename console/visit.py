"""The sheet of one visit: everything about it, what happened, and what reception can do."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from console import arrivals, cards, event_words, events, lines, room_seats
from console.directory import where
from console.privacy_words import CHECKS
from shared import (
    alerts,
    badges,
    contact_requests,
    directory,
    journal,
    privacy,
    register,
    relay,
    visits,
    volumes,
    watch_list,
)
from shared.lib import web
from shared.lib.i18n import _, gettext, lazy
from shared.visits import VisitView

blueprint = Blueprint("visit", __name__, template_folder="templates")
STATES = {
    "expected": lazy("Expected"),
    "arrived": lazy("Waiting"),
    "absent_host": lazy("The host cannot come"),
    "meeting": lazy("With host"),
    "left": lazy("Left"),
    "no_show": lazy("Did not come"),
    "cancelled": lazy("Cancelled"),
    "refused": lazy("Turned away"),
}


@dataclass(frozen=True, slots=True)
class Corrected:
    """A value that was put right: what it said, what it says, why."""

    at: Any
    field: str
    old: str
    new: str
    reason: str


@web.route(blueprint, "/console/visits/<token>", needs="visits.read")
def sheet(token: str) -> ResponseReturnValue:
    """The sheet alone for the page that opens it, or the board with the sheet open."""
    seq = journal.last_seq()
    html = rendered(visits.by_token(token))
    privacy.shown([token])
    if "X-Fragment" in request.headers:
        return web.fragment(html, seq)
    return web.render("console/board.html", board=arrivals.rendered(), sheet=html, opened=True, here="today")


@web.route(blueprint, "/console/visits/<token>/badge.png", needs="visits.read")
def preview(token: str) -> ResponseReturnValue:
    """The badge as it is printed."""
    return Response(badges.preview(visits.by_token(token).id), mimetype="image/png")


def rendered(visit: VisitView) -> str:
    """The sheet of `visit` as HTML."""
    told, badge = alerts.for_visits([visit.id]).get(visit.id, ()), badges.for_visits([visit.id]).get(visit.id)
    requests = contact_requests.of_visit(visit.id)
    return web.render(
        "console/_visit.html",
        visit=visit,
        host=visit.host,
        about=cards.about(visit),
        state=state_name(visit),
        absent=cards.absent(visit),
        told=[lines.channel_line(one) for one in told],
        answer=lines.answer_line(visit),
        confirmed=lines.confirmed_line(visit, visit.confirmed_at) if visit.confirmed_at else None,
        badge=badge,
        history=events.tell(journal.about(f"visit:{visit.token}"), names=False)[::-1],
        corrections=corrections(visit),
        reprint_reasons=badges.REPRINT_REASONS,
        purposes=visits.PURPOSES,
        purpose=visits.purpose_name(visit.purpose),
        left_how=events.left_how(visit.left_how),
        messages=relay.of_visit(visit.id),
        returns=lines.returns(visit),
        requests=requests,
        often=visits.again(visit.token),
        hold=register.of_row(visits.REGISTER, visit.id),
        filed=volumes.of_row("visit", visit.id),
        checks={code: _(words) for code, words in CHECKS.items()},
        source=_(event_words.SOURCES.get(visit.source, "")),
        **_watched(visit),
        host_ref=directory.ref_of(visit.host) if visit.host else "",
        **room_seats.of(visit),
        **where(visit.host_id, contact_requests.turns(requests)),
    )


def _watched(visit: VisitView) -> dict[str, Any]:
    """Whether it may be somebody on the watch-list, who is called about it, and who decided."""
    found = watch_list.of_visit(visit.id)
    return {
        "watched": found,
        "held": any(one.holds for one in found),
        "watchers": alerts.watchers(f"visit:{visit.token}") if found else (),
        "deciders": events.names() if found else {},
    }


def state_name(visit: VisitView) -> str:
    """Where the visit stands, in words."""
    if visit.closed_at is not None:
        return _("Closed")
    if visit.state == "arrived" and visit.host_absent:
        return _("The host is not there")
    return gettext(STATES[visit.state])


def corrections(visit: VisitView) -> list[Corrected]:
    """What was put right in a visit, in the reader's language."""
    return [
        Corrected(at, event_words.field_name(field), _value(field, old), _value(field, new), reason)
        for at, field, old, new, reason in visits.corrections(visit.id)
    ]


def _value(field: str, value: str) -> str:
    if field == "purpose":
        return visits.purpose_name(value)
    if field == "host_id" and value.isdigit():
        host = directory.person(int(value))
        return host.name if host else ""
    return value
