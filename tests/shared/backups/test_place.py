"""A second place that is away, full or slow holds nobody up, is told, and goes on by itself."""

import os
import subprocess
import sys
import time
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from shared import backups
from shared.backups import folder, place
from shared.lib import clock, i18n
from shared.lib.db import changes
from tests.serving import ROOT, wait_for
from tests.shared.backups.second import Second, actions, second, seq_of

__all__ = ["second"]
TOLD = ("backups.failed", "backups.resumed")


def failed() -> bool:
    return "backups.failed" in actions(*TOLD)


def test_a_place_that_is_away_is_told_once_and_gets_everything_when_it_is_back(second: Second) -> None:
    away = second.path.with_name("away")
    with second.at_work():
        name = second.keeping.following.name()
        assert (backups.ready(), backups.trouble()) == ({"backup": True}, "")
        second.path.rename(away)
        second.visitors(5)
        wait_for(failed, "somebody to be told")
        assert backups.ready() == {"backup": False}
        with i18n.use("en"):
            assert "No such file or directory. The desk goes on" in backups.trouble()
        away.rename(second.path)
        wait_for(lambda: actions(*TOLD) == [*TOLD], "it to go on, told once")
        assert backups.trouble() == ""
        assert second.keeping.following.name() == name, "nothing was missed"
        seq = second.has_everything()
    second.restored()
    assert seq_of(second.home) >= seq


def test_a_place_that_was_emptied_gets_a_new_stream_and_a_back_up(second: Second) -> None:
    with second.at_work():
        second.visitors(1)
        second.has_everything()
        second.path.rename(second.path.with_name("old disk"))
        second.path.mkdir()
        wait_for(lambda: folder.backups(second.path), "a back-up on the new disk")
        second.visitors(1)
        seq = second.has_everything()
    second.restored()
    assert seq_of(second.home) >= seq


def test_more_than_memory_shall_hold_begins_anew_when_the_place_is_back(
    second: Second, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "MOST_HELD", 200_000)
    away = second.path.with_name("away")
    with second.at_work():
        name, following = second.keeping.following.name(), second.keeping.following
        second.path.rename(away)
        wait_for(lambda: second.visitors(1) and following.changes and following.changes.broken, "too much to wait")
        away.rename(second.path)
        wait_for(lambda: folder.stream_of(folder.backups(second.path)[0]) not in ("", name), "a new back-up")
        seq = second.has_everything()
    second.restored()
    assert seq_of(second.home) >= seq


def test_a_place_that_hangs_holds_no_visitor_up(second: Second) -> None:
    with second.at_work():
        second.visitors(1)
        second.has_everything()
        newest = second.parts()[-1]
        stuck = [newest.with_name(f".{int(newest.name[:8]) + more:08d}{newest.name[8:]}") for more in (1, 2, 3)]
        for path in stuck:
            os.mkfifo(path)  # whoever opens it to write waits for a reader
        begun = time.monotonic()
        second.visitors(20)
        spent = time.monotonic() - begun
        wait_for(failed, "somebody to be told")
        with i18n.use("en"):
            assert "it does not answer" in backups.trouble()
        readers = [os.open(path, os.O_RDONLY | os.O_NONBLOCK) for path in stuck]
        for path in stuck:
            path.unlink(missing_ok=True)
        wait_for(lambda: not backups.trouble(), "it to go on")
        for reader in readers:
            os.close(reader)
        seq = second.has_everything()
        assert spent < 10
    second.restored()
    assert seq_of(second.home) >= seq


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a small disk")
def test_a_place_that_is_full_goes_on_when_there_is_room(second: Second) -> None:
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", second.path], check=False).returncode:
        pytest.skip("this machine makes no small disk")
    try:
        with second.at_work():
            with (second.path / "ballast").open("wb", buffering=0) as ballast, pytest.raises(OSError, match="space"):
                while True:
                    ballast.write(bytes(4096))
            wait_for(lambda: second.visitors(1) and failed(), "somebody to be told")
            with i18n.use("en"):
                assert "No space left on device" in backups.trouble()
            (second.path / "ballast").unlink()
            wait_for(lambda: not backups.trouble(), "it to go on")
            seq = second.has_everything()
        second.restored()
        assert seq_of(second.home) >= seq
    finally:
        subprocess.run(["umount", second.path], check=True)


def test_every_night_at_two_there_is_a_new_one(second: Second) -> None:
    with second.at_work():
        assert len(folder.backups(second.path)) == 1
        tomorrow = i18n.local(clock.now()).replace(hour=2, minute=0, second=1) + timedelta(days=1)
        clock.set_clock(lambda: tomorrow - timedelta(seconds=2))
        assert place.last_night(clock.now()) < tomorrow - timedelta(hours=20)
        clock.set_clock(lambda: tomorrow)
        wait_for(lambda: len(folder.backups(second.path)) == 2, "the back-up of the night")
        assert folder.day_of(folder.backups(second.path)[0]) == tomorrow.astimezone(UTC).date()
        wait_for(lambda: actions("backups.made") == ["backups.made"] * 2, "it to be written down")
        name = second.keeping.following.name()
        assert {folder.stream_of(path) for path in folder.backups(second.path)} == {name}


def test_thirty_five_days_are_kept_one_a_day_and_never_less_than_two(tmp_path: Path) -> None:
    today = date(2026, 11, 26)

    def made(days_ago: int, hour: int = 2, name: str = "a") -> Path:
        path = tmp_path / f"foyer-{today - timedelta(days=days_ago):%Y%m%d}T{hour:02d}0000.000Z-{name}.backup"
        path.touch()
        (tmp_path / f"changes-{name}").mkdir(exist_ok=True)
        return path

    newest, second, earlier = made(0, 9, "c"), made(0, 8, "b"), made(0, 2)
    kept = [newest, second, made(1, 9), made(35)]
    gone = [earlier, made(1, 2), made(36), made(400)]
    others = [tmp_path / "letter.txt", tmp_path / "foyer.backup"]
    for path in others:
        path.touch()
    folder.tidy(tmp_path, today, "d")
    assert all(path.exists() for path in [*kept, *others])
    assert not [path for path in gone if path.exists()]
    assert sorted(path.name for path in tmp_path.glob("changes-*")) == ["changes-b", "changes-c"]
    for path in kept[:2]:
        path.unlink()
    folder.tidy(tmp_path, today + timedelta(days=100))
    assert folder.backups(tmp_path) == kept[2:], "the last good ones stay"


def test_without_a_key_a_second_place_is_refused(tmp_path: Path) -> None:
    told = {"PATH": "/usr/bin:/bin", "DESK_DATA": str(tmp_path), "DESK_BACKUP_FOLDER": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "cli", "check"], cwd=ROOT, env=told, capture_output=True, text=True, check=False
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "DESK_BACKUP_KEY" in done.stderr
