"""The two servers: each started fresh, watched through /proc, ended by its process id."""

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.bench.load import Side
from tests.postgres import free_port

TICK = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 300


class Server:
    """A running server and what it costs."""

    def __init__(self, side: Side, pid: int, database: Path) -> None:
        self.side, self.pid, self.database = side, pid, database

    def family(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return [self.pid, *map(int, children)]

    def cpu(self) -> float:
        """Seconds of CPU of the server process."""
        spent = 0.0
        for pid in self.family():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            spent += (int(fields[11]) + int(fields[12])) / TICK
        return spent

    def memory(self) -> float:
        """Megabytes that belong to the worker alone."""
        worst = 0.0
        for pid in self.family():
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmRSS"):
                    worst = max(worst, int(line.split()[1]) / 1024)
        return worst

    def badges(self) -> int:
        """How many badges lie in the folder that stands for a printer."""
        return len(list((self.database.parent / "printed").glob("*.pdf")))

    def seqs(self, sent: dict[str, float]) -> dict[str, int]:
        """The journal's number of each check-in."""
        if not self.side.fetches:
            return {token: int(token) for token in sent}
        with contextlib.closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT subject, seq FROM journal WHERE action = 'visits.checked_in'")
            return {subject.partition(":")[2]: seq for subject, seq in rows}


@contextlib.contextmanager
def started(name: str, mail: str = "") -> Iterator[Server]:
    """A fresh server of one side, ended afterwards; with `mail` it sends e-mail there and prints into a folder."""
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder:
        port = free_port()
        side, command, environment = _floor(port, Path(folder)) if name == "floor" else _foyer(port, Path(folder), mail)
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            _wait(port, process)
            if side.fetches:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/notice", timeout=5) as answer:
                    side.notice = json.load(answer)["version"]
            yield Server(side, process.pid, Path(folder) / "desk.db")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


def _floor(port: int, folder: Path) -> tuple[Side, list[str], dict[str, str]]:
    command = [sys.executable, "-m", "tests.bench.floor", str(port), str(folder / "desk.db")]
    side = Side("floor", port, "/visits", [{}], [{}], [{}], fetches=False)
    return side, command, dict(os.environ)


def _foyer(port: int, folder: Path, mail: str) -> tuple[Side, list[str], dict[str, str]]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
    environment |= {"DESK_DATA": str(folder), "DESK_PORT": str(port), "DESK_PRINTER": "folder:" if mail else "none:"}
    environment |= {"DESK_SMTP_URL": mail} if mail else {}
    environment |= {"DESK_RATE_LIMITS": "relaxed", "DESK_LOG_LEVEL": "error"}
    prepare = [sys.executable, "-m", "tests.bench.prepare", str(PEOPLE)]
    made = json.loads(subprocess.run(prepare, cwd=ROOT, env=environment, check=True, capture_output=True).stdout)
    bearer = lambda token: {"Authorization": f"Bearer {token}"}  # noqa: E731
    side = Side(
        "foyer",
        port,
        "/api/v1/visits",
        [bearer(token) for token in made["kiosks"]],
        [bearer(token) for token in made["consoles"]],
        [bearer(token) for token in made["hosts"]],
        fetches=True,
        hosts=made["people"],
    )
    return side, [sys.executable, "-m", "cli", "run"], environment


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1)
            return
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        time.sleep(0.05)
    raise RuntimeError("the server did not start")
