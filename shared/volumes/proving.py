"""Whether the archive is what it was: every link of the chain, every line against its row (`./desk verify`).

The chain has no key: whoever writes into the database can compute it anew, from some volume to the newest one. What
stands against that are the covers on paper, each with its own hash and the one before.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import func, select

from shared.journal import Counter
from shared.lib import db
from shared.volumes import chain
from shared.volumes.book import Book, books, in_order
from shared.volumes.model import Edition, Filed, Volume
from shared.volumes.questions import rows_of

AT_ONCE = 50
KEPT = timedelta(days=3 * 365)  # for so long a volume has its text (procedure 4.6, V4)
UNREADABLE = (ValueError, KeyError, IndexError, TypeError)


@dataclass(slots=True)
class Proof:
    """What was found in one register: how many volumes and links, the last hash, and a sentence for all that is wrong.

    Of `sealed` lines every word is proven; of the others, of which something was erased, what stays.
    """

    register: str
    volumes: int = 0
    editions: int = 0
    lines: int = 0
    sealed: int = 0
    destroyed: int = 0
    last: str = ""
    wrong: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """What one volume shows."""

    wrong: list[str] = field(default_factory=list)
    lines: int = 0
    sealed: int = 0
    destroyed: bool = False


def verify() -> list[Proof]:
    """Every register that has a volume; what is closed or issued meanwhile is left to the next time."""
    return [_register(book) for book in books()]


def _register(book: Book) -> Proof:
    proof, previous = Proof(book.key), chain.START
    newest = {table: _newest(table, book) for table in (Edition, Volume)}
    for edition in _every(Edition, book, newest[Edition]):
        proof.editions += 1
        proof.wrong += _link(book, edition, previous)
        previous = edition.sha256
    proof.last = previous if proof.editions else ""
    before: Volume | None = None
    for volume in _every(Volume, book, newest[Volume]):
        proof.wrong += _follows(volume, before)
        before = volume
        _add(proof, volume, _steady(book, volume))
    if _counted(book) > (before.number if before else 0):
        proof.wrong.append(f"volume {(before.number if before else 0) + 1} is missing at the end")
    return proof


def _link(book: Book, edition: Edition, previous: str) -> Iterator[str]:
    name = f"edition {edition.id}"
    if edition.previous != previous:
        yield f"{name} does not follow the one before it"
    if edition.text is None:
        return
    if chain.digest(edition.text) != edition.sha256:
        yield f"{name} has been changed"
        return
    try:
        said = chain.read(edition.text)
    except UNREADABLE:
        yield f"{name} cannot be read"
        return
    if (said.register, said.previous, said.issue) != (book.key, edition.previous, edition.issue):
        yield f"{name} is not the one that it says"


def _follows(volume: Volume, before: Volume | None) -> Iterator[str]:
    """Volumes and the numbers in them go on without a gap."""
    expected = before.number + 1 if before else 1
    if volume.number != expected:
        yield f"volume {expected} is missing"
    elif before is not None and _gap(before.to_no, volume.from_no):
        yield f"numbers are missing between {before.to_no} and {volume.from_no}"


def _gap(one: str, following: str) -> bool:
    (year, number), (next_year, next_number) = in_order(one), in_order(following)
    return next_number != number + 1 if year == next_year else next_number != 1


def _steady(book: Book, volume: Volume) -> _Found:
    """Looked at again when something is wrong: a row may just be put right, or erased."""
    found = _volume(book, volume)
    return _volume(book, volume) if found.wrong else found


def _add(proof: Proof, volume: Volume, found: _Found) -> None:
    proof.volumes += 1
    proof.lines += found.lines
    proof.sealed += found.sealed
    proof.destroyed += found.destroyed
    proof.wrong += [f"volume {volume.number}{words}" for words in found.wrong]


def _volume(book: Book, volume: Volume) -> _Found:
    mine = select(Edition.text).where(Edition.volume_id == volume.id).order_by(Edition.id)
    with db.reading() as session:
        texts = session.scalars(mine).all()
        destroyed_at = session.scalar(select(Volume.destroyed_at).where(Volume.id == volume.id))
    if not texts:
        return _Found([" has no edition"])
    if destroyed_at is not None:
        early = destroyed_at < volume.closed_at + KEPT
        return _Found([" was destroyed before its time"] if early else [], destroyed=True)
    if None in texts:
        return _Found([" has lost its text"])
    try:
        return _compared(book, volume, chain.read(texts[-1] or ""))
    except UNREADABLE:
        return _Found([" cannot be read"])


def _compared(book: Book, volume: Volume, content: chain.Content) -> _Found:
    ids = rows_of(book, volume.id)
    found = _Found(lines=len(ids))
    numbers = [line[0] for line in content.lines]
    if content.volume != volume.number or (numbers[0], numbers[-1]) != (volume.from_no, volume.to_no):
        found.wrong.append(" is not the one that its edition says")
    if len(ids) != len(content.lines) or len(ids) != volume.rows:
        found.wrong.append(f" has {len(ids)} rows instead of {len(content.lines)}")
        return found
    found.wrong += [
        f": numbers are missing after {one}" for one, following in pairwise(numbers) if _gap(one, following)
    ]
    lines = book.lines(ids)
    found.wrong += [f", {words}" for words in _rows(book, [lines[row_id] for row_id in ids], content)]
    wrong, found.sealed = _seals(book, lines, ids)
    found.wrong += wrong
    return found


def _rows(book: Book, lines: Sequence[Any], content: chain.Content) -> Iterator[str]:
    """What the rows say now beside what the edition says."""
    fixed = [column for column in book.kept if not column.later and column.key in content.columns]
    for was, line in zip(content.lines, lines, strict=True):
        then = dict(zip(content.columns, was, strict=True))
        for column in fixed:
            said = column.plain(line)
            if then[column.key] != said:
                yield f"{was[0]}: {column.key} was {then[column.key]!r} and is {said!r}"


def _seals(book: Book, lines: Any, ids: Sequence[int]) -> tuple[list[str], int]:
    """Lines that are not what they were when they were sealed; only what was erased has no seal."""
    where = (Filed.register == book.key, Filed.row_id.in_(ids), Filed.seal.is_not(None))
    with db.reading() as session:
        seals = {row.row_id: row.seal for row in session.execute(select(Filed.row_id, Filed.seal).where(*where))}
    number = book.columns[0].plain
    broken = [one for one in ids if one in seals and seals[one] != chain.seal(book, lines[one])]
    bare = [one for one in ids if one not in seals and not book.erased(lines[one])]
    told = [f", {number(lines[one])}: the line has been changed" for one in broken]
    return told + [f", {number(lines[one])}: its seal has been taken away" for one in bare], len(seals)


def _counted(book: Book) -> int:
    """How many volumes were ever closed."""
    with db.reading() as session:
        return session.scalar(select(Counter.value).where(Counter.name == f"volume:{book.key}")) or 0


def _newest(table: Any, book: Book) -> int:
    with db.reading() as session:
        return session.scalar(select(func.max(table.id)).where(table.register == book.key)) or 0


def _every(table: Any, book: Book, upto: int) -> Iterator[Any]:
    """Every row of a register in order, up to that one; they are not all held at once."""
    after = 0
    while after < upto:
        some_of = (table.register == book.key, table.id > after, table.id <= upto)
        with db.reading() as session:
            some = session.scalars(select(table).where(*some_of).order_by(table.id).limit(AT_ONCE)).all()
        if not some:
            return
        yield from some
        after = some[-1].id
