"""`./desk backup` and `./desk restore` as an operator types them; the desk may run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cli import ROOT
from tests.serving import Desk, desk

KEY = "a long sentence of the operator's"
Ran = subprocess.CompletedProcess[str]
Typed = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path) -> Desk:
    data = tmp_path / "data"
    data.mkdir()
    made = Desk(data, 0, {"DESK_LOCALE": "en", "DESK_BACKUP_KEY": KEY})
    made.prepared(2)
    return made


def typed(home: Desk, *words: str, **settings: str) -> Ran:
    return subprocess.run(
        [sys.executable, "-m", "cli", *words],
        cwd=ROOT, env={**home.environment(), **settings}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_a_back_up_says_what_it_holds_and_a_restore_says_the_same(home: Desk, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    made = typed(home, "backup", str(file))
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith(f"{file}: 0 visits, journal up to ")
    assert made.stderr.splitlines()[-1] == "Opening what was written ..."
    seq = made.stdout.split("up to ")[1].split(",")[0]
    shutil.rmtree(home.data)
    back = typed(home, "restore", str(file))
    assert back.returncode == 0, back.stderr
    assert f": 0 visits, journal up to {seq}, " in back.stdout
    assert not [path for path in tmp_path.iterdir() if path not in (file, home.data)]


def test_it_is_made_while_the_desk_runs_and_a_restore_waits_until_it_does_not(tmp_path: Path, home: Desk) -> None:
    file = tmp_path / "desk.backup"
    with desk(home.data, **home.settings) as server:
        server.start()
        assert typed(server, "backup", str(file)).returncode == 0
        refused = typed(server, "restore", str(file), "--replace")
        assert refused.returncode == 1
        assert "is using the data folder" in refused.stderr
    with_key_of_a_file = tmp_path / "key.txt"
    with_key_of_a_file.write_text(KEY + "\n")
    home.settings = {"DESK_BACKUP_KEY_FILE": str(with_key_of_a_file), "DESK_LOCALE": "en"}
    assert typed(home, "restore", str(file), "--replace").returncode == 0


def test_without_a_key_it_is_refused_in_one_sentence_that_says_what_to_set(home: Desk, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    refused = typed(home, "backup", str(file), DESK_BACKUP_KEY="")
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert "DESK_BACKUP_KEY_FILE, or say --plain" in refused.stderr
    assert not file.exists()
    assert typed(home, "backup", "--plain", str(file), DESK_BACKUP_KEY="").returncode == 0
    assert typed(home, "restore", "--replace", str(file), DESK_BACKUP_KEY="").returncode == 0


def test_what_is_wrong_with_a_back_up_is_one_sentence(home: Desk, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    assert typed(home, "backup", str(file)).returncode == 0
    wrong_key = typed(home, "restore", "--replace", str(file), DESK_BACKUP_KEY="other")
    assert wrong_key.stderr.splitlines()[1:] == [
        "./desk: The key does not fit this back-up, or its first bytes are damaged."
    ]
    missing = typed(home, "restore", str(tmp_path / "nothing"))
    assert missing.stderr == f"./desk: {tmp_path / 'nothing'} is not there.\n"
    assert "is a folder" in typed(home, "backup", str(tmp_path)).stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root makes a small disk")
def test_a_full_disk_is_told_and_leaves_the_last_good_one(home: Desk, tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], check=False).returncode:
        pytest.skip("this machine makes no small disk")
    try:
        file = small / "desk.backup"
        assert typed(home, "backup", str(file)).returncode == 0
        good = file.read_bytes()
        (small / "ballast").write_bytes(bytes(48 * 1024 - len(good) // 4096 * 4096))
        full = typed(home, "backup", str(file))
        assert full.returncode == 1
        assert "No space left on device" in full.stderr.splitlines()[-1]
        assert file.read_bytes() == good
        assert sorted(path.name for path in small.iterdir()) == ["ballast", "desk.backup"]
    finally:
        subprocess.run(["umount", small], check=True)
    assert not list(home.data.glob("backing-up-*"))
