"""What accounts leave behind is cleared away: sessions that are over, links and codes that are too old."""

from datetime import timedelta

from sqlalchemy import delete, or_

from shared.accounts.models import LinkRow, PairingRow, SessionRow
from shared.lib import db

SESSIONS_KEPT = timedelta(days=30)
LINKS_KEPT = timedelta(days=7)


@db.act
def tidy() -> int:
    """Deletes sessions that ended 30 days ago, links and pairings that ran out; says how many rows."""
    at, connection = db.act_time(), db.connection()
    over = at - SESSIONS_KEPT
    gone = [
        delete(SessionRow).where(or_(SessionRow.ended_at < over, SessionRow.expires_at < over)),
        delete(LinkRow).where(LinkRow.expires_at < at - LINKS_KEPT),
        delete(PairingRow).where(PairingRow.expires_at < at),
    ]
    return sum(connection.execute(statement).rowcount for statement in gone)
