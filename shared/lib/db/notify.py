"""Hears PostgreSQL's NOTIFY, so that an arrival in one process wakes the others."""

import logging
import threading
import time
from collections.abc import Callable

import psycopg

log = logging.getLogger("foyer.db")


def listen(url: str, wake: Callable[[], None], stopping: threading.Event) -> threading.Thread:
    """Calls `wake` for every commit of any process on the database at `url`, until `stopping` is set."""

    def run() -> None:
        address = url.replace("postgresql+psycopg://", "postgresql://", 1)
        while not stopping.is_set():
            try:
                with psycopg.connect(address, autocommit=True) as connection:
                    connection.execute("LISTEN foyer_journal")
                    wake()
                    while not stopping.is_set():
                        for _notice in connection.notifies(timeout=1, stop_after=1):
                            wake()
            except psycopg.Error:
                log.warning("listening to the database was interrupted")
                time.sleep(1)

    thread = threading.Thread(target=run, name="database ear", daemon=True)
    thread.start()
    return thread
