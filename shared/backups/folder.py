"""The folder of the second place: thirty-five days of back-ups by date, and the streams that follow the newest."""

import contextlib
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from shared.lib import clock

KEPT = timedelta(days=35)  # procedure 4.6 X1
ABANDONED = 24 * 3600.0  # seconds after which nobody writes a file any more
NEWEST = 2  # these stay whatever their age, and the streams that follow them


def name_of(moment: datetime, stream: str) -> str:
    """`foyer-20261126T180000.123Z-….backup`, in UTC so that they stand in order; at the end the stream that follows."""
    return f"foyer-{moment.astimezone(UTC):%Y%m%dT%H%M%S}.{moment.microsecond // 1000:03d}Z-{stream}.backup"


def backups(folder: Path) -> list[Path]:
    """The back-ups in `folder`, newest first."""
    return sorted(folder.glob("foyer-????????T??????.???Z-*.backup"), reverse=True)


def day_of(path: Path) -> date:
    """The day it was begun on, in UTC."""
    return date(int(path.name[6:10]), int(path.name[10:12]), int(path.name[12:14]))


def stream_of(path: Path) -> str:
    return path.stem.rpartition("-")[2]


def tidy(folder: Path, today: date, present: str = "") -> None:
    """Deletes what is older than thirty-five days and what a later one of the same day has replaced.

    Call it when a new one is there and proven. The newest two stay, with what follows them, and the
    `present` stream.
    """
    found = backups(folder)
    days = {day_of(path) for path in found[:NEWEST]}
    for path in found[NEWEST:]:
        if day_of(path) in days or today - day_of(path) > KEPT:
            path.unlink(missing_ok=True)
        days.add(day_of(path))
    followed = {f"changes-{stream_of(path)}" for path in found[:NEWEST]} | {f"changes-{present}"}
    for path in folder.glob("changes-*"):
        if path.name not in followed:
            shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob(".foyer-*.backup.*"):  # of a process that died while it wrote
        with contextlib.suppress(OSError):
            if clock.now().timestamp() - path.stat().st_mtime > ABANDONED:
                path.unlink()
