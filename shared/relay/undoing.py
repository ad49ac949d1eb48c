"""One's own last step with a message is taken back within 15 seconds: state, clocks and tries are as before."""

from datetime import timedelta

from sqlalchemy import update

from shared import deadlines, journal
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict, Gone, NotFound
from shared.lib.i18n import _
from shared.relay.changing import Done, happened, relay_of
from shared.relay.model import RelayAttempt

UNDO_SECONDS = 15
UNDOABLE = frozenset({"relay.attempted", "relay.confirmed", "relay.replied", "relay.cancelled"})
BY_ITSELF = frozenset({"relay.pushed", "relay.asked", "relay.looked"})


@db.act
def undo(seq: int) -> Done:
    """Takes back a try, a confirmation, a reply or a cancellation."""
    event = journal.at(seq)
    if event is None or event.action not in UNDOABLE or event.actor != actor().ref:
        raise NotFound(_("There is nothing to undo."))
    if act_time() - event.at > timedelta(seconds=UNDO_SECONDS):
        raise Gone(_("It is too late to undo this."))
    changes = [one for one in journal.about(event.subject) if one.topic == "relay" and one.action not in BY_ITSELF]
    if changes[-1].seq != seq:
        raise Conflict(_("Something else has happened since. It can no longer be undone."))
    row, same = relay_of(event.subject.partition(":")[2]), [one for one in changes if one.at == event.at]
    for step in same[::-1]:  # a reply may have confirmed it in the same breath
        for name in step.data.get("empty", ()):
            setattr(row, name, None)
        for name, value in step.data.get("was", {}).items():
            setattr(row, name, value)
    tried = (RelayAttempt.relay_id == row.id, RelayAttempt.at == event.at)
    db.session().execute(update(RelayAttempt).where(*tried).values(undone=True))
    deadlines.undo(event.subject, event.at)
    row.closed_at = None
    return happened(row, "relay.undone", undid=event.action)
