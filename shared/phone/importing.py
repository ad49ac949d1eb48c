"""The call list of an exchange comes in: read elsewhere, written in chunks that no question shows, then seen at once.

What the register has to be told of it (missed calls, how fast a call was answered) stands in the records as `pending`
and is settled a few at a time, so that nobody at the desk waits, and nothing is lost when the desk stops meanwhile.
"""

import contextlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import LargeBinary, bindparam, delete, insert, select, update

from shared import calendar, journal
from shared.lib import clock, db, i18n, text
from shared.lib.actor import actor
from shared.lib.db import act_time
from shared.lib.errors import Conflict
from shared.lib.gently import gently, uncollected
from shared.lib.i18n import _, lazy
from shared.phone import cdr, matching, progress, settling
from shared.phone.cdr import Kept, Record, Wrong
from shared.phone.matching import Rung
from shared.phone.records import SEEN, PhoneImport, PhoneRecord

CHUNK = 250  # rows of an act while nobody waits
AT_ONCE = 25  # of which somebody who begins to wait waits for
ALONE = threading.Lock()  # of this process
ANOTHER = lazy("Another call list is coming in just now. Try again in a moment.")
ABANDONED = timedelta(minutes=1)  # after which nobody writes any more
_I: Any = PhoneImport.__table__.c
_R: Any = PhoneRecord.__table__.c
_given: dict[str, Any] = {column.name: bindparam(column.name) for column in _R if column.name != "id"}
_given["number"] = bindparam("number", type_=LargeBinary)  # sealed already
_KEEP = db.Prepared(insert(PhoneRecord).values(_given).inline())
_SOME = db.Prepared(select(_R.fingerprint).where(db.among(_R.fingerprint), SEEN))


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, or would have done. `rows` are lines; of the calls in them, `missed` and `answered` came in;
    `twice` are lines that say the same once more, `known` came before, `to_call` are to be called back.
    """

    rows: int
    missed: int
    answered: int
    others: int
    twice: int
    known: int
    to_call: int
    wrong: tuple[Wrong, ...]
    errors: int
    applied: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """The records that are new, and how many of the file were known."""

    new: Sequence[dict[str, Any]]
    known: int
    to_call: int


def import_calls(data: bytes, asked: cdr.Asked, *, rehearse: bool = False) -> Report:
    """Takes the calls of a file; nothing when a line of it is wrong, or when it is a rehearsal.

    Raises Invalid when it is no list of calls, Conflict while another one comes in: there is room for one long one.
    """
    if len(data) <= cdr.APART:
        return _import(data, asked, rehearse)
    if not ALONE.acquire(blocking=False):
        raise Conflict(_(ANOTHER))
    try:
        with uncollected():
            return _import(data, asked, rehearse)
    finally:
        ALONE.release()


def _import(data: bytes, asked: cdr.Asked, rehearse: bool) -> Report:
    reading = cdr.read(data, asked, now=clock.now())
    if reading.errors or rehearse:
        return _report(reading, plan(reading.records))
    done = take(reading.records, reading.numbers)
    return _report(reading, done, applied=True)


def take(records: Mapping[str, Record], numbers: Mapping[str, Kept] | None = None) -> Plan:
    """Writes the calls that are new, by fingerprint, and tells the register. `numbers` are those sealed already."""
    known, import_id = dict(numbers or {}), begin()
    with progress.following():
        try:
            while sweep():
                pass
            made, written = plan(records, known), 0
            while written < len(made.new):
                written += keep(import_id, [sealed(row, known) for row in made.new[written : written + CHUNK]])
                progress.reached(written, len(made.new))
            finish(import_id, len(made.new), made.to_call)
        except BaseException:
            with contextlib.suppress(Exception):
                drop(import_id)
            raise
        settling.settle_all()
    return made


def plan(records: Mapping[str, Record], numbers: dict[str, Kept] | None = None) -> Plan:
    """What of these calls is new, which row of the register each belongs to, and what the register is to be told.

    `numbers` gets those that it does not hold yet.
    """
    known = _known(list(records))
    new = {key: record for key, record in records.items() if key not in known}
    keys = _keys(new.values(), {} if numbers is None else numbers)
    rung = {key: Rung(keys[one.number], one.at, one.answered) for key, one in gently(new.items()) if _came(one)}
    calls = dict(zip(rung, matching.match(list(rung.values())), strict=True))
    since, last = _since(clock.now()), _answered_last(records)
    made, to_call = [], 0
    for key, one in gently(new.items()):
        call = calls.get(key)
        missed = key in calls and not one.answered and call is None and one.at >= since
        to_call += missed and not (one.number in last and last[one.number] >= one.at)
        made.append({
            "fingerprint": key, "at": one.at, "number": one.number, "number_key": keys[one.number],
            "answered": one.answered, "direction": one.direction, "ring_seconds": one.ring, "talk_seconds": one.talk,
            "call_id": call, "pending": missed or (one.answered and call is not None),
        })  # fmt: skip
    return Plan(made, len(known), to_call)


def _came(one: Record) -> bool:
    return one.direction == "in" and one.number is not None


def _keys(records: Iterable[Record], numbers: dict[str, Kept]) -> dict[str | None, str | None]:
    """What each number is compared by."""
    for number in {one.number for one in records if one.number} - numbers.keys():
        numbers[number] = cdr.kept(number)
    return {None: None, **{number: kept.key for number, kept in numbers.items()}}


def _answered_last(records: Mapping[str, Record]) -> dict[str, datetime]:
    """When each number was last answered in this file."""
    last: dict[str, datetime] = {}
    for one in gently(records.values()):
        if one.answered and one.number and _came(one):
            last[one.number] = max(one.at, last.get(one.number, one.at))
    return last


def _known(keys: Sequence[str]) -> set[str]:
    found: set[str] = set()
    with db.looking() as on:
        for some in db.spread(keys):
            found.update(row.fingerprint for row in _SOME.all(some, on))
    return found


def _since(now: datetime) -> datetime:
    """The beginning of the working day before today: whoever rang earlier is no longer called back."""
    days = (i18n.today(now) - timedelta(days=back) for back in range(1, 31))
    return i18n.day_bounds(next((day for day in days if calendar.is_workday(day)), i18n.today(now)))[0]


def sealed(row: dict[str, Any], numbers: Mapping[str, Kept] | None = None) -> dict[str, Any]:
    """Sealed before the act, which everybody waits for."""
    number = row["number"]
    return row | {"number": number and (numbers[number] if numbers else cdr.kept(number)).sealed}


@db.act
def begin() -> int:
    """An import of which nothing is seen; what others left behind is dropped. Conflict while one is being written."""
    writing = (PhoneImport.state == "writing", PhoneImport.written_at > act_time() - ABANDONED)
    if db.session().scalar(select(PhoneImport.id).where(*writing)) is not None:
        raise Conflict(_(ANOTHER))
    db.session().execute(update(PhoneImport).where(PhoneImport.state == "writing").values(state="dropped"))
    row = PhoneImport(token=text.token(12), by=actor().ref, begun_at=act_time(), written_at=act_time())
    db.session().add(row)
    db.session().flush()
    return row.id


@db.act
def sweep() -> int:
    """Some of what was dropped goes; how much, 0 when nothing is left."""
    dropped = select(_I.id).where(_I.state == "dropped")
    some = select(_R.id).where(_R.import_id.in_(dropped)).limit(CHUNK)
    gone = db.connection().execute(delete(PhoneRecord).where(_R.id.in_(some))).rowcount
    if not gone:
        db.connection().execute(delete(PhoneImport).where(_I.state == "dropped"))
    return int(gone)


@db.act
def keep(import_id: int, rows: Sequence[dict[str, Any]]) -> int:
    """Writes some of these records, that nobody sees yet, and all of them while nobody waits; how many it were."""
    _go_on(import_id, "writing")
    written = 0
    while written < len(rows) and not (written and db.awaited()):
        some = rows[written : written + AT_ONCE]
        write(import_id, some)
        written += len(some)
    return written


def write(import_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Records of an import, sealed already; within an act."""
    _KEEP.each({**row, "import_id": import_id} for row in rows)


