"""One writer with group commit, many readers: `@act` is one durable transaction, `reading()` a look."""

from shared.lib.db.acts import act, act_time, connection, in_act, moved, next_number, on_commit, session, write
from shared.lib.db.changes import Changes, Piece
from shared.lib.db.engine import (
    after_batch,
    awaited,
    before_close,
    between,
    cut_log,
    follow_changes,
    looking,
    migrate,
    reading,
    ready,
    start,
    start_reading,
    stop,
    when_closed,
)
from shared.lib.db.prepared import Prepared, PreparedInsert, among, spread
from shared.lib.db.types import UTC, Base, JSONText, Sealed, Token

__all__ = [
    "UTC",
    "Base",
    "Changes",
    "JSONText",
    "Piece",
    "Prepared",
    "PreparedInsert",
    "Sealed",
    "Token",
    "act",
    "act_time",
    "after_batch",
    "among",
    "awaited",
    "before_close",
    "between",
    "connection",
    "cut_log",
    "follow_changes",
    "in_act",
    "looking",
    "migrate",
    "moved",
    "next_number",
    "on_commit",
    "reading",
    "ready",
    "session",
    "spread",
    "start",
    "start_reading",
    "stop",
    "when_closed",
    "write",
]
