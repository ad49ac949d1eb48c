"""What happens to keys: one is lent, it comes back."""

from sqlalchemy import select

from shared import journal
from shared.lib import db, i18n, text
from tests.throwaway.model import KeyLoan


@db.act
def lend(borrower: str, room: str) -> str:
    """Somebody takes a key along; gives the row's token."""
    year = i18n.today(db.act_time()).year
    number = f"KEY-{year}-{db.next_number(f'key:{year}'):05d}"
    row = KeyLoan(token=text.token(12), reg_no=number, borrower=borrower, room=room, created_at=db.act_time())
    db.session().add(row)
    db.session().flush()
    journal.record("key.lent", f"key:{row.token}", key=row.id)
    return row.token


@db.act
def bring_back(token: str) -> None:
    """The key is here again."""
    row = db.session().scalars(select(KeyLoan).where(KeyLoan.token == token)).one()
    row.back_at = db.act_time()
    journal.record("key.back", f"key:{token}", key=row.id)
