"""`./desk` with a clock that a test moves: its process reads how far it is ahead from a file that the test writes.

The product has no such switch: this program sets the clock before it hands over to the command.
"""

import mmap
import os
import struct
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cli.__main__ import main
from shared.lib import clock

AHEAD = struct.Struct("d")
WHERE = "TEST_CLOCK"


@dataclass
class MovingClock:
    """How many seconds a desk's clock is ahead; only ever moved forward."""

    path: Path
    ahead: float = 0.0

    def __post_init__(self) -> None:
        self.path.write_bytes(AHEAD.pack(self.ahead))

    def moves(self, seconds: float) -> None:
        self.ahead += seconds
        with self.path.open("r+b") as file:
            file.write(AHEAD.pack(self.ahead))

    def reaches(self, moment: datetime) -> None:
        """It is `moment` at the desk now, or later."""
        self.moves(max(0.0, (moment - datetime.now(UTC)).total_seconds() - self.ahead))


def follow(path: Path) -> None:
    """Sets this process's clock, and that of its children, ahead of the machine's by what the file says."""
    with path.open("r+b") as file:
        shared = mmap.mmap(file.fileno(), AHEAD.size, access=mmap.ACCESS_READ)
    start, ticks = datetime.now(UTC), time.monotonic()
    ahead = lambda: AHEAD.unpack(shared[: AHEAD.size])[0]  # noqa: E731
    clock.set_clock(lambda: start + timedelta(seconds=time.monotonic() - ticks + ahead()))


if __name__ == "__main__":
    follow(Path(os.environ[WHERE]))
    sys.exit(main(sys.argv[1:]))
