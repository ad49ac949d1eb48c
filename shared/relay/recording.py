"""A message is written down and at once sent to the person's page and mailbox; what was wrong with it is put right."""

from typing import Any

from shared import deadlines
from shared.directory import PersonView
from shared.lib import db, text
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Gone, Invalid
from shared.lib.i18n import _
from shared.relay.changing import (
    Done,
    change,
    clock_of,
    happened,
    log_attempt,
    pass_on_clock,
    relay_of,
    start,
    still_open,
    subject_of,
)
from shared.relay.forms import MessageForm
from shared.relay.mine import held_by
from shared.relay.model import Relay, RelayHolder

KEPT = set(MessageForm.model_fields) - {"read_back", "no_call_back"}


@db.act
def record(form: MessageForm, to: PersonView, *, subject: str, visit_id: int | None = None) -> Done:
    """Takes a message down and starts the clock for passing it on (procedure O1, O2, T06, T09).

    Raises Invalid when it was not read back, or when neither a number was given nor said that no call back is wanted.
    """
    _check(form)
    row = Relay(
        token=text.token(12),
        subject=subject,
        visit_id=visit_id,
        to_id=to.id,
        recorded_at=act_time(),
        recorded_by=actor().ref,
        read_back_done=True,
        **form.model_dump(include=KEPT),
    )
    db.session().add(row)
    db.session().flush()
    db.session().add(RelayHolder(relay_id=row.id, person_id=to.id, role="recipient", since=act_time()))
    log_attempt(row, "page", "auto_sent")
    done = happened(row, "relay.recorded")
    begin(row)
    return done


@db.act
def wrong(token: str, note: str, *, person_id: int | None = None) -> Done:
    """The recipient, or reception for them, says that the content is wrong: it counts, and it all starts again (O7)."""
    row = relay_of(token)
    held_by(row, person_id)
    if row.status in ("replied", "closed", "cancelled"):
        raise Gone(_("This has been settled."))
    if row.wrong is not None:
        raise Conflict(_("It is being put right."))
    if not note:
        raise Invalid(_("Write what is wrong."), fields={"note": _("Write what is wrong.")})
    values = {"wrong": note, "wrong_count": row.wrong_count + 1, "round": row.round + 1, "status": "recorded"}
    return _again(row, "relay.wrong", values)


@db.act
def correct(token: str, message: str) -> Done:
    """Reception has asked again and writes what was really said; the person gets it anew."""
    row = still_open(relay_of(token))
    if row.wrong is None:
        raise Conflict(_("Nobody said that something is wrong."))
    log_attempt(row, "page", "auto_sent")
    return _again(row, "relay.corrected", {"message": message, "wrong": None, "status": "recorded"})


def begin(row: Relay) -> None:
    """The clocks from the beginning: to be passed on (T06, T09), and confirmed after the first try (T10)."""
    for key in (pass_on_clock(row.subject), clock_of(row, "T10")):
        start(row, key)


def _again(row: Relay, action: str, values: dict[str, Any]) -> Done:
    deadlines.drop(clock_of(row, "T11"), subject_of(row), "wrong")
    fresh: dict[str, Any] = {"notified_at": None, "confirmed_at": None, "confirm_method": ""}
    done = change(row, action, undo=False, **fresh, **values)
    begin(row)
    return done


def _check(form: MessageForm) -> None:
    fields = {}
    if not form.no_call_back and form.number is None:
        fields["number"] = _("Write the number, or tick that no call back is wanted.")
    if not form.read_back:
        fields["read_back"] = _("Read it back first.")
    if fields:
        raise Invalid(next(iter(fields.values())), fields=fields)
