"""What the clocks cost: two that start with a check-in, two hundred that run, and the list that shows them."""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNNING, STARTS = 200, 500


def measure(seconds: float) -> dict[str, float]:
    """In a process of its own, with a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DESK_")}
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.clocks", str(seconds)],
            cwd=ROOT, env=environment | {"DESK_DATA": folder}, capture_output=True, text=True, check=True,
        )  # fmt: skip
        found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
        return found


def main(seconds: float) -> dict[str, float]:
    from shared import deadlines
    from shared.lib import clock, db
    from shared.lib.config import settings
    from shared.migrations import models

    models.load()
    db.migrate(settings().database)
    db.start(settings().database)

    def start_both(number: int) -> None:
        deadlines.start("T01", f"visit:{number}")
        deadlines.start("T02", f"visit:{number}")

    def start_many() -> None:
        for number in range(STARTS):
            start_both(number)

    start_both(-1)
    before = time.process_time()
    db.write(start_many)
    each = (time.process_time() - before) / STARTS
    for number in range(-1, STARTS):
        deadlines.drop_all(f"visit:{number}", "measured")
    for number in range(RUNNING):
        begun = clock.now() - timedelta(seconds=number * 900 / RUNNING)
        deadlines.start("T04", f"room:{number}", at=begun)
    works = deadlines.Clockwork()
    works.work()
    before = time.process_time()
    for _ in range(20):
        assert len(deadlines.open_now()) == RUNNING
    listed = (time.process_time() - before) / 20
    works.start()
    before = time.process_time()
    time.sleep(seconds)
    share = (time.process_time() - before) / seconds
    works.stop()
    db.stop()
    return {"start of both, ms": each * 1000, "list of 200, ms": listed * 1000, "200 running, % of a core": share * 100}


if __name__ == "__main__":
    print(json.dumps(main(float(sys.argv[1]))))
