"""Whoever arrives while a call runs comes on its list, in the act in which they arrive."""

from shared import journal, presence
from shared.journal import Event
from shared.lib import db
from shared.roll_call import listing, questions
from shared.roll_call.acts import add_all, on_list


def join() -> None:
    """Visitors who check in, and staff who come back."""
    journal.within("visits.checked_in", add)
    journal.within("presence.changed", back)


def add(event: Event) -> None:
    """Puts whoever an event is about on the list of the call that runs."""
    call = questions.running()
    if call is None:
        return
    db.session().flush()
    if on_list(call, event.subject) is None:
        add_all(call, [listing.of(event.subject)], late=True)
        journal.record("roll_call.person_added", call.subject)


def back(event: Event) -> None:
    """Somebody of the staff is in the house."""
    if not presence.of(event.person_id).away:
        add(event)
