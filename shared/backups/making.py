"""One file that holds the desk: copied while it runs, sealed, and opened once before anybody relies on it."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from shared.backups import contents, copying, postgres
from shared.backups.contents import About
from shared.backups.sealed import Key, NotOpened
from shared.lib import text
from shared.lib.errors import Refused
from shared.lib.i18n import _
from shared.lib.in_place import sync

Say = Callable[[str], None]
Taking = Callable[[Path], About]


def silent(sentence: str) -> None:
    """Nobody listens."""


def present(to: Path) -> About:
    """A copy of the database as it is now."""
    return postgres.copy(to) if postgres.in_use() else copying.copy(copying.pinned(), to)


def make(file: Path, key: Key, say: Say = silent, take: Taking = present) -> About:
    """Writes the back-up `file`: all of it and proven, or not at all."""
    if file.is_dir():
        raise Refused(_("%(path)s is a folder: name the file to write.") % {"path": file})
    beside = file.with_name(f".{file.name}.{text.token(6)}")
    with copying.workplace() as folder:
        say(_("Copying the database ..."))
        copied = folder / "copy"
        about = take(copied)
        try:
            say(_("Writing %(size)s ...") % {"size": contents.megabytes(about.size)})
            _write(beside, copied, about, key)
            copied.unlink()
            say(_("Opening what was written ..."))
            proven(beside, key, folder, about)
            beside.rename(file)
            sync(file.parent)
        finally:
            beside.unlink(missing_ok=True)
    return about


def _write(path: Path, copied: Path, about: About, key: Key) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            contents.pack(copied, about, file, key)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        error.filename = error.filename or str(path.parent)  # a full disk does not say which one
        raise


def proven(path: Path, key: Key, folder: Path, about: About) -> None:
    """Opens the back-up into `folder` as a restore would; NotOpened unless it holds what it says."""
    contents.unpack(path, key, folder)
    opened = folder / "desk.db"
    if about.engine == "postgresql":
        postgres.prove(opened)
        found = replace(about, size=opened.stat().st_size)
    else:
        copying.prove(opened)
        found = copying.seen(opened)
    opened.unlink()
    if replace(found, made_at="", stream="", log=0, frames=0) != replace(about, made_at="", stream="", log=0, frames=0):
        raise NotOpened(_("The back-up does not hold what was copied."))
