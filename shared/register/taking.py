"""A long list is written by a process of its own, so that nobody waits for it; whoever asked sees how far it is.

What it writes stands in a folder of its own until it is ready, then in a file without a name: it is kept for an hour at
most, is in no back-up, and goes when the desk stops, or when somebody is erased who may stand in it.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from shared import journal
from shared.journal import Event
from shared.lib import clock, disk, text
from shared.lib.config import settings
from shared.lib.errors import Conflict, NotFound, Unavailable
from shared.lib.i18n import _

log = logging.getLogger("foyer.register")
ROOT = Path(__file__).resolve().parents[2]
PREFIX, LIST = ".taking-", "list"
KEPT = 3600.0  # seconds
PIECE = 1 << 16


@dataclass(slots=True)
class Taking:
    """A list on its way: whose it is, what it will be called, and how many `rows` are written of how many.

    `of` is 0 while that is not known. `state` is running, ready, cancelled, erased, failed or gone.
    """

    token: str
    owner: str
    name: str
    mimetype: str
    folder: Path
    process: subprocess.Popen[str]
    rows: int = 0
    of: int = 0
    state: str = "running"
    until: datetime | None = None
    file: BinaryIO | None = None


_known: dict[str, Taking] = {}
_guard = threading.Lock()


def join() -> None:
    """No list outlives an erasure, whichever process it was written in: somebody who was erased may stand in it."""
    journal.after_commit(_erased)


def begin(module: str, asked: dict[str, Any], *, owner: str, name: str, mimetype: str) -> Taking:
    """Starts `module` as a process with a folder; it is told `asked`, and says "rows of" again and again.

    Refused when it may not begin; a list that was ready for the same person is gone.
    """
    told = json.dumps(asked)
    with _guard:
        may_begin(owner)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=settings().data))
        one = Taking(text.token(12), owner, name, mimetype, folder, _process(module, folder))
        for before in [other for other in _known.values() if (other.owner, other.state) == (owner, "ready")]:
            _drop(before)
        _known[one.token] = one
    threading.Thread(target=_follow, args=(one, told), name="taking", daemon=True).start()
    return one


def may_begin(owner: str) -> None:
    """Conflict while a list is made for this person, Unavailable when the disk is nearly full."""
    if any(one.owner == owner and one.state == "running" for one in list(_known.values())):
        raise Conflict(_("A list is being made for you already. Wait for it, or cancel it."), code="taking")
    if disk.nearly_full(settings().data):
        raise Unavailable(_("The disk is nearly full, so no long list is made. Tell whoever runs the desk."))


def _process(module: str, folder: Path) -> subprocess.Popen[str]:
    try:
        return subprocess.Popen(
            [sys.executable, "-m", module, str(folder)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def find(token: str, owner: str) -> Taking:
    """The list that this person asked for; NotFound when it is somebody else's, or gone."""
    one = _known.get(token)
    if one is None or one.owner != owner:
        raise NotFound(_("This list is no longer kept."))
    return one


def cancel(one: Taking) -> None:
    """Nobody wants it any more; what was written of it is gone."""
    with _guard:
        _end(one, "cancelled")


def opened(one: Taking) -> tuple[Iterator[bytes], int]:
    """The finished list and its size; whoever reads it reads to the end, also when its hour is over meanwhile."""
    with _guard:
        if one.file is None:
            raise NotFound(_("This list is no longer kept."))
        file = os.fdopen(os.dup(one.file.fileno()), "rb")
    return _pieces(file), os.fstat(file.fileno()).st_size


class Takings:
    """Nothing of a list outlives the desk: not what a desk that was killed has left, nor what runs when it stops."""

    def start(self) -> None:
        for left in settings().data.glob(f"{PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)

    def stop(self) -> None:
        for one in list(_known.values()):
            cancel(one)
            one.process.wait()
            shutil.rmtree(one.folder, ignore_errors=True)
            _forget(one)


def _follow(one: Taking, asked: str) -> None:
    """Reads how far it is until the process ends."""
    try:
        try:
            _listen(one, asked)
        except (OSError, ValueError):
            log.warning("a list was broken off")
        one.process.wait()
        with _guard:
            if one.state == "running":
                _finish(one)
    finally:
        shutil.rmtree(one.folder, ignore_errors=True)
        one.until = one.until or clock.now() + timedelta(seconds=KEPT)
        timer = threading.Timer(KEPT, _forget, [one])
        timer.daemon = True
        timer.start()


def _finish(one: Taking) -> None:
    """What was written is kept open; failed when there is nothing."""
    one.state = "failed"
    if one.process.returncode != 0:
        log.error("a list could not be written: status %s", one.process.returncode)
        return
    try:
        one.file = (one.folder / LIST).open("rb")
        one.until = clock.now() + timedelta(seconds=KEPT)
        one.state = "ready"  # last: whoever looks meanwhile reads the rest without waiting
    except OSError as error:
        log.error("a list could not be opened: %s", error.strerror)


def _listen(one: Taking, asked: str) -> None:
    assert one.process.stdin is not None and one.process.stdout is not None
    with one.process.stdin as said:
        said.write(asked)
    with one.process.stdout as heard:
        for line in heard:
            one.rows, one.of = map(int, line.split())


def _forget(one: Taking) -> None:
    with _guard:
        _drop(one)


def _drop(one: Taking) -> None:
    _known.pop(one.token, None)
    one.state = "gone"
    _close(one)


def _erased(event: Event) -> None:
    run = event.action == "retention.run" and any(event.data["counts"].values())
    if event.action.endswith(".erased") or run:
        with _guard:
            for one in _known.values():
                _end(one, "erased")


def _end(one: Taking, state: str) -> None:
    if one.state in ("running", "ready"):
        one.state = state
    one.process.kill()
    _close(one)


def _close(one: Taking) -> None:
    if one.file is not None:
        one.file.close()
        one.file = None


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        place = 0
        while piece := os.pread(file.fileno(), PIECE, place):
            place += len(piece)
            yield piece
