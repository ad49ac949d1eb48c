"""`desk` sets up what is missing, once, wherever it is called from, and stops with one sentence when it cannot."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cli import ROOT

ECHO = '''"""`./desk echo`: where it runs."""
import os
def add_arguments(parser): parser.add_argument("words", nargs="*")
def main(args): return print(os.getcwd(), os.environ["FOYER_TYPED_IN"], *args.words) or 0
'''
ASSETS = """
from pathlib import Path
for folder in ("static/vendor", "build/fonts"):
    Path(folder).mkdir(parents=True, exist_ok=True)
"""


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product's own `desk` and dispatch in a folder where nothing has been set up; its lock names no package."""
    folder = tmp_path_factory.mktemp("foyer")
    (folder / "cli").mkdir()
    for name in ("desk", "cli/__init__.py", "cli/__main__.py"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "cli/echo.py").write_text(ECHO)
    (folder / "cli/assets.py").write_text(ASSETS)
    for name in ("requirements.lock", "package-lock.json"):
        (folder / name).touch()
    return folder


def desk(checkout: Path, *words: str, cwd: Path | None = None, **told: str) -> subprocess.CompletedProcess[str]:
    command = [str(checkout / "desk"), *words]
    return subprocess.run(command, cwd=cwd or checkout, capture_output=True, text=True, env=os.environ | told)


def test_the_first_call_sets_up_and_the_second_does_not(checkout: Path) -> None:
    first = desk(checkout, "echo", "hello")
    assert first.stdout == f"{checkout} {checkout} hello\n", first.stderr
    assert first.stderr.startswith("Setting up")
    second = desk(checkout, "echo", "a b", "*")
    assert (second.stdout, second.stderr) == (f"{checkout} {checkout} a b *\n", "")


def test_it_may_be_called_from_anywhere(checkout: Path, tmp_path: Path) -> None:
    link = tmp_path / "desk"
    link.symlink_to(checkout / "desk")
    called = subprocess.run([str(link), "echo"], cwd=tmp_path, capture_output=True, text=True)
    assert called.stdout == f"{checkout} {tmp_path}\n", called.stderr


def test_a_changed_lock_sets_up_again_and_a_failure_leaves_it_to_be_done(checkout: Path) -> None:
    desk(checkout, "echo")
    lock = checkout / "requirements.lock"
    lock.write_text(f"no-such-package==1.0 --hash=sha256:{'0' * 64}\n")
    for _ in range(2):
        failed = desk(checkout, "echo", PIP_NO_INDEX="1", PIP_FIND_LINKS="")
        assert (failed.returncode, failed.stdout) == (1, "")
        last = failed.stderr.splitlines()[-1]
        assert last.startswith("./desk: Python packages could not be installed (ERROR: ")
        assert "no-such-package" in last
    assert not (checkout / "build/setting-up").exists()
    lock.write_text("")
    assert desk(checkout, "echo").returncode == 0


def test_without_root_the_line_to_run_is_printed(checkout: Path, tmp_path: Path) -> None:
    for name, does in {"id": "echo 1000", "sudo": "exit 1", "dpkg-query": "exit 1", "apt-get": "exit 9"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    for stamp in (checkout / ".venv").glob("set-up-*"):
        stamp.unlink()
    stopped = desk(checkout, "echo", PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert (stopped.returncode, stopped.stdout) == (1, "")
    last = stopped.stderr.splitlines()[-1]
    assert last.startswith("  apt-get update && apt-get install -y --no-install-recommends ca-certificates libpango")
