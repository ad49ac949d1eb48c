"""Whether the archive is what it was: every link of the chain, every line against its row (`./desk verify`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from shared.lib import control, db
from shared.volumes import chain
from shared.volumes.book import Book, books, in_order
from shared.volumes.model import Edition, Filed, Volume
from shared.volumes.questions import rows_of

AT_ONCE = 50


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


def verify() -> list[Proof]:
    """Every register that has a volume."""
    return [_register(book) for book in books()]


def _register(book: Book) -> Proof:
    proof = Proof(book.key)
    latest: dict[int, str | None] = {}
    previous = chain.START
    for edition in _every(Edition, book):
        proof.editions += 1
        proof.wrong += _link(edition, previous)
        previous, latest[edition.volume_id] = edition.sha256, edition.text
    proof.last = previous if proof.editions else ""
    expected = 1
    for volume in _every(Volume, book):
        if volume.number != expected:
            proof.wrong.append(f"volume {expected} is missing")
        expected = volume.number + 1
        _volume(book, volume, latest, proof)
    return proof


def _link(edition: Edition, previous: str) -> Iterator[str]:
    name = f"edition {edition.id}"
    if edition.previous != previous:
        yield f"{name} does not follow the one before it"
    if edition.text is None:
        return
    if chain.digest(edition.text) != edition.sha256:
        yield f"{name} has been changed"
    elif chain.read(edition.text).previous != edition.previous:
        yield f"{name} names another one before it"


def _volume(book: Book, volume: Volume, latest: dict[int, str | None], proof: Proof) -> None:
    proof.volumes += 1
    if volume.id not in latest:
        proof.wrong.append(f"volume {volume.number} has no edition")
    written = latest.get(volume.id)
    if written is None:
        proof.destroyed += volume.destroyed_at is not None
        if volume.destroyed_at is None and volume.id in latest:
            proof.wrong.append(f"volume {volume.number} has lost its text")
        return
    content, ids = chain.read(written), rows_of(book, volume.id)
    proof.lines += len(ids)
    if len(ids) != len(content.lines) or len(ids) != volume.rows:
        proof.wrong.append(f"volume {volume.number} has {len(ids)} rows instead of {len(content.lines)}")
    else:
        proof.wrong += [f"volume {volume.number}, {words}" for words in _rows(book, ids, content)]
    proof.wrong += [f"volume {volume.number}, {words}" for words in _numbers(book, content)]
    wrong, sealed = _seals(book, ids)
    proof.sealed += sealed
    proof.wrong += [f"volume {volume.number}, {words}" for words in wrong]


def _rows(book: Book, ids: Sequence[int], content: chain.Content) -> Iterator[str]:
    """What the rows say now beside what the edition says."""
    fixed = {column.key for column in book.kept if not column.later}
    now = chain.redacted(book, ids)
    keys = [column.key for column in book.kept]
    for was, here in zip(content.lines, now, strict=True):
        then, today = dict(zip(content.columns, was, strict=True)), dict(zip(keys, here, strict=True))
        for key in content.columns:
            if key in fixed and then[key] != today[key]:
                yield f"{was[0]}: {key} was {then[key]!r} and is {today[key]!r}"


def _numbers(book: Book, content: chain.Content) -> Iterator[str]:
    numbers = [in_order(line[0]) for line in content.lines]
    for one, following in pairwise(numbers):
        if one[0] == following[0] and following[1] != one[1] + 1:
            yield f"numbers are missing after {one[1]}"


def _seals(book: Book, ids: Sequence[int]) -> tuple[list[str], int]:
    where = (Filed.register == book.key, Filed.row_id.in_(ids), Filed.seal.is_not(None))
    with db.reading() as session:
        seals = {row.row_id: row.seal for row in session.execute(select(Filed.row_id, Filed.seal).where(*where))}
    lines = book.lines(list(seals))
    broken = [
        row_id for row_id, sealed in seals.items() if row_id in lines and chain.seal(book, lines[row_id]) != sealed
    ]
    return [f"{book.columns[0].plain(lines[row_id])}: the line has been changed" for row_id in broken], len(seals)


def _every(table: Any, book: Book) -> Iterator[Any]:
    """Every row of a register in order; they are not all held at once."""
    after = 0
    while True:
        query = select(table).where(table.register == book.key, table.id > after).order_by(table.id).limit(AT_ONCE)
        with db.reading() as session:
            some = session.scalars(query).all()
        if not some:
            return
        yield from some
        after = some[-1].id


def _operated() -> list[dict[str, object]]:
    """For the operator's command."""
    return [{name: getattr(proof, name) for name in Proof.__slots__} for proof in verify()]


control.operator("volumes.verify", _operated)
