"""Messages from before this register: written as they went, with their tries; nobody is told, no clock starts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from shared.journal import JournalRow
from shared.lib import db
from shared.relay.model import Relay, RelayAttempt, RelayHolder

_R: Any = Relay.__table__.c
_RELAY, _HOLDER = db.PreparedInsert(Relay, "id"), db.PreparedInsert(RelayHolder, "id")
_ATTEMPT, _EVENT = db.PreparedInsert(RelayAttempt, "id"), db.PreparedInsert(JournalRow)
_IDS = db.Prepared(select(_R.token, _R.id).where(_R.recorded_at >= bindparam("since", type_=_R.recorded_at.type)))


@db.act
def insert_many(rows: Sequence[Mapping[str, Any]]) -> None:
    """Keeps past messages that were confirmed, in order of time, at most 40 at once.

    A row says its token, what the columns say, and the tries in order (`attempts`, each with at, by, channel, result).
    """
    if not rows:
        return
    _RELAY.each([{name: value for name, value in row.items() if name in _R} for row in rows])
    ids = dict(_IDS.all({"since": rows[0]["recorded_at"]}))
    _HOLDER.each([_recipient(row, ids[row["token"]]) for row in rows])
    _ATTEMPT.each(
        [{**one, "n": n, "relay_id": ids[row["token"]]} for row in rows for n, one in enumerate(row["attempts"], 1)]
    )
    events = sorted((event for row in rows for event in _events(row)), key=lambda event: event["at"])
    _EVENT.each([{**event, "seq": db.next_number("journal")} for event in events])


def _recipient(row: Mapping[str, Any], key: int) -> dict[str, Any]:
    return {"relay_id": key, "person_id": row["to_id"], "role": "recipient", "since": row["recorded_at"]}


def _events(row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    about = {"subject": f"relay:{row['token']}", "person_id": row["to_id"], "actor": row["recorded_by"]}
    visit = {"visit": row.get("visit_id")}
    yield {**about, "at": row["recorded_at"], "action": "relay.recorded", "data": visit}
    for one in row["attempts"]:
        if one["result"] != "auto_sent":
            how = {"channel": one["channel"], "result": one["result"], "written": False}
            yield {**about, "at": one["at"], "actor": one["by"], "action": "relay.attempted", "data": {**visit, **how}}
    method = {**visit, "method": row["confirm_method"]}
    yield {**about, "at": row["confirmed_at"], "action": "relay.confirmed", "data": method}
    if row["replied_at"] is not None:
        yield {**about, "at": row["replied_at"], "action": "relay.replied", "data": visit}
