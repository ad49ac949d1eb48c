"""Whoever arrives while a call runs comes on its list in the same act; whom the register forgets, the lists forget."""

from sqlalchemy import select

from shared import directory, journal, presence
from shared.journal import Event
from shared.lib import db
from shared.roll_call import listing, questions
from shared.roll_call.acts import add_all, on_list
from shared.roll_call.model import OnCall
from shared.roll_call.views import Facts


def join() -> None:
    """Visitors who check in, staff who come back, and visitors whose time in the register is over."""
    journal.within("visits.checked_in", add)
    journal.within("presence.changed", back)
    journal.within("visits.erased", forget)


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


def forget(event: Event) -> None:
    """The lists of calls keep the short name that the register keeps, and nothing else of a visitor."""
    for row in db.session().scalars(select(OnCall).where(OnCall.subject == event.subject)):
        if row.facts:
            facts = Facts.read(row.facts)
            row.facts = Facts(directory.shortened(facts.name), language=facts.language).kept()
    db.session().flush()
