"""A plain register page by page: by days and whatever is typed, newest first; one row with all that is known of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from shared.lib import db, text
from shared.lib.errors import NotFound
from shared.lib.i18n import _, day_bounds
from shared.register.definition import Register
from shared.register.search import find
from shared.volumes import Book


def page(
    register: Register,
    *,
    q: str = "",
    day: date | None = None,
    until: date | None = None,
    kind: str = "",
    after: str = "",
    limit: int = 50,
) -> tuple[list[int], str | None]:
    """The rows of a page by their ids; the second value is the cursor of the next page."""
    book, where = book_of(register), part(register, day=day, until=until, kind=kind)
    before = int(after) if after.isdigit() else None
    if text.clean(q):
        wanted = text.clean(q)
        also = [getattr(book.model, book.number) == wanted.upper(), *(register.also(wanted) if register.also else ())]
        ids, following = find(register, wanted, where=where, also=also, before=before, limit=limit)
        return ids, str(following) if following is not None else None
    query = select(book.model.id).where(*where).order_by(book.model.id.desc()).limit(limit + 1)
    with db.reading() as session:
        rows = list(session.scalars(query.where(book.model.id < before) if before is not None else query))
    return rows[:limit], str(rows[limit - 1]) if len(rows) > limit else None


def every(register: Register, *, at_once: int = 500, **asked: Any) -> Iterator[Sequence[int]]:
    """Everything that `page` would give, page after page."""
    after: str | None = ""
    while after is not None:
        ids, after = page(register, **asked, after=after, limit=at_once)
        yield ids


def size(register: Register, **asked: Any) -> int:
    """How many rows the pages of a part have together, unless something is typed."""
    query = select(func.count()).select_from(book_of(register).model).where(*part(register, **asked))
    with db.looking() as on:
        return on.scalar(query) or 0


def part(register: Register, *, day: date | None = None, until: date | None = None, kind: str = "") -> list[Any]:
    """The conditions for rows of these days and of this kind; NotFound for a kind that there is not."""
    where = _days(book_of(register), day, until)
    if kind and kind not in register.kinds:
        raise NotFound(_("This register knows no such kind of rows."))
    return [*where, *(register.kinds[kind].where() if kind else ())]


def row(register: Register, token: str) -> Any:
    """The row with this public id; NotFound when there is none."""
    with db.reading() as session:
        found = session.scalar(select(register.model).where(register.model.token == token))
    if found is None:
        raise NotFound(_("There is no such row in this register."))
    return found


def tokens(register: Register, ids: Sequence[int]) -> dict[int, str]:
    """The public ids of rows."""
    with db.reading() as session:
        rows = session.execute(select(register.model.id, register.model.token).where(register.model.id.in_(ids)))
        return {row.id: row.token for row in rows}


def book_of(register: Register) -> Book:
    """The book of a register; NotFound for one that is kept elsewhere."""
    if register.book is None:
        raise NotFound(_("There is no such register."))
    return register.book


def _days(book: Book, day: date | None, until: date | None) -> list[Any]:
    at, where, last = getattr(book.model, book.at), list[Any](), until or day
    if day is not None:
        where.append(at >= day_bounds(day)[0])
    if last is not None:
        where.append(at < day_bounds(last)[1])
    return where
