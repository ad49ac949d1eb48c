"""A plain copy of the database beside it, taken while the desk goes on writing, and a look into it."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from shared.backups.contents import About, megabytes
from shared.backups.sealed import NotOpened
from shared.lib import clock
from shared.lib.config import settings
from shared.lib.errors import Refused
from shared.lib.i18n import _

PREFIX = "backing-up-"
MARGIN = 64 << 20  # what a desk that goes on working may need meanwhile
_GAPS = "SELECT coalesce(max(seq) - min(seq) + 1 - count(*), 0), coalesce(max(seq), 0) FROM journal"


@contextlib.contextmanager
def workplace() -> Iterator[Path]:
    """A folder in the data folder, gone afterwards; what a process that died left behind goes too."""
    data = settings().data
    for left in data.glob(f"{PREFIX}*"):
        if not _alive(int(left.name.split("-")[2])):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", dir=data) as folder:
        yield Path(folder)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def database() -> Path:
    """The database of this desk; refused when there is none."""
    path = settings().data / "desk.db"
    if not path.exists():
        raise Refused(_("There is no database in %(folder)s yet.") % {"folder": settings().data})
    return path


def need_room(folder: Path) -> None:
    """Refused when a copy of the database would leave the desk without room to work."""
    beside = database().with_name("desk.db-wal")
    size = database().stat().st_size + (beside.stat().st_size if beside.exists() else 0)
    if shutil.disk_usage(folder).free < size + MARGIN:
        words = {"folder": folder, "size": megabytes(size)}
        raise Refused(_("There is no room in %(folder)s for a copy of %(size)s.") % words)


def pinned() -> sqlite3.Connection:
    """A read-only look at the database as it is now; it stays so until it is closed."""
    source = sqlite3.connect(f"file:{database()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
    source.execute("PRAGMA busy_timeout=5000")
    source.execute("BEGIN")
    source.execute("SELECT value FROM counter LIMIT 1").fetchall()
    return source


def copy(source: sqlite3.Connection, to: Path) -> About:
    """Every page as `source` sees it: the writer goes on meanwhile. Closes `source`."""
    with contextlib.closing(source):
        need_room(to.parent)
        with contextlib.closing(sqlite3.connect(to)) as target:
            target.execute("PRAGMA journal_mode=OFF")
            target.execute("PRAGMA synchronous=OFF")
            source.backup(target)
    return seen(to)


def seen(path: Path) -> About:
    """What a copy holds, read without changing it."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        visits = connection.execute("SELECT count(*) FROM visit").fetchone()[0]
        seq = connection.execute(_GAPS).fetchone()[1]
    return About(clock.now().isoformat(), "sqlite", visits, seq, path.stat().st_size)


def prove(path: Path) -> None:
    """NotOpened unless SQLite finds the copy whole and its journal without a gap."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
            found = str(connection.execute("PRAGMA integrity_check").fetchone()[0])
            gaps = connection.execute(_GAPS).fetchone()[0]
    except sqlite3.DatabaseError as error:
        found, gaps = str(error), 0
    if found != "ok":
        raise NotOpened(_("The database in the back-up is damaged: %(reason)s.") % {"reason": found})
    if gaps:
        raise NotOpened(_("The journal in the back-up misses %(count)s rows.") % {"count": gaps})
