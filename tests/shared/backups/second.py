"""A desk with a second place, quick enough for tests, in this process."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared import backups, journal
from shared.backups import folder, following, keeping, place, stream
from shared.lib import control, db
from shared.lib.config import settings
from tests.cast import checks_in
from tests.serving import wait_for
from tests.shared.backups.conftest import Home


class Second:
    """The second place of `home`, and what has arrived there."""

    def __init__(self, home: Home, path: Path) -> None:
        self.home, self.path = home, path
        self.keeping: keeping.Keeping

    @contextlib.contextmanager
    def at_work(self) -> Iterator["Second"]:
        """The desk is open and follows; the first whole back-up is there."""
        with control.opened():
            before = folder.backups(self.path)
            found = backups.second_place()
            assert found is not None
            self.keeping = found
            found.start()
            try:
                wait_for(lambda: folder.backups(self.path) != before and found.place.made, "a back-up")
                yield self
            finally:
                found.stop()

    def visitors(self, count: int) -> list[str]:
        return [checks_in(visitor_name=f"访客{number}").token for number in range(count)]

    def has_everything(self) -> int:
        """Waits until all that is written now has arrived and can be restored; the newest seq."""
        seq, place = journal.last_seq(), self.keeping.place
        for look in ("a look that may have begun before", "the next look"):
            seen = place.reached
            wait_for(lambda seen=seen: place.reached > seen, look)
        wait_for(lambda: place.made and place.made[0] == place.stream, "a back-up that this follows")
        return seq

    def parts(self) -> list[Path]:
        return stream.parts(self.path / f"changes-{folder.stream_of(folder.backups(self.path)[0])}")

    def restored(self, path: Path | None = None) -> list[str]:
        """Brings the desk back from there; what was said meanwhile."""
        said: list[str] = []
        backups.restore(path or self.path, self.home.key, over=True, say=said.append)
        return said


def seq_of(home: Home) -> int:
    """Up to which row the restored desk knows the journal of the one that was lost."""
    with control.opened():
        last = journal.newest(1)[0]
        assert last.action == "backups.restored"
        assert journal.first_seq() == 1
        return last.seq - 1


def actions(*wanted: str) -> list[str]:
    return [event.action for event in journal.events(limit=100_000) if event.action in wanted]


@pytest.fixture
def second(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Second]:
    path = tmp_path / "second"
    path.mkdir()
    monkeypatch.setenv("DESK_BACKUP_FOLDER", str(path))
    monkeypatch.setenv("DESK_BACKUP_KEY", home.key.passphrase)
    monkeypatch.setattr(following, "EVERY", 0.02)
    monkeypatch.setattr(keeping, "LOOK", 0.02)
    monkeypatch.setattr(keeping, "AGAIN", 0.1)
    monkeypatch.setattr(place, "LATE", 1.0)
    settings.cache_clear()
    yield Second(home, path)
    db.stop()
