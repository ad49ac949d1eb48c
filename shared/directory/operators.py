"""What commands ask of the directory."""

from sqlalchemy import select

from shared.directory.models import Person
from shared.directory.questions import resolve_text
from shared.lib import control, db


def account_owner(name: str, email: str | None) -> int | None:
    """Whose account it is going to be: who has this e-mail address, else the one who works here under this name."""
    mine = select(Person.id).where(Person.email == (email or "").strip().casefold(), Person.active)
    with db.reading() as session:
        found = session.scalar(mine) if email else None
    named = resolve_text(name)
    return found or (named.id if named else None)


control.operator("people.account_owner", account_owner)
