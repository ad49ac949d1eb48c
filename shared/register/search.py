"""Finding rows by whatever is typed, newest first, without reading the register from end to end."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby, islice
from typing import Any

from sqlalchemy import BigInteger, bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from shared.lib import db
from shared.register.definition import Register
from shared.register.grams import Wanted, number
from shared.register.indexing import unfiled
from shared.register.model import Gram

BATCH = 200
MOST = 5000  # rows that are looked at for one page; whoever asks for more goes on from there
PROBE = 500
LAST = 1 << 62
Found = tuple[int, bool]  # a row, and whether it is known to fit


def find(
    register: Register,
    typed: str,
    *,
    where: Iterable[Any] = (),
    given: Mapping[str, Any] | None = None,
    also: Iterable[Any] = (),
    before: int | None = None,
    limit: int = 50,
) -> tuple[list[int], int | None]:
    """The newest rows that hold what is typed, or for which one of `also` is true (with an index, or often so), and for
    which all of `where` are, with the values `given`; the second value is where the next page begins.
    """
    wanted, start = Wanted(typed), LAST if before is None else before
    conditions, found, last = (tuple(where), dict(given or {})), list[int](), start
    with db.reading() as session:
        streams = [_filed(session, register, reading, start) for reading in wanted.readings()]
        streams += [_known(session, register, condition, start) for condition in also]
        streams.append((row_id, False) for row_id in unfiled(register, session) if row_id < start)
        candidates = islice(_each_once(merge(*streams, key=lambda one: -one[0])), MOST)
        for batch in _batches(candidates):
            found += _fitting(session, register, wanted, batch, conditions)
            last = batch[-1][0]
            if len(found) > limit:
                return found[:limit], found[limit - 1]
            if len(batch) < BATCH:
                return found, None
    return found, last


def _filed(session: Session, register: Register, reading: list[str], start: int) -> Iterator[Found]:
    """The rows that are kept under every piece, newest first."""
    grams = _rarest_first(session, [number(register.key, piece) for piece in reading])
    first, *others = (aliased(Gram, name=f"g{place}") for place in range(len(grams)))
    query = select(first.row_id).where(first.gram == grams[0], first.row_id < bindparam("before", type_=BigInteger))
    for gram, other in zip(grams[1:], others, strict=True):
        query = query.where(exists().where(other.gram == gram, other.row_id == first.row_id))
    query = query.order_by(first.row_id.desc()).limit(BATCH)
    yield from _pages(lambda before: session.scalars(query, {"before": before}).all(), start, sure=False)


def _known(session: Session, register: Register, condition: Any, start: int) -> Iterator[Found]:
    row_id = register.model.id
    query = select(row_id).where(condition, row_id < bindparam("before", type_=BigInteger)).order_by(row_id.desc())
    yield from _pages(lambda before: session.scalars(query.limit(BATCH), {"before": before}).all(), start, sure=True)


def _pages(page: Callable[[int], Any], before: int, *, sure: bool) -> Iterator[Found]:
    while rows := page(before):
        yield from ((row_id, sure) for row_id in rows)
        if len(rows) < BATCH:
            return
        before = rows[-1]


def _rarest_first(session: Session, grams: list[int]) -> list[int]:
    if len(grams) == 1:
        return grams

    def rows(gram: int) -> int:
        some = select(Gram.row_id).where(Gram.gram == gram).limit(PROBE).subquery()
        return session.scalar(select(func.count()).select_from(some)) or 0

    return sorted(set(grams), key=rows)


def _each_once(found: Iterable[Found]) -> Iterator[Found]:
    for row_id, several in groupby(found, key=lambda one: one[0]):
        yield row_id, any(sure for _row, sure in several)


def _batches(found: Iterator[Found]) -> Iterator[list[Found]]:
    while batch := list(islice(found, BATCH)):
        yield batch


def _fitting(
    session: Session, register: Register, wanted: Wanted, batch: list[Found], conditions: tuple[Any, Any]
) -> list[int]:
    """Those of a batch that hold what is typed and fit the other conditions, in their order."""
    row_id = register.model.id
    ids = [one for one, _sure in batch]
    where, given = conditions
    rows = {row.id: row for row in session.execute(register.rows(row_id.in_(ids), *where), given)}
    return [one for one, sure in batch if one in rows and (sure or wanted.fits(register.held_by(rows[one])))]
