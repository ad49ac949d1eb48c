"""The register and the journal for programs: the same rights, pages by cursor, times in UTC."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field, field_validator

from shared import journal, privacy, rooms, visits
from shared.journal import Event
from shared.lib import web
from shared.lib.clock import rfc3339
from shared.lib.errors import Gone
from shared.lib.forms import CURSOR, LARGEST, AskedDay
from shared.lib.i18n import _
from shared.visits import Return, VisitView
from shared.visits.forms import Departure
from shared.visits.model import STATES

blueprint = Blueprint("console_api", __name__)
PAGE = 50


class VisitQuery(BaseModel):
    """Which part of the register."""

    model_config = ConfigDict(extra="ignore")
    state: str = ""
    date: AskedDay = None
    until: AskedDay = None
    purpose: str = ""
    of: str = Field("", max_length=43)
    q: str = Field("", max_length=80)
    after: str = Field("", pattern=CURSOR)
    limit: int = Field(PAGE, ge=1, le=200)

    @field_validator("state")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in ("", "on_site", *STATES):
            raise ValueError(_("There is no such state."))
        return value

    @field_validator("purpose")
    @classmethod
    def _listed(cls, value: str) -> str:
        if value not in ("", *visits.PURPOSES):
            raise ValueError(_("There is no such reason."))
        return value

    def rows(self, *, limit: int) -> tuple[list[VisitView], str | None]:
        """A page of what was asked for, and the cursor of the next."""
        return visits.page(**self._narrowed(), after=self.after, limit=limit)

    def every(self, *, at_once: int) -> Iterator[VisitView]:
        """All of what was asked for, read a few hundred rows at a time."""
        return visits.every(**self._narrowed(), at_once=at_once)

    def _narrowed(self) -> dict[str, Any]:
        stretch = {"day": self.date, "until": self.until}
        return {"state": self.state, "q": self.q, "purpose": self.purpose, "of": self.of, **stretch}


class EventQuery(BaseModel):
    """From where on."""

    model_config = ConfigDict(extra="ignore")
    after: int = Field(0, ge=0, le=LARGEST)
    limit: int = Field(200, ge=1, le=1000)


def shape(visit: VisitView) -> dict[str, Any]:
    """A visit as programs read it."""
    host = visit.host
    return {
        "token": visit.token,
        "reg_no": visit.reg_no,
        "state": visit.state,
        "visitor_name": visit.visitor_name,
        "visitor_company": visit.visitor_company,
        "party_size": visit.party_size,
        "purpose": visit.purpose,
        "purpose_note": visit.purpose_note,
        "host": {"name": host.name, "department": host.department} if host else None,
        "host_text": visit.host_text,
        "host_answer": {"answer": visit.host_answer, "minutes": visit.host_minutes} if visit.host_answer else None,
        "host_absent": visit.host_absent,
        "first_visit": visit.first_visit,
        "badge": visit.badge,
        "badge_returned": visit.badge_returned,
        "room": _room(visit),
        "drink": visit.drink or None,
        "expected_at": rfc3339(visit.expected_at),
        "arrived_at": rfc3339(visit.arrived_at),
        "seated_at": rfc3339(visit.seated_at),
        "met_at": rfc3339(visit.met_at),
        "left_at": rfc3339(visit.left_at),
        "left_how": visit.left_how,
        "source": visit.source,
        "row_version": visit.row_version,
    }


def _room(visit: VisitView) -> dict[str, Any] | None:
    """Where somebody sits, or sat last."""
    place = rooms.places([visit.room_use_id]).get(visit.room_use_id) if visit.room_use_id is not None else None
    return {"id": place.room_id, "name": place.name} if place is not None else None


@web.route(blueprint, "/api/v1/visits", needs="visits.read")
def register() -> ResponseReturnValue:
    """A page of the register, newest first."""
    asked = web.query(VisitQuery)
    rows, following = asked.rows(limit=asked.limit)
    privacy.shown(row.token for row in rows)
    return jsonify(visits=[shape(row) for row in rows], next=following)


@web.route(blueprint, "/api/v1/visits/<token>", needs="visits.read")
def one(token: str) -> ResponseReturnValue:
    """One visit."""
    privacy.shown([token])
    return jsonify(shape(visits.by_token(token)))


@web.route(blueprint, "/api/v1/visits/<token>/departure", needs="visits.write", methods=("POST",))
def depart(token: str) -> ResponseReturnValue:
    """The visitor leaves: 200 once, 409 when they already have."""
    form = web.form(Departure) if request.content_length else Departure()

    def left() -> dict[str, Any]:
        done = visits.depart(token, how="api", badge_returned=form.badge_returned)
        return {"token": done.token, "state": done.state}

    return web.once(left)


@web.route(blueprint, "/api/v1/visits/<token>/return", needs="visits.write", methods=("POST",))
def comes_again(token: str) -> ResponseReturnValue:
    """The visitor leaves no message and comes again; 409 when they are expected again already."""
    form = web.form(Return)

    def noted() -> dict[str, Any]:
        done = visits.comes_again(token, form.return_date, form.return_time)
        return {"token": done.token, "state": done.state, "returns_at": rfc3339(visits.by_token(token).return_at)}

    return web.once(noted)


@web.route(blueprint, "/api/v1/events", needs="journal.read")
def events() -> ResponseReturnValue:
    """The journal in order; 410 when what follows `after` is no longer kept."""
    asked = web.query(EventQuery)
    oldest = journal.first_seq()
    if oldest > 1 and asked.after < oldest - 1:
        raise Gone(
            _("Events up to %(seq)s are not kept any more. Read the register, then go on from there.")
            % {"seq": oldest - 1}
        )
    found = journal.events(asked.after, asked.limit)
    following = found[-1].seq if len(found) == asked.limit else None
    return jsonify(events=[_event(event) for event in found], next=following)


def _event(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": rfc3339(event.at),
        "actor": event.actor,
        "action": event.action,
        "subject": event.subject,
        "data": event.data,
    }