@db.act
def finish(import_id: int, new: int, to_call: int) -> None:
    """From now on everything of this import is seen; of one that brought nothing, nothing stays."""
    if not new:
        return drop(import_id)
    _go_on(import_id, "done")
    token = db.connection().scalar(select(_I.token).where(_I.id == import_id))
    journal.record("phone.imported", f"phone_import:{token}", records=new, to_call=to_call)
    settling.settle(settling.PIECE)


@db.act
def drop(import_id: int) -> None:
    """Nothing of this import will be seen."""
    mine = (_I.id == import_id, _I.state == "writing")
    db.connection().execute(update(PhoneImport).where(*mine).values(state="dropped"))


def _go_on(import_id: int, state: str) -> None:
    mine = (_I.id == import_id, _I.state == "writing")
    values = {"state": state, "written_at": act_time()}
    if not db.connection().execute(update(PhoneImport).where(*mine).values(**values)).rowcount:
        raise Conflict(_(ANOTHER))


def _report(reading: cdr.Reading, made: Plan, *, applied: bool = False) -> Report:
    came = [one for one in reading.records.values() if one.direction == "in"]
    answered = sum(one.answered for one in came)
    return Report(
        reading.rows, len(came) - answered, answered, len(reading.records) - len(came), reading.twice, made.known,
        made.to_call, reading.wrong, reading.errors, applied,
    )  # fmt: skip
