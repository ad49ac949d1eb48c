"""Pages of rows in the order in which they began: a cursor says after which moment and which key one goes on."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true

CURSOR = r"^([0-9]{1,17}-[0-9]{1,9})?$"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def cursor(at: datetime, key: int) -> str:
    """Where a page ends."""
    return f"{(at - EPOCH) // timedelta(microseconds=1)}-{key}"


def follows(moment: Any, key: Any, after: str) -> ColumnElement[bool]:
    """What comes after the row with this cursor, the newest first; everything when there is none."""
    at, _dash, row = after.partition("-")
    if not (at.isdigit() and row.isdigit()):
        return true()
    then = EPOCH + timedelta(microseconds=int(at))
    return or_(moment < then, and_(moment == then, key < int(row)))
