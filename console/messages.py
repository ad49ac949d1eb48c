"""Messages on their way: a list with filters and the hand-over of the evening, and everything about one of them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, field_validator

from console import events, lines
from console.message_acts import not_counted
from shared import (
    alerts,
    badges,
    calendar,
    deadlines,
    directory,
    journal,
    phone,
    presence,
    privacy,
    procedure,
    relay,
    visits,
)  # fmt: skip
from shared.lib import clock, i18n, web
from shared.lib.config import settings
from shared.lib.errors import NotFound
from shared.lib.forms import CURSOR, AskedDay
from shared.lib.i18n import _, format_date, format_time
from shared.relay import RelayView
from shared.relay.model import VOICE

blueprint = Blueprint("messages", __name__, template_folder="templates")
SPOKEN = ("in_person", "extension", "mobile", "via_colleague")
WRITTEN = ("paper_slip", "im", "sms", "email")


class Which(BaseModel):
    """Which messages: by where they stand, or what was handed over on an evening."""

    model_config = ConfigDict(extra="ignore")
    state: str = Field("open", max_length=12)
    date: AskedDay = None
    after: str = Field("", pattern=CURSOR)

    @field_validator("state")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in ("handover", *relay.FILTERS):
            raise ValueError(_("There is no such state."))
        return value


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach somebody, with what its buttons send."""

    channel: str
    name: str
    next: bool
    buttons: tuple[tuple[str, str], ...]

    @property
    def usual(self) -> bool:
        return self.channel in (*SPOKEN, "paper_slip") or self.next


@web.route(blueprint, "/console/messages", needs="relays.write")
def page() -> ResponseReturnValue:
    """The list, newest first; the hand-over holds what nobody had confirmed at the end of a working day."""
    return _listed(web.query(Which))


@web.route(blueprint, "/console/messages/<token>", needs="relays.write")
def sheet(token: str) -> ResponseReturnValue:
    """Everything about one message, alone or beside the list."""
    html = rendered(relay.one(token))
    if "X-Fragment" in request.headers:
        return web.fragment(html, journal.last_seq())
    return _listed(Which(state="open"), sheet=html, opened=True)


@web.route(blueprint, "/console/messages/<token>/slip.pdf", needs="relays.write")
def slip(token: str) -> ResponseReturnValue:
    """The slip as it is printed, for any other printer."""
    return Response(badges.slip_pdf(token), mimetype="application/pdf")


def rendered(view: RelayView) -> str:
    """The sheet of a message."""
    subject = f"relay:{view.token}"
    holder = view.holder
    return web.render(
        "console/_message.html",
        message=view,
        to=holder,
        first_to=view.to if view.to_id != view.holder_id else None,
        whereabouts=presence.of(view.holder_id),
        ways=_ways(view),
        told=[lines.channel_line(one) for one in alerts.ways_of(subject)],
        tries=[(one, relay.channel_name(one.channel), relay.result_name(one.result)) for one in view.attempts],
        running=deadlines.running(subject),
        slip=badges.slip_words(subject),
        not_counted=not_counted(view) % {"name": holder.spoken(i18n.language()) if holder else ""},
        asks=procedure.clock("T10").clause,
        visit=_visit_of(view),
        call=_call_of(view),
        history=events.tell(journal.about(subject), names=False)[::-1],
        deputy=directory.deputy_of(view.holder_id),
    )


def _ways(view: RelayView) -> list[Way]:
    """Every way, the best one first; each with one tap an outcome (procedure O3)."""
    best = relay.next_channel(view.holder_id, view.tried)
    ordered = sorted((*SPOKEN, *WRITTEN), key=lambda way: way != best)
    return [Way(way, relay.channel_name(way), way == best, tuple(_outcomes(way))) for way in ordered]


def _outcomes(way: str) -> list[tuple[str, str]]:
    if way not in VOICE:
        return [("delivered_written", _("It lies there") if way == "paper_slip" else _("Written"))]
    failures = ("no_answer", "busy", "off", "refused") if way in ("extension", "mobile") else ("no_answer",)
    missed = {"no_answer": _("No answer") if way in ("extension", "mobile") else _("Not found")}
    named = [(result, missed.get(result) or relay.result_name(result).capitalize()) for result in failures]
    return [("reached", _("Reached")), *named]


def _call_of(view: RelayView) -> phone.CallView | None:
    topic, _colon, token = view.subject.partition(":")
    return phone.many([token]).get(token) if topic == "phone" else None


def _visit_of(view: RelayView) -> visits.VisitView | None:
    try:
        return visits.one(view.visit_id) if view.visit_id is not None else None
    except NotFound:
        return None


def _listed(asked: Which, **more: object) -> ResponseReturnValue:
    evening = _evening(asked.date)
    rows, following = (relay.hand_over(evening), None) if asked.state == "handover" else _page(asked)
    privacy.shown(row.token for row in rows)
    template = "console/_message_rows.html" if "X-Fragment" in request.headers else "console/messages.html"
    return web.render(
        template, rows=rows, following=following, asked=asked, states=states(), here="messages",
        evening=_named(evening), day=i18n.today(evening).isoformat(), **more,
    )  # fmt: skip


def _page(asked: Which) -> tuple[list[RelayView], str | None]:
    return relay.page(asked.state, after=asked.after)


def _evening(day: date | None) -> datetime:
    """The end of the working day that is asked for; without one, of the last that has ended."""
    if day:
        noon = datetime.combine(day, time(12), settings().zone)
        return calendar.end_of_workday(noon)
    moment = clock.now()
    for back in range(15):
        found = calendar.end_of_workday(moment - timedelta(days=back))
        if found <= moment:
            return found
    return moment


def _named(evening: datetime) -> str:
    return f"{format_date(evening)} {format_time(evening)}"


def states() -> list[tuple[str, str]]:
    """What the list can be narrowed to."""
    return [
        ("open", _("To do")),
        ("unconfirmed", _("Not confirmed")),
        ("unanswered", _("Waiting for a reply")),
        ("wrong", _("Was wrong")),
        ("done", _("Done")),
        ("all", _("All")),
        ("handover", _("Hand-over")),
    ]
