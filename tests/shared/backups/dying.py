"""Restores again and again, each time killed one step later; says after each death which desk the next one finds."""

import contextlib
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path

from shared import backups
from shared.lib import control, text
from shared.lib.config import settings
from shared.migrations import models

STEPS = ("os.mkdir", "os.rename", "os.remove", "shutil.rmtree")


def dies_at(step: int) -> None:
    """Kills this process when it is about to change the names in a folder for the `step`th time."""
    left = [step]

    def count(event: str, _arguments: object) -> None:
        if event in STEPS:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def restores(file: Path, passphrase: str, step: int) -> int:
    """How the process ended that restored."""
    child = os.fork()
    if child == 0:
        dies_at(step)
        backups.restore(file, backups.Key(passphrase), over=True)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def found(data: Path) -> str:
    """Which desk whoever comes next finds: keys and database must be of the same one."""
    with control.lock():
        pass
    assert not list(data.glob("restor*"))
    with contextlib.closing(sqlite3.connect(data / "desk.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        visits = connection.execute("SELECT count(*) FROM visit").fetchone()[0]
    old_key = (data / "data_key.txt").read_text() == "the old key"
    assert old_key == (visits == 2), "the key of one desk and the database of the other"
    return "old" if visits == 2 else "new"


def main(file: Path, passphrase: str, kept: Path) -> None:
    models.load()
    (kept / "data_key.txt").write_text("the old key")
    for step in range(1, 100):
        data = kept.parent / f"life-{step}"
        shutil.copytree(kept, data)
        os.environ["DESK_DATA"] = str(data)
        settings.cache_clear()
        text.forget_keys()
        status = restores(file, passphrase, step)
        print(found(data), flush=True)
        shutil.rmtree(data)
        if status == 0:
            return
        assert status == -signal.SIGKILL, status


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
