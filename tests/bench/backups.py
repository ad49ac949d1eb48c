"""A back-up of a large register, and putting it back: seconds, beside copying the same file with bare sqlite3."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROWS = {"quick": 100_000, "whole": 1_000_000}


def measure(size: str) -> dict[str, float]:
    """The figures, taken in a process of their own with a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="foyer-bench-") as folder:
        command = [sys.executable, "-m", "tests.bench.backups", str(ROWS[size]), folder]
        environment = {**os.environ, "DESK_DATA": f"{folder}/data", "DESK_PORT": "1"}
        told = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    lines = (line.partition("=") for line in told.stdout.splitlines() if "=" in line)
    return {name: float(value) for name, _, value in lines}


def main(rows: int, folder: Path) -> None:
    """Fills a register, makes a sealed back-up of it and restores that over it."""
    from shared import backups
    from shared.lib import db
    from shared.lib.config import settings
    from tests.bench import register

    file, key = folder / "desk.backup", backups.Key("a long sentence of the operator's")
    database = settings().data / "desk.db"
    database.parent.mkdir(parents=True)
    settings().key("data_key")
    db.migrate(settings().database)
    register.fill(settings().database, database, rows)
    print(f"rows={rows}")
    began = time.perf_counter()
    with (
        contextlib.closing(sqlite3.connect(database)) as source,
        contextlib.closing(sqlite3.connect(folder / "bare")) as to,
    ):
        source.backup(to)
    print(f"bare copy, s={time.perf_counter() - began:.3f}")
    began = time.perf_counter()
    backups.make(file, key)
    print(f"back-up, s={time.perf_counter() - began:.3f}")
    print(f"back-up, MB={file.stat().st_size / 1e6:.1f}")
    began = time.perf_counter()
    backups.restore(file, key, over=True)
    print(f"restore, s={time.perf_counter() - began:.3f}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
