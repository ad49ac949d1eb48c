"""The host is not there (procedure 一.1.7): reception takes a message, and notes when the visitor comes again."""

from datetime import date, datetime, time
from typing import Any

from pydantic import Field

from shared import calendar, deadlines, directory, relay
from shared.lib import db, text
from shared.lib.actor import actor
from shared.lib.config import settings
from shared.lib.db import act_time
from shared.lib.errors import Invalid
from shared.lib.forms import Day
from shared.lib.i18n import _, today
from shared.visits.acts import chosen
from shared.visits.changing import already, change, happened, visit_of
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
    values |= _comes_again(visit, form, values["host_id"])
    subject = f"visit:{token}"
    deadlines.meet("T01", subject)
    deadlines.drop("T02", subject, "message")
    change(visit, "visits.message_left", undo=False, **values)
    return relay.record(form, host, subject=subject, visit_id=visit.id)


def _comes_again(visit: Visit, form: LeftMessage, host_id: int) -> dict[str, Any]:
    """What the register says of the next time; with a day there is somebody to expect on it (procedure 一.1.7)."""
    if not form.will_return:
        return {}
    if form.return_date is None:
        return {"will_return": True}
    moment = _moment(form.return_date, form.return_time)
    _expect(visit, host_id, moment, time_open=form.return_time is None)
    return {"will_return": True, "return_at": moment}


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


def _expect(visit: Visit, host_id: int, moment: datetime, *, time_open: bool) -> None:
    """A draft of an invitation: on the list of that day, with a code that nobody has been given yet."""
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
    happened("visits.expected", draft)
