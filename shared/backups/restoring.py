"""A back-up becomes the desk again: proven and brought up to date before anything is moved, then all at once."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shared import journal
from shared.backups import contents, copying
from shared.backups.contents import About
from shared.backups.making import Say, silent
from shared.backups.sealed import Key
from shared.lib import clock, control, db, i18n, in_place, text
from shared.lib.actor import OPERATOR, acting_as
from shared.lib.config import settings
from shared.lib.errors import Conflict
from shared.lib.i18n import _


@dataclass(frozen=True)
class Restored:
    """What was restored, and the database that it replaces, where there was one."""

    about: About
    before: Path | None


_afterwards: list[Callable[[Restored], None]] = []


def after_restore(replay: Callable[[Restored], None]) -> None:
    """`replay` runs on every restored database before it opens: acts and questions see the restored one.

    Here what was deleted since the back-up was made is deleted again.
    """
    _afterwards.append(replay)


def restore(source: Path, key: Key, *, replace: bool = False, say: Say = silent) -> Restored:
    """Puts the back-up in place of the database; refused while the desk runs. Interrupted, it leaves what was there."""
    with control.lock():
        data = settings().data
        before = data / "desk.db" if (data / "desk.db").exists() else None
        if before and not replace:
            words = {"folder": data}
            raise Conflict(_("There is a database in %(folder)s; with --replace it is set aside.") % words)
        making = in_place.prepare(data)
        try:
            say(_("Reading the back-up ..."))
            about, keys = contents.unpack(source, key, making)
            _lay_keys(making, keys)
            say(_("Checking what it holds ..."))
            copying.prove(making / "desk.db")
            say(_("Bringing it up to date ..."))
            restored = Restored(about, before)
            _bring_up(making, restored)
            in_place.commit(data, f"replaced-{i18n.local(clock.now()):%Y%m%d-%H%M%S}")
        finally:
            shutil.rmtree(making, ignore_errors=True)
    return restored


def _lay_keys(folder: Path, keys: dict[str, bytes]) -> None:
    given = settings()
    if (given.data_key or given.data_key_file) and given.key("data_key") != keys["data_key"]:
        raise Conflict(
            _("DESK_DATA_KEY is not the key this back-up was written with; without it, the back-up's is used.")
        )
    for name, value in keys.items():
        descriptor = os.open(folder / f"{name}.txt", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(value)


def _bring_up(folder: Path, restored: Restored) -> None:
    """The tables of today's version, then whatever has to be done before anybody sees the restored desk."""
    with _living_in(folder), acting_as(OPERATOR):
        db.migrate(settings().database)
        db.start(settings().database)
        try:
            for replay in _afterwards:
                replay(restored)
            about = restored.about
            db.write(lambda: journal.record("backups.restored", "backup", made_at=about.made_at, seq=about.seq))
        finally:
            db.stop()


@contextmanager
def _living_in(folder: Path) -> Iterator[None]:
    """Meanwhile the data folder of this process is `folder`, with the keys in it."""
    before = os.environ.get("DESK_DATA")
    os.environ["DESK_DATA"] = str(folder.absolute())
    _read_settings_anew()
    try:
        yield
    finally:
        os.environ.pop("DESK_DATA")
        if before is not None:
            os.environ["DESK_DATA"] = before
        _read_settings_anew()


def _read_settings_anew() -> None:
    settings.cache_clear()
    text.forget_keys()
