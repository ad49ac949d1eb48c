"""The phone register with half a million calls, and a call list of a hundred thousand rows, beside the bare file.

Two looks at the pad, by number and by name, beside the indexed query in bare sqlite3 and an empty request of the same
desk. A list that comes in beside its floor, which does the same durable work barely: csv reads the file, every row
gets its moment, its fingerprint, the key of its number and the number sealed, and one executemany brings all of them
into the same table with the same indexes, committed as the desk commits. The floor looks for no mistakes, asks for
nothing that is known already, and tells nobody.
"""

import asyncio
import contextlib
import csv
import io
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.bench import servers
from tests.bench.load import phase

SIZES = {"small": (2_000, 1_500), "quick": (50_000, 20_000), "whole": (500_000, 100_000)}  # calls, rows of a list
TURNS = {"small": 1, "quick": 1, "whole": 3}
SECONDS, RATE = {"small": 1.0, "quick": 6.0, "whole": 15.0}, 10
ZONE = "Asia/Shanghai"
SHANGHAI = ZoneInfo(ZONE)
APART = 80  # seconds from call to call in a list
NUMBERS = 20_000  # that call, most of them now and then
COUNTED = ("phone_record", "phone_call", "deadline WHERE key = 'T08'", "journal WHERE action LIKE 'phone.%'")
INSERT = """INSERT INTO phone_record (import_id, fingerprint, at, number, number_key, answered, direction, ring_seconds,
  talk_seconds, call_id, pending) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 0)"""


def measure(size: str) -> dict[str, float]:
    """The figures of a register of that size, and of fresh desks into which lists come."""
    calls, rows = SIZES[size]
    looked = _apart("tests.bench.looks", str(calls))
    told = {"calls": float(calls), "rows of a list": float(rows)}
    for look in ("by number", "by name"):
        bare, empty = looked[f"{look}, bare"], looked["empty request, desk"]
        told[f"{look}, of twice bare and an empty request"] = looked[f"{look}, desk"] / (2 * (bare + empty))
    return told | _lists(size, rows) | {f"{name}, ms": value for name, value in looked.items()}


def _lists(size: str, rows: int) -> dict[str, float]:
    """What a list takes beside its floor, what comes of the same list once more, and what arrivals feel meanwhile."""
    ours, floor, twice, idle, busy, changed = [], [], [], [], [], 0
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder, servers.started("foyer") as server:
        desk = _Desk(server)
        for turn in range(TURNS[size]):
            data = listed(rows, f"t{turn}")
            (Path(folder) / "list.csv").write_bytes(data)
            floor.append(_apart("tests.bench.calls", folder)["floor"])
            ours.append(desk.takes(data))
            before = desk.holds()
            twice.append(desk.takes(data))
            changed += before != desk.holds()
            idle.append(_arrivals(server, SECONDS[size]))
            with desk.taking(rows, f"m{turn}"):
                busy.append(_arrivals(server, SECONDS[size]))
    took, bare, calm = (statistics.median(values) for values in (ours, floor, idle))
    return {
        "list, times its floor": took / bare,
        "check-in p95 meanwhile, times idle": statistics.median(busy) / calm,
        "the same list changed something": float(changed),
        "list, s": took,
        "floor, s": bare,
        "the same list once more, s": statistics.median(twice),
        "check-in p95 idle, ms": calm * 1000,
        "check-in p95 meanwhile, ms": statistics.median(busy) * 1000,
    }


def listed(rows: int, mark: str, now: datetime | None = None) -> bytes:
    """A Master.csv up to a quarter of an hour ago, its cells short enough for one upload; every fourth call missed."""
    last, lines = (now or datetime.now(UTC)).astimezone(SHANGHAI) - timedelta(minutes=15), []
    for n in range(rows):
        at, number, missed = last - timedelta(seconds=n * APART), 15400000000 + n * 7919 % NUMBERS, n % 4 == 0
        cells = f"{20 + n % 3},,NO ANSWER" if missed else f"{40 + n % 7},31,ANSWERED"
        lasted, talked, became = cells.split(",")
        moment = f'"{at:%Y-%m-%d %H:%M:%S}"'
        lines.append(
            f'"","{number}","600","in","","SIP/t-{n % 100}","","Dial","",{moment},"",{moment},'
            f'{lasted},{talked or 0},"{became}","DOCUMENTATION","{mark}.{n}",""'
        )
    return "\n".join([*lines, ""]).encode()


