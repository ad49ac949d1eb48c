"""A back-up becomes the desk again: proven and brought up to date before anything is moved, then all at once."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from shared import journal
from shared.backups import contents, copying, folder, postgres
from shared.backups.contents import About
from shared.backups.erased import carry_over
from shared.backups.making import Say, make, silent
from shared.backups.replaying import replay
from shared.backups.sealed import Key, NotOpened
from shared.lib import clock, control, db, i18n, in_place, text
from shared.lib.actor import OPERATOR, acting_as
from shared.lib.config import settings
from shared.lib.errors import Conflict, Refused
from shared.lib.i18n import _


@dataclass(frozen=True)
class Restored:
    """What was restored, and what it replaces, where there was something: a database, of PostgreSQL a back-up."""

    about: About
    before: Path | None


_afterwards: list[Callable[[Restored], object]] = []


def after_restore(catch_up: Callable[[Restored], object]) -> None:
    """`catch_up` runs on every restored database before it opens: acts and questions see the restored one.

    Here what was deleted since the back-up was made is deleted again.
    """
    _afterwards.append(catch_up)


def restore(source: Path, key: Key, *, over: bool = False, say: Say = silent) -> Restored:
    """Puts a back-up, or the newest of a second place, in place of the database; `over` one that is there.

    Refused while the desk runs. Interrupted, it leaves what was there.
    """
    with control.lock():
        making = in_place.prepare(settings().data)
        try:
            put_in_place = _into_postgres if postgres.in_use() else _into_sqlite
            return put_in_place(source, key, making, over, say)
        finally:
            shutil.rmtree(making, ignore_errors=True)


def _into_sqlite(source: Path, key: Key, making: Path, over: bool, say: Say) -> Restored:
    data = settings().data
    before = data / "desk.db" if (data / "desk.db").exists() else None
    if before and not over:
        words = {"folder": data}
        raise Conflict(_("There is a database in %(folder)s; with --replace it is set aside.") % words)
    restored = Restored(_read(source, key, making, say), before)
    say(_("Bringing it up to date ..."))
    with _living_in(making):
        _bring_up(restored)
    in_place.commit(data, f"replaced-{_stamp()}")
    return restored


def _into_postgres(source: Path, key: Key, making: Path, over: bool, say: Say) -> Restored:
    """One transaction instead of one renaming; what was there is set aside as a back-up in the data folder."""
    postgres.need_nobody()
    before = settings().data / f"replaced-{_stamp()}.backup" if postgres.is_filled() else None
    if before and not over:
        raise Conflict(_("There is a desk in the database; with --replace it is set aside as a back-up."))
    about = _read(source, key, making, say)
    if before:
        make(before, key, say)
    say(_("Bringing it up to date ..."))
    postgres.put_back(making / "desk.db")
    for left in making.glob("desk.*"):
        left.unlink()
    in_place.commit(settings().data, f"replaced-{_stamp()}")
    _read_settings_anew()
    restored = Restored(about, before)
    _bring_up(restored)
    return restored


def _stamp() -> str:
    return f"{i18n.local(clock.now()):%Y%m%d-%H%M%S}"


def _read(source: Path, key: Key, making: Path, say: Say) -> About:
    about = _newest_whole(source, key, making, say) if source.is_dir() else _whole(source, key, making, say)
    carry_over(source if source.is_dir() else source.parent, key, making)
    return about


def _newest_whole(place: Path, key: Key, making: Path, say: Say) -> About:
    """The newest back-up of the second place that can be read, with everything that follows it."""
    wrong: Refused = Refused(_("There is no back-up in %(folder)s.") % {"folder": place})
    for file in folder.backups(place):
        try:
            return _whole(file, key, making, say, place)
        except NotOpened as why:
            wrong = why
            say(f"{file.name}: {why.sentence}")
            for left in making.iterdir():
                left.unlink()
    raise wrong


def _whole(file: Path, key: Key, making: Path, say: Say, place: Path | None = None) -> About:
    """Reads one back-up, and from `place` what follows it; NotOpened unless all of it is whole."""
    say(_("Reading %(file)s ...") % {"file": file.name})
    about, keys = contents.unpack(file, key, making)
    if (about.engine == "postgresql") != postgres.in_use():
        raise Conflict(_("The back-up is of %(engine)s, and DESK_DATABASE_URL says otherwise.") % vars(about))
    _lay_keys(making, keys)
    if postgres.in_use():
        postgres.prove(making / "desk.db")
        return about
    made_at = about.made_at
    if place:
        left_out, last = replay(making, place, about, key)
        made_at = max(made_at, _time_of(last)) if last else made_at
        if left_out:
            say(_("%(count)s parts of what came after it cannot be read and are left out.") % {"count": left_out})
    say(_("Checking what it holds ..."))
    copying.prove(making / "desk.db")
    return replace(copying.seen(making / "desk.db"), made_at=made_at)


def _time_of(part: Path) -> str:
    return datetime.fromtimestamp(part.stat().st_mtime, UTC).isoformat()


def _lay_keys(making: Path, keys: dict[str, bytes]) -> None:
    given = settings()
    if (given.data_key or given.data_key_file) and given.key("data_key") != keys["data_key"]:
        raise Conflict(
            _("DESK_DATA_KEY is not the key this back-up was written with; without it, the back-up's is used.")
        )
    for name, value in keys.items():
        descriptor = os.open(making / f"{name}.txt", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(value)


def _bring_up(restored: Restored) -> None:
    """The tables of today's version, then whatever has to be done before anybody sees the restored desk."""
    with acting_as(OPERATOR):
        db.migrate(settings().database)
        db.start(settings().database)
        try:
            for catch_up in _afterwards:
                catch_up(restored)
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
