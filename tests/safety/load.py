"""Four writers who register visitors one after another, and a ledger of what they were told."""

import contextlib
import http.client
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.serving import Desk

WRITERS = 4


@dataclass
class Ledger:
    """Name and register number of every visitor who was acknowledged."""

    kept: set[tuple[str, str]] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def so_far(self) -> set[tuple[str, str]]:
        with self.lock:
            return set(self.kept)


def _writes(port: int, token: str, ledger: Ledger, place: int, stopping: threading.Event, pause: float) -> None:
    number, connection = 0, None
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    while not stopping.wait(pause):
        number += 1
        name = f"访客{place}号{number}"
        body = json.dumps({"visitor_name": name, "purpose": "business", "host": "前台", "phone": "13800138000"})
        try:
            connection = connection or http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("POST", "/api/v1/visits", body, {**headers, "Idempotency-Key": f"{place}-{number}"})
            answer = connection.getresponse()
            told = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            connection = None
            continue
        if answer.status == 201:
            with ledger.lock:
                ledger.kept.add((name, told["reg_no"]))


@contextlib.contextmanager
def writers(server: Desk, token: str, pause: float = 0.0) -> Iterator[Ledger]:
    """Register visitors until the end, each writer with `pause` seconds between two."""
    ledger, stopping = Ledger(), threading.Event()
    threads = [
        threading.Thread(target=_writes, args=(server.port, token, ledger, place, stopping, pause), daemon=True)
        for place in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    try:
        yield ledger
    finally:
        stopping.set()
        for thread in threads:
            thread.join(20)