class _Desk:
    """A desk into which lists come, as reception brings them."""

    def __init__(self, server: servers.Server) -> None:
        self.server = server

    def takes(self, data: bytes) -> float:
        """Seconds until all of the list is taken."""
        mark = "foyer-bench-list"
        fields = {"profile": "asterisk", "zone": ZONE, "apply": "1"}
        parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
                 for name, value in fields.items()]  # fmt: skip
        head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="Master.csv"\r\n\r\n'.encode()
        body = b"".join([*parts, head, data, f"\r\n--{mark}--\r\n".encode()])
        headers = {"Content-Type": f"multipart/form-data; boundary={mark}", "X-Fragment": "1", "Accept": "text/html"}
        address = f"http://127.0.0.1:{self.server.side.port}/console/phone/import"
        asked = urllib.request.Request(address, body, headers | self.server.side.console_headers[0])
        began = time.perf_counter()
        with urllib.request.urlopen(asked, timeout=600) as answer:
            assert b"data-applied" in answer.read()
        return time.perf_counter() - began

    def holds(self) -> list[int]:
        """How many rows there are of everything that a list may change."""
        with contextlib.closing(sqlite3.connect(f"file:{self.server.database}?mode=ro", uri=True)) as base:
            return [base.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED]

    @contextlib.contextmanager
    def taking(self, rows: int, mark: str) -> Iterator[None]:
        """Lists come in one after the other meanwhile, each with calls of its own."""
        over, first = threading.Event(), listed(rows, f"{mark}-0")

        def again() -> None:
            data, turn = first, 0
            while not over.is_set():
                self.takes(data)
                turn += 1
                data = data.replace(f"{mark}-{turn - 1}.".encode(), f"{mark}-{turn}.".encode())

        thread = threading.Thread(target=again)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _arrivals(server: servers.Server, seconds: float) -> float:
    """p95 of a check-in, in seconds."""
    found = asyncio.run(phase(server.side, rate=RATE, seconds=seconds, writers=8, consoles=0, hosts=0))
    assert not found.errors
    return sorted(found.answers)[round(0.95 * (len(found.answers) - 1))]


def _apart(module: str, word: str) -> dict[str, float]:
    """What a process with a data folder of its own tells."""
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
        command, own = [sys.executable, "-m", module, word], {"DESK_DATA": folder, "DESK_PORT": "1"}
        told = subprocess.run(command, cwd=servers.ROOT, env=environment | own, check=True, capture_output=True)
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def floor(file: Path) -> float:
    """Seconds of the bare work, from the file to its last row on the disk."""
    from shared.lib.config import settings
    from shared.phone.model import key_of
    from tests.conftest import make_tables

    path = settings().data / "desk.db"
    make_tables(f"sqlite:///{path}")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=FULL")
        base.execute("INSERT INTO phone_import VALUES (1, 'bench', 'done', 'bench', 0, 0)")
        key_of("warm")
        began = time.perf_counter()
        rows = csv.reader(io.StringIO(file.read_text("utf-8"), newline=""))
        made = list(map(_bare, rows))
        base.execute("BEGIN IMMEDIATE")
        base.executemany(INSERT, made)
        base.execute("COMMIT")
        return time.perf_counter() - began


def _bare(row: list[str]) -> tuple[object, ...]:
    from shared.lib import text
    from shared.phone.model import key_of

    at = datetime.fromisoformat(row[9]).replace(tzinfo=SHANGHAI).astimezone(UTC)
    number, lasted, talked = f"+86{row[1]}", float(row[12]), float(row[13])
    return (1, text.keyed_hash("cdr", row[16]), int(at.timestamp() * 1_000_000), text.seal(number), key_of(number),
            row[14] == "ANSWERED", "in", lasted - talked, talked)  # fmt: skip


if __name__ == "__main__":
    print(json.dumps({"floor": floor(Path(sys.argv[1]) / "list.csv")}))
