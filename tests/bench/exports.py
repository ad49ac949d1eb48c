"""A long list: what it costs beside XlsxWriter alone with the same cells, what it holds, and what arrivals feel.

Cost is time of a processor: the list gives way to everybody, so by the clock a busy machine takes longer.
"""

import asyncio
import contextlib
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
from itertools import chain
from pathlib import Path
from typing import Any

from tests.bench import register, servers
from tests.bench.load import phase

ROWS = {"quick": 10_000, "whole": 50_000}
TURNS = {"quick": 1, "whole": 3}
SECONDS, RATE = 6.0, 10
APART = 20  # seconds from visit to visit
FEW = 10  # one row in so many is of the smaller list


def measure(size: str) -> dict[str, float]:
    """The figures of one fresh desk with so many visits."""
    with servers.started("foyer") as server:
        fill(server.database, ROWS[size])
        officer = _Officer(server)
        small = officer.takes(purpose="tour")
        found = [_beside(officer) for _ in range(TURNS[size])]
        idle, busy = zip(*[(_arrivals(server), _arrivals(server, officer)) for _ in range(TURNS[size])], strict=True)
    mine, bare, took, held = (statistics.median(values) for values in zip(*found, strict=True))
    calm, during = statistics.median(idle), statistics.median(busy)
    return {
        "rows": float(ROWS[size]),
        "XLSX, times XlsxWriter alone": mine / bare,
        "ten times the rows, MB more": held - small.held,
        "check-in p95 meanwhile, times idle": during / calm,
        "XLSX, CPU s": mine,
        "XlsxWriter alone, CPU s": bare,
        "XLSX, s until it is there": took,
        "process, MB": held,
        "check-in p95 idle, ms": calm * 1000,
        "check-in p95 meanwhile, ms": during * 1000,
    }


class _Taken:
    """A list that was taken: how long that took, what its process spent and held at most, and the file."""

    def __init__(self, seconds: float, spent: float, held: float, content: bytes) -> None:
        self.seconds, self.spent, self.held, self.content = seconds, spent, held, content


class _Officer:
    """Somebody who may take lists along, by a token."""

    def __init__(self, server: servers.Server) -> None:
        self.server = server
        environment = {**os.environ, "DESK_DATA": str(server.database.parent), "DESK_PORT": str(server.side.port)}
        command = [sys.executable, "-m", "cli", "token", "create", "lists", "--scope", "admin"]
        told = subprocess.run(command, cwd=servers.ROOT, env=environment, check=True, capture_output=True, text=True)
        self.bearer = told.stdout.split()[-1]

    def asks(self, path: str, **sent: str) -> bytes:
        headers = {"Authorization": f"Bearer {self.bearer}", "Accept": "application/json", "X-Fragment": "1"}
        body = json.dumps(sent).encode() if sent else None
        if body:
            headers["Content-Type"] = "application/json"
        asked = urllib.request.Request(f"http://127.0.0.1:{self.server.side.port}{path}", body, headers)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            content: bytes = answer.read()
        return content

    def takes(self, apart: float = 0.05, **part: str) -> _Taken:
        began, spent, held = time.monotonic(), 0.0, 0.0
        where = str(json.loads(self.asks("/console/visits/export", form="xlsx", reason="bench", **part))["go"])
        while b"data-running" in self.asks(where):
            spent, held = map(max, (spent, held), _process(self.server))
            time.sleep(apart)
        return _Taken(time.monotonic() - began, spent, held, self.asks(f"{where}/list"))

    @contextlib.contextmanager
    def taking(self) -> Iterator[None]:
        """Lists are made one after the other meanwhile."""
        over = threading.Event()

        def again() -> None:
            while not over.is_set():
                self.takes(apart=0.5)  # as the page looks

        thread = threading.Thread(target=again)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()


def _beside(officer: _Officer) -> tuple[float, float, float, float]:
    """Seconds of CPU of the desk and of XlsxWriter alone, the desk's seconds, and the megabytes its process held."""
    mine = officer.takes()
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(mine.content)
        file.flush()
        command = [sys.executable, "-m", "tests.bench.exports", file.name]
        told = subprocess.run(command, cwd=servers.ROOT, check=True, capture_output=True, text=True)
    return mine.spent, float(told.stdout), mine.seconds, mine.held


def _arrivals(server: servers.Server, officer: _Officer | None = None) -> float:
    """p95 of a check-in, in seconds."""
    with officer.taking() if officer else contextlib.nullcontext():
        found = asyncio.run(phase(server.side, rate=RATE, seconds=SECONDS, writers=8, consoles=0, hosts=0))
    assert not found.errors
    return sorted(found.answers)[round(0.95 * (len(found.answers) - 1))]


def _process(server: servers.Server) -> tuple[float, float]:
    """Seconds of CPU and megabytes at most of the process of a list so far; 0 when there is none."""
    threads = chain.from_iterable(Path(f"/proc/{one}/task").glob("*/children") for one in server.family())
    for pid in chain.from_iterable(thread.read_text().split() for thread in threads):
        with contextlib.suppress(OSError):
            if b"console.taking" in Path(f"/proc/{pid}/cmdline").read_bytes():
                lines = Path(f"/proc/{pid}/status").read_text().splitlines()
                held = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                return (int(fields[11]) + int(fields[12])) / servers.TICK, held
    return 0.0, 0.0


def fill(path: Path, rows: int) -> None:
    """So many visits, filed already, one in ten a tour; none so old that the desk would forget it meanwhile."""
    began, apart = int(time.time() - APART * (rows + 1)) * 1_000_000, APART * 1_000_000
    made = [
        (n, f"t{n}", f"OLD-{n}", f"陈{n}号", f"深蓝{n % 700}", began + n * apart, "tour" if n % FEW == 0 else "sales")
        for n in range(1, rows + 1)
    ]
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as base:
        base.executemany(register.INSERT, made)
        keep = "INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        base.executemany(keep, [("filed:visit:id", rows), ("filed:visit:seq", 0)])
        base.commit()


def alone(path: str) -> float:
    """Seconds of CPU that XlsxWriter needs for these cells, row by row, with the desk's own options."""
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    cells: list[list[Any]] = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    began = time.process_time()
    with xlsxwriter.Workbook(f"{path}.alone", options) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(cells):
            sheet.write_row(number, 0, row)
    took = time.process_time() - began
    Path(f"{path}.alone").unlink()
    return took


if __name__ == "__main__":
    print(alone(sys.argv[1]))
