"""A back-up is the whole desk: put back it reads as before, and nothing is moved before it is proven."""

import subprocess
import sys
from pathlib import Path

import pytest

from shared import backups, journal
from shared.backups import Key, NotOpened, Restored, copying, restoring
from shared.lib import control, db
from shared.lib.config import settings
from shared.lib.errors import Conflict, NotFound
from shared.visits import reveal
from tests.cast import checks_in
from tests.serving import ROOT
from tests.shared.backups.conftest import PHONE, Home, last_seq, phone_of


def test_a_restored_desk_reads_what_was_sealed(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = home.backup()
    assert file.stat().st_mode & 0o777 == 0o600
    home.moves_to(tmp_path / "elsewhere", monkeypatch)
    done = backups.restore(file, home.key)
    assert (done.about.visits, done.before) == (1, None)
    assert phone_of(home.chen) == PHONE
    assert not list(settings().data.glob("restor*"))


def test_what_came_after_it_is_not_in_it_and_the_journal_goes_on(home: Home) -> None:
    file, seq = home.backup(), last_seq()
    with control.opened():
        later = checks_in(visitor_name="周海燕").token
    backups.restore(file, home.key, over=True)
    with control.opened():
        assert [event.action for event in journal.events(seq)] == ["backups.restored"]
        assert journal.first_seq() == 1
        with pytest.raises(NotFound):
            reveal.reveal_phone(later)


def test_a_copy_is_of_the_moment_it_was_begun(home: Home, tmp_path: Path) -> None:
    with control.opened():
        source, seq = copying.pinned(), journal.last_seq()
        checks_in(visitor_name="周海燕")
        about = copying.copy(source, tmp_path / "copy")
    assert (about.seq, about.visits) == (seq, 1)


def test_a_database_that_is_there_is_only_replaced_when_asked_and_then_set_aside(home: Home) -> None:
    file = home.backup()
    before = (home.data / "desk.db").read_bytes()
    with pytest.raises(Conflict, match="--replace"):
        backups.restore(file, home.key)
    assert (home.data / "desk.db").read_bytes() == before
    backups.restore(file, home.key, over=True)
    (aside,) = home.data.glob("replaced-*")
    assert (aside / "desk.db").read_bytes() == before
    assert (aside / "data_key.txt").read_bytes() == (home.data / "data_key.txt").read_bytes()


def test_a_desk_that_runs_is_not_replaced(home: Home) -> None:
    file = home.backup()
    with control.opened(), pytest.raises(control.Busy):
        backups.restore(file, home.key, over=True)


def test_a_back_up_that_does_not_open_moves_nothing(home: Home) -> None:
    file = home.backup()
    before = {path.name: path.read_bytes() for path in home.data.iterdir() if path.is_file()}
    raw = file.read_bytes()
    for damaged, key in ((raw[:-1], home.key), (raw[:4000] + b"?" + raw[4001:], home.key), (raw, Key("another"))):
        file.write_bytes(damaged)
        with pytest.raises(NotOpened):
            backups.restore(file, key, over=True)
        assert {path.name: path.read_bytes() for path in home.data.iterdir() if path.is_file()} == before
        assert not [path for path in home.data.iterdir() if path.is_dir()]


def test_what_was_deleted_since_is_deleted_again_before_the_desk_opens(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[Restored, int, bool]] = []

    def replay(restored: Restored) -> None:
        db.write(lambda: journal.record("tests.purged", "visit:1"))
        seen.append((restored, journal.last_seq(), settings().data == home.data))

    monkeypatch.setattr(restoring, "_afterwards", [])
    backups.after_restore(replay)
    file = home.backup()
    backups.restore(file, home.key, over=True)
    ((restored, seq, in_place),) = seen
    assert seq == restored.about.seq + 1, "it looks at the restored desk"
    assert not in_place, "the desk was open already"
    assert restored.before == home.data / "desk.db"
    with control.opened():
        assert [event.action for event in journal.newest(2)] == ["backups.restored", "tests.purged"]


def test_a_replay_that_fails_leaves_the_old_desk(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(_restored: Restored) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(restoring, "_afterwards", [])
    backups.after_restore(stumble)
    file, before = home.backup(), (home.data / "desk.db").read_bytes()
    with pytest.raises(ZeroDivisionError):
        backups.restore(file, home.key, over=True)
    assert (home.data / "desk.db").read_bytes() == before


def test_wherever_a_restore_is_killed_the_desk_is_the_old_one_or_the_new_one(home: Home, tmp_path: Path) -> None:
    file = home.backup()
    with control.opened():
        checks_in(visitor_name="周海燕")
    done = subprocess.run(
        [sys.executable, "-m", "tests.shared.backups.dying", str(file), home.key.passphrase, str(home.data)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = done.stdout.split()
    assert set(found) == {"old", "new"}, found
    assert found == sorted(found, reverse=True), "once it counts it counts"
    assert len(found) > 10
