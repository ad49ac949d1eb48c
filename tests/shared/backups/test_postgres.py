"""On PostgreSQL a back-up is made by its own programs, and sealed, proven and put back as everywhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared import backups, journal
from shared.backups import Key, NotOpened, folder, keeping
from shared.lib import clock, control, text
from shared.lib.config import settings
from shared.lib.errors import Conflict, Refused
from shared.visits import reveal
from tests import postgres as servers
from tests.cast import checks_in
from tests.serving import wait_for
from tests.shared.backups.conftest import PHONE
from tests.shared.backups.second import actions

KEY = Key("a long sentence of the operator's")


@pytest.fixture
def desk(
    postgres_server: servers.Server, fresh_settings: None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[servers.Server]:
    """An empty desk of today's version."""
    name = postgres_server.create()
    monkeypatch.setenv("DESK_DATABASE_URL", postgres_server.url(name))
    settings.cache_clear()
    text.forget_keys()
    yield postgres_server
    clock.reset()
    postgres_server.drop(name)
    text.forget_keys()


def visits() -> int:
    with control.opened():
        return sum(event.action == "visits.checked_in" for event in journal.events())


def test_it_comes_back_with_what_was_sealed_and_the_old_one_is_set_aside(desk: servers.Server, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    with control.opened():
        chen = checks_in(phone=PHONE).token
        about = backups.make(file, KEY)
        checks_in(visitor_name="周海燕")
    assert (about.engine, about.visits) == ("postgresql", 1)
    assert visits() == 2
    with pytest.raises(Conflict, match="--replace"):
        backups.restore(file, KEY)
    done = backups.restore(file, KEY, over=True)
    assert visits() == 1
    with control.opened():
        assert reveal.reveal_phone(chen) == PHONE
    assert done.before is not None
    backups.restore(done.before, KEY, over=True)
    assert visits() == 2


def test_a_desk_that_runs_and_a_damaged_back_up_are_refused(desk: servers.Server, tmp_path: Path) -> None:
    file = tmp_path / "one.backup"
    with control.opened():
        checks_in()
        backups.make(file, KEY)
        with pytest.raises(Conflict):
            backups.restore(file, KEY, over=True)
    file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(NotOpened):
        backups.restore(file, KEY, over=True)
    assert visits() == 1


def test_missing_programs_are_named(desk: servers.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with control.opened(), pytest.raises(Refused, match="pg_dump"):
        backups.make(tmp_path / "one.backup", KEY)
    assert not list(tmp_path.glob("*.backup*"))


def test_of_several_processes_one_makes_the_back_up_of_the_night(
    desk: servers.Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "second"
    place.mkdir()
    monkeypatch.setenv("DESK_BACKUP_FOLDER", str(place))
    monkeypatch.setenv("DESK_BACKUP_KEY", KEY.passphrase)
    monkeypatch.setattr(keeping, "LOOK", 0.02)
    settings.cache_clear()
    with control.opened():
        several = [keeping.Keeping(place) for _ in range(3)]
        for one in several:
            one.start()
        wait_for(lambda: all(one.place.made for one in several), "all to know of it")
        wait_for(lambda: actions("backups.made"), "the journal to know of it")
        for one in several:
            one.stop()
        assert len(folder.backups(place)) == 1
        assert actions("backups.made") == ["backups.made"]
        assert backups.trouble() == ""
    backups.restore(place, KEY, over=True)
