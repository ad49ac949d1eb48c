"""What accounts and commands ask of the directory: whose account it is going to be."""

from sqlalchemy import select

from shared import accounts
from shared.directory.models import Person
from shared.directory.questions import resolve_text
from shared.lib import control, db


def account_owner(name: str, email: str | None) -> int | None:
    """Who has this e-mail address, else the one who works here under this name."""
    found = employee(email) if email else None
    named = resolve_text(name)
    return found[0] if found else named.id if named else None


def employee(email: str) -> tuple[int, str] | None:
    """Person and name of whoever works here and has this address."""
    mine = select(Person.id, Person.name).where(Person.email == email.strip().casefold(), Person.active)
    with db.reading() as session:
        row = session.execute(mine).first()
    return (row.id, row.name) if row else None


accounts.employees_with(employee)
control.operator("people.account_owner", account_owner)
