"""Somebody else gets a message, for a reason; or nobody needs it any more, for a reason (procedure O6)."""

from sqlalchemy import update

from shared import deadlines
from shared.directory import PersonView
from shared.lib import db
from shared.lib.db import act_time
from shared.lib.errors import Gone, Invalid
from shared.lib.i18n import _
from shared.relay.changing import Done, change, holder, log_attempt, relay_of, still_open, subject_of
from shared.relay.mine import held_by
from shared.relay.model import Relay, RelayHolder
from shared.relay.recording import begin


@db.act
def hand_on(token: str, to: PersonView, reason: str, *, person_id: int | None = None) -> Done:
    """The message is `to`'s from now on: who had it may not act on it any more, and the clocks start anew."""
    row = still_open(relay_of(token))
    held_by(row, person_id)
    _say_why(reason)
    if to.id == holder(row):
        raise Invalid(_("They have it already."), fields={"to": _("They have it already.")})
    before = holder(row)
    mine = (RelayHolder.relay_id == row.id, RelayHolder.until.is_(None))
    db.session().execute(update(RelayHolder).where(*mine).values(until=act_time()))
    given = {"relay_id": row.id, "person_id": to.id, "role": "colleague", "reason": reason, "since": act_time()}
    db.session().add(RelayHolder(**given))
    log_attempt(row, "page", "auto_sent")
    fresh = {"status": "recorded", "notified_at": None, "round": row.round + 1}
    done = change(row, "relay.handed_on", undo=False, data={"people": [before]}, **fresh)
    begin(row)
    return done


@db.act
def cancel(token: str, reason: str) -> Done:
    """Nobody needs it any more: it stays in the register with the reason, and no clock runs."""
    row = relay_of(token)
    if row.status in ("cancelled", "replied", "closed"):
        raise Gone(_("This has been settled."))
    _say_why(reason)
    deadlines.drop_all(subject_of(row), "cancelled")
    return change(row, "relay.cancelled", status="cancelled", cancelled_at=act_time(), cancel_reason=reason)


def join_holder(row: Relay, person_id: int, role: str) -> None:
    """Somebody is asked as well, because nobody confirmed it in time."""
    db.session().add(RelayHolder(relay_id=row.id, person_id=person_id, role=role, since=act_time()))


def _say_why(reason: str) -> None:
    if len(reason) < 2:
        raise Invalid(_("Write why."), fields={"reason": _("Write why.")})
