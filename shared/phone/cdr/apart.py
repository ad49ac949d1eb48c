"""A long list is read by a process of its own, which gives way, so that nobody at the desk waits for it."""

import io
import pickle
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from shared.lib import i18n
from shared.lib.errors import Invalid, Unavailable
from shared.lib.gently import PAUSE
from shared.lib.i18n import _
from shared.phone.cdr import reading
from shared.phone.cdr.reading import Asked, Reading

APART = 256 * 1024  # bytes; what is shorter is read before such a process has begun
LONGEST = 120.0  # seconds
ROOT = Path(__file__).resolve().parents[3]


def read(data: bytes, asked: Asked, *, now: datetime) -> Reading:
    """Every call of the file, as `reading.read` gives them."""
    if not APART < len(data) <= reading.BYTES:
        return reading.read(data, asked, now=now)
    told = pickle.dumps((i18n.language(), asked.model_dump(), now, data))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "shared.phone.cdr.child"],
            cwd=ROOT, input=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=LONGEST, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        raise Unavailable(_("The list could not be read just now. Try again in a moment.")) from None
    return _heard(io.BytesIO(done.stdout))


def _heard(said: io.BytesIO) -> Reading:
    """What the process found: a few calls at a time, so that others get their turn."""
    refused, rows, wrong, errors = pickle.load(said)
    if refused is not None:
        raise Invalid(refused[0], fields=refused[1])
    return Reading(_pairs(said), rows, wrong, errors, _pairs(said))


def _pairs(said: io.BytesIO) -> dict[str, Any]:
    found: dict[str, Any] = {}
    while some := pickle.load(said):
        found.update(some)
        time.sleep(PAUSE)
    return found
