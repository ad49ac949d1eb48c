"""What accounts leave behind is cleared away: sessions that are over, links and codes that are too old."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, or_, select

from shared.accounts.models import LinkRow, PairingRow, SessionRow
from shared.lib import clock, db

SESSIONS_KEPT = timedelta(days=30)
LINKS_KEPT = timedelta(days=7)


@db.act
def tidy() -> int:
    """Deletes sessions that ended 30 days ago, links and pairings that ran out; says how many rows."""
    gone: Any = [db.connection().execute(delete(table).where(over)) for table, over in _over(db.act_time())]
    return sum(int(one.rowcount) for one in gone)


def untidy() -> int:
    """How many rows `tidy` would delete now."""
    with db.reading() as session:
        counts = [select(func.count()).select_from(table).where(over) for table, over in _over(clock.now())]
        return sum(session.scalar(query) or 0 for query in counts)


def _over(at: datetime) -> list[tuple[Any, Any]]:
    ended = at - SESSIONS_KEPT
    return [
        (SessionRow, or_(SessionRow.ended_at < ended, SessionRow.expires_at < ended)),
        (LinkRow, LinkRow.expires_at < at - LINKS_KEPT),
        (PairingRow, PairingRow.expires_at < at),
    ]
