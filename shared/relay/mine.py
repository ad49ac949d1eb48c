"""Whether somebody may act on a message: reception always, a person only while they hold it."""

from sqlalchemy import select

from shared import directory
from shared.lib import db
from shared.lib.errors import Forbidden, Gone
from shared.lib.i18n import _, language
from shared.relay.changing import holder
from shared.relay.model import Relay, RelayHolder


def held_by(row: Relay, person_id: int | None) -> None:
    """Nothing for reception (None). Forbidden for who was never asked, Gone for who has handed it on."""
    if person_id is None:
        return
    query = select(RelayHolder.until).where(RelayHolder.relay_id == row.id, RelayHolder.person_id == person_id)
    ends = list(db.session().scalars(query))
    if not ends:
        raise Forbidden(_("This message is for somebody else."))
    if None not in ends:
        raise Gone(handed_to(holder(row)))


def handed_to(person_id: int) -> str:
    """Who has it now."""
    person = directory.person(person_id)
    return _("%(name)s has this message now.") % {"name": person.spoken(language()) if person else _("Somebody else")}
