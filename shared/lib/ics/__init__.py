"""Calendars in iCalendar form (RFC 5545), read in a fenced process: busy times come out, and nothing else."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BYTES = 1 << 20
SECONDS, MEGABYTES = 5.0, 400
AT_ONCE = 2
PASSED_ON = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")

_turns = threading.BoundedSemaphore(AT_ONCE)


class Unreadable(Exception):
    """No busy times could be told: `reason` is too_big, too_much, not_calendar, or busy when others are being read."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class Busy:
    """A time at which somebody is not free: in a meeting, or out."""

    start: datetime
    end: datetime
    kind: str


def busy_times(data: bytes, zone: str, start: datetime, end: datetime) -> list[Busy]:
    """The busy times between `start` and `end`, in order and without overlap; being out outweighs a meeting.

    `zone` is the site's, for times that name none. Takes at most five seconds, whatever somebody wrote.
    """
    if len(data) > BYTES:
        raise Unreadable("too_big")
    if not _turns.acquire(timeout=SECONDS):
        raise Unreadable("busy")
    try:
        return _understood(_told(data, zone, *(str(int(one.timestamp())) for one in (start, end))))
    finally:
        _turns.release()


def _told(data: bytes, zone: str, *bounds: str) -> bytes:
    """What a process of its own has to say about the calendar."""
    child = subprocess.Popen(
        [sys.executable, "-m", "shared.lib.ics.child", zone, *bounds, str(MEGABYTES)],
        cwd=ROOT,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        told, _nothing = child.communicate(data, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        raise Unreadable("too_much") from None
    return told


def _understood(told: bytes) -> list[Busy]:
    """What the process said; one that was ended by its limits says nothing."""
    try:
        answer = json.loads(told)
    except ValueError:
        raise Unreadable("too_much") from None
    if "unreadable" in answer:
        raise Unreadable(str(answer["unreadable"]))
    return [Busy(_moment(start), _moment(end), kind) for start, end, kind in answer["busy"]]


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
