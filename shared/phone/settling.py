"""The register is told what the exchange knows: who was not answered, and how fast the others were (B1.1, B1.5)."""

from typing import Any

from sqlalchemy import bindparam, select, text, update

from shared import volumes
from shared.lib import db
from shared.lib.db import act_time
from shared.phone import acts, matching
from shared.phone.model import Call
from shared.phone.records import SEEN, PhoneRecord

PIECE = 4  # a missed call is four rows in three tables, and whoever begins to wait waits for so many
MOST = 20  # of an act while nobody waits
_C: Any = Call.__table__.c
_R: Any = PhoneRecord.__table__.c
_NEXT = db.Prepared(
    select(_R.id, _R.at, _R.number, _R.number_key, _R.answered, _R.ring_seconds, _R.call_id)
    .where(text("pending"), SEEN)  # in the words of its index, or SQLite reads every record
    .order_by(_R.at, _R.id)
    .limit(PIECE)
)
_NUMBER = db.Prepared(select(_C.id).where(_C.token == bindparam("token_")))
_TOLD = db.Prepared(
    update(PhoneRecord).where(_R.id == bindparam("id_")).values(pending=False, call_id=bindparam("call_"))
)
_RANG = db.Prepared(
    update(Call)
    .where(_C.id == bindparam("id_"), _C.answer_seconds.is_(None))
    .values(answer_seconds=bindparam("seconds_"))
)


def settle_all() -> None:
    """Everything the register has still to be told, a little at a time; what a stop of the desk left behind as well."""
    while settle():
        pass


@db.act
def settle(most: int = MOST) -> int:
    """Some of what the register has still to be told; how much, 0 when nothing is left."""
    told = _piece()
    while 0 < told < most and not db.awaited() and (more := _piece()):
        told += more
    return told


def _piece() -> int:
    rows = _NEXT.all({})
    last = matching.answered_since(row.number_key for row in rows if not row.answered)
    for row in rows:
        call = row.call_id
        if row.answered:
            _answered(row)
        else:
            again = row.number_key in last and last[row.number_key] >= row.at
            call = _missed(row, again)
        _TOLD.run({"id_": row.id, "call_": call})
    return len(rows)


def _answered(row: Any) -> None:
    """How long it rang, where nobody has written it; a closed volume stays as it is."""
    if row.ring_seconds is None or volumes.of_row("phone", row.call_id) is not None:
        return
    _RANG.run({"id_": row.call_id, "seconds_": row.ring_seconds})


def _missed(row: Any, rang_again: bool) -> int:
    done = acts.miss(row.number, min(row.at, act_time()), source="import", rang_again=rang_again)
    return int(_NUMBER.first({"token_": done.token}).id)
