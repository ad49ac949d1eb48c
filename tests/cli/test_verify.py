"""`./desk verify`: nothing to prove, everything proven, and a row that somebody changed behind the desk's back."""

import sqlite3
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from shared import visits, volumes
from shared.lib import clock, control, db
from shared.lib.actor import Actor, acting_as
from shared.visits import Visit
from tests.cast import checks_in
from tests.serving import ROOT, Desk

MONTH = timedelta(days=31)


@pytest.fixture
def desk(tmp_path: Path, fresh_settings: None) -> Desk:
    """Two visitors of a month ago."""
    made = Desk(tmp_path, 0)
    made.prepared(2)
    with control.opened(), acting_as(Actor("account", 1)):
        for name in ("陈嘉豪", "欧阳雪"):
            visits.depart(checks_in(visitor_name=name).token, how="console")
        earlier = clock.now() - MONTH
        db.write(lambda: db.session().execute(update(Visit).values(arrived_at=earlier, left_at=earlier)))
    return made


NONE = "no volume has been closed yet"


def verify(desk: Desk) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "cli", "verify"],
        cwd=ROOT, env=desk.environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.strip(), done.stderr.strip()


def test_what_is_proven_and_what_was_changed(desk: Desk) -> None:
    assert verify(desk) == (0, f"visit: {NONE}\nphone: {NONE}", "")
    with control.opened():
        assert volumes.close_full() == 1
        (edition,) = volumes.editions(1)
    said = f"visit: volumes 1, editions 1, lines 2 (with names 2); last {edition.sha256}"
    assert verify(desk) == (0, f"{said}\nphone: {NONE}", "")
    with sqlite3.connect(desk.data / "desk.db") as base:
        base.execute("UPDATE visit SET party_size = 9 WHERE visitor_name = '欧阳雪'")
    code, _out, wrong = verify(desk)
    assert code == 1
    assert "visit: volume 1, VIS-" in wrong and "party was '1' and is '9'" in wrong


def test_where_nothing_is_there_is_nothing_to_prove(tmp_path: Path) -> None:
    code, _out, wrong = verify(Desk(tmp_path / "none", 0))
    assert (code, wrong) == (1, f"./desk: {tmp_path / 'none'} holds no database yet; ./desk run makes it.")
