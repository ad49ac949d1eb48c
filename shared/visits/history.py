"""Visits from before this register: written as they were, numbered in order; nobody is alerted, no badge printed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from shared import register
from shared.journal import JournalRow
from shared.lib import db, text
from shared.lib.i18n import today
from shared.visits.check_in import next_reg_no
from shared.visits.model import Visit
from shared.visits.register import REGISTER

_INSERT = insert(Visit).returning(Visit.id, Visit.token)


@db.act
def insert_many(rows: Sequence[Mapping[str, Any]]) -> list[tuple[int, str]]:
    """Keeps past visits in order of arrival, at most 150 at once; all rows have the same columns.

    Those who came get the next number of their year, and a journal row for arriving and one for leaving. Gives the id
    and token of each, in the order of the rows.
    """
    numbered = [{**row, "token": text.token(12), "reg_no": _number(row["arrived_at"])} for row in rows]
    if not numbered:
        return []
    ids = {token: key for key, token in db.connection().execute(_INSERT, numbered)}
    came = Counter(today(row["arrived_at"]) for row in rows if row["arrived_at"] is not None)
    for day, visits in came.items():
        register.count(REGISTER, day, visits)
    events = sorted(_events(numbered, ids), key=lambda event: event["at"])
    if events:
        db.connection().execute(insert(JournalRow), [{**event, "seq": db.next_number("journal")} for event in events])
    return [(ids[row["token"]], row["token"]) for row in numbered]


def _number(arrived: datetime | None) -> str | None:
    return next_reg_no(arrived) if arrived is not None else None


def _events(rows: Iterable[Mapping[str, Any]], ids: Mapping[str, int]) -> Iterable[dict[str, Any]]:
    for row in rows:
        about = {"subject": f"visit:{row['token']}", "person_id": row["host_id"]}
        data = {"visit": ids[row["token"]]}
        desk = f"device:{row['device_id']}" if row["device_id"] else f"account:{row['receptionist_id']}"
        if row["arrived_at"] is not None:
            came = {**data, "source": row["source"], "invited": row["expected_at"] is not None}
            yield {**about, "at": row["arrived_at"], "actor": desk, "action": "visits.checked_in", "data": came}
        if row["left_at"] is not None:
            who = "system" if row["left_how"] == "auto" else desk
            yield {**about, "at": row["left_at"], "actor": who, "action": "visits.departed", "data": data}
