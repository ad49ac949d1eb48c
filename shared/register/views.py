"""Views: what somebody looks for again and again in a register, under a name of their own."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from sqlalchemy import delete, func, select

from shared.lib import db
from shared.lib.errors import Conflict, NotFound
from shared.lib.i18n import _
from shared.register.definition import Register, Texts
from shared.register.grams import Wanted
from shared.register.model import SavedView
from shared.register.search import find

MOST = 12


@dataclass(frozen=True, slots=True)
class View:
    """A kept view: its name, and the query of the page that shows it."""

    id: int
    name: str
    query: str


def views(register: Register, account_id: int) -> list[View]:
    """What this account keeps, in the order in which it was kept."""
    mine = (SavedView.account_id == account_id, SavedView.register == register.key)
    with db.reading() as session:
        rows = session.scalars(select(SavedView).where(*mine).order_by(SavedView.id))
        return [View(row.id, row.name, row.query) for row in rows]


@db.act
def keep_view(register: Register, account_id: int, name: str, query: str) -> None:
    """Keeps a view; one of the same name is replaced. The journal says nothing: nobody else is concerned."""
    mine = (SavedView.account_id == account_id, SavedView.register == register.key)
    db.session().execute(delete(SavedView).where(*mine, SavedView.name == name))
    if (db.session().scalar(select(func.count()).where(*mine)) or 0) >= MOST:
        raise Conflict(_("At most %(count)s views are kept. Remove one first.") % {"count": MOST}, code="too-many")
    db.session().add(SavedView(account_id=account_id, register=register.key, name=name, query=query))


def forget_names(register: Register, before: Sequence[Texts], after: Sequence[Texts]) -> None:
    """Views that look for a name which no row bears any more. Only inside an act, once the rows are filed anew."""
    for row in db.session().scalars(select(SavedView).where(SavedView.register == register.key)):
        typed = dict(parse_qsl(row.query)).get("q", "")
        wanted = Wanted(typed)
        lost = any(_named(wanted, was) and not _named(wanted, now) for was, now in zip(before, after, strict=True))
        if lost and not find(register, typed, limit=1)[0]:
            db.session().delete(row)


def _named(wanted: Wanted, texts: Texts) -> bool:
    return wanted.fits(Texts(names=texts.names))


@db.act
def drop_view(account_id: int, view_id: int) -> None:
    """Removes a view of this account."""
    row = db.session().get(SavedView, view_id)
    if row is None or row.account_id != account_id:
        raise NotFound(_("There is no such view."))
    db.session().delete(row)
