"""Finding rows by whatever is typed, newest first, without reading the register from end to end."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from heapq import merge
from itertools import groupby, islice
from typing import Any

from sqlalchemy import BigInteger, Connection, bindparam, exists, func, select

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
_G: Any = Gram.__table__
_gram = partial(bindparam, type_=BigInteger)
_some = select(_G.c.row_id).where(_G.c.gram == _gram("gram")).limit(PROBE).subquery()
_OFTEN = db.Prepared(select(func.count().label("rows")).select_from(_some))


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
    wanted, start, size = Wanted(typed), LAST if before is None else before, min(BATCH, limit + 2)
    conditions, found, last, seen = (tuple(where), dict(given or {})), list[int](), start, 0
    with db.looking() as on:
        streams = [_filed(on, register, reading, start, size + 2) for reading in wanted.readings()]
        streams += [_known(on, register, condition, start, size + 2) for condition in also]
        streams.append((row_id, False) for row_id in unfiled(register, on) if row_id < start)
        candidates = islice(_each_once(merge(*streams, key=lambda one: -one[0])), MOST)
        for batch in _batches(candidates, size):
            found += _fitting(on, register, wanted, batch, conditions)
            last, seen = batch[-1][0], seen + len(batch)
            if len(found) > limit:
                return found[:limit], found[limit - 1]
    return found, last if seen == MOST else None


def _filed(on: Connection, register: Register, reading: list[str], start: int, size: int) -> Iterator[Found]:
    """The rows that are kept under every piece, newest first."""
    grams = _rarest_first(on, [number(register.key, piece) for piece in reading])
    under, named = _under(len(grams)), {f"gram{place}": gram for place, gram in enumerate(grams)}

    def page(before: int) -> list[int]:
        return [row.row_id for row in under.all({**named, "before": before, "size": size}, on)]

    yield from _pages(page, start, size, sure=False)


@cache
def _under(pieces: int) -> db.Prepared:
    """Rows that are kept under so many pieces."""
    first, *others = (_G.alias(f"g{place}") for place in range(pieces))
    query = select(first.c.row_id).where(first.c.gram == _gram("gram0"), first.c.row_id < _gram("before"))
    for place, other in enumerate(others, 1):
        also = (other.c.gram == _gram(f"gram{place}"), other.c.row_id == first.c.row_id)
        query = query.where(exists().where(*also))
    return db.Prepared(query.order_by(first.c.row_id.desc()).limit(bindparam("size")))


def _known(on: Connection, register: Register, condition: Any, start: int, size: int) -> Iterator[Found]:
    row_id = register.model.id
    query = select(row_id).where(condition, row_id < _gram("before")).order_by(row_id.desc()).limit(size)
    yield from _pages(lambda before: on.scalars(query, {"before": before}).all(), start, size, sure=True)


def _pages(page: Callable[[int], Any], before: int, size: int, *, sure: bool) -> Iterator[Found]:
    while rows := page(before):
        yield from ((row_id, sure) for row_id in rows)
        if len(rows) < size:
            return
        before = rows[-1]


def _rarest_first(on: Connection, grams: list[int]) -> list[int]:
    if len(grams) == 1:
        return grams
    return sorted(set(grams), key=lambda gram: int(_OFTEN.first({"gram": gram}, on).rows))


def _each_once(found: Iterable[Found]) -> Iterator[Found]:
    for row_id, several in groupby(found, key=lambda one: one[0]):
        yield row_id, any(sure for _row, sure in several)


def _batches(found: Iterator[Found], size: int) -> Iterator[list[Found]]:
    """Few at first, for nearly all of them fit; then more and more."""
    while batch := list(islice(found, size)):
        yield batch
        size = min(BATCH, 2 * size)


def _fitting(
    on: Connection, register: Register, wanted: Wanted, batch: list[Found], conditions: tuple[Any, Any]
) -> list[int]:
    """Those of a batch that hold what is typed and fit the other conditions, in their order."""
    ids = [one for one, _sure in batch]
    if conditions[0]:
        where, given = conditions
        read = list(on.execute(register.rows(register.model.id.in_(ids), *where), given))
    else:
        read = [row for some in db.spread(ids) for row in _rows(register).all(some, on)]
    rows = {row.id: row for row in read}
    fits: dict[Any, bool] = {}  # by what a row says: many say the same
    for row in rows.values():
        if row[1:] not in fits:
            fits[row[1:]] = wanted.fits(register.held_by(row))
    return [one for one, sure in batch if one in rows and (sure or fits[rows[one][1:]])]


@cache
def _rows(register: Register) -> db.Prepared:
    return db.Prepared(register.rows(db.among(register.model.__table__.c.id)))
