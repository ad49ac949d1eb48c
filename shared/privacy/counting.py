"""Whoever is shown more than 200 rows about visitors within an hour is told of to the privacy officer (4.5).

A row counts once an hour for whoever sees it: this process remembers which, the database how many, so that neither a
restart nor a second process begins anew. Lines of the journal that are older than today count by the visit they name,
a caller whom the pad knows by their last call or visit. The live board, the roll call and today's lines count nothing.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, text
from sqlalchemy.exc import SQLAlchemyError

from shared import journal
from shared.journal import JournalRow
from shared.lib import clock, db
from shared.lib.actor import actor
from shared.lib.errors import Refused
from shared.privacy import officers
from shared.privacy.model import RowsShown

log = logging.getLogger("foyer.privacy")
MOST = 200
HOUR = timedelta(hours=1)
STRETCH = 300  # seconds
COUNTED = ("account", "token")
MANY = "privacy.many_shown"
_ADD = text(
    "INSERT INTO rows_shown (who, stretch, entries) VALUES (:who, :stretch, :entries) "
    "ON CONFLICT (who, stretch) DO UPDATE SET entries = rows_shown.entries + excluded.entries"
)
_seen: dict[str, dict[str, datetime]] = defaultdict(dict)
_turn = threading.Lock()


def shown(rows: Iterable[object]) -> None:
    """Whoever asks is about to see these rows, named by what tells them apart."""
    who, ids = actor(), {str(row) for row in rows}
    if who.kind in COUNTED and ids:
        new = _not_seen(who.ref, ids)
        if new:
            _counted(who.ref, new)


def forget() -> None:
    """Another database is opened."""
    with _turn:
        _seen.clear()


db.when_closed(forget)


def _counted(who: str, new: set[str]) -> None:
    """A desk that can write nothing just now shows its pages all the same; they count the next time."""
    try:
        _count(who, len(new))
    except (Refused, SQLAlchemyError) as trouble:
        with _turn:
            for one in new:
                _seen[who].pop(one, None)
        log.warning("%d rows that were shown are counted the next time: %s", len(new), type(trouble).__name__)


def _not_seen(who: str, ids: set[str]) -> set[str]:
    now = clock.now()
    with _turn:
        known = {one: at for one, at in _seen[who].items() if now - at < HOUR}
        new = ids - known.keys()
        _seen[who] = known | dict.fromkeys(new, now)
    return new


@db.act
def _count(who: str, new: int) -> None:
    connection, at = db.connection(), db.act_time()
    stretch = int(at.timestamp()) // STRETCH
    connection.execute(delete(RowsShown).where(RowsShown.stretch <= stretch - int(HOUR.total_seconds()) // STRETCH))
    connection.execute(_ADD, {"who": who, "stretch": stretch, "entries": new})
    count = connection.scalar(select(func.sum(RowsShown.entries)).where(RowsShown.who == who)) or 0
    if count > MOST and not _told_lately(who, at):
        journal.record(MANY, who, rows=int(count))
        officers.tell()


def _told_lately(who: str, at: datetime) -> bool:
    last: Any = select(JournalRow.seq).where(
        JournalRow.subject == who, JournalRow.action == MANY, JournalRow.at > at - HOUR
    )
    return db.connection().scalar(last.limit(1)) is not None
