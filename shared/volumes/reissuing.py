"""A closed volume is issued again when a row in it is put right or a visitor is erased; the chain says so (4.7)."""

from collections.abc import Collection

from sqlalchemy import select

from shared import journal
from shared.lib import db
from shared.volumes import chain
from shared.volumes.book import Book
from shared.volumes.model import Filed, Volume
from shared.volumes.questions import rows_of


@db.act
def reissue(book: Book, row_ids: Collection[int], why: str) -> int:
    """A new edition of every volume in which one of these rows stands, for `why` (corrected, erased); how many."""
    mine = (Filed.register == book.key, Filed.row_id.in_(row_ids))
    ids = set(db.session().scalars(select(Filed.volume_id).where(*mine)))
    volumes = db.session().scalars(select(Volume).where(Volume.id.in_(ids), Volume.destroyed_at.is_(None))).all()
    for volume in sorted(volumes, key=lambda one: one.number):
        stands = rows_of(book, volume.id)
        lines = book.lines(stands)
        made = chain.issue(book, volume, [lines[one] for one in stands], why)
        subject, number = f"volume:{volume.token}", volume.number
        journal.record("volumes.reissued", subject, register=book.key, number=number, issue=made.issue, why=why)
    return len(volumes)


@db.act
def corrected(book: Book, row_id: int) -> int:
    """A row in a closed volume was put right: it is sealed anew and its volume is issued again."""
    filed = db.session().get(Filed, (book.key, row_id))
    if filed is None:
        return 0
    if filed.seal is not None:
        filed.seal = chain.seal(book, book.lines([row_id])[row_id])
    return reissue(book, [row_id], "corrected")
