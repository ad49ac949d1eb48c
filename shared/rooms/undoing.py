"""One's own last act in a room is taken back within 15 seconds (rulings 12)."""

from datetime import timedelta

from shared import journal
from shared.lib import db
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Gone, NotFound
from shared.lib.i18n import _
from shared.rooms.tea import Acted
from shared.rooms.trace import take_back

UNDO_SECONDS = 15


@db.act
def undo(seq: int) -> Acted:
    """Room, tea and clocks are as before; Conflict when something else has happened in the room since."""
    event = journal.at(seq)
    if event is None or event.topic != "rooms" or "room" not in event.data or event.actor != actor().ref:
        raise NotFound(_("There is nothing to undo."))
    if act_time() - event.at > timedelta(seconds=UNDO_SECONDS):
        raise Gone(_("It is too late to undo this."))
    take_back(event.data["room"], event.at)
    done = journal.record("rooms.undone", event.subject, person_id=event.person_id, undid=event.action)
    return Acted(int(event.subject.partition(":")[2]), done.seq)
