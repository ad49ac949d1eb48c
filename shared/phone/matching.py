"""Which call of the exchange is which row of the register: the same number within ten minutes, the nearest first."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from shared.lib import db
from shared.lib.gently import gently
from shared.phone.model import Call
from shared.phone.records import SEEN, PhoneRecord

NEAR = timedelta(minutes=10)
_C: Any = Call.__table__.c
_R: Any = PhoneRecord.__table__.c

_BY_EXCHANGE = db.Prepared(
    select(_R.number_key, _R.at).where(db.among(_R.number_key), _R.answered.is_(True), _R.direction == "in", SEEN)
)
_BY_REGISTER = db.Prepared(
    select(_C.number_key, _C.call_at).where(db.among(_C.number_key), _C.outcome != "missed", _C.direction == "in")
)


class Rung(NamedTuple):
    """A call of the exchange, as far as it is looked for in the register."""

    number_key: str | None
    at: datetime
    answered: bool


class Written(NamedTuple):
    """A row of the register that no call of the exchange has claimed yet."""

    id: int
    at: datetime
    answered: bool


def match(rung: Sequence[Rung]) -> list[int | None]:
    """For each of these calls the row of the register it belongs to; None when nobody has written it down."""
    if not rung:
        return []
    free = _free(min(one.at for one in rung) - NEAR, max(one.at for one in rung) + NEAR)
    pairs = sorted(
        (abs(row.at - one.at), place, row.id)
        for place, one in enumerate(gently(rung))
        for row in free.get(one.number_key or "", ())
        if row.answered is one.answered and abs(row.at - one.at) <= NEAR
    )
    found: list[int | None] = [None] * len(rung)
    taken: set[int] = set()
    for _apart, place, row_id in pairs:
        if found[place] is None and row_id not in taken:
            found[place] = row_id
            taken.add(row_id)
    return found


def _free(first: datetime, last: datetime) -> dict[str, list[Written]]:
    """The rows of these moments that came in with a number, and belong to no call of the exchange yet."""
    claimed = select(_R.call_id).where(_R.call_id.is_not(None), SEEN, _R.at >= first - NEAR, _R.at <= last + NEAR)
    query = select(_C.id, _C.call_at, _C.outcome, _C.number_key).where(
        _C.call_at >= first, _C.call_at <= last, _C.number_key.is_not(None), _C.direction == "in",
        _C.id.not_in(claimed),
    )  # fmt: skip
    rows: dict[str, list[Written]] = defaultdict(list)
    with db.looking() as on:
        for row in on.execute(query):
            rows[row.number_key].append(Written(row.id, row.call_at, row.outcome != "missed"))
    return rows


def answered_since(keys: Iterable[str]) -> dict[str, datetime]:
    """When somebody last answered each of these numbers, by the exchange or by the register."""
    last: dict[str, datetime] = {}
    for some in db.spread(set(keys)):
        for query in (_BY_EXCHANGE, _BY_REGISTER):
            for key, at in query.all(some):
                last[key] = max(at, last.get(key, at))
    return last
