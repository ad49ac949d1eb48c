"""What was acknowledged is in the second place: the data folder is destroyed under load, and the desk comes back."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from shared.backups import folder, stream
from tests.safety.load import writers
from tests.serving import Desk, desk, wait_for

KEY = "a long sentence of the operator's"


def visits_in(database: Path) -> set[tuple[str, str]]:
    """Name and register number of everybody in a database that is whole."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        count, first, last = connection.execute("SELECT count(*), min(seq), max(seq) FROM journal").fetchone()
        assert count == last - first + 1, "the journal has a gap"
        return set(connection.execute("SELECT visitor_name, reg_no FROM visit").fetchall())


def parts_in(place: Path) -> int:
    """The number of the newest part of the newest stream."""
    newest = folder.backups(place)
    found = stream.parts(place / f"changes-{folder.stream_of(newest[0])}") if newest else []
    return stream.number_of(found[-1]) if found else 0


def has_arrived(place: Path) -> None:
    """Waits until everything that is acknowledged now has arrived: one part may be on its way, the next is newer."""
    seen = parts_in(place)
    wait_for(lambda: parts_in(place) >= seen + 2, "two more parts")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    made = tmp_path / "second"
    made.mkdir()
    return made


def settings_for(place: Path) -> dict[str, str]:
    return {"DESK_RATE_LIMITS": "relaxed", "DESK_BACKUP_FOLDER": str(place), "DESK_BACKUP_KEY": KEY}


def test_a_data_folder_destroyed_under_load_comes_back(
    tmp_path: Path, place: Path, request: pytest.FixtureRequest
) -> None:
    rounds = 10 if request.config.getoption("--release") else 1
    data, known = tmp_path / "data", set[tuple[str, str]]()
    data.mkdir()
    token = Desk(data, 0).prepared(2)["consoles"][0]
    for _ in range(rounds):
        with desk(data, **settings_for(place)) as server:
            before = len(folder.backups(place))
            server.start()
            with writers(server, token) as ledger:
                wait_for(lambda before=before: len(folder.backups(place)) > before, "a back-up")
                wait_for(lambda ledger=ledger: len(ledger.so_far()) > 20, "more than twenty to arrive")
                expected = ledger.so_far()
                has_arrived(place)
                server.kill()
                shutil.rmtree(data)
            assert len(expected) > 20
            server.command("restore", str(place))
            found = visits_in(data / "desk.db")
            assert known <= found, "of an earlier life"
            assert expected <= found, "acknowledged, waited for, and not there"
            known = found
            token = server.command("token", "create", f"after {len(found)}", "--scope", "reception")
