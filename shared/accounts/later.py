"""What nobody waits for: when somebody was last seen, the e-mail with a link. One thread, in order."""

import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import update

from shared.accounts.models import ApiTokenRow, DeviceRow, SessionRow
from shared.lib import db

log = logging.getLogger("foyer.accounts")

_SEEN: dict[str, Any] = {
    "session": (SessionRow, "last_seen_at"),
    "device": (DeviceRow, "last_seen_at"),
    "token": (ApiTokenRow, "last_used_at"),
}


def later(work: Callable[[], None]) -> None:
    """Does `work` soon, in its own thread; a failure is logged and costs nobody anything."""
    _thread().submit(_quietly, work)


def seen(kind: str, row_id: int, at: datetime) -> None:
    """Keeps that a session, device or token was used, without making its request wait."""
    later(lambda: _keep_seen(kind, row_id, at))


def settle() -> None:
    """Waits until everything asked for so far is done; for tests and for shutting down."""
    _thread().submit(lambda: None).result()


@db.act
def _keep_seen(kind: str, row_id: int, at: datetime) -> None:
    table, column = _SEEN[kind]
    db.connection().execute(update(table).where(table.id == row_id).values({column: at}))


@cache
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="accounts")


def _quietly(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception as error:
        log.warning("left undone: %s", type(error).__name__)


os.register_at_fork(after_in_child=_thread.cache_clear)  # a thread does not live on in a forked worker
