"""A visitor registered by hand in ten seconds: here now or expected later; what is being written is kept as a draft."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any, Literal, TypeVar

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict, Field

from shared import directory, drafts, notice, presence, visits, watch_list
from shared.lib import i18n, web
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.errors import Invalid
from shared.lib.forms import Day
from shared.lib.i18n import _, format_date, format_time, lazy
from shared.lib.web.routes import may
from shared.visits import CheckIn, Expectation, reveal
from shared.visits.forms import HostRef, Line, Name, Purpose

blueprint = Blueprint("new_visitor", __name__, template_folder="templates")
DRAFT = "new-visitor"
MISSING = {
    "purpose": lazy("Choose a reason: keys 1 to 0."),
    "host": lazy("Write who they are here to see."),
    "date": lazy("Choose a day."),
    "time": lazy("Choose a time."),
}
Form = TypeVar("Form", bound=BaseModel)


class Announced(BaseModel):
    """Somebody who comes later: day and hour on the site's clock."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    visitor_name: Name = Field(max_length=200)
    visitor_company: Line = Field("", max_length=80)
    party_size: int = Field(1, ge=1, le=50)
    purpose: Purpose
    host: HostRef
    date: Day
    time: time
    language: Literal["zh_Hans", "en"] = "zh_Hans"

    def expectation(self) -> Expectation:
        """The same, with one moment in place of day and hour."""
        values = self.model_dump(exclude={"date", "time"})
        return Expectation(**values, expected_at=datetime.combine(self.date, self.time, settings().zone))


class DraftForm(BaseModel):
    """What is in the fields, as the page wrote it down."""

    model_config = ConfigDict(extra="forbid")
    data: str = Field(max_length=drafts.LIMIT)


@web.route(blueprint, "/console/visits", needs="visits.write", methods=("POST",))
def check_in() -> ResponseReturnValue:
    """Somebody stands at the desk; the notice hangs there, and reception is the other way in (procedure 4.1)."""
    form = told_plainly(CheckIn, MISSING)
    return web.once(lambda: _check_in(form), status=201)


@web.route(blueprint, "/console/visits/<token>/arrival", needs="visits.write", methods=("POST",))
def arrival(token: str) -> ResponseReturnValue:
    """Somebody who was expected is here, just as announced."""
    return web.once(lambda: _check_in(_as_announced(token)))


@web.route(blueprint, "/console/expected", needs="visits.write", methods=("POST",))
def expect() -> ResponseReturnValue:
    """Somebody comes later; the answer holds the code to give them."""
    form = told_plainly(Announced, MISSING)
    return web.once(lambda: _expect(form), status=201)


@web.route(blueprint, "/console/people", needs="people.search")
def people() -> ResponseReturnValue:
    """Hosts for what has been typed so far."""
    language = i18n.language()
    found = directory.find(request.args.get("q", "")[:80], limit=8)
    return jsonify(people=[_host(person, language) for person in found])


@web.route(blueprint, "/console/drafts/new-visitor", needs="visits.write")
def draft() -> ResponseReturnValue:
    """What was being written when the page was closed; 204 when nothing was."""
    kept = drafts.of(actor().id, DRAFT) if actor().kind == "account" else None
    if kept is None:
        return "", 204
    return jsonify(data=kept.data, at=_("From %(time)s, not saved yet.") % {"time": format_time(kept.at)})


@web.route(blueprint, "/console/drafts/new-visitor", needs="visits.write", methods=("POST",))
def keep_draft() -> ResponseReturnValue:
    """Keeps what is being written; empty text throws it away."""
    form = web.form(DraftForm)
    if not form.data:
        _forget_draft()
    elif actor().kind == "account":
        drafts.keep(actor().id, DRAFT, form.data)
    return "", 204


def told_plainly(model: type[Form], said: Mapping[str, str]) -> Form:
    """The form, or what is missing in the words of the desk; `said` has a sentence for some of the fields."""
    try:
        return web.form(model)
    except Invalid as refusal:
        fields = {name.partition(".")[0]: words for name, words in refusal.fields.items()}
        fields = {name: _(said[name]) if name in said else words for name, words in fields.items()}
        raise Invalid(next(iter(fields.values()), refusal.sentence), fields=fields) from None


def _check_in(form: CheckIn) -> dict[str, Any]:
    told = notice.current(form.language)
    done = visits.check_in(form.model_copy(update={"notice_version": told.version}), source="console")
    _forget_draft()
    values = {"name": form.visitor_name, "badge": done.badge}
    said = _("%(name)s is registered, badge %(badge)s. Nobody has been told yet.") % values
    if done.host is not None:
        values["host"] = done.host.spoken(i18n.language())
        said = _("%(name)s is registered, badge %(badge)s. %(host)s is being told.") % values
        if done.host_absent:
            values["where"] = presence.of(done.host.id).words
            said = _("%(name)s is registered, badge %(badge)s. %(host)s is %(where)s.") % values
    if watch_list.holds(done.id):
        said = _("%(name)s is registered, badge %(badge)s. Look at the card first.") % values
    return {"token": done.token, "reg_no": done.reg_no, "badge": done.badge, "state": done.state, "say": said}


def _forget_draft() -> None:
    if actor().kind == "account":
        drafts.drop(actor().id, DRAFT)


def _as_announced(token: str) -> CheckIn:
    visit = visits.by_token(token)
    return CheckIn(
        visitor_name=visit.visitor_name,
        visitor_company=visit.visitor_company,
        party_size=visit.party_size,
        purpose=visit.purpose,
        purpose_note=visit.purpose_note or (_("as announced") if visit.purpose == "other" else ""),
        host=HostRef(ref=directory.ref_of(visit.host)) if visit.host else visit.host_text,
        language=visit.language,
        invitation=reveal.invitation_code(token),
    )


def _expect(form: Announced) -> dict[str, Any]:
    wanted = form.expectation()
    done, code = visits.expect(wanted)
    _forget_draft()
    when = f"{format_date(wanted.expected_at)} {format_time(wanted.expected_at)}"
    said = _("%(name)s is expected on %(when)s.") % {"name": form.visitor_name, "when": when}
    return {"token": done.token, "state": done.state, "code": code, "say": said}


def _host(person: directory.PersonView, language: str) -> dict[str, Any]:
    now = presence.of(person.id)
    return {
        "ref": directory.ref_of(person),
        "token": person.token,
        "name": person.spoken(language),
        "written": person.name,
        "department": person.department_in(language),
        "protected": person.protected,
        "presence": "" if now.is_in or not may("people.read") else now.words,
    }
