"""The host is not there (procedure 一.1.7): reception takes a message, or notes when the visitor comes again."""

from datetime import date, datetime, time
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from shared import calendar, deadlines, directory, relay
from shared.lib import db, text
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Invalid
from shared.lib.forms import Day
from shared.lib.i18n import _, today
from shared.visits.acts import chosen
from shared.visits.changing import Done, already, change, happened, visit_of
from shared.visits.forms import HostRef
from shared.visits.model import WAITING, Visit

COPIED = ("language", "visitor_name", "visitor_company", "visitor_key", "party_size", "purpose", "purpose_note")


class LeftMessage(relay.MessageForm):
    """A message at the desk: for the host unless somebody else is named, and when the visitor comes again.

    A day without a time means that the time is open; no day means that nothing is agreed yet.
    """

    to: HostRef | None = None
    will_return: bool = False
    return_date: Day | None = None
    return_time: time | None = Field(None)


class Return(BaseModel):
    """When the visitor comes again: a day without a time is open, no day means that nothing is agreed yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    return_date: Day | None = None
    return_time: time | None = None


@db.act
def leave_message(token: str, form: LeftMessage) -> relay.Done:
    """Takes a message for a host who is not there; the visitor is looked after, and a return visit is expected.

    Whoever the message is for, the visitor came for their host; only without one does it become the recipient.
    The number is asked for here only, and goes to the recipient and to reception alone (procedure 一.1.8).
    """
    visit = visit_of(token)
    if visit.state not in WAITING:
        raise already(visit)
    host = chosen(form.to.ref) if form.to else directory.person(visit.host_id or 0)
    if host is None:
        raise Invalid(_("Choose who it is for."), fields={"to": _("Choose who it is for.")})
    values: dict[str, Any] = {"state": "absent_host", "host_id": visit.host_id or host.id}
    if form.number:
        values |= {"phone": form.number, "phone_key": text.keyed_hash("phone", form.number)}
    if form.will_return:
        values |= _returns(visit, form.return_date, form.return_time, values["host_id"])[0]
    subject = f"visit:{token}"
    _looked_after(subject, "message")
    change(visit, "visits.message_left", undo=False, **values)
    return relay.record(form, host, subject=subject, visit_id=visit.id)


@db.act
def comes_again(token: str, day: date | None, hour: time | None = None) -> Done:
    """Nobody leaves a message: the visitor is looked after, and comes again (on `day`, at `hour`, in the site's zone).

    Without an hour the time is open, without a day nothing is agreed yet. Raises Conflict when they are expected again
    already or nobody knows whom to see, Invalid for a moment that has passed.
    """
    visit = visit_of(token)
    if visit.state not in WAITING:
        raise already(visit)
    if visit.host_id is None:
        raise Conflict(_("Name the host first."), code="no-host")
    values, draft = _returns(visit, day, hour, visit.host_id)
    _looked_after(f"visit:{token}", "returns")
    return change(visit, "visits.comes_again", data={"draft": draft}, state="absent_host", **values)


def not_expected(token: str) -> bool:
    """Takes the draft of a return back with what made it; whether it was still a draft. Only inside an act."""
    draft = visit_of(token)
    if draft.state != "expected":
        return False
    change(draft, "visits.cancelled", undo=False, state="cancelled")
    return True


def _looked_after(subject: str, reason: str) -> None:
    """Reception has spoken to the visitor: they are greeted, and the host need not answer any more."""
    deadlines.meet("T01", subject)
    deadlines.drop("T02", subject, reason)


def _returns(visit: Visit, day: date | None, hour: time | None, host_id: int) -> tuple[dict[str, Any], str]:
    """What the register says of the next time, and the token of who is expected on that day (procedure 一.1.7)."""
    if visit.return_at is not None:
        raise Conflict(_("%(name)s is expected again already.") % {"name": visit.visitor_name}, code="returns")
    if day is None:
        return {"will_return": True}, ""
    moment = _moment(day, hour)
    draft = _expect(visit, host_id, moment, time_open=hour is None)
    return {"will_return": True, "return_at": moment}, draft


def _moment(day: date, hour: time | None) -> datetime:
    moment = datetime.combine(day, hour, settings().zone) if hour else calendar.open_hours(day)[0]
    fields = {}
    if day < today(act_time()):
        fields["return_date"] = _("This day has passed.")
    elif moment <= act_time():
        fields["return_time"] = _("This time has passed.") if hour else _("Choose a time.")
    if fields:
        raise Invalid(next(iter(fields.values())), fields=fields)
    return moment


def _expect(visit: Visit, host_id: int, moment: datetime, *, time_open: bool) -> str:
    """A draft of an invitation, and its token: on the list of that day, with a code that nobody has been given yet."""
    code = text.short_code(8)
    draft = Visit(
        token=text.token(12),
        state="expected",
        source="return",
        host_id=host_id,
        expected_at=moment,
        time_open=time_open,
        expected_by=(actor().id or None) if actor().kind == "account" else None,
        invitation_hash=text.token_hash(code),
        invitation_code=code,
        created_at=act_time(),
        **{name: getattr(visit, name) for name in COPIED},
    )
    db.session().add(draft)
    db.session().flush()
    return happened("visits.expected", draft).token
