"""What a back-up holds: what it says of itself, the two keys, and the database."""

import json
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO

from shared.backups.sealed import BLOCK, Key, NotOpened, Opening, Sealing
from shared.lib.config import settings
from shared.lib.i18n import _, ngettext

KEYS = ("secret_key", "data_key")
ABOUT, DATABASE = "about.json", "database"
LARGEST_FACT = 1 << 16


@dataclass(frozen=True)
class About:
    """When it was made (RFC 3339), of which engine, how many visits it holds and up to which row of the journal.

    `stream`, `log` and `frames` say which changes follow it: those after so many frames of that log.
    """

    made_at: str
    engine: str
    visits: int
    seq: int
    size: int
    stream: str = ""
    log: int = 0
    frames: int = 0


def told(about: About, size: int) -> str:
    """`412 visits, journal up to 8,123, 2.1 MB`."""
    visits = ngettext("%(n)s visit", "%(n)s visits", about.visits) % {"n": f"{about.visits:,}"}
    words = {"visits": visits, "seq": f"{about.seq:,}", "size": megabytes(size)}
    return _("%(visits)s, journal up to %(seq)s, %(size)s") % words


def megabytes(size: int) -> str:
    """2.1 MB of bytes; what is smaller is told in kB."""
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.1f} kB"


def pack(database: Path, about: About, file: BinaryIO, key: Key) -> None:
    """Writes it all to `file`, in one pass."""
    sealing = Sealing(file, key)
    with tarfile.open(fileobj=_stream(sealing), mode="w|", bufsize=BLOCK) as tar:
        _add(tar, ABOUT, json.dumps(asdict(about)).encode())
        for name in KEYS:
            _add(tar, name, settings().key(name))
        tar.add(database, DATABASE, filter=_nobodys)
    sealing.close()


def _add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    tar.addfile(entry, BytesIO(content))


def _nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of the machine it was made on."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry


def _stream(file: Any) -> IO[bytes]:
    found: IO[bytes] = file
    return found


@contextmanager
def _opened(path: Path, key: Key) -> Iterator[tuple[Opening, tarfile.TarFile]]:
    with path.open("rb") as file:
        opening = Opening(file, key)
        try:
            with tarfile.open(fileobj=_stream(opening), mode="r|", bufsize=BLOCK) as tar:
                yield opening, tar
        except tarfile.TarError:
            raise NotOpened(_("This is not a back-up of the desk.")) from None


def look(path: Path, key: Key) -> About:
    """What it says of itself; only its first block is read."""
    with _opened(path, key) as (_opening, tar):
        return _about(tar)


def unpack(path: Path, key: Key, folder: Path) -> tuple[About, dict[str, bytes]]:
    """The database to `folder`/desk.db, read to the end; what it says of itself, and the keys."""
    with _opened(path, key) as (opening, tar):
        about, keys = _about(tar), {name: _fact(tar, name) for name in KEYS}
        entry = _next(tar, DATABASE)
        source = tar.extractfile(entry)
        assert source is not None
        with (folder / "desk.db").open("wb") as target:
            while block := source.read(BLOCK):
                target.write(block)
        opening.end()
    return replace(about, size=entry.size), keys


def _about(tar: tarfile.TarFile) -> About:
    return About(**json.loads(_fact(tar, ABOUT)))


def _fact(tar: tarfile.TarFile, name: str) -> bytes:
    entry = _next(tar, name)
    source = tar.extractfile(entry)
    if source is None or entry.size > LARGEST_FACT:
        raise NotOpened(_("This is not a back-up of the desk."))
    return source.read()


def _next(tar: tarfile.TarFile, name: str) -> tarfile.TarInfo:
    entry = tar.next()
    if entry is None or entry.name != name or not entry.isfile():
        raise NotOpened(_("This is not a back-up of the desk."))
    return entry
