"""A volume is closed when it is full: its rows are in it for good, and it has to be handed over (procedure 一.1.9)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import and_, exists, func, insert, select

from shared import deadlines, journal
from shared.lib import clock, db, text
from shared.lib.actor import actor
from shared.lib.errors import Conflict
from shared.lib.i18n import _, today
from shared.volumes import chain
from shared.volumes.book import Book, books, in_order
from shared.volumes.model import Filed, Volume

SETTLED = timedelta(minutes=15)  # for so long whoever wrote a row puts it right freely
LATE = timedelta(days=31)  # a row may come in so long after its moment


def close_full() -> int:
    """Closes every volume that is full or whose time is over, one an act; how many."""
    closed = 0
    for book in books():
        while _next(book, clock.now(), by_hand=False) is not None and close(book) is not None:
            closed += 1
    return closed


@db.act
def close(book: Book, *, by_hand: bool = False) -> str | None:
    """Closes the next volume when it is full or over, or as far as it has come; None when there is nothing to close.

    Gives its token. Rows are read-only from here on; whoever hands registers over has a working day for it.
    """
    found = _next(book, db.act_time(), by_hand)
    return _filed(book, *found) if found is not None else None


@db.act
def close_now(book: Book) -> str:
    """Somebody closes the volume before it is full. Conflict when nothing in it can be closed yet."""
    token = close(book, by_hand=True)
    if token is None:
        raise Conflict(_("There is no row yet that can be closed: everybody has to have left for 15 minutes."))
    return token


def open_rows(book: Book) -> int:
    """How many rows stand in the volume that is being written."""
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(book.model).where(*_unfiled(book))) or 0


def _next(book: Book, moment: datetime, by_hand: bool) -> tuple[list[Any], str, str] | None:
    """The rows of the volume that can be closed now, in order, its period, and why it is closed."""
    rows = _waiting(book, moment)
    if not rows:
        return None
    period = book.period_of(today(rows[0].at))
    mine = [row for row in rows if book.period_of(today(row.at)) == period]
    ready = list(takewhile(lambda row: row.settled, mine))[: book.most]
    if len(ready) == book.most:
        return ready, period, "full"
    if len(ready) == len(mine) and book.period_of(today(moment)) > period:
        return ready, period, "period"
    return (ready, period, "hand") if ready and by_hand else None


def _waiting(book: Book, moment: datetime) -> list[Any]:
    """Rows that stand in no volume yet, as many as could fill two, in the order of their numbers."""
    at, number = getattr(book.model, book.at), getattr(book.model, book.number)
    settled = and_(*book.settled(moment - SETTLED)).label("settled")
    query = select(book.model.id, number.label("number"), at.label("at"), settled).where(*_unfiled(book))
    with db.reading() as session:
        found = session.execute(query.order_by(at, book.model.id).limit(2 * book.most)).all()
    return sorted(found, key=lambda row: in_order(row.number))


def _unfiled(book: Book) -> tuple[Any, ...]:
    """The condition; the register is not read from its beginning each time."""
    at, number = getattr(book.model, book.at), getattr(book.model, book.number)
    filed = exists().where(Filed.register == book.key, Filed.row_id == book.model.id)
    with db.reading() as session:
        last = session.scalar(select(func.max(Volume.last_at)).where(Volume.register == book.key))
    return (number.is_not(None), ~filed) if last is None else (number.is_not(None), ~filed, at >= last - LATE)


def _filed(book: Book, rows: Sequence[Any], period: str, why: str) -> str:
    at = db.act_time()
    made = Volume(
        token=text.token(12), register=book.key, number=db.next_number(f"volume:{book.key}"), period=period,
        from_no=rows[0].number, to_no=rows[-1].number, last_at=max(row.at for row in rows), rows=len(rows), why=why,
        closed_at=at, closed_by=actor().ref,
    )  # fmt: skip
    db.session().add(made)
    db.session().flush()
    ids = [row.id for row in rows]
    lines = book.lines(ids)
    filed = [
        {"register": book.key, "row_id": row_id, "volume_id": made.id, "seal": chain.seal(book, lines[row_id])}
        for row_id in ids
    ]
    db.session().execute(insert(Filed), filed)
    chain.issue(book, made, [lines[row_id] for row_id in ids], "closed")
    deadlines.start(book.clock, f"volume:{made.token}", at=book.due_from(period, at))
    journal.record("volumes.closed", f"volume:{made.token}", register=book.key, number=made.number, rows=len(rows))
    return made.token
