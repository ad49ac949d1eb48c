"""Calls from before this register: written as they were, numbered in order; nobody is told, no clock starts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update

from shared import register
from shared.journal import JournalRow
from shared.lib import db
from shared.lib.i18n import today
from shared.phone.model import Call, CallBack, key_of
from shared.phone.register import REGISTER

_C: Any = Call.__table__.c
_CALL, _TRY, _EVENT = db.PreparedInsert(Call, "id"), db.PreparedInsert(CallBack, "id"), db.PreparedInsert(JournalRow)
_IDS = db.Prepared(select(_C.token, _C.id).where(_C.call_at >= bindparam("since", type_=_C.call_at.type)))
_ANSWERS = db.Prepared(update(Call).where(_C.id == bindparam("this")).values(back_of=bindparam("missed")))


@db.act
def insert_many(rows: Sequence[Mapping[str, Any]]) -> None:
    """Keeps past calls in order of time, at most 150 at once.

    A row says its token, what the columns say, who wrote it down (`by`), the tries to call back (`tries`, each with
    at, by and result), and by its token which missed call of these it answers (`answers`), or None.
    """
    if not rows:
        return
    numbered = [{**row, "reg_no": _number(row), "number_key": key_of(row["number"])} for row in rows]
    _insert(_CALL, [{name: value for name, value in row.items() if name in _C} for row in numbered])
    ids = dict(_IDS.all({"since": rows[0]["call_at"]}))
    answers = [{"this": ids[row["token"]], "missed": ids[row["answers"]]} for row in rows if row["answers"]]
    if answers:
        _ANSWERS.each(answers)
    _insert(_TRY, [{**one, "call_id": ids[row["token"]]} for row in rows for one in row["tries"]])
    for day, calls in Counter(today(row["call_at"]) for row in rows).items():
        register.count(REGISTER, day, calls)
    events = sorted((event for row in rows for event in _events(row, ids)), key=lambda event: event["at"])
    _insert(_EVENT, [{**event, "seq": db.next_number("journal")} for event in events])


def _insert(into: db.PreparedInsert, rows: list[dict[str, Any]]) -> None:
    if rows:
        into.each(rows)


def _number(row: Mapping[str, Any]) -> str:
    year = today(row["call_at"]).year
    return f"TEL-{year}-{db.next_number(f'phone:{year}'):05d}"


def _events(row: Mapping[str, Any], ids: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    data = {"phone": ids[row["token"]]}
    about = {"subject": f"phone:{row['token']}", "person_id": None, "data": data}
    missed = row["outcome"] == "missed"
    written = {**about, "person_id": row["wanted_id"]}
    action = "phone.missed" if missed else "phone.taken"
    yield {**written, "at": row["created_at"], "actor": row["by"], "action": action}
    for one in row["tries"]:
        tried = {**about, "data": {**data, "result": one["result"]}}
        yield {**tried, "at": one["at"], "actor": one["by"], "action": "phone.tried"}
    if row["state"] == "rang_again":
        yield {**about, "at": row["settled_at"], "actor": row["by"], "action": "phone.rang_again"}
